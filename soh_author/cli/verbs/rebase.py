"""``rebase plan|apply``: update overrides from the text above them."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.answers_file import (
    TypedAnswer,
    matched,
    read_answers,
    read_kind,
    read_review_day,
    read_take,
)
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON, SOURCE
from soh_author.cli.reading import find_page, read_day, read_layer
from soh_author.domain.comparing.merge import Choice, Merge, PieceKind
from soh_author.domain.comparing.rebase import Proposal, SectionWords
from soh_author.domain.errors import UsageError
from soh_author.workflow.overrides import rebasing
from soh_author.workflow.overrides.rebase_answers import AnswerKind, fitting
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebasing import RebasePlan, RebaseReport


@click.group()
def rebase() -> None:
    """Update overrides from the text above them."""


@rebase.command("plan")
@click.option("--page", "pages", multiple=True, help="Only this page; may be given several times.")
@click.option(
    "--layer", "layers", multiple=True, help="Only overrides of group:wales, force:gwent …; likewise."
)
@SOURCE
@ON
@verb
def plan_command(call: Call, pages: tuple[str, ...], layers: tuple[str, ...], source: str, on: str) -> Answer:
    """List the overrides that ask for a person, each with a proposal.

    Nothing is changed by it: a proposal is only written when it is accepted with “rebase apply”.
    """
    wanted = [read_layer(layer) for layer in layers]
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        chosen = [find_page(snapshot, page) for page in pages]
        day = read_day(on, call.today)
        made = call.value(rebasing.plan(workspace, source, day, pages=chosen, layers=wanted))
    return Answer(_plan(made), _plan_text(made))


@rebase.command("apply")
@click.option("--draft", required=True, metavar="NAME", help="The draft that takes the answers.")
@click.option(
    "--answers",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answers as JSON (see the help).",
)
@click.option(
    "--item", default="", metavar="NAME", help="The one override to answer for, as the plan names it."
)
@click.option(
    "--answer",
    default="",
    type=click.Choice(["", *(kind.value for kind in AnswerKind)]),
    help="What to do with it.",
)
@click.option(
    "--take",
    default="",
    type=click.Choice(["", *(choice.value for choice in Choice)]),
    help="What to take in every conflict.",
)
@click.option("--why", default="", help="The reason, kept with still-right.")
@click.option("--review-by", default="", metavar="DATE", help="When to look again.")
@click.option("--same", "is_for_all", is_flag=True, help="The same for all with the same three texts.")
@click.option("--note", default="", help="Make one version of it; else it is saved privately.")
@ON
@verb
def apply_command(  # noqa: PLR0913 - one argument for each option
    call: Call,
    *,
    draft: str,
    file: Path | None,
    item: str,
    answer: str,
    take: str,
    why: str,
    review_by: str,
    is_for_all: bool,
    note: str,
    on: str,
) -> Answer:
    """Write answers into a draft, all of them or none."""
    if (file is None) == (not item) or (item and not answer):
        raise UsageError("Say either --answers, or --item and --answer.", safe="Nothing was changed.")
    if file is not None:
        typed = read_answers(file)
    else:
        typed = [
            TypedAnswer(
                item,
                read_kind(answer),
                why=why,
                take=read_take(take),
                review_by=read_review_day(review_by),
                is_for_all=is_for_all,
            )
        ]
    day = read_day(on, call.today)
    with call.writing() as workspace:
        made = call.value(rebasing.plan(workspace, draft, day))
        outcome = call.run(rebasing.apply(workspace, draft, matched(made, typed), day, note=note))
    return Answer(_report(outcome.value), "\n".join([*_told(outcome.value), outcome.notice]))


def _plan(made: RebasePlan) -> dict[str, Json]:
    return {
        "source": made.source,
        "on": made.on.isoformat(),
        "items": [_item(item, made) for item in made.items],
    }


def _item(item: RebaseItem, made: RebasePlan) -> Json:
    pages = item.page_proposal
    return {
        "item": item.name,
        "stamp": item.stamp,
        "page": item.page,
        "layer": str(item.change.layer),
        "op": item.change.kind.value,
        "section": item.change.section,
        "field": item.change.field or None,
        "state": item.change.state,
        "sentence": item.sentence,
        "answers": [kind.value for kind in fitting(item)],
        "is_two_way": item.is_two_way,
        "then": _words(item.then),
        "now": _words(item.now),
        "ours": _words(item.ours),
        "proposal": _proposal(item.proposal) if item.proposal else None,
        "sections": [_section(merge) for merge in pages.merges] if pages else [],
        "added": [str(section.id) for section in pages.added] if pages else [],
        "same": [other.name for other in made.same_as(item) if other.name != item.name],
    }


def _words(words: SectionWords | None) -> Json:
    return {"heading": words.heading, "body": words.body} if words else None


def _section(merge: Proposal) -> Json:
    return {"section": merge.section, "heading": _pieces(merge.heading), "body": _pieces(merge.body)}


def _proposal(proposal: Proposal) -> Json:
    return {"heading": _pieces(proposal.heading), "body": _pieces(proposal.body)}


def _pieces(merge: Merge) -> list[Json]:
    return [
        {
            "number": number,
            "kind": piece.kind.value,
            "text": piece.text,
            "then": piece.base,
            "now": piece.theirs,
            "ours": piece.mine,
        }
        for number, piece in enumerate(merge.pieces)
    ]


def _report(report: RebaseReport) -> dict[str, Json]:
    return {
        "draft": report.saved.draft,
        "revision": report.saved.revision or None,
        "answered": report.answered,
        "files": sorted(report.saved.after),
        "proofs": [
            {"item": each.name, "is_proved": each.is_proved, "sentence": each.sentence}
            for each in report.proofs
        ],
        "notes": list(report.notes),
    }


def _told(report: RebaseReport) -> list[str]:
    return [*(each.sentence for each in report.proofs), *report.notes]


def _plan_text(made: RebasePlan) -> str:
    lines: list[str] = []
    for item in made.items:
        lines += [item.sentence, f"  {item.name}", f"  answers: {', '.join(fitting(item))}"]
        lines += _places(item)
        lines.append("")
    return "\n".join([*lines, made.sentence])


def _places(item: RebaseItem) -> list[str]:
    merges = (
        [item.proposal] if item.proposal else list(item.page_proposal.merges if item.page_proposal else ())
    )
    pieces = [piece for merge in merges for part in (merge.heading, merge.body) for piece in part.pieces]
    found = []
    for piece in pieces:
        if piece.kind is PieceKind.CONFLICT:
            found += ["  to choose:", f"    said then: {_short(piece.base)}"]
            found += [f"    says now:  {_short(piece.theirs)}", f"    ours:      {_short(piece.mine)}"]
        elif piece.kind is PieceKind.CHECK:
            found.append(f"  please check: {_short(piece.text)}")
    return found


def _short(text: str | None) -> str:
    words = " ".join((text or "–").split())
    return words if len(words) <= 100 else words[:99] + "…"
