"""Moves the focus into a part of the window, and out of what is shut."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


def focus_in(pane: QWidget) -> bool:
    """Focus the pane, or what had the focus in it last, or the first thing in it that takes the focus.

    Returns:
        Whether there was anything to focus.
    """
    first: QWidget | None = pane.focusProxy()  # Qt's stubs leave out that there may be none
    if pane.focusPolicy() & Qt.FocusPolicy.TabFocus or (first is not None and first.isVisible()):
        pane.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
    last: QWidget | None = pane.focusWidget()  # Qt's stubs leave out that there may be none
    for child in [*([last] if last is not None else []), *pane.findChildren(QWidget)]:
        if _takes_focus(child):
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return True
    return False


def _takes_focus(widget: QWidget) -> bool:
    if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
        return False
    return widget.isVisible() and widget.isEnabled()


def allow(button: QPushButton, reason: str, instead: QWidget) -> None:
    """Let a button be pressed, or say why it can't be.

    Whoever pressed it and finds it shut is led to something near it, not to wherever Qt looks next.

    Args:
        reason: why it can't be pressed, in a sentence; empty when it can.
        instead: where the focus goes when the button has it and is shut.
    """
    if reason:
        leave(button, instead)
    button.setEnabled(not reason)
    button.setToolTip(reason)
    button.setAccessibleDescription(reason)


def leave(part: QWidget, instead: QWidget) -> None:
    """Before a part of the window goes or is shut: if the focus is in it, lead it elsewhere."""
    holder: QWidget | None = part.window().focusWidget()  # Qt's stubs leave out that there may be none
    if holder is not None and (holder is part or part.isAncestorOf(holder)):
        focus_in(instead)
