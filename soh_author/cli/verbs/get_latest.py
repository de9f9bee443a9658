"""``get-latest``: what others sent and published comes in; what two people wrote in one place is decided."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.answers_file import read_take
from soh_author.cli.call import Call, verb
from soh_author.cli.files import read_json
from soh_author.cli.verbs.travelling import others_as_data, outgoing_as_data
from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.counting import counted
from soh_author.domain.errors import UsageError, WorldMovedError
from soh_author.workflow.together import syncing
from soh_author.workflow.together.sending import outgoing
from soh_author.workflow.together.syncing import Latest
from soh_author.workflow.together.syncing_drafts import Pending
from soh_author.workflow.together.syncing_trees import Card
from soh_author.workflow.workspace import Workspace

Decided = dict[tuple[str, str, str], Choice | Written]


@click.command("get-latest")
@click.option(
    "--take",
    default="",
    metavar="mine|theirs|both",
    help="What to take wherever both changed the same place.",
)
@click.option(
    "--answers",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="What to take at each place, as JSON.",
)
@verb
def get_latest(call: Call, take: str, answers: Path | None) -> Answer:
    """Get what others sent and published, and bring your drafts up to date with it.

    Different sections of one page come together by themselves. Where two people changed the same place,
    nothing of that draft is written until it is decided: see the list, then run it again with --take or
    --answers. The exit code is 4 while something is left to decide.
    """
    chosen, typed = read_take(take), _read_answers(answers)
    with call.writing() as workspace:
        outcome = call.run(syncing.get_latest(workspace))
        left = [_decide(call, workspace, pending, typed, chosen) for pending in outcome.value.pending]
        pending = [each for each in left if each is not None]
        data = _as_data(outcome.value, pending, workspace)
    lines = [outcome.notice]
    lines += [f"The draft “{each.draft}” is up to date." for each in _decided(outcome.value, pending)]
    lines += [line for each in pending for line in _told(each)]
    return Answer(data, "\n".join(lines), exit_code=WorldMovedError.exit_code if pending else 0)


def _decided(latest: Latest, left: list[Pending]) -> list[Pending]:
    names = {each.draft for each in left}
    return [each for each in latest.pending if each.draft not in names]


def _decide(
    call: Call, workspace: Workspace, pending: Pending, typed: Decided, take: Choice | None
) -> Pending | None:
    """Answer a draft's cards as far as that was told; what is left to decide afterwards."""
    left: Pending | None = pending
    while left is not None:
        answers = {}
        for card in left.cards:
            chosen = typed.get((left.draft, *card.key), _fitting(card, take))
            if chosen is not None:
                answers[card.key] = chosen
        if len(answers) < len(left.cards):
            break
        left = call.value(syncing.answer(workspace, left, answers)).pending
    return left


def _fitting(card: Card, take: Choice | None) -> Choice | None:
    """What was told for all places; both is no answer where only one can be."""
    return None if take is Choice.BOTH and card.conflict.both is None else take


def _told(pending: Pending) -> list[str]:
    lines = [f"“{pending.draft}”: {counted(len(pending.cards), 'place')} to decide against {pending.source}."]
    for card in pending.cards:
        lines.append(f"  {card.path}: {card.conflict.title} ({card.conflict.key})")
        for name, text in (("mine", card.conflict.mine), ("theirs", card.conflict.theirs)):
            lines.append(f"    {name + ':':8}{_short(text)}")
    return lines


def _short(text: str | None) -> str:
    if text is None:
        return "(taken out)"
    line = " ".join(text.split())
    return line if len(line) <= 90 else line[:89] + "…"


def _as_data(latest: Latest, left: list[Pending], workspace: Workspace) -> dict[str, Json]:
    decided = [str(each.draft) for each in _decided(latest, left)]
    return {
        "new_versions": latest.new_versions,
        "updated": [*(str(name) for name in latest.updated), *decided],
        "to_decide": [_card_as_data(each, card) for each in left for card in each.cards],
        "discarded": [str(name) for name in latest.discarded],
        "same_name": [str(name) for name in latest.clashes],
        "faults": [{"draft": str(name), "what": error.what} for name, error in latest.faults],
        "others": [others_as_data(each) for each in latest.others],
        "sent": [str(name) for name in latest.sent],
        "outgoing": [outgoing_as_data(each) for each in outgoing(workspace)],
    }


def _card_as_data(pending: Pending, card: Card) -> dict[str, Json]:
    conflict = card.conflict
    return {
        "draft": str(pending.draft),
        "path": card.path,
        "place": conflict.key,
        "title": conflict.title,
        "base": conflict.base,
        "mine": conflict.mine,
        "theirs": conflict.theirs,
        "both": conflict.both,
        "may_write": conflict.may_write,
    }


def _read_answers(path: Path | None) -> Decided:
    if path is None:
        return {}
    found = read_json(path)
    if not isinstance(found, list):
        raise _wrong("the file", "a list")
    return dict(_answer(entry) for entry in found)


def _answer(entry: object) -> tuple[tuple[str, str, str], Choice | Written]:
    if not isinstance(entry, dict):
        raise _wrong("an entry", "an object")
    place = [entry.get(name) for name in ("draft", "path", "place")]
    if not all(isinstance(each, str) for each in place):
        raise _wrong("an entry", "one with draft, path and place")
    key = (str(place[0]), str(place[1]), str(place[2]))
    text, take = entry.get("text"), entry.get("take")
    if isinstance(text, str):
        return key, Written(text)
    chosen = read_take(take) if isinstance(take, str) else None
    if chosen is None:
        raise _wrong("an entry", "one with take (mine, theirs, both) or text")
    return key, chosen


def _wrong(what: str, wanted: str) -> UsageError:
    return UsageError(f"Among the answers, {what} is not {wanted}.", safe="Nothing was changed.")
