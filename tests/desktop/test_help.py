"""The help is whole, its links lead somewhere, and no word of the machinery is in it or on the screen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import soh_author.desktop
from soh_author.desktop.actions import ACTIONS
from soh_author.desktop.help.shortcuts import shortcuts_page
from soh_author.desktop.help.viewer import PAGES, HelpViewer, help_folder, help_text
from soh_author.desktop.theme.theme import Theme

GIT_WORDS = re.compile(
    r"\b(?:commit\w*|push\w*|rebas\w*|branch\w*|HEAD|stash\w*|merge\w*|(?<!\.)git|repositor\w+|checkout)\b"
)
DESKTOP = Path(soh_author.desktop.__file__).parent
UNSEEN = {DESKTOP / "theme" / "paint.py"}
"""A style sheet: Qt has a *branch* in its trees."""
FOR_SERVERS = {"gate"}
"""Whoever sets a server up for git has to read its words."""
NAMES = [name for name, _title in PAGES]


@pytest.mark.parametrize("name", NAMES)
def test_every_page_begins_with_its_heading_and_holds_no_git_word(name: str) -> None:
    text = help_text(name)
    assert text.startswith("# ")
    assert name in FOR_SERVERS or GIT_WORDS.findall(_said(text)) == []


def _said(text: str) -> str:
    """What is said, without what is typed: names of verbs (each a heading of its own) and of keys."""
    return re.sub(r"^```.*?^```|`[^`\n]*`|^###.*?$", "", text, flags=re.DOTALL | re.MULTILINE)


def test_every_file_of_help_is_in_the_contents() -> None:
    assert {path.stem for path in help_folder().glob("*.md")} == set(NAMES) - {"shortcuts"}


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_page_or_a_safe_address(name: str) -> None:
    shown = re.sub(r"`[^`]*`", "", help_text(name))
    for target in re.findall(r"\]\(([^)]+)\)", shown):
        assert target.removesuffix(".md") in NAMES or target.startswith("https://"), target


def test_every_shortcut_is_on_its_page() -> None:
    page = shortcuts_page(list(ACTIONS))
    assert [keys for action in ACTIONS for keys in action.shortcuts if f"**{keys}**" not in page] == []


@pytest.mark.parametrize("name", NAMES)
def test_shortcuts_that_the_help_names_are_the_real_ones(name: str) -> None:
    real = {keys for action in ACTIONS for keys in action.shortcuts} | {"Shift+F10", "Ctrl+click"}
    named = set(re.findall(r"\b(?:Ctrl|Shift|Alt)(?:\+\w+)*\+(?:\w+|\+|-)", help_text(name)))
    assert named - real == set()


def _sentences(path: Path) -> list[tuple[int, str]]:
    """Texts of a module that a person may see: what is quoted and no docstring and looks like words."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in said
        and " " in node.value
    ]


def test_no_text_of_the_window_holds_a_git_word() -> None:
    found = [
        f"{path.relative_to(DESKTOP)}:{line} {text.strip()[:80]}"
        for path in DESKTOP.rglob("*.py")
        if path not in UNSEEN
        for line, text in _sentences(path)
        if GIT_WORDS.search(text)
    ]
    assert found == []


def test_the_scan_sees_a_git_word(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text('"""Docs may commit."""\nlabel = "Commit and push it"\n', encoding="utf-8")
    assert [bool(GIT_WORDS.search(text.lower())) for _line, text in _sentences(module)] == [True]


@pytest.fixture
def viewer(qtbot: QtBot, theme: Theme) -> Iterator[HelpViewer]:
    """The help window."""
    above = QWidget()
    qtbot.addWidget(above)
    made = HelpViewer(theme, above)
    yield made
    made.close()


def test_a_page_is_shown_and_the_next_is_reached_by_keyboard(viewer: HelpViewer) -> None:
    viewer.show_page("getting_started")
    assert "The first five minutes" in viewer.page.toPlainText()
    QTest.keyClick(viewer.contents, Qt.Key.Key_Down)
    assert "Writing a page" in viewer.page.toPlainText()


def test_a_link_leads_to_its_page(viewer: HelpViewer) -> None:
    viewer.show_page("getting_started")
    viewer.page.anchorClicked.emit("overrides.md")
    assert "A force's own words" in viewer.page.toPlainText()
