"""Colours of the text: each says what a part is, and can be read."""

import pytest
from PySide6.QtGui import QColor, QFont, QFontMetricsF
from PySide6.QtWidgets import QApplication

from soh_author.desktop.editor.colours import (
    DARK,
    HIGH_CONTRAST_DARK,
    HIGH_CONTRAST_LIGHT,
    LIGHT,
    SyntaxColours,
    colours_for,
)
from soh_author.desktop.editor.highlighter import LineKind
from soh_author.desktop.editor.line_height import FAMILY, font_with_room
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.theme import colours as window
from soh_author.desktop.theme.paint import palette_of
from soh_author.domain.layers import LayerKind

INKS = (
    *("text", "heading", "mark", "link", "fact", "component", "code"),
    *("shared", "group", "force", "error", "warning", "info"),
)


def inks(edit: MarkdownEdit, number: int) -> dict[str, str]:
    """Coloured runs of a line: their words and colours."""
    block = edit.document().findBlockByNumber(number)
    text = block.text().encode("utf-16-le")
    return {
        text[2 * run.start : 2 * (run.start + run.length)].decode("utf-16-le"): run.format.foreground()
        .color()
        .name()
        for run in block.layout().formats()
    }


@pytest.mark.parametrize(
    ("line", "words", "part"),
    [
        ("## Title {#id}", "{#id}", "mark"),
        ("Pay {{ fact.fee }} now", "{{ fact.fee }}", "fact"),
        ("😀👮 pay {{ fact.fee }}", "{{ fact.fee }}", "fact"),
        ("See [the fees](page:advice/fees).", "[the fees]", "link"),
        ("::: warning", "warning", "component"),
        ("Say **this** now", "**this**", "heading"),
        ("Run `code`", "`code`", "code"),
    ],
)
def test_each_part_has_its_colour(edit: MarkdownEdit, line: str, words: str, part: str) -> None:
    edit.load(f"x\n{line}\n")
    assert inks(edit, 1)[words] == getattr(edit.colours, part)


def test_what_is_escaped_is_no_fact(edit: MarkdownEdit) -> None:
    edit.load("\\{{ fact.fee }}")
    assert edit.colours.fact not in inks(edit, 0).values()


def test_each_line_knows_what_it_belongs_to(edit: MarkdownEdit) -> None:
    edit.load("---\ntitle: x\n---\ntext\n```\n## no heading\n```\n## heading\n")
    kinds = [edit.document().findBlockByNumber(number).userState() for number in range(8)]
    front, code, text = LineKind.FRONT_MATTER, LineKind.CODE, LineKind.TEXT
    assert kinds == [front, front, text, text, code, code, text, text]


@pytest.mark.parametrize("colours", [LIGHT, DARK, HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK])
@pytest.mark.parametrize("ink", INKS)
def test_everything_can_be_read(colours: SyntaxColours, ink: str) -> None:
    papers = {
        id(LIGHT): window.LIGHT.surface,
        id(DARK): window.DARK.surface,
        id(HIGH_CONTRAST_LIGHT): "#ffffff",
        id(HIGH_CONTRAST_DARK): window.CONTRAST.surface,
    }
    least = 7 if colours in {HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK} else 4.5
    assert window.contrast(getattr(colours, ink), papers[id(colours)]) >= least


def test_a_fact_can_be_read_on_its_own_ground() -> None:
    for colours in (LIGHT, DARK):
        assert window.contrast(colours.fact, colours.fact_paper) >= 4.5


@pytest.mark.parametrize(
    ("look", "expected"),
    [(window.LIGHT, LIGHT), (window.DARK, DARK), (window.CONTRAST, HIGH_CONTRAST_DARK)],
)
def test_the_text_follows_the_look_of_the_window(look: window.Colours, expected: SyntaxColours) -> None:
    found = colours_for(palette_of(look))
    assert found == expected
    for kind in LayerKind:
        assert found.layer(kind) == QColor(look.layer(kind)), "a layer has one colour everywhere"


@pytest.mark.usefixtures("qapp")
def test_lines_get_room_and_letters_stay_as_they_are() -> None:
    plain = QFont(QApplication.font())
    plain.setPixelSize(16)
    roomy = font_with_room(plain)
    assert roomy.families()[0].startswith(FAMILY)
    assert QFontMetricsF(roomy).height() == pytest.approx(16 * 1.7, abs=0.5)
    words = "Heddlu Gwent ŵŷ 101"
    assert QFontMetricsF(roomy).horizontalAdvance(words) == QFontMetricsF(plain).horizontalAdvance(words)
    assert QFontMetricsF(plain).height() < QFontMetricsF(roomy).height()
