"""``schedule`` and ``publish-due``: what goes out at a moment, and carrying that out."""

from datetime import datetime
from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.verbs.review import TRUST
from soh_author.domain.errors import UsageError
from soh_author.trust.moments import moment_text
from soh_author.workflow.release import scheduling
from soh_author.workflow.release.scheduling import Scheduled
from soh_author.workflow.together.sending_trust import trust_origin

FAILED = 5


@click.command()
@click.argument("draft")
@click.option("--at", default="", metavar="MOMENT", help="When it goes out, such as 2026-12-05T09:00.")
@click.option("--cancel", "is_off", is_flag=True, help="It is not to go out by itself any more.")
@TRUST
@verb
def schedule(call: Call, draft: str, at: str, *, is_off: bool, trust_folder: bool) -> Answer:
    """Write down when DRAFT goes out; “publish-due” carries it out, if it is approved by then."""
    if bool(at) == is_off:
        raise UsageError(
            "Say either when it goes out or that it doesn't.", todo="Use --at MOMENT, or --cancel."
        )
    moment = None if is_off else _moment(call, at)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        outcome = call.run(scheduling.schedule(workspace, draft, moment))
        waiting = scheduling.scheduled(workspace)
    return Answer({"scheduled": [_data(each) for each in waiting]}, outcome.notice)


@click.command("publish-due")
@KEY
@TRUST
@verb
def publish_due(call: Call, key: Path | None, *, trust_folder: bool) -> Answer:
    """Publish every scheduled draft whose time has come; doing it again does nothing more."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        outcome = call.run(scheduling.publish_due(workspace, signer))
        waiting = scheduling.scheduled(workspace)
    due = outcome.value
    done: list[Json] = [
        {
            "draft": each.draft,
            "moment": moment_text(each.moment),
            "release": each.published.release.id if each.published else "",
            "why_not": each.why_not,
        }
        for each in due
    ]
    failed = [f"“{each.draft}” did not go out: {each.why_not}" for each in due if each.why_not]
    data: dict[str, Json] = {"due": done, "scheduled": [_data(each) for each in waiting]}
    return Answer(data, "\n".join([outcome.notice, *failed]), exit_code=FAILED if failed else 0)


def _data(each: Scheduled) -> Json:
    return {"draft": each.draft, "moment": moment_text(each.moment)}


def _moment(call: Call, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"“{text}” is no moment.", todo="Write it as 2026-12-05T09:00.") from error
    return found if found.tzinfo else found.replace(tzinfo=call.world.clock().tzinfo)
