"""``take-down``: a banner on a page, the page gone, or its readers led elsewhere; at once where needed."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.keys import KEY, signer_of
from soh_author.cli.reading import find_force, find_page
from soh_author.cli.verbs.review import TRUST
from soh_author.domain.errors import UsageError
from soh_author.domain.ids import ForceId, Language
from soh_author.domain.judging.release import ReleaseKind
from soh_author.workflow.release.publishing_emergency import publish_in_emergency
from soh_author.workflow.release.publishing_take_down import Prepared, prepare_take_down
from soh_author.workflow.release.take_down_wish import How, TakeDown
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.together.sending_trust import trust_origin


@click.command("take-down")
@click.argument("page")
@click.option("--banner", default="", metavar="TEXT", help="Put this warning at the head of the page.")
@click.option("--notice", default="", metavar="TEXT", help="What one force's readers are told in its place.")
@click.option("--welsh", default="", metavar="TEXT", help="The same warning, or notice, in Welsh.")
@click.option("--gone", is_flag=True, help="Remove the page.")
@click.option("--redirect", default="", metavar="PAGE", help="Remove the page, and lead links to this one.")
@click.option("--force", default="", help="Only for this force.")
@click.option("--language", type=click.Choice([each.value for each in Language]), help="Only in this one.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, and on whose authority.")
@click.option("--prepare", is_flag=True, help="Only write the draft; it is reviewed in the usual way.")
@KEY
@TRUST
@verb
def take_down(  # noqa: PLR0913, PLR0917 - one argument for each option
    call: Call,
    page: str,
    banner: str,
    notice: str,
    welsh: str,
    redirect: str,
    force: str,
    language: str | None,
    reason: str,
    key: Path | None,
    *,
    gone: bool,
    prepare: bool,
    trust_folder: bool,
) -> Answer:
    """Take PAGE down: with a banner, altogether, or leading its readers elsewhere.

    It goes out at once, on a publisher's word; somebody else reviews it afterwards. For one force a page
    stays at its address and says only the notice.
    """
    how = _how(banner, redirect, is_gone=gone)
    signer = None if prepare else signer_of(call.world, key)
    with call.writing() as workspace:
        if trust_folder:
            trust_origin(workspace)
        live = workspace.snapshot()
        what = TakeDown(
            find_page(live, page),
            how,
            banner or notice,
            welsh,
            find_page(live, redirect) if redirect else None,
            _force(live, force),
            Language(language) if language else None,
        )
        outcome = call.run(prepare_take_down(workspace, what))
        made = outcome.value
        lines = [*(f"Links to it: {path}" for path in made.inbound), outcome.notice]
        if signer is None:
            return Answer(_data(made, "", is_sent=False), "\n".join(lines))
        task = publish_in_emergency(workspace, [made.draft.name], signer, reason, ReleaseKind.TAKE_DOWN)
        published = call.run(task)
    lines.append(f"{published.notice} It waits for its review.")
    done = published.value
    return Answer(_data(made, done.release.id, is_sent=done.is_sent), "\n".join(lines))


def _how(banner: str, redirect: str, *, is_gone: bool) -> How:
    chosen = [
        how
        for how, is_meant in ((How.BANNER, bool(banner)), (How.GONE, is_gone), (How.REDIRECT, bool(redirect)))
        if is_meant
    ]
    if len(chosen) != 1:
        raise UsageError(
            "Say one thing that shall become of the page.",
            safe="Nothing was changed.",
            todo="Use --banner TEXT, --gone or --redirect PAGE.",
        )
    return chosen[0]


def _force(live: Snapshot, name: str) -> ForceId | None:
    return find_force(live, name).id if name else None


def _data(made: Prepared, release: str, *, is_sent: bool) -> dict[str, Json]:
    return {
        "draft": made.draft.name,
        "inbound": list(made.inbound),
        "is_live": bool(release),
        "release": release,
        "is_sent": is_sent,
    }
