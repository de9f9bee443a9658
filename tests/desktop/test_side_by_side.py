"""Two texts side by side stay level, and what differs stays in sight."""

from pytestqt.qtbot import QtBot

from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.difference import rows_of
from soh_author.desktop.widgets.side_by_side import SideBySide

_LINES = [f"Line {number} with some words that are wrapped where it is narrow." for number in range(80)]
_LEFT = "\n".join(_LINES)
_RIGHT = "\n".join([*_LINES[:40], "Another line.", *_LINES[40:60], _LINES[60] * 3, *_LINES[61:]])


def _tops(shown: SideBySide) -> list[tuple[float, float]]:
    """Where each row begins at the left and at the right."""
    pairs = []
    for number in range(80):
        left, right = (
            text.document()
            .documentLayout()
            .blockBoundingRect(text.document().findBlockByNumber(number))
            .top()
            for text in shown.texts
        )
        pairs.append((left, right))
    return pairs


def _is_in_sight(shown: SideBySide) -> bool:
    """Whether the difference one is at stands in the upper part of what is seen."""
    text = shown.texts[1]
    return 0 <= text.cursorRect().top() < text.viewport().height() * 0.6


def test_rows_stay_level_and_the_difference_in_sight_at_every_width(qtbot: QtBot, theme: Theme) -> None:
    shown = SideBySide(theme)
    qtbot.addWidget(shown)
    shown.resize(900, 500)
    shown.show()
    shown.show_rows(rows_of(_LEFT, _RIGHT), "Before", "After")
    assert shown.step(1) == 1
    for width, height in ((900, 500), (420, 220), (1200, 640)):
        shown.resize(width, height)
        qtbot.waitUntil(lambda: all(abs(left - right) < 1.5 for left, right in _tops(shown)), timeout=10_000)
        qtbot.waitUntil(lambda: _is_in_sight(shown), timeout=10_000)
