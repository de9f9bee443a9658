"""Publishing when the connection is lost after the origin took the release, or before it could."""

import sys
from collections.abc import Callable

import pytest

from soh_author.domain.errors import UnsureError, WorkspaceError
from soh_author.workflow.approvals.releasing_files import releases_of
from soh_author.workflow.release.publishing import Plan, Wish, plan, publish
from soh_author.workflow.task import Task
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.together.unsure import Fate, look_again, unsure
from soh_author.workflow.workspace import Workspace
from tests.support.people import FEES, Office, agree, go_out, send, write
from tests.support.repositories import git

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are shell scripts")


_CUT = '#!/bin/sh\n{more}\nkill -9 "$PPID"\n'
_GONE = 'mv "$(git rev-parse --absolute-git-dir)" "$(git rev-parse --absolute-git-dir).away"'


def test_a_line_cut_after_the_origin_accepted_is_found_out_at_once_when_the_origin_answers(
    people: Office,
) -> None:
    planned = _about_to_lose_the_line(people, "")
    done = publish(people.alex.workspace, planned, people.alex.signer).run().value
    assert done.is_sent
    assert people.alex.workspace.revision_of("published") == done.revision
    assert unsure(people.alex.workspace) == ()
    assert git(people.origin, "rev-parse", "published") == done.revision


@pytest.mark.parametrize("asked_by", [get_latest, look_again], ids=["get the latest", "by itself"])
def test_a_line_cut_after_the_origin_accepted_is_told_as_unknown_until_the_origin_answers(
    people: Office, asked_by: Callable[[Workspace], Task[object]]
) -> None:
    planned, workspace = _about_to_lose_the_line(people, _GONE), people.alex.workspace
    before = workspace.revision_of("published")
    with pytest.raises(UnsureError, match="it isn’t known whether it went out") as told:
        publish(workspace, planned, people.alex.signer).run()
    assert "can’t go out twice" in told.value.safe
    assert workspace.revision_of("published") == before
    with pytest.raises(WorkspaceError):
        asked_by(workspace).run()
    assert unsure(workspace) == (planned.release.id,)
    _comes_back(people)
    said = asked_by(workspace).run().notice
    assert f"“{planned.release.id}” did go out when the connection was lost: it is live." in said
    assert planned.release.id in {each.id for each in releases_of(workspace.snapshot())}
    assert unsure(workspace) == ()


def test_what_went_out_unheard_is_not_published_a_second_time(people: Office) -> None:
    planned, workspace = _about_to_lose_the_line(people, _GONE), people.alex.workspace
    with pytest.raises(UnsureError):
        publish(workspace, planned, people.alex.signer).run()
    with pytest.raises(WorkspaceError):
        publish(workspace, planned, people.alex.signer).run()
    _comes_back(people)
    people.clock.pass_time(minutes=5)
    outcome = publish(workspace, planned, people.alex.signer).run()
    assert outcome.notice == f"“{planned.release.id}” went out already. It is live."
    tip, revision = planned.case.candidate.tip, outcome.value.revision
    assert git(people.origin, "rev-parse", "published") == revision
    assert git(people.origin, "rev-list", f"{tip}..{revision}") == revision


def test_what_the_origin_never_took_is_said_not_to_have_gone_out_and_can_be_published_again(
    people: Office,
) -> None:
    planned, workspace = _about_to_lose_the_line(people, _GONE, hook="pre-receive"), people.alex.workspace
    with pytest.raises(UnsureError):
        publish(workspace, planned, people.alex.signer).run()
    _comes_back(people)
    (open_still,) = look_again(workspace).run().value
    assert open_still.fate is Fate.OPEN
    people.clock.pass_time(minutes=16)
    outcome = look_again(workspace).run()
    assert outcome.notice.endswith("did not go out when the connection was lost. Plan it again.")
    assert unsure(workspace) == ()
    assert go_out(people.alex, "fees").is_sent


def _about_to_lose_the_line(people: Office, more: str, hook: str = "post-receive") -> Plan:
    """A plan that is ready; whoever takes it at the origin is ended before it can answer."""
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    get_latest(people.alex.workspace).run()
    planned = plan(people.alex.workspace, Wish(("fees",)), people.alex.signer).run().value
    place = people.origin / "hooks" / hook
    place.parent.mkdir(exist_ok=True)
    place.write_text(_CUT.format(more=more), encoding="ascii")
    place.chmod(0o755)
    return planned


def _comes_back(people: Office) -> None:
    away = people.origin.with_name(f"{people.origin.name}.away")
    away.rename(people.origin)
    for hook in (people.origin / "hooks").glob("*-receive"):
        hook.unlink()
