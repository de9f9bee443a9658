"""How the rooms of review and publishing are laid out: who signs above, buttons below, parts between."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QTextBrowser, QVBoxLayout, QWidget

from soh_author.desktop.widgets.flow import Flow

LOWEST = 44
"""A text scrolls; with large letters on a small screen the room must still fit."""


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the parts of a room: its name, who signs, and a sentence."""

    heading: QLabel
    signer: QWidget
    told: QLabel


def paper(name: str) -> QTextBrowser:
    """A text to read, by its accessible name."""
    made = QTextBrowser()
    made.setMinimumHeight(LOWEST)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setOpenLinks(False)
    made.setTabChangesFocus(True)
    made.setAccessibleName(name)
    made.document().setDocumentMargin(16)
    return made


def stacked(text: QWidget, field: QWidget, why: QLabel) -> QWidget:
    """A text with a box to write in below it, and why something can't be done."""
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(text, 1)
    inside = QVBoxLayout()
    inside.setContentsMargins(16, 0, 16, 0)
    why.setWordWrap(True)
    why.setProperty("role", "quiet")
    for widget in (field, why):
        inside.addWidget(widget)
    layout.addLayout(inside)
    return whole


def lay_out_room(room: QWidget, head: Head, parts: QWidget, buttons: Sequence[QPushButton]) -> None:
    """Put everything into a room, from top to bottom."""
    layout = QVBoxLayout(room)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    top, below = QWidget(), QWidget()
    above = Flow(top, 16)
    above.setContentsMargins(16, 12, 16, 8)
    above.addWidget(head.heading)
    above.addWidget(head.signer)
    row = Flow(below, 8)
    row.setContentsMargins(16, 8, 16, 8)
    for button in buttons:
        row.addWidget(button)
    for held in (top, below):
        held.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    head.told.setWordWrap(True)
    head.told.setProperty("role", "quiet")
    head.told.setContentsMargins(16, 4, 16, 8)
    layout.addWidget(top)
    layout.addWidget(head.told)
    layout.addWidget(parts, 1)
    layout.addWidget(below)
    layout.addStretch(0)
