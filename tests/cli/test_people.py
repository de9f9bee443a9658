"""Who works here: told on the line, in the environment, in the settings, or not at all."""

from pathlib import Path

import pytest

from soh_author.settings.file import save
from soh_author.settings.model import Settings
from tests.cli.terminal import Terminal


def _author(terminal: Terminal, folder: Path, sample_content: Path, *told: str) -> tuple[str, str]:
    made = terminal.type_exactly("init", folder, "--from", sample_content, *told)
    assert made.code == 0, made.err
    printed = terminal.type_exactly("history", "--workspace", folder, "--json")
    version = printed.data["versions"][0]
    return version["author"], version["email"]


@pytest.fixture
def nobody(tmp_path: Path) -> Terminal:
    terminal = Terminal(tmp_path / "settings.json")
    terminal.environment.clear()
    return terminal


def test_what_is_told_on_the_line_counts_first(
    elsewhere: Terminal, tmp_path: Path, sample_content: Path
) -> None:
    who = _author(elsewhere, tmp_path / "own", sample_content, "--as", "Sam Okafor <sam@forces.example>")
    assert who == ("Sam Okafor", "sam@forces.example")


def test_then_the_environment(nobody: Terminal, tmp_path: Path, sample_content: Path) -> None:
    nobody.environment |= {"SOH_AUTHOR_NAME": "Siân Ëvans", "SOH_AUTHOR_EMAIL": "sian@gwent.example"}
    assert _author(nobody, tmp_path / "own", sample_content) == ("Siân Ëvans", "sian@gwent.example")


def test_then_the_settings(nobody: Terminal, tmp_path: Path, sample_content: Path) -> None:
    save(nobody.world.personal, Settings(author_name="Kim Jones", author_email="kim@kent.example"))
    assert _author(nobody, tmp_path / "own", sample_content) == ("Kim Jones", "kim@kent.example")


def test_nobody_writes_no_version(nobody: Terminal, tmp_path: Path, sample_content: Path) -> None:
    printed = nobody.type_exactly("init", tmp_path / "own", "--from", sample_content)
    assert printed.code == 2
    assert "--as" in printed.err
    assert not (tmp_path / "own").exists()


def test_nobody_may_look(nobody: Terminal, sample_folder: Path) -> None:
    assert nobody.type_exactly("list", "pages", "--workspace", sample_folder / "workspace").code == 0


@pytest.mark.parametrize(
    "told", ["<only@an.email>", "Kim <kim@kent.example", "Kim\nJones", "a > b", "Kim <a b>"]
)
def test_what_names_nobody_is_refused(
    elsewhere: Terminal, tmp_path: Path, sample_content: Path, told: str
) -> None:
    printed = elsewhere.type_exactly("init", tmp_path / "own", "--from", sample_content, "--as", told)
    assert printed.code == 2
    assert not (tmp_path / "own").exists()
