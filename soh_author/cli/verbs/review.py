"""``queue``, ``review``, ``submit``, ``approve``, ``ask`` and ``withdraw``: drafts on their way to a yes."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, table
from soh_author.cli.call import Call, verb
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.review_data import review_data, review_text
from soh_author.domain.days import day_and_month
from soh_author.domain.errors import WorldMovedError
from soh_author.trust.moments import moment_text
from soh_author.workflow.comments.checked import fact_checks
from soh_author.workflow.release import reviewing
from soh_author.workflow.release.reviewing import Answered
from soh_author.workflow.release.reviewing_queue import queue as look_at_queue
from soh_author.workflow.task import Outcome
from soh_author.workflow.together.sending_trust import trust_origin

DRAFTS = click.argument("drafts", nargs=-1, required=True)
TRUST = click.option(
    "--trust-folder",
    is_flag=True,
    help="Let an origin that is a folder run its own checks on this computer, from now on.",
)
_NOTE = click.option("--note", default="", metavar="TEXT", help="What to tell the others.")


@click.command()
@verb
def queue(call: Call) -> Answer:
    """List the drafts that were sent for review, those that wait longest first."""
    with call.reading() as workspace:
        found = call.value(look_at_queue(workspace))
    rows = [
        (
            " with ".join(each.drafts),
            each.author,
            f"{day_and_month(each.sent)} {each.sent:%H:%M}",
            each.reviewer,
            each.state.value,
            each.note,
        )
        for each in found
    ]
    data = [
        {
            "draft": each.draft,
            "author": each.author,
            "sent": moment_text(each.sent),
            "reviewer": each.reviewer,
            "note": each.note,
            "state": each.state.value,
            "files": each.files,
            "outputs": each.outputs,
            "together": list(each.together),
        }
        for each in found
    ]
    headings = ("draft", "by", "sent", "reviewer", "state", "note")
    return Answer({"queue": data}, table(headings, rows) if rows else "Nothing waits for review.")


@click.command()
@DRAFTS
@verb
def review(call: Call, drafts: tuple[str, ...]) -> Answer:
    """Look at DRAFTS as their reviewers do: what changes for whom, and what is still needed.

    The mark that is shown names exactly what you see; “approve” asks for it.
    """
    with call.reading() as workspace:
        found = call.value(reviewing.review(workspace, drafts))
        checks = [call.value(fact_checks(workspace, draft)) for draft in found.case.candidate.drafts]
    return Answer(review_data(found, checks), "\n".join(review_text(found, checks)))


@click.command()
@DRAFTS
@click.option("--reviewer", default="", metavar="NAME", help="Who is asked to review it.")
@_NOTE
@KEY
@TRUST
@verb
def submit(
    call: Call, drafts: tuple[str, ...], reviewer: str, note: str, key: Path | None, *, trust_folder: bool
) -> Answer:
    """Send DRAFTS for review, signed: exactly these changes."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        task = reviewing.submit(workspace, drafts, signer, reviewer=reviewer, note=note)
        return _answer(call.run(task))


@click.command()
@DRAFTS
@click.option("--seen", required=True, metavar="MARK", help="The mark that “review” showed.")
@click.option("--facts", is_flag=True, help="Only say that the facts were checked.")
@click.option("--comment", default="", metavar="TEXT", help="What to add.")
@KEY
@TRUST
@verb
def approve(
    call: Call,
    drafts: tuple[str, ...],
    seen: str,
    comment: str,
    key: Path | None,
    *,
    facts: bool,
    trust_folder: bool,
) -> Answer:
    """Say yes to DRAFTS exactly as “review” showed them; refused when anything moved since."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        found = call.value(reviewing.review(workspace, drafts))
        if found.mark != seen.strip():
            raise WorldMovedError(
                "It is not what you have seen: something has changed since.",
                safe="Nothing was approved.",
                todo="Look at it again with “soh-author review”, then decide.",
            )
        task = reviewing.approve(workspace, drafts, found.seen, signer, comment=comment, is_fact_check=facts)
        return _answer(call.run(task))


@click.command()
@DRAFTS
@click.option("--note", required=True, metavar="TEXT", help="What should change.")
@KEY
@TRUST
@verb
def ask(call: Call, drafts: tuple[str, ...], note: str, key: Path | None, *, trust_folder: bool) -> Answer:
    """Ask for changes in DRAFTS; an earlier yes of yours no longer counts."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        return _answer(call.run(reviewing.ask_for_changes(workspace, drafts, signer, note)))


@click.command()
@DRAFTS
@click.option("--record", default="", metavar="ID", help="What to take back; your last word if not given.")
@_NOTE
@KEY
@TRUST
@verb
def withdraw(
    call: Call, drafts: tuple[str, ...], record: str, note: str, key: Path | None, *, trust_folder: bool
) -> Answer:
    """Take back something you said of DRAFTS."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        task = reviewing.withdraw(workspace, drafts, signer, record=record, note=note)
        return _answer(call.run(task))


def _answer(outcome: Outcome[Answered]) -> Answer:
    made = outcome.value
    record = made.record.record
    text = [outcome.notice, *(f"Left out: {reason}" for reason in made.left_out[:12])]
    return Answer(
        {
            "draft": record.draft,
            "record": made.record.id,
            "action": record.action.value,
            "files": len(record.sources),
            "outputs": len(record.outputs),
            "is_sent": made.said.is_sent,
            "left_out": list(made.left_out),
        },
        "\n".join(text),
    )
