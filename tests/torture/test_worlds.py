"""Worlds that turn against people while they work: origins that vanish, are closed, are rewritten; rivals."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from soh_author.domain.errors import SohAuthorError
from soh_author.gitstore.served import all_refs
from soh_author.workflow.gate.recording import audit
from soh_author.workflow.release.publishing import Wish, plan, publish
from soh_author.workflow.release.reviewing import submit
from soh_author.workflow.together.syncing import get_latest
from tests.support.people import FEES, VEHICLES, agree, write
from tests.support.repositories import git
from tests.torture.stages import NEW, Lab, build_agreed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the stages need Linux' signals")

_ROOT = Path(__file__).resolve().parent.parent.parent
_LIVE = "refs/heads/published"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return build_agreed(tmp_path_factory.mktemp("lab"))


@pytest.fixture
def lab(built: Lab) -> Lab:
    """The place where Alex may publish what Nia wrote and Sam approved."""
    built.restore("agreed")
    return built


def _told(lab: Lab) -> str:
    """Alex tries to publish, and is told why it can't be."""
    with lab.desk("alex") as alex:
        planned = plan(alex.workspace, Wish(("fees",)), alex.signer).run().value
        before = all_refs(alex.workspace.store.folder)
        with pytest.raises(SohAuthorError) as told:
            publish(alex.workspace, planned, alex.signer).run()
        assert all_refs(alex.workspace.store.folder) == before
    return str(told.value)


def _publishes(lab: Lab) -> None:
    """The world is as it was: Alex publishes, and all is well."""
    with lab.desk("alex") as alex:
        get_latest(alex.workspace).run()
        planned = plan(alex.workspace, Wish(("fees",)), alex.signer).run().value
        publish(alex.workspace, planned, alex.signer).run()
        assert NEW in (alex.workspace.snapshot().text(FEES) or "")
    assert audit(lab.stores["origin"]).is_sound


def test_an_origin_that_is_gone_and_comes_back(lab: Lab) -> None:
    origin, aside = lab.stores["origin"], lab.run / "aside.git"
    origin.rename(aside)
    assert "Nothing" in _told(lab) or "kept" in _told(lab)
    aside.rename(origin)
    _publishes(lab)


def test_an_origin_whose_disk_takes_nothing(lab: Lab) -> None:
    objects = lab.stores["origin"] / "objects"
    aside = objects.with_name("objects.aside")
    objects.rename(aside)
    objects.write_bytes(b"")
    assert _told(lab)
    objects.unlink()
    aside.rename(objects)
    _publishes(lab)


def test_an_origin_that_was_rewritten_is_told_and_nothing_here_follows_it(lab: Lab) -> None:
    origin = lab.stores["origin"]
    live = all_refs(origin)[_LIVE]
    person = ("-c", "user.name=x", "-c", "user.email=x@x")
    other = git(origin, *person, "commit-tree", f"{live}^{{tree}}", "-m", "x")
    git(origin, "update-ref", _LIVE, other)
    assert _told(lab)
    with lab.desk("alex") as alex:
        with pytest.raises(SohAuthorError):
            get_latest(alex.workspace).run()
        assert alex.workspace.store.resolve("published") == live
    git(origin, "update-ref", _LIVE, live)
    _publishes(lab)


def test_of_two_publishers_at_the_same_moment_one_is_live_and_the_other_is_told(lab: Lab) -> None:
    with lab.desk("nia") as nia, lab.desk("sam") as sam:
        get_latest(nia.workspace).run()
        write(nia, "more", VEHICLES, "Bring the notice.", "Bring the notice and your licence.")
        submit(nia.workspace, "more", nia.signer).run()
        agree(sam, "more")
    with lab.desk("alex") as alex:
        get_latest(alex.workspace).run()
    shutil.copytree(lab.run / "alex", lab.run / "alex-too")
    rivals = [_rival(lab, "alex", "fees"), _rival(lab, "alex-too", "more")]
    ends = [rival.communicate()[0].strip() for rival in rivals] if _go(rivals) else []
    assert sorted(end.partition(":")[0] for end in ends) == ["WorldMovedError", "live"]
    origin = lab.stores["origin"]
    releases = [ref for ref in all_refs(origin) if ref.startswith("refs/tags/releases/")]
    assert len(releases) == 1
    assert all_refs(origin)[_LIVE] == all_refs(origin)[releases[0]]
    assert audit(origin).is_sound


def _rival(lab: Lab, name: str, draft: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.torture.publisher", str(lab.folder), name, draft]
    return subprocess.Popen(
        command, cwd=_ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def _go(rivals: list[subprocess.Popen[str]]) -> bool:
    """Let them go at once when both are ready."""
    for rival in rivals:
        assert rival.stdout is not None
        assert rival.stdout.readline() == "ready\n", rival.communicate()
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write("go\n")
        rival.stdin.flush()
    return True
