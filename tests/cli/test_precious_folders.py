"""Nothing of somebody's choice is written where versions and unsaved texts are kept."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"
VERBS = {
    "build": ["build", "--force", "kent", "--out"],
    "export": ["export"],
    "preview": ["preview", PAGE, "--force", "kent", "--out"],
}


def _all_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("verb", VERBS)
def test_no_verb_writes_over_what_the_workspace_stands_on(
    writer: Terminal, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    assert writer.workspace is not None
    content = writer.workspace / "content.git"
    before = _all_of(content)
    monkeypatch.chdir(writer.workspace)
    for place in ("content.git", "content.git/HEAD", "content.git/new/site", "private/site"):
        for out in (place, writer.workspace / place):
            printed = writer.type(*VERBS[verb], out, "--json")
            assert (printed.code, printed.error["kind"]) == (8, "output")
    assert _all_of(content) == before
    assert not (writer.workspace / "private" / "site").exists()


def test_an_export_over_a_file_is_refused_in_words(writer: Terminal, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    printed = writer.type("export", tmp_path / "letter.txt", "--json")
    assert (printed.code, printed.error["kind"]) == (2, "usage")
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"
