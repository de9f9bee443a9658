"""Tests live in a world of their own."""

import os
import socket
import tempfile
from pathlib import Path

import pytest

from tests.support import environment
from tests.support.environment import OutsideWorldError
from tests.support.repositories import git, make_bare_repository


def test_home_and_settings_are_empty_and_throw_away() -> None:
    assert "soh-author-tests-" in str(Path.home())
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(Path.home())


def test_git_of_the_machine_has_nothing_to_say(tmp_path: Path) -> None:
    repository = make_bare_repository(tmp_path / "content.git")
    scopes = git(repository, "config", "--list", "--show-scope").splitlines()
    assert {line.partition("\t")[0] for line in scopes} == {"local"}


def test_a_place_that_somebody_chose_for_throw_away_files_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    environment._write_to_memory()
    assert tempfile.gettempdir() == str(tmp_path)


def test_no_test_reaches_another_machine() -> None:
    # 192.0.2.1 belongs to nobody (RFC 5737).
    with socket.socket() as door, pytest.raises(OutsideWorldError, match="stay on this machine"):
        door.connect(("192.0.2.1", 80))
