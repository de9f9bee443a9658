"""Saving versions: all or nothing, only from what was seen, and only when something differs."""

import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from soh_author.domain.errors import (
    InvalidNameError,
    OutputError,
    UsageError,
    WorkspaceError,
    WorldMovedError,
)
from soh_author.gitstore.bulk import FROM_FILES
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author, Change, Revision, Stamp
from tests.gitstore.content import ANN, BURGLARY, NOON, is_whole, save
from tests.support.repositories import git


def test_a_version_keeps_its_author_time_zone_and_note(store: Store, live: Revision) -> None:
    second = save(store, {BURGLARY: b"x"}, expected=live, note="  Fee raised\n\nAs agreed “today”.  ")
    version = store.version(second)
    assert (version.author, version.note) == (ANN, "Fee raised\n\nAs agreed “today”.")
    assert version.when == NOON
    assert version.when.utcoffset() == timedelta(hours=1)
    assert version.parents == (live,)
    assert git(store.folder, "log", "-1", "--format=%an <%ae> %aI %cn", second) == (
        "Ann Evans <ann.evans@gwent.example> 2026-11-22T12:00:00+01:00 Ann Evans"
    )


def test_only_the_changed_files_change(store: Store, live: Revision) -> None:
    second = save(store, {BURGLARY: b"new", "a/b.txt": b"b", "soh.yml": None}, expected=live)
    changes = store.changed_paths(live, second)
    assert [change.path for change in changes] == ["a/b.txt", BURGLARY, "soh.yml"]
    assert [(change.old is None, change.new is None) for change in changes] == [
        (True, False),
        (False, False),
        (False, True),
    ]
    assert is_whole(store.folder)


def test_changes_from_nothing_are_all_files(store: Store, live: Revision) -> None:
    soh = store.files(live)["soh.yml"].blob
    assert Change("soh.yml", None, soh) in store.changed_paths(None, live)
    assert Change("soh.yml", soh, None) in store.changed_paths(live, None)


def test_saving_without_a_change_makes_no_version(store: Store, live: Revision) -> None:
    same = store.read_path(live, BURGLARY)
    assert save(store, {BURGLARY: same, "not/there.txt": None}, expected=live) == live
    assert save(store, {}, expected=live) == live
    assert len(store.history(live)) == 1


def test_a_folder_that_loses_its_last_file_is_gone(store: Store, live: Revision) -> None:
    second = save(store, {"forces/gwent/pages/advice/burglary.en.md": None}, expected=live)
    assert git(store.folder, "ls-tree", "--name-only", second).splitlines() == ["shared", "soh.yml"]
    assert is_whole(store.folder)


def test_a_file_may_make_room_for_a_folder_of_its_name(store: Store, live: Revision) -> None:
    second = save(store, {"soh.yml": None, "soh.yml/inner.txt": b"x"}, expected=live)
    third = save(store, {"soh.yml": b"back", "soh.yml/inner.txt": None}, expected=second)
    assert store.read_path(second, "soh.yml/inner.txt") == b"x"
    assert store.read_path(third, "soh.yml") == b"back"
    assert is_whole(store.folder)


@pytest.mark.parametrize("count", [1, FROM_FILES])
def test_a_file_and_a_folder_of_one_name_are_refused(store: Store, live: Revision, count: int) -> None:
    others = {f"n{number}": b"x" for number in range(count - 1)}
    for clash in ({"soh.yml/inner.txt": b"x"}, {"shared/pages": b"x"}):
        with pytest.raises(InvalidNameError, match="file"):
            save(store, {**others, **clash}, expected=live)
    assert store.resolve("published") == live


def test_few_and_many_files_make_the_same_tree(store: Store, live: Revision) -> None:
    many = {f"a{n}/b{n % 7}/é “{n}”.txt": b"%d" % n for n in range(FROM_FILES)} | {"soh.yml": None}
    bulk = save(store, many, expected=live)
    store.create_branch("drafts/slow", live)
    tip = live
    for path in many:
        tip = save(store, {path: many[path]}, expected=tip, branch="drafts/slow")
    assert git(store.folder, "rev-parse", f"{bulk}^{{tree}}") == git(
        store.folder, "rev-parse", f"{tip}^{{tree}}"
    )
    assert git(store.folder, "for-each-ref", "refs/soh") == ""
    assert is_whole(store.folder)


def test_git_sorts_folders_and_files_alike_whatever_their_names(store: Store, live: Revision) -> None:
    save(store, {"a.txt": b"1", "a/x": b"2", "a-b": b"3", "a0": b"4", "Ä": b"5"}, expected=live)
    assert is_whole(store.folder)


def test_a_branch_that_moved_on_is_not_overwritten(store: Store, live: Revision) -> None:
    second = save(store, {BURGLARY: b"mine"}, expected=live)
    with pytest.raises(WorldMovedError, match="what is live") as caught:
        save(store, {BURGLARY: b"yours"}, expected=live)
    assert "Nothing was overwritten" in caught.value.safe
    assert store.resolve("published") == second


def test_a_first_version_does_not_overwrite_a_branch_that_is_there(store: Store, live: Revision) -> None:
    with pytest.raises(WorldMovedError):
        save(store, {"soh.yml": b"other"}, expected=None)
    assert store.resolve("published") == live


