"""Starting the program: verbs, help, mistakes of our own, other processes beside it."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from soh_author.cli.verbs.table import VERBS, verb_called
from tests.cli.terminal import KIM, Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"
_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def _start(*typed: str | Path, **variables: str) -> subprocess.Popen[bytes]:
    environment = {name: value for name, value in os.environ.items() if name not in _SCREEN}
    return subprocess.Popen(
        [sys.executable, "-m", "soh_author", *map(str, typed)],
        env={**environment, "SOH_AUTHOR_NAME": KIM, **variables},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def _run(*typed: str | Path, **variables: str) -> tuple[int, bytes, bytes]:
    process = _start(*typed, **variables)
    out, err = process.communicate()
    return process.returncode, out, err


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a screen")
def test_without_a_verb_and_a_screen_it_says_what_to_type() -> None:
    code, out, err = _run()
    assert code == 2
    assert not out
    assert b"soh-author --help" in err


def test_verbs_can_be_typed_as_a_module_too() -> None:
    code, out, _ = _run("--version")
    assert code == 0
    assert out.startswith(b"soh-author, version ")


@pytest.mark.parametrize("typed", [[], ["--help"], ["list"], ["draft"], ["build", "--help"], ["-h"]])
def test_help_is_an_answer(elsewhere: Terminal, typed: list[str]) -> None:
    printed = elsewhere.type_exactly(*typed)
    assert printed.code == 0
    assert printed.out.startswith("Usage: soh-author")


def test_the_help_lists_every_verb_with_its_sentence(elsewhere: Terminal) -> None:
    words = " ".join(elsewhere.type_exactly("--help").out.partition("Commands:\n")[2].split())
    assert "..." not in words
    for name in VERBS:
        sentence = " ".join(verb_called(name).get_short_help_str(limit=400).split())
        assert len(sentence.split()) > 2
        assert f"{name} {sentence}" in words


def test_an_unknown_verb_gets_a_suggestion(elsewhere: Terminal) -> None:
    printed = elsewhere.type_exactly("prevew")
    assert printed.code == 2
    assert "preview" in printed.err


def test_a_terminal_without_quotation_marks_is_served_all_the_same() -> None:
    code, out, _ = _run("show", "--help", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert code == 0
    assert b"NAME <EMAIL>" in out


def test_a_mistake_of_ours_is_told_in_plain_words(reader: Terminal) -> None:
    terminal = _WithoutClock(reader)
    printed = terminal.type("check")
    assert printed.code == 70
    assert "RuntimeError" in printed.err
    assert "--debug" in printed.err
    assert "Traceback" not in printed.err
    assert "Traceback" in terminal.type("check", "--debug").err
    assert "Traceback" in terminal.type("check", "--debug", "--json").error["details"]


class _WithoutClock(Terminal):
    """A terminal whose clock is broken."""

    def __init__(self, other: Terminal) -> None:
        super().__init__(other.world.personal, other.workspace)
        self.world = replace(other.world, clock=_broken)


def _broken() -> datetime:
    raise RuntimeError("no clock")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end otherwise there")
def test_a_reader_that_goes_away_is_no_mistake(sample_folder: Path) -> None:
    process = _start("list", "pages", "--json", "--workspace", sample_folder / "workspace")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait() == 141
    assert not err


def test_two_processes_write_at_once_and_nothing_is_lost(writer: Terminal, tmp_path: Path) -> None:
    assert writer.workspace is not None
    writer.ask("draft", "new", "april")
    files = {"one": "shared/pages/about/jobs.en.md", "two": f"shared/pages/{PAGE}.en.md"}
    for name, file in files.items():
        writer.ask("export", tmp_path / name)
        path = tmp_path / name / file
        path.write_bytes(path.read_bytes() + f"\nWritten by {name}.\n".encode())
    since = writer.ask("history")["versions"][0]["revision"]
    shared = ["--draft", "april", "--note", "Both", "--since", since, "--workspace", str(writer.workspace)]
    processes = {name: _start("apply", tmp_path / name, *shared) for name in files}
    codes = {name: (process.communicate(), process.returncode)[1] for name, process in processes.items()}
    assert set(codes.values()) <= {0, 4}
    assert 0 in codes.values()
    writer.ask("export", tmp_path / "after", "--source", "april")
    for name, code in codes.items():
        is_there = f"Written by {name}." in (tmp_path / "after" / files[name]).read_text(encoding="utf-8")
        assert is_there is (code == 0), "who was told that it is saved finds it, who was refused does not"
