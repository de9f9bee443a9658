"""Moves the focus into a part of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def focus_in(pane: QWidget) -> None:
    """Focus the pane, or what had the focus in it last, or the first thing in it that takes the focus."""
    first: QWidget | None = pane.focusProxy()  # Qt's stubs leave out that there may be none
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus or (first is not None and first.isVisible()):
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return
    last: QWidget | None = pane.focusWidget()  # Qt's stubs leave out that there may be none
    for child in [*([last] if last is not None else []), *pane.findChildren(QWidget)]:
        if _takes_focus(child):
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _takes_focus(widget: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    return widget.isVisible() and widget.isEnabled()
