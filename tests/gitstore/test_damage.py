"""A damaged disk: what is lost is named, the rest keeps working. And upkeep, which never loses anything."""

import re
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from soh_author.domain.errors import Cancelled, WorkspaceError
from soh_author.gitstore import upkeep
from soh_author.gitstore.folders import export_files
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, NOON, is_whole, save
from tests.support.repositories import git


def _object(store: Store, name: str) -> Path:
    place = store.folder / "objects" / name[:2] / name[2:]
    place.chmod(0o644)
    return place


def _spoil(store: Store, name: str, kind: str) -> None:
    place = _object(store, name)
    if kind == "missing":
        place.unlink()
    elif kind == "empty":
        place.write_bytes(b"")
    elif kind == "cut short":
        place.write_bytes(place.read_bytes()[:-8])
    else:
        place.write_bytes(b"garbage" * 10)
    store.close()


KINDS = pytest.mark.parametrize("kind", ["missing", "empty", "cut short", "garbage"])


@KINDS
def test_a_damaged_text_is_named_and_all_others_are_read(store: Store, live: Revision, kind: str) -> None:
    files = store.files(live)
    _spoil(store, files[BURGLARY].blob, kind)
    with pytest.raises(WorkspaceError, match=re.escape(BURGLARY)) as caught:
        store.read_path(live, BURGLARY)
    assert "other files still work" in caught.value.safe
    assert caught.value.todo
    read = store.read_many(entry.blob for entry in files.values())
    assert sorted(read) == sorted(entry.blob for path, entry in files.items() if path != BURGLARY)
    with pytest.raises(WorkspaceError):
        store.read(files[BURGLARY].blob)


@KINDS
def test_beside_a_damaged_text_work_goes_on(store: Store, live: Revision, kind: str) -> None:
    _spoil(store, store.files(live)[BURGLARY].blob, kind)
    with Store.open(store.folder) as again:
        tip = save(again, {"other": b"x"}, expected=live)
        mended = save(again, {BURGLARY: b"typed again"}, expected=tip)
        assert again.read_path(mended, BURGLARY) == b"typed again"
        assert len(again.history(mended)) == 3


@KINDS
def test_saving_a_lost_text_again_mends_it(store: Store, live: Revision, kind: str) -> None:
    text = store.read_path(live, BURGLARY)
    _spoil(store, store.files(live)[BURGLARY].blob, kind)
    assert save(store, {BURGLARY: text}, expected=live) == live
    assert store.read_path(live, BURGLARY) == text
    assert is_whole(store.folder)


@KINDS
def test_a_damaged_folder_is_told_where_it_is_needed(store: Store, live: Revision, kind: str) -> None:
    _spoil(store, git(store.folder, "rev-parse", f"{live}:forces"), kind)
    with Store(store.folder) as again:
        with pytest.raises(WorkspaceError, match="damaged"):
            again.files(live)
        assert again.version(live).note == "Change"


@pytest.mark.parametrize("left", [b"", b"\0" * 41, b"garbage\n"])
def test_a_name_of_what_is_live_that_a_crash_left_unreadable_is_mended_from_the_origin(
    store: Store, live: Revision, left: bytes
) -> None:
    git(store.folder, "update-ref", "refs/remotes/origin/published", live)
    (store.folder / "refs/heads/published").write_bytes(left)
    with Store.open(store.folder) as again:
        assert again.resolve("published") == live
    assert is_whole(store.folder)


@pytest.mark.parametrize("left", [b"", b"garbage\n"])
def test_a_workspace_that_can_not_be_mended_is_never_called_empty(
    store: Store, live: Revision, left: bytes
) -> None:
    store.create_branch("drafts/april", live)
    (store.folder / "refs/heads/published").write_bytes(left)
    shutil.rmtree(store.folder / "logs")
    with pytest.raises(WorkspaceError, match="damaged") as raised:
        Store.open(store.folder)
    assert "april" in raised.value.safe
    assert "soh-author repair" in raised.value.todo
    assert git(store.folder, "rev-parse", "drafts/april") == live


