"""A revision as ordinary files, and back: byte for byte."""

import os
import sys
from pathlib import Path

import pytest

from soh_author.domain.errors import Cancelled, ContentError, InvalidNameError, NotFoundError, OutputError
from soh_author.gitstore import folders
from soh_author.gitstore.folders import export_files, read_folder
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, save


def test_what_is_written_out_and_read_in_again_is_the_same(
    store: Store, live: Revision, tmp_path: Path
) -> None:
    data = {
        "a/é ü.md": b"\xef\xbb\xbfx\r\n",
        "empty": b"",
        "bin": bytes(range(256)),
        "deep/" * 20 + "x": b"x",
    }
    tip = save(store, dict(data), expected=live)
    count = export_files(store.reader, store.files(tip), tmp_path / "out")
    found = read_folder(tmp_path / "out")
    assert count == len(found) == 7
    assert found == store_bytes(store, tip)
    assert save(store, dict(found), expected=tip) == tip


def store_bytes(store: Store, revision: Revision) -> dict[str, bytes]:
    """All files of a revision."""
    return {path: store.read(entry.blob) for path, entry in store.files(revision).items()}


def test_a_folder_that_is_not_empty_is_not_written_to(store: Store, live: Revision, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not empty"):
        export_files(store.reader, store.files(live), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name != "content.git"] == ["mine"]


def test_a_place_that_can_not_be_written_is_told(store: Store, live: Revision, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        export_files(store.reader, store.files(live), tmp_path / "file" / "below")


def test_names_that_are_one_on_some_systems_are_told(store: Store, live: Revision, tmp_path: Path) -> None:
    tip = save(store, {BURGLARY.replace("burglary", "Burglary"): b"x"}, expected=live)
    with pytest.raises(OutputError, match="one file on Windows"):
        export_files(store.reader, store.files(tip), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_names_that_lead_out_of_the_folder_are_refused(store: Store, live: Revision, tmp_path: Path) -> None:
    files = {"../evil": store.files(live)["soh.yml"]}
    with pytest.raises(InvalidNameError):
        export_files(store.reader, files, tmp_path / "out")
    assert not (tmp_path / "evil").exists()


def test_writing_out_can_be_cancelled(store: Store, live: Revision, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        export_files(store.reader, store.files(live), tmp_path / "out", is_cancelled=lambda: True)


def test_gits_own_folder_and_litter_are_left_out(tmp_path: Path) -> None:
    for path in (
        "soh.yml",
        ".git/config",
        "a/.GIT/x",
        "Thumbs.db",
        "a/.DS_Store",
        "a/._b",
        "a/b",
        ".gitignore",
    ):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"x")
    assert sorted(read_folder(tmp_path)) == [".gitignore", "a/b", "soh.yml"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights on Windows")
@pytest.mark.parametrize("kind", ["file link", "folder link", "dangling link", "pipe"])
def test_links_and_devices_are_refused_by_name(tmp_path: Path, kind: str) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x").write_bytes(b"x")
    odd = tmp_path / "odd"
    if kind == "pipe":
        os.mkfifo(odd)
    else:
        odd.symlink_to(tmp_path / {"file link": "real/x", "folder link": "real"}.get(kind, "nowhere"))
    with pytest.raises(ContentError, match="“odd” is a link or a device"):
        read_folder(tmp_path)


def test_files_and_folders_beyond_all_measure_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_bytes(b"x" * 100)
    monkeypatch.setattr(folders, "LARGEST_FOLDER", 250)
    with pytest.raises(ContentError, match="more than any"):
        read_folder(tmp_path)
    monkeypatch.setattr(folders, "LARGEST_FOLDER", 1000)
    monkeypatch.setattr(folders, "MOST_FILES", 2)
    with pytest.raises(ContentError, match="more than any"):
        read_folder(tmp_path)
    monkeypatch.setattr(folders, "LARGEST_FILE", 99)
    with pytest.raises(ContentError, match="larger than"):
        read_folder(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows refuses such names itself")
def test_names_no_workspace_can_hold_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a\\b").write_bytes(b"x")
    with pytest.raises(InvalidNameError):
        read_folder(tmp_path)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        read_folder(tmp_path / "none")
