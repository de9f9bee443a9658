"""The shares of parts beside one another, at every size of letters."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSplitter

from soh_author.desktop.theme.theme import Theme


def keep_shares(theme: Theme, parts: QSplitter, points: Sequence[int]) -> None:
    """Give parts their widths, in points of the normal size, and again whenever the letters change size.

    Without that a part that needed room for large letters would keep it when they are small again.
    """
    shown = 0

    def look() -> None:
        nonlocal shown
        if theme.zoom != shown:
            shown = theme.zoom
            parts.setSizes([theme.px(each) for each in points])

    theme.changed.connect(look)
    look()
