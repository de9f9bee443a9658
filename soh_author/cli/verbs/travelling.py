"""``draft send|send-waiting|outgoing|others|take-over|discard-sent``: drafts that travel."""

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.verbs.draft import as_data, draft
from soh_author.workflow.together import sending
from soh_author.workflow.together.sending import Outgoing
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.together.syncing_others import OthersDraft, drafts_of_others
from soh_author.workflow.workspace import Workspace

_TRUST = click.option(
    "--trust-folder",
    is_flag=True,
    help="Let an origin that is a folder run its own checks on this computer, from now on.",
)


@draft.command("send")
@click.argument("name")
@click.option("--reviewer", default="", metavar="NAME", help="Who is asked to review it.")
@click.option("--note", default="", metavar="TEXT", help="What to tell them.")
@_TRUST
@verb
def send(call: Call, name: str, reviewer: str, note: str, *, trust_folder: bool) -> Answer:
    """Send the draft NAME for review; without a connection it waits (see “draft outgoing”)."""
    with call.writing() as workspace:
        _trust(workspace, is_told=trust_folder)
        outcome = call.run(sending.send_draft(workspace, name, reviewer, note))
    return Answer({"draft": as_data(outcome.value)}, outcome.notice)


@draft.command("send-waiting")
@_TRUST
@verb
def send_waiting(call: Call, *, trust_folder: bool) -> Answer:
    """Send every draft that waits."""
    with call.writing() as workspace:
        _trust(workspace, is_told=trust_folder)
        outcome = call.run(sending.send_waiting(workspace))
    return Answer({"sent": [str(name) for name in outcome.value]}, outcome.notice)


@draft.command("outgoing")
@verb
def outgoing(call: Call) -> Answer:
    """List the drafts that wait to be sent."""
    with call.reading() as workspace:
        found = sending.outgoing(workspace)
    rows = [(each.draft, str(each.versions), each.request.reviewer if each.request else "") for each in found]
    text = table(("draft", "versions", "reviewer"), rows) if rows else "Nothing waits to be sent."
    return Answer({"outgoing": [outgoing_as_data(each) for each in found]}, text)


@draft.command("others")
@verb
def others(call: Call) -> Answer:
    """List the drafts other people have sent, as of when you last got the latest."""
    with call.reading() as workspace:
        found = drafts_of_others(workspace)
    now = call.world.clock()
    rows = [
        (each.name, each.age(now), each.author, each.request.reviewer if each.request else "", each.note)
        for each in found
    ]
    text = table(("draft", "changed", "by", "reviewer", "note"), rows) if rows else "Nobody else has a draft."
    return Answer({"others": [others_as_data(each) for each in found]}, text)


@draft.command("take-over")
@click.argument("name")
@click.option("--name", "new_name", default="", metavar="NEW", help="Name of your copy.")
@click.option("--note", default="", metavar="TEXT", help="What to tell its owner.")
@_TRUST
@verb
def take_over(call: Call, name: str, new_name: str, note: str, *, trust_folder: bool) -> Answer:
    """Go on with somebody else's draft NAME in a copy of your own; they are told."""
    with call.writing() as workspace:
        _trust(workspace, is_told=trust_folder)
        outcome = call.run(sending.take_over(workspace, name, new_name, note))
    return Answer({"draft": as_data(outcome.value)}, outcome.notice)


@draft.command("discard-sent")
@click.argument("name")
@_TRUST
@verb
def discard_sent(call: Call, name: str, *, trust_folder: bool) -> Answer:
    """Take the draft NAME off the origin too; a copy is kept here for 30 days."""
    with call.writing() as workspace:
        _trust(workspace, is_told=trust_folder)
        outcome = call.run(sending.discard_sent(workspace, name))
    return Answer({"discarded": name}, outcome.notice)


def _trust(workspace: Workspace, *, is_told: bool) -> None:
    if is_told:
        trust_origin(workspace)


def others_as_data(each: OthersDraft) -> dict[str, Json]:
    """Somebody else's draft for programs."""
    return {
        "name": each.name,
        "revision": each.revision,
        "author": each.author,
        "when": each.when.isoformat(),
        "note": each.note,
        "pages": sorted(each.pages),
        "reviewer": each.request.reviewer if each.request else None,
        "taken_from": each.taken_from or None,
    }


def outgoing_as_data(each: Outgoing) -> dict[str, Json]:
    """A draft that waits to be sent, for programs."""
    return {
        "draft": each.draft,
        "versions": each.versions,
        "reviewer": each.request.reviewer if each.request else None,
        "goes_with_the_latest": each.is_asked,
    }
