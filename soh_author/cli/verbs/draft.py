"""``draft new|save|list|discard|restore``: the drafts somebody is working on."""

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.reading import check_note
from soh_author.domain.counting import counted
from soh_author.domain.errors import NotFoundError
from soh_author.workflow import drafting
from soh_author.workflow.drafting import Draft
from soh_author.workflow.workspace import LIVE


@click.group()
def draft() -> None:
    """Start, save, list, discard and restore drafts."""


@draft.command()
@click.argument("name")
@click.option(
    "--source", default=LIVE, metavar="NAME", help="What it starts from: published, a draft or a version."
)
@verb
def new(call: Call, name: str, source: str) -> Answer:
    """Start a draft called NAME (lower-case letters, digits and hyphens)."""
    with call.writing() as workspace:
        outcome = call.run(drafting.new_draft(workspace, name, source=source))
    return Answer({"draft": as_data(outcome.value)}, outcome.notice)


@draft.command()
@click.argument("name")
@click.option("--note", required=True, metavar="TEXT", help="What changed, in a few words.")
@verb
def save(call: Call, name: str, note: str) -> Answer:
    """Make a version of what is saved privately in the draft NAME."""
    with call.writing() as workspace:
        outcome = call.run(drafting.save_version(workspace, name, check_note(note)))
        found = drafting.find_draft(workspace, name)
    return Answer({"draft": as_data(found), "is_changed": outcome.value is not None}, outcome.notice)


@draft.command("list")
@click.option("--discarded", is_flag=True, help="Those discarded in the last 30 days instead.")
@verb
def list_command(call: Call, *, discarded: bool) -> Answer:
    """List the drafts, the newest first."""
    return answer_discarded(call) if discarded else answer_list(call)


@draft.command()
@click.argument("name")
@verb
def discard(call: Call, name: str) -> Answer:
    """Take the draft NAME off the list; it is kept for 30 days."""
    with call.writing() as workspace:
        outcome = call.run(drafting.discard_draft(workspace, name))
    kept = outcome.value
    data: dict[str, Json] = {"name": kept.name, "revision": kept.revision, "when": kept.when.isoformat()}
    return Answer({"discarded": data}, outcome.notice)


@draft.command()
@click.argument("name")
@verb
def restore(call: Call, name: str) -> Answer:
    """Bring the draft NAME back as it was when it was discarded last."""
    with call.writing() as workspace:
        kept = next((each for each in drafting.recently_discarded(workspace) if each.name == name), None)
        if kept is None:
            raise NotFoundError(
                f"No draft “{name}” was discarded in the last 30 days.",
                todo="Look at “soh-author draft list --discarded”.",
            )
        outcome = call.run(drafting.restore_draft(workspace, kept))
    return Answer({"draft": as_data(outcome.value)}, outcome.notice)


def answer_list(call: Call) -> Answer:
    """All drafts; also what ``list drafts`` answers."""
    with call.reading() as workspace:
        drafts = call.value(drafting.list_drafts(workspace))
    rows = [
        (
            each.name,
            f"{each.when:%Y-%m-%d %H:%M}",
            each.author,
            f"{each.note.partition(chr(10))[0]}{_private(each)}",
        )
        for each in drafts
    ]
    text = table(("draft", "when", "by", "note"), rows) if rows else "There are no drafts."
    return Answer({"drafts": [as_data(each) for each in drafts]}, text)


def answer_discarded(call: Call) -> Answer:
    """The drafts that can still come back."""
    with call.reading() as workspace:
        kept = drafting.recently_discarded(workspace)
    data: list[Json] = [
        {"name": each.name, "revision": each.revision, "when": each.when.isoformat()} for each in kept
    ]
    rows = [(each.name, f"{each.when:%Y-%m-%d %H:%M}") for each in kept]
    return Answer(
        {"discarded": data}, table(("draft", "discarded"), rows) if rows else "No draft was discarded."
    )


def as_data(found: Draft) -> dict[str, Json]:
    """A draft for programs."""
    return {
        "name": found.name,
        "revision": found.revision,
        "author": found.author,
        "when": found.when.isoformat(),
        "note": found.note,
        "private_files": found.private_files,
    }


def _private(found: Draft) -> str:
    return f" (+ {counted(found.private_files, 'file')} saved privately)" if found.private_files else ""
