"""``emergency list|review``: what one person put out alone, and the review afterwards."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.verbs.review import TRUST
from soh_author.trust.moments import moment_text
from soh_author.workflow.release.publishing_emergency import OpenEmergency, emergencies, review_emergency
from soh_author.workflow.together.sending_trust import trust_origin


@click.group()
def emergency() -> None:
    """Look at emergency releases that wait for their review, and review them."""


@emergency.command("list")
@verb
def list_emergencies(call: Call) -> Answer:
    """List the emergencies that nobody has reviewed yet."""
    with call.reading() as workspace:
        found = call.value(emergencies(workspace))
    waiting: list[Json] = [_data(each) for each in found.waiting]
    lines = [f"{each.signed.id[:12]}  {each.sentence}" for each in found.waiting]
    return Answer({"waiting": waiting, "most": found.most}, "\n".join([*lines, found.sentence]))


@emergency.command()
@click.argument("identity", metavar="ID")
@click.option("--note", default="", metavar="TEXT", help="What you say of it.")
@click.option(
    "--draft", default="", metavar="NAME", help="The draft that takes your yes; one of its own if not given."
)
@KEY
@TRUST
@verb
def review(
    call: Call, identity: str, note: str, draft: str, key: Path | None, *, trust_folder: bool
) -> Answer:
    """Say that the emergency ID (or how that begins) was right; the yes goes out with the next release."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        outcome = call.run(review_emergency(workspace, identity, draft, signer, comment=note))
    said = outcome.value.said
    data: dict[str, Json] = {
        "draft": said.signed.record.draft,
        "record": said.signed.id,
        "is_sent": said.is_sent,
    }
    told = f"{outcome.notice} It counts once “{said.signed.record.draft}” is published."
    return Answer(data, told)


def _data(each: OpenEmergency) -> Json:
    record = each.signed.record
    return {
        "id": each.signed.id,
        "published_by": each.publisher,
        "time": moment_text(record.when),
        "reason": record.note,
        "outputs": len(record.outputs),
        "who_may_review": list(each.able),
    }