def test_a_discarded_draft_is_not_written_to(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    store.discard_branch("drafts/fees", NOON)
    with pytest.raises(WorldMovedError, match="the draft “fees”"):
        save(store, {BURGLARY: b"x"}, expected=live, branch="drafts/fees")


@pytest.mark.parametrize("branch", ["main", "drafts/", "drafts/Bad", "drafts/a/b", "../x", "drafts/con", ""])
def test_only_what_is_live_and_drafts_can_be_written(store: Store, branch: str) -> None:
    with pytest.raises(InvalidNameError):
        save(store, {"a": b"a"}, expected=None, branch=branch)


@pytest.mark.parametrize(
    "path",
    [
        *("", "/a", "a/", "a//b", "../a", "a/./b", "a\\b", "a\nb", "a\x00b", "\ud800"),
        *(".git/config", "a/.GIT/hooks/x", ".git ", ".git.", "git~1/x", ".g\u200cit/config", ".git:x/y"),
        *("x" * 1001, "/".join("d" * 41)),
    ],
)
def test_a_path_no_file_may_have_is_refused(store: Store, live: Revision, path: str) -> None:
    with pytest.raises(InvalidNameError, match="name of a file"):
        save(store, {path: b"x"}, expected=live)
    assert store.resolve("published") == live


def test_a_version_needs_a_note_and_a_name(store: Store, live: Revision) -> None:
    with pytest.raises(UsageError, match="note"):
        save(store, {"a": b"a"}, expected=live, note=" \n")
    with pytest.raises(UsageError, match="name"):
        store.write("published", live, {"a": b"a"}, note="x", author=Author(" <> ", ""), when=NOON)
    assert store.resolve("published") == live


def test_a_name_can_not_smuggle_lines_into_a_version(store: Store, live: Revision) -> None:
    sly = Author("Ann\nparent " + "0" * 40, "a@b>\ncommitter x <y")
    second = store.write("published", live, {"a": b"a"}, note="n", author=sly, when=NOON)
    assert store.version(second).parents == (live,)
    assert is_whole(store.folder)


@pytest.mark.parametrize("offset", [-720, -210, 0, 345, 840])
def test_every_time_zone_comes_back(store: Store, live: Revision, offset: int) -> None:
    when = datetime(2026, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(minutes=offset)))
    version = store.version(save(store, {"a": b"a"}, expected=live, when=when))
    assert version.when == when
    assert version.when.utcoffset() == timedelta(minutes=offset)
    assert store.history(version.revision, limit=1) == [version]


def test_a_signature_is_over_the_version_without_it(store: Store, live: Revision) -> None:
    seen: list[bytes] = []

    def sign(payload: bytes) -> str:
        seen.append(payload)
        return "-----BEGIN SSH SIGNATURE-----\nabc\n-----END SSH SIGNATURE-----\n"

    stamp = Stamp("Release", ANN, datetime.now(UTC), sign)
    second = store.write_version("published", live, {"a": b"a"}, stamp)
    raw = store.commit_bytes(second).decode()
    signature = "gpgsig -----BEGIN SSH SIGNATURE-----\n abc\n -----END SSH SIGNATURE-----\n"
    assert signature in raw
    assert seen == [raw.replace(signature, "").encode()]
    assert is_whole(store.folder)


def test_a_merging_version_builds_on_both_lines(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    mine = save(store, {"a": b"a"}, expected=live, branch="drafts/fees")
    theirs = save(store, {"b": b"b"}, expected=live)
    stamp = Stamp("Take in what is live", ANN, NOON)
    both = store.write_version("drafts/fees", mine, {"b": b"b"}, stamp, merging=theirs)
    assert store.version(both).parents == (mine, theirs)
    assert store.is_ancestor(theirs, both)
    assert store.common_ancestor(mine, theirs) == live
    assert [version.revision for version in store.versions_between(theirs, both)] == [both, mine]


def test_every_version_between_two_is_told_however_many_there_are(store: Store, live: Revision) -> None:
    one = (
        f"commit refs/heads/drafts/long\ncommitter A <a@example.org> {int(NOON.timestamp())} +0000\ndata 0\n"
    )
    lines = [one] * 1200
    lines[0] += f"from {live}\n"
    told = "".join(lines).encode()
    subprocess.run(["git", "fast-import", "--quiet"], cwd=store.folder, input=told, check=True)
    assert len(store.versions_between(live, store.resolve("drafts/long"))) == 1200


def test_a_branch_advances_only_along_its_line(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    mine = save(store, {"a": b"a"}, expected=live, branch="drafts/fees")
    store.advance_branch("published", live, mine)
    assert store.resolve("published") == mine
    with pytest.raises(WorldMovedError):
        store.advance_branch("published", mine, live)


def test_a_full_disk_is_told_and_changes_nothing(
    store: Store, live: Revision, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("soh_author.gitstore.objects.os.fsync", full)
    with pytest.raises(OutputError, match="No space left") as caught:
        save(store, {"a": b"a"}, expected=live)
    assert "your text is kept" in caught.value.safe
    assert store.resolve("published") == live
    assert not list((store.folder / "objects").rglob("tmp_obj_*"))


def test_a_workspace_that_went_away_is_told(store: Store, live: Revision, tmp_path: Path) -> None:
    store.folder.rename(tmp_path / "elsewhere")
    with pytest.raises(WorkspaceError, match="not there any more"):
        save(store, {"a": b"a"}, expected=live)
