"""What a server reads of a push before any name moves: what git keeps aside for it, and never too much."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore.incoming import Caps, Incoming, TooMuchError, quarantine_of
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FILES: dict[str, bytes | None] = {"soh.yml": b"x", "a/b/c.md": b"y", "approvals/aa/x.json": b"{}"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "origin.git") as made:
        made.write("published", None, FILES, note="First", author=Author("Nia", "nia@x.example"), when=NOW)
        yield made


def test_without_a_push_nothing_lies_aside(tmp_path: Path) -> None:
    assert quarantine_of(tmp_path, {"PATH": "/bin"}) == {}


def test_what_lies_aside_is_read_together_with_what_is_there(tmp_path: Path) -> None:
    aside = tmp_path / "objects" / "tmp_objdir-incoming-x"
    aside.mkdir(parents=True)
    named = {"GIT_QUARANTINE_PATH": str(aside), "GIT_OBJECT_DIRECTORY": str(aside)}
    assert quarantine_of(tmp_path, named) == {
        "GIT_OBJECT_DIRECTORY": str(aside),
        "GIT_ALTERNATE_OBJECT_DIRECTORIES": str(tmp_path / "objects"),
    }


@pytest.mark.parametrize("place", ["/tmp", "objects", "objects/../../other"])
def test_objects_that_lie_elsewhere_are_not_read(tmp_path: Path, place: str) -> None:
    (tmp_path / "objects").mkdir()
    with pytest.raises(WorkspaceError):
        quarantine_of(tmp_path, {"GIT_OBJECT_DIRECTORY": place})


def test_two_places_that_differ_are_not_read(tmp_path: Path) -> None:
    objects = tmp_path / "objects"
    named = {"GIT_QUARANTINE_PATH": str(objects / "a"), "GIT_OBJECT_DIRECTORY": str(objects / "b")}
    with pytest.raises(WorkspaceError):
        quarantine_of(tmp_path, named)


def test_all_files_of_a_revision_are_listed_and_those_of_a_folder(store: Store) -> None:
    with Incoming(store.folder) as incoming:
        tip = incoming.tip("refs/heads/published")
        assert set(incoming.files(tip)) == set(FILES)
        assert set(incoming.files_below(tip, "approvals")) == {"approvals/aa/x.json"}
        assert incoming.files_below(tip, "releases") == {}


@pytest.mark.parametrize("caps", [Caps(entries=4), Caps(depth=2), Caps(tree_bytes=10), Caps(commit_bytes=10)])
def test_more_than_is_read_is_told(store: Store, caps: Caps) -> None:
    with Incoming(store.folder, caps=caps) as incoming, pytest.raises(TooMuchError):
        incoming.files(incoming.tip("refs/heads/published"))


def test_a_missing_object_is_told(store: Store) -> None:
    with Incoming(store.folder) as incoming, pytest.raises(TooMuchError):
        incoming.files("1" * 40)