@KINDS
def test_a_damaged_version_is_told_when_the_workspace_is_opened(
    store: Store, live: Revision, kind: str
) -> None:
    _spoil(store, live, kind)
    with pytest.raises(WorkspaceError, match="what is live can't be read"):
        Store.open(store.folder)


def test_a_damaged_draft_does_not_hide_the_others(store: Store, live: Revision) -> None:
    store.create_branch("drafts/good", live)
    store.create_branch("drafts/bad", live)
    bad = save(store, {"a": b"a"}, expected=live, branch="drafts/bad")
    _spoil(store, bad, "garbage")
    assert {branch.name for branch in store.branches()} == {"published", "drafts/good"}


def test_a_file_that_is_lost_is_named_when_files_are_written_out(
    store: Store, live: Revision, tmp_path: Path
) -> None:
    _spoil(store, store.files(live)[BURGLARY].blob, "missing")
    with pytest.raises(WorkspaceError, match="burglary"):
        export_files(store.reader, store.files(live), tmp_path / "out")


def test_tidying_up_keeps_every_version_draft_and_discarded_draft(store: Store, live: Revision) -> None:
    tip = live
    for number in range(12):
        tip = save(store, {BURGLARY: b"%d" % number}, expected=tip)
    store.create_branch("drafts/fees", tip)
    gone = save(store, {"a": b"a"}, expected=tip, branch="drafts/fees")
    store.discard_branch("drafts/fees", NOON + timedelta(days=1))
    before = [store.read_path(v.revision, BURGLARY) for v in store.history(tip)]
    upkeep.tidy(store.folder)
    assert [store.read_path(v.revision, BURGLARY) for v in store.history(tip)] == before
    assert store.read_path(gone, "a") == b"a"
    assert [draft.revision for draft in store.discarded()] == [gone]
    after = save(store, {BURGLARY: b"after"}, expected=tip)
    assert len(store.history(after, BURGLARY)) == 14
    assert is_whole(store.folder)


def test_texts_saved_a_moment_ago_are_not_tidied_away(store: Store, live: Revision) -> None:
    """A save that was interrupted before its branch moved can be looked for in the objects for 30 days."""
    name = git(store.folder, "hash-object", "-w", str(store.folder / "HEAD"))
    upkeep.tidy(store.folder)
    assert store.read(name) == b"ref: refs/heads/published\n"
    assert store.resolve("published") == live


def test_tidying_is_asked_for_when_it_is_worth_it(store: Store, live: Revision) -> None:
    assert not upkeep.needs_tidying(store.folder)
    tip = live
    for number in range(upkeep._MANY_PACKS + 1):
        tip = save(store, {f"{number}/{n}": b"%d" % n for n in range(50)}, expected=tip)
    assert upkeep.needs_tidying(store.folder)
    upkeep.tidy(store.folder)
    assert not upkeep.needs_tidying(store.folder)
    assert store.read_path(tip, "7/7") == b"7"


def test_tidying_beside_another_that_is_at_it_does_nothing(store: Store) -> None:
    (store.folder / "gc.pid").write_text("1 elsewhere.example", encoding="ascii")
    upkeep.tidy(store.folder)
    assert not (store.folder / "packed-refs").exists()


def test_tidying_can_be_cancelled_and_tells_of_damage(store: Store, live: Revision) -> None:
    with pytest.raises(Cancelled):
        upkeep.tidy(store.folder, is_cancelled=lambda: True)
    _spoil(store, store.files(live)[BURGLARY].blob, "missing")
    with pytest.raises(WorkspaceError, match="tidied") as caught:
        upkeep.tidy(store.folder)
    assert caught.value.safe == "Nothing was removed."
    assert store.read_path(live, "soh.yml") == b"schema: 1\n"
