"""A repository that holds nothing but its soh.yml: every verb that reads says so, in words."""

from pathlib import Path

import pytest

from tests.cli.small_content import write_content
from tests.cli.terminal import Terminal

SAID = {
    "list pages": "There are no pages.",
    "list forces": "There are no forces.",
    "list groups": "There are no groups.",
    "list facts": "There are no facts.",
    "list drafts": "There are no drafts.",
    "check": "Nothing to mend.",
    "find words": "Nothing was found.",
    "matrix": "Nothing to list.",
    "duplicates": "No local text repeats shared ones.",
    "facts stale": "No fact's value is written out by hand.",
    "queue": "Nothing waits for review.",
    "build --out site": "“site” holds 0 pages",
}


@pytest.fixture
def nothing(elsewhere: Terminal, tmp_path: Path) -> Terminal:
    manifest = (write_content(tmp_path / "files") / "soh.yml").read_bytes()
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "soh.yml").write_bytes(manifest)
    elsewhere.ask("init", tmp_path / "work", "--from", tmp_path / "bare")
    return Terminal(tmp_path / "personal", tmp_path / "work")


def test_nothing_is_said_in_words_and_is_no_error(
    nothing: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for verb, words in SAID.items():
        printed = nothing.type(*verb.split())
        assert (printed.code, printed.out.startswith(words)) == (0, True), (verb, printed.out)


def test_a_folder_that_is_no_workspace_is_named_in_full(
    elsewhere: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    printed = elsewhere.type_exactly("list", "pages", "--json")
    assert printed.code == 6
    assert str(tmp_path / "other") in printed.error["what"]
