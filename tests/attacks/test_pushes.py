"""An ordinary git client pushes to a guarded repository over the file transport."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.gitstore.served import all_refs
from soh_author.gitstore.values import Author
from soh_author.workflow.gate.installing import install
from soh_author.workflow.gate.recording import audit
from tests.attacks.world import World, edited, honest
from tests.support.repositories import git


@dataclass(frozen=True)
class Guarded:
    """A guarded origin, and somebody's own copy in which hostile or honest versions are made."""

    origin: World
    mine: World

    def push(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Push with plain git."""
        command = [
            "git",
            "-C",
            str(self.mine.folder),
            "push",
            "--atomic",
            self.origin.folder.as_uri(),
            *words,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")

    def refused(self, *words: str) -> str:
        """Push what is refused; everything stands where it stood."""
        before = all_refs(self.origin.folder)
        done = self.push(*words)
        assert done.returncode, done.stderr
        assert all_refs(self.origin.folder) == before
        return done.stderr

    def accepted(self, *words: str) -> None:
        """Push what is accepted."""
        done = self.push(*words)
        assert not done.returncode, done.stderr


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    world = World.make(tmp_path_factory.mktemp("prepared"), datetime.now(UTC))
    yield world
    world.store.close()


@pytest.fixture
def guarded(prepared: World, tmp_path: Path) -> Iterator[Guarded]:
    mine, origin = prepared.copy(tmp_path / "mine.git"), prepared.copy(tmp_path / "origin.git")
    install(origin.folder, prepared.now, sys.executable)
    yield Guarded(origin, mine)
    mine.store.close()
    origin.store.close()


def test_an_approved_release_goes_live_with_its_name_and_is_logged(guarded: Guarded) -> None:
    version = guarded.mine.build(honest())
    guarded.accepted(f"{version}:refs/heads/published", f"{version}:refs/tags/releases/2026-11-22-fees")
    assert guarded.origin.tip == version
    report = audit(guarded.origin.folder)
    assert report.is_sound, report.faults
    assert [entry.what for entry in report.entries] == ["installed", "accepted"]
    assert {move.ref for move in report.entries[-1].moves} == {
        "refs/heads/published",
        "refs/tags/releases/2026-11-22-fees",
    }


def test_a_release_nobody_approved_is_refused_in_words(guarded: Guarded) -> None:
    version = guarded.mine.build(honest(said=()))
    said = guarded.refused(f"{version}:refs/heads/published")
    assert "advice/fees · kent · en" in said
    assert "nothing was moved" in said
    assert len(audit(guarded.origin.folder).entries) == 1


def test_a_good_release_is_refused_with_a_bad_name_beside_it(guarded: Guarded) -> None:
    version = guarded.mine.build(honest())
    said = guarded.refused(f"{version}:refs/heads/published", f"{version}:refs/heads/master")
    assert "Only what is live, drafts" in said
    guarded.accepted(f"{version}:refs/heads/published")


def test_the_second_of_two_publishers_is_refused_and_told_to_look_again(guarded: Guarded) -> None:
    first = guarded.mine.build(honest())
    second = guarded.mine.build(honest(identity="2026-11-22-other", changes=edited(new="Other words.")))
    guarded.accepted(f"{first}:refs/heads/published")
    said = guarded.refused(f"+{second}:refs/heads/published")
    assert "doesn't build on what is live" in said or "non-fast-forward" in said


def test_what_is_live_is_not_deleted(guarded: Guarded) -> None:
    said = guarded.refused(":refs/heads/published")
    assert "never taken away" in said or "prohibited" in said


def test_a_merge_is_refused_by_name(guarded: Guarded) -> None:
    side = guarded.mine.store.write(
        "drafts/side", None, {"soh.yml": b"x"}, note="Side", author=_author(), when=guarded.mine.now
    )
    version = guarded.mine.build(honest(parents=(guarded.mine.tip, side)))
    assert "merges several lines" in guarded.refused(f"{version}:refs/heads/published")


def test_a_draft_is_sent_and_goes_on_and_is_thrown_away_with_a_copy_kept(guarded: Guarded) -> None:
    tip, store = guarded.mine.tip, guarded.mine.store
    store.create_branch("drafts/april", tip)
    one = store.write("drafts/april", tip, edited(), note="One", author=_author(), when=guarded.mine.now)
    guarded.accepted("refs/heads/drafts/april")
    store.write("drafts/april", one, edited(new="Two."), note="Two", author=_author(), when=guarded.mine.now)
    guarded.accepted("refs/heads/drafts/april")
    guarded.accepted(":refs/heads/drafts/april")
    kept = git(guarded.origin.folder, "for-each-ref", "--format=%(refname)", "refs/discarded/")
    assert kept.startswith("refs/discarded/april/")
    assert audit(guarded.origin.folder).is_sound


def test_a_draft_is_not_rewritten(guarded: Guarded) -> None:
    tip, store = guarded.mine.tip, guarded.mine.store
    store.create_branch("drafts/april", tip)
    store.write("drafts/april", tip, edited(), note="One", author=_author(), when=guarded.mine.now)
    guarded.accepted("refs/heads/drafts/april")
    said = guarded.refused(f"+{tip}:refs/heads/drafts/april")
    assert "doesn't build on the version" in said or "non-fast-forward" in said


def test_a_draft_with_a_strange_file_in_an_older_version_is_refused(guarded: Guarded) -> None:
    tip, store = guarded.mine.tip, guarded.mine.store
    store.create_branch("drafts/april", tip)
    one = store.write(
        "drafts/april", tip, {"run.sh": b"x"}, note="One", author=_author(), when=guarded.mine.now
    )
    store.write("drafts/april", one, {"run.sh": None}, note="Two", author=_author(), when=guarded.mine.now)
    assert "run.sh" in guarded.refused("refs/heads/drafts/april")


def test_a_link_is_refused_over_the_wire(guarded: Guarded) -> None:
    version = guarded.mine.build(honest(modes={"soh.yml": 0o120000}))
    assert "It is a link" in guarded.refused(f"{version}:refs/heads/published")


def test_where_nothing_was_pinned_the_first_push_does_not_decide(tmp_path: Path, prepared: World) -> None:
    empty = tmp_path / "empty.git"
    git(tmp_path, "init", "--quiet", "--bare", str(empty))
    install(empty, prepared.now, sys.executable, pin=prepared.pin)
    done = subprocess.run(
        ["git", "-C", str(prepared.folder), "push", empty.as_uri(), "refs/heads/published"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode
    assert "the first push doesn't decide" in done.stderr


def test_a_hook_whose_python_is_gone_lets_nothing_in(guarded: Guarded) -> None:
    hook = guarded.origin.folder / "hooks" / "pre-receive"
    hook.write_text(hook.read_text().replace(sys.executable, "/nowhere/python"))
    version = guarded.mine.build(honest())
    assert "could not judge" in guarded.refused(f"{version}:refs/heads/published")


def _author() -> Author:
    return Author("Nia", "nia@national.example")
