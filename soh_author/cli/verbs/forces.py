"""``forces rename|close|merge``: forces change; a plan first, with every clash."""

from collections.abc import Iterator
from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.clash_answers import read_decisions
from soh_author.cli.reading import find_force, read_day
from soh_author.domain.ids import ForceId
from soh_author.workflow.forces import reorganising
from soh_author.workflow.forces.clash_words import ClashToDecide
from soh_author.workflow.forces.reorganising import Merger, Reorganisation
from soh_author.workflow.task import Task
from soh_author.workflow.workspace import Workspace

_DRAFT = click.option("--draft", required=True, metavar="NAME", help="The draft that takes the change.")
_PLAN = click.option("--plan", "is_plan", is_flag=True, help="Only show what would happen.")
_NOTE = click.option("--note", default="", help="What happened, in a few words.")


@click.group()
def forces() -> None:
    """Rename, close or merge forces."""


@forces.command()
@click.argument("old")
@click.argument("new")
@_DRAFT
@_PLAN
@_NOTE
@verb
def rename(call: Call, old: str, new: str, *, draft: str, is_plan: bool, note: str) -> Answer:
    """Give the force OLD the id NEW: its files move, groups name it anew."""
    with call.writing() as workspace:
        force = find_force(workspace.snapshot(draft), old).id
        task = reorganising.plan_renaming(workspace, draft, force, ForceId(new))
        return _do(call, workspace, task, draft, note, is_plan=is_plan)


@forces.command()
@click.argument("force")
@click.option("--last-day", required=True, metavar="DATE", help="The last day on which its site stands.")
@_DRAFT
@_PLAN
@_NOTE
@verb
def close(call: Call, force: str, *, last_day: str, draft: str, is_plan: bool, note: str) -> Answer:
    """Close a FORCE after a last day; its files stay."""
    with call.writing() as workspace:
        closing = find_force(workspace.snapshot(draft), force).id
        task = reorganising.plan_closing(workspace, draft, closing, read_day(last_day, call.today))
        return _do(call, workspace, task, draft, note, is_plan=is_plan)


@forces.command()
@click.argument("merging", nargs=-1, required=True, metavar="FORCE…")
@click.option("--into", "target", required=True, metavar="FORCE", help="One of them, or a new id.")
@click.option("--first-day", required=True, metavar="DATE", help="The day from which they are one.")
@click.option("--name", default="", help="Name of a new force.")
@click.option("--host", default="", help="Host of a new force's site.")
@click.option("--keep", default="", metavar="FORCE", help="Whose way is kept in clashes without an answer.")
@click.option(
    "--answers",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="What becomes of each clash, as JSON.",
)
@_DRAFT
@_PLAN
@_NOTE
@verb
def merge(  # noqa: PLR0913 - one argument for each option
    call: Call,
    merging: tuple[str, ...],
    *,
    target: str,
    first_day: str,
    name: str,
    host: str,
    keep: str,
    answers: Path | None,
    draft: str,
    is_plan: bool,
    note: str,
) -> Answer:
    """Make one of several forces from a day on.

    What they word differently are clashes: each needs a decision, from --answers or by --keep.
    """
    with call.writing() as workspace:
        snapshot = workspace.snapshot(draft)
        merger = Merger(
            tuple(find_force(snapshot, force).id for force in merging),
            ForceId(target),
            read_day(first_day, call.today),
            name,
            host,
        )
        decisions = read_decisions(answers) if answers else {}
        kept = find_force(snapshot, keep).id if keep else None
        task = reorganising.plan_merging(workspace, draft, merger, decisions, kept)
        return _do(call, workspace, task, draft, note, is_plan=is_plan)


def _do(
    call: Call,
    workspace: Workspace,
    task: Task[Reorganisation],
    draft: str,
    note: str,
    *,
    is_plan: bool,
) -> Answer:
    plan = call.value(task)
    revision = ""
    if not is_plan:
        revision = call.value(reorganising.apply_reorganisation(workspace, draft, plan, note))
    data: dict[str, Json] = {
        "draft": draft,
        "is_written": bool(revision),
        "revision": revision or None,
        "sentence": plan.sentence,
        "files": sorted(plan.changes),
        "clashes": [_clash(each) for each in plan.to_decide],
        "one_sided": list(plan.one_sided),
        "lost": list(plan.lost),
    }
    return Answer(data, _text(plan, is_plan=is_plan))


def _clash(asked: ClashToDecide) -> Json:
    return {
        "clash": asked.clash.name,
        "sentence": asked.sentence,
        "words": [{"force": force, "words": words} for force, words in asked.words.items()],
        "decided": asked.decided,
    }


def _asked(asked: ClashToDecide) -> Iterator[str]:
    """A clash with its name for the answers, and what each force has."""
    yield asked.sentence
    yield f"  clash: {asked.clash.name}"
    for force, words in asked.words.items():
        yield f"  {force}: {' '.join(words.split())[:200]}"


def _text(plan: Reorganisation, *, is_plan: bool) -> str:
    lines = [plan.sentence]
    for title, found in (
        ("To decide", [line for each in plan.undecided for line in _asked(each)]),
        ("Decided", [f"{each.sentence}; {each.decided}" for each in plan.to_decide if each.decision]),
        ("Read by all of them from then on", plan.one_sided),
        ("Read by nobody any more", plan.lost),
    ):
        if found:
            lines += ["", f"{title}:", *(f"  {each}" for each in found)]
    return "\n".join([*lines, *(["", "Nothing was written."] if is_plan else [])])
