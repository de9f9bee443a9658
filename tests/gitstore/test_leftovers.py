"""What killed programs left in the computer's place for passing folders."""

import os
import re
import tempfile
from pathlib import Path

import pytest

from soh_author.gitstore import passing_folder
from soh_author.gitstore.leftovers import clear_forgotten

_LONG_AGO = 1_000_000_000


def _left(place: Path, name: str, when: int = _LONG_AGO) -> Path:
    made = place / name
    (made / "front.git").mkdir(parents=True)
    (made / "front.git" / "config").write_text("[core]\n", encoding="utf-8")
    for each in (made / "front.git" / "config", made / "front.git", made):
        os.utime(each, (when, when))
    return made


def test_old_folders_of_ours_are_cleared_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = _left(tmp_path, "soh-author-abcd_123")
    kept = [
        _left(tmp_path, "soh-author-look-abcd1234"),
        _left(tmp_path, "soh-author-abcd1234-mine"),
        _left(tmp_path, "another-abcd1234"),
    ]
    fresh = tmp_path / "soh-author-fresh123"
    fresh.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with passing_folder.passing_folder({"a": "b"}) as place:
        assert (place / "a").read_text(encoding="utf-8") == "b"
    assert not ours.exists()
    assert fresh.is_dir()
    assert all(each.is_dir() for each in kept)


def test_an_old_folder_in_which_somebody_still_writes_is_left(tmp_path: Path) -> None:
    ours = _left(tmp_path, "soh-author-abcd1234")
    os.utime(ours / "front.git" / "config")
    assert not clear_forgotten(tmp_path, re.compile("soh-author-.{8}"), hours=1)
    assert ours.is_dir()


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    precious = _left(tmp_path, "precious")
    (tmp_path / "soh-author-abcd1234").symlink_to(precious, target_is_directory=True)
    assert not clear_forgotten(tmp_path, re.compile("soh-author-.{8}"), hours=1)
    assert (precious / "front.git" / "config").exists()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="there are no numbers of users")
def test_a_folder_of_somebody_else_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = _left(tmp_path, "soh-author-abcd1234")
    monkeypatch.setattr(os, "getuid", lambda: 54_321)
    assert not clear_forgotten(tmp_path, re.compile("soh-author-.{8}"), hours=1)
    assert ours.is_dir()
