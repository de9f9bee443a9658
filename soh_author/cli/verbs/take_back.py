"""``roll-back``, ``publish-urgent`` and ``verify-site``: bringing back, going out at once, looking again."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.options import ON
from soh_author.cli.reading import find_force, find_page, read_day
from soh_author.cli.verbs.draft import as_data
from soh_author.cli.verbs.review import DRAFTS, TRUST
from soh_author.domain.counting import counted
from soh_author.domain.ids import Language
from soh_author.domain.judging.release import ReleaseKind
from soh_author.workflow.release.publishing_emergency import publish_in_emergency
from soh_author.workflow.release.rolling_back import RollBack
from soh_author.workflow.release.rolling_back import roll_back as start_roll_back
from soh_author.workflow.release.verifying_site import verify_online
from soh_author.workflow.release.verifying_site import verify_site as look_at_site
from soh_author.workflow.together.sending_trust import trust_origin

NOT_AS_RELEASED = 5
_MOST = 20


@click.command("roll-back")
@click.argument("release")
@click.option("--page", default="", help="Only this page.")
@click.option("--force", default="", help="Only as this force reads it.")
@click.option("--language", type=click.Choice([each.value for each in Language]), help="Only this language.")
@click.option("--draft", default="", metavar="NAME", help="Name of the draft that is made.")
@verb
def roll_back(  # noqa: PLR0917 - one argument for each option
    call: Call, release: str, page: str, force: str, language: str | None, draft: str
) -> Answer:
    """Start a draft that brings back what was live before RELEASE; it is reviewed like any other."""
    with call.writing() as workspace:
        snapshot = workspace.snapshot()
        what = RollBack(
            release,
            find_page(snapshot, page) if page else None,
            find_force(snapshot, force).id if force else None,
            Language(language) if language else None,
            draft,
        )
        outcome = call.run(start_roll_back(workspace, what))
    return Answer({"draft": as_data(outcome.value)}, outcome.notice)


@click.command("publish-urgent")
@DRAFTS
@click.option("--reason", required=True, metavar="TEXT", help="Why it can't wait; it is shown to everybody.")
@KEY
@TRUST
@verb
def publish_urgent(
    call: Call, drafts: tuple[str, ...], reason: str, key: Path | None, *, trust_folder: bool
) -> Answer:
    """Publish DRAFTS at once, on a publisher's word alone; somebody else reviews it afterwards."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        task = publish_in_emergency(workspace, drafts, signer, reason, ReleaseKind.EMERGENCY)
        outcome = call.run(task)
    done = outcome.value
    data: dict[str, Json] = {
        "release": done.release.id,
        "revision": done.revision,
        "is_sent": done.is_sent,
        "outputs": len(done.release.outputs),
    }
    return Answer(data, f"{outcome.notice} It waits for its review.")


@click.command("verify-site")
@click.argument("site")
@click.option("--release", required=True, metavar="ID", help="The release it should show.")
@click.option("--force", default="", help="The force whose site the address is; with an address.")
@ON
@verb
def verify_site(call: Call, site: str, release: str, force: str, on: str) -> Answer:
    """Say which pages of SITE are not those that were released, byte for byte.

    SITE is the folder of a build, or an address (http or https) at which the public reads it.
    """
    day = read_day(on, call.today)
    with call.reading() as workspace:
        if "://" in site:
            known = find_force(workspace.snapshot(), force).id if force else None
            found = call.value(verify_online(workspace, site, release, day, known))
        else:
            found = call.value(look_at_site(workspace, Path(site), release, day))
    strayed: list[Json] = [
        {
            "path": each.path,
            "deviation": each.deviation.value,
            "why": each.why,
            "page": each.page,
            "digest": each.digest,
        }
        for each in found.strayed
    ]
    said = [each.sentence for each in found.strayed[:_MOST]]
    if len(found.strayed) > _MOST:
        said.append(f"… and {len(found.strayed) - _MOST} more; --json lists them all.")
    if found.is_true:
        said.append(f"All of {counted(found.pages, 'page')} are as released.")
    if found.absent:
        said.append(f"Nothing is there of, and nothing was looked at for: {', '.join(found.absent)}.")
    data: dict[str, Json] = {
        "release": found.release,
        "pages": found.pages,
        "strayed": strayed,
        "absent": list(found.absent),
    }
    return Answer(data, "\n".join(said), exit_code=0 if found.is_true else NOT_AS_RELEASED)
