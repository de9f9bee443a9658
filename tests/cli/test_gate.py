"""``gate`` on the command line: setting up, asking, looking through the log."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal
from tests.support.repositories import git

PIN = "sha256:" + "1" * 64


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    folder = tmp_path / "content.git"
    git(tmp_path, "init", "--quiet", "--bare", str(folder))
    return folder


def test_install_and_audit_answer_in_their_shapes(
    elsewhere: Terminal, shapes: dict[str, Any], bare: Path
) -> None:
    made = elsewhere.ask("gate", "install", bare, "--policy", PIN)
    assert not list(differences(shapes["gate install"], made))
    told = elsewhere.ask("gate", "audit", bare)
    assert told["sound"]
    assert told["head"] == made["log_head"]


def test_installing_again_changes_neither_key_nor_log(elsewhere: Terminal, bare: Path) -> None:
    first = elsewhere.ask("gate", "install", bare, "--policy", PIN)
    (bare / "hooks" / "pre-receive").unlink()
    assert elsewhere.ask("gate", "install", bare) == first
    assert (bare / "hooks" / "pre-receive").stat().st_mode & 0o100


def test_without_a_policy_nothing_is_installed(elsewhere: Terminal, bare: Path) -> None:
    printed = elsewhere.type("gate", "install", bare, "--json")
    assert printed.code == 2
    assert not (bare / "hooks" / "pre-receive").exists()


def test_another_policy_is_not_pinned_over_the_first(elsewhere: Terminal, bare: Path) -> None:
    elsewhere.ask("gate", "install", bare, "--policy", PIN)
    printed = elsewhere.type("gate", "install", bare, "--policy", PIN.replace("1", "2"), "--json")
    assert printed.code == 2


def test_somebody_elses_hook_is_never_written_over(elsewhere: Terminal, bare: Path) -> None:
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 0\n")
    printed = elsewhere.type("gate", "install", bare, "--policy", PIN, "--json")
    assert printed.code == 8
    assert hook.read_text() == "#!/bin/sh\nexit 0\n"


def test_a_folder_that_is_no_bare_repository_is_refused(elsewhere: Terminal, tmp_path: Path) -> None:
    assert elsewhere.type("gate", "install", tmp_path, "--policy", PIN, "--json").code == 6


def test_check_says_what_the_server_would(writer: Terminal, shapes: dict[str, Any]) -> None:
    writer.ask("draft", "new", "april")
    assert writer.ask("gate", "check", "april")["accepted"]
    printed = writer.type("gate", "check", "published", "--json")
    assert printed.code == 5
    assert not list(differences(shapes["gate check"], printed.data))


def test_an_altered_log_ends_with_bad_news(elsewhere: Terminal, bare: Path, tmp_path: Path) -> None:
    elsewhere.ask("gate", "install", bare, "--policy", PIN)
    log = bare / "soh-gate" / "log.jsonl"
    shutil.copy(log, tmp_path / "copy")
    log.write_bytes(log.read_bytes() * 2)
    printed = elsewhere.type("gate", "audit", bare, "--json")
    assert printed.code == 5
    assert printed.data["faults"]
