"""Labels that show what people wrote: signs of HTML in it are words like all others, and hide nothing."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def as_written(*labels: QLabel) -> None:
    """Let labels show their words as they are; by themselves they would guess, and take some for HTML."""
    for label in labels:
        label.setTextFormat(Qt.TextFormat.PlainText)
