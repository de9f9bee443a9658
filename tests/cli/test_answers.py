"""Every verb's answer for programs has the shape that the help shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from soh_author.cli.exit_codes import MEANINGS, kind_of
from soh_author.cli.verbs.table import VERBS, verb_called
from soh_author.domain import errors
from soh_author.workflow.workspace import CONTENT
from tests.cli.shapes import differences, documented_shapes, empty_lists
from tests.cli.terminal import Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"
FILE = f"shared/pages/{PAGE}.en.md"
_READING = {
    "list pages": ["list", "pages"],
    "list forces": ["list", "forces"],
    "list groups": ["list", "groups"],
    "list facts": ["list", "facts"],
    "show": ["show", PAGE],
    "digest": ["digest", PAGE, "--force", "kent"],
    "history": ["history", PAGE],
    "find": ["find", "vehic"],
    "compare": ["compare", "request/collision-report", "shared", "force:northamptonshire"],
    "matrix": ["matrix", "--on", "2027-06-01"],
}
# Nothing in the sample has one of these, or nobody can promise that something has.
_MAY_BE_EMPTY = {"answer.forces[].unverified", "answer.forces[].groups"}


def _all_verbs() -> dict[str, click.Command]:
    return {name: verb_called(name) for name in VERBS}


def _verbs() -> list[str]:
    found = []
    for name, command in _all_verbs().items():
        inner = command.commands if isinstance(command, click.Group) else {"": command}
        found += [f"{name} {below}".strip() for below in inner]
    return found


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


def _check(
    shapes: dict[str, Any], verb: str, data: dict[str, Any], *, may_be_empty: frozenset[str] = frozenset()
) -> None:
    assert not list(differences(shapes[verb], data))
    assert set(empty_lists(data)) <= _MAY_BE_EMPTY | may_be_empty


def test_the_help_shows_the_answer_of_every_verb_and_of_no_other(shapes: dict[str, Any]) -> None:
    assert set(shapes) == {*_verbs(), "error"}


def test_every_verb_has_the_options_that_all_have() -> None:
    for name, command in _all_verbs().items():
        inner = command.commands.values() if isinstance(command, click.Group) else [command]
        for verb in inner:
            options = {option for parameter in verb.params for option in parameter.opts}
            assert {"--json", "--quiet", "--debug", "--as"} <= options, name


@pytest.mark.parametrize("verb", _READING)
def test_a_verb_that_reads_answers_in_its_shape(reader: Terminal, shapes: dict[str, Any], verb: str) -> None:
    _check(shapes, verb, reader.ask(*_READING[verb]))


def test_check_answers_in_its_shape(reader: Terminal, shapes: dict[str, Any]) -> None:
    _check(shapes, "check", reader.type("check", "--json").data)


def test_preview_answers_in_its_shape(reader: Terminal, shapes: dict[str, Any], tmp_path: Path) -> None:
    data = reader.ask("preview", PAGE, "--force", "kent", "--out", tmp_path / "page.html")
    _check(shapes, "preview", data, may_be_empty=frozenset({"answer.diagnostics"}))


def test_build_answers_in_its_shape(reader: Terminal, shapes: dict[str, Any], tmp_path: Path) -> None:
    _check(shapes, "build", reader.ask("build", "--out", tmp_path / "site", "--force", "kent"))


def test_export_answers_in_its_shape(reader: Terminal, shapes: dict[str, Any], tmp_path: Path) -> None:
    _check(shapes, "export", reader.ask("export", tmp_path / "files"))


def test_sample_init_and_open_answer_in_their_shapes(
    elsewhere: Terminal, shapes: dict[str, Any], tmp_path: Path, sample_content: Path
) -> None:
    made = elsewhere.ask("sample", tmp_path / "try")
    _check(shapes, "sample", made)
    _check(shapes, "init", elsewhere.ask("init", tmp_path / "own", "--from", sample_content))
    _check(shapes, "open", elsewhere.ask("open", made["origin"], tmp_path / "copy"))


def test_the_verbs_of_drafts_answer_in_their_shapes(writer: Terminal, shapes: dict[str, Any]) -> None:
    first = writer.ask("history", PAGE)["versions"][-1]["revision"]
    steps: list[tuple[str, Callable[[], dict[str, Any]]]] = [
        ("draft new", lambda: writer.ask("draft", "new", "april")),
        ("restore", lambda: writer.ask("restore", FILE, "--revision", first, "--draft", "april")),
        ("draft save", lambda: writer.ask("draft", "save", "april", "--note", "As it was")),
        ("pin", lambda: writer.ask("pin", "--draft", "april")),
        ("draft list", lambda: writer.ask("draft", "list")),
        ("list drafts", lambda: writer.ask("list", "drafts")),
        ("draft discard", lambda: writer.ask("draft", "discard", "april")),
        ("draft restore", lambda: writer.ask("draft", "restore", "april")),
    ]
    for verb, step in steps:
        _check(shapes, verb, step(), may_be_empty=frozenset({"answer.pinned", "answer.skipped"}))


def test_repair_answers_in_its_shape_and_mends_what_is_damaged(
    writer: Terminal, shapes: dict[str, Any]
) -> None:
    writer.ask("draft", "new", "april")
    assert writer.workspace is not None
    (writer.workspace / CONTENT / "refs" / "heads" / "drafts" / "april").write_bytes(b"")
    made = writer.ask("repair")
    assert made["was_damaged"]
    _check(shapes, "repair", made, may_be_empty=frozenset({"answer.shortened", "answer.gone"}))
    assert not writer.ask("repair")["was_damaged"]


def test_apply_answers_in_its_shape(writer: Terminal, shapes: dict[str, Any], tmp_path: Path) -> None:
    writer.ask("export", tmp_path / "files")
    _check(shapes, "apply", writer.ask("apply", tmp_path / "files", "--draft", "april", "--note", "The same"))


@pytest.mark.parametrize(
    "typed",
    [
        ["show", "advice/nowhere"],
        ["show", "../etc/passwd"],
        ["list", "facts", "--on", "tomorrow"],
        ["build"],
        ["list", "nothing"],
    ],
)
def test_errors_are_told_in_their_shape(reader: Terminal, shapes: dict[str, Any], typed: list[str]) -> None:
    printed = reader.type(*typed, "--json")
    assert not list(differences(shapes["error"], {"error": printed.error}))
    assert printed.error["exit_code"] == printed.code
    assert not printed.raw


def test_the_help_lists_every_exit_code_and_every_kind_of_error(resources: Path) -> None:
    text = (resources / "help" / "command-line.md").read_text(encoding="utf-8")
    for code, meaning in MEANINGS.items():
        (line,) = [line for line in text.splitlines() if line.startswith(f"| {code} |")]
        assert meaning in line
        for kind in _errors():
            if kind.exit_code == code:
                assert kind_of(kind("It happened.")) in line


def _errors() -> list[type[errors.SohAuthorError]]:
    found = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    return [
        kind
        for kind in found
        if issubclass(kind, errors.SohAuthorError) and kind is not errors.SohAuthorError
    ]
