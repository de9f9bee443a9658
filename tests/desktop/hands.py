"""Hands that press whatever they find in the window, in the order that chance gives."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QAbstractItemModel, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QDialog,
    QFileDialog,
    QMenu,
    QWidget,
)

from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.location import RoomId
from tests.desktop.conftest import Desk

_KEYS = (
    *(Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Left),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_F6, Qt.Key.Key_F8),
    *(Qt.Key.Key_Z, Qt.Key.Key_PageDown),
)
_HELD = (
    *(Qt.KeyboardModifier.NoModifier,) * 4,
    *(Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier),
)
_WORDS = ("word ", "{{ 7*7 }}", "## A {#a}", "<script>", "mine", "../..", "2026-01-01")
_POPUP_MS = 40
"""A menu runs a loop of its own until somebody closes it."""


@dataclass
class Hands:
    """What chance presses: ``done`` tells what, with seconds; ``faults`` what went wrong by it."""

    desk: Desk
    luck: random.Random
    done: list[tuple[str, float]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Begin to close the menus that open."""
        self._closing = QTimer(self.desk.window, interval=_POPUP_MS)
        self._closing.timeout.connect(_close_popup)
        self._closing.start()

    def press_something(self) -> None:
        """Do one thing, and look what came of it."""
        often: dict[Callable[[], None], int] = {
            self._act: 8,
            self._choose: 4,
            self._click: 3,
            self._press_keys: 3,
            self._type: 3,
            self._go: 3,
            self._leave: 3,
        }
        self.luck.choices([*often], [*often.values()])[0]()
        with self._timed("what came of it"):
            for _ in range(3):
                QApplication.processEvents()
        for box in self.desk.window.findChildren(ErrorDialog):
            if box.trouble.title.startswith("Something unexpected"):
                self.faults.append(box.trouble.details)
            box.close()

    def story(self) -> str:
        """What was done, a line each."""
        return "\n".join(f"{seconds:6.3f} s  {words}" for words, seconds in self.done)

    def _timed(self, words: str) -> "_Step":
        return _Step(self.done, words)

    def _top(self) -> QWidget:
        return QApplication.activeModalWidget() or self.desk.window

    def _act(self) -> None:
        board = self.desk.window.board
        action = self.luck.choice([each.id for each in board.shown() if each.id != "app.quit"])
        with self._timed(f"do {action}"):
            board.do(action)

    def _choose(self) -> None:
        views = self._top().findChildren(QAbstractItemView)
        found = [view for view in views if view.isVisible() and _rows(view)]
        if found:
            view = self.luck.choice(found)
            index = view.model().index(self.luck.randrange(view.model().rowCount()), 0)
            if view.model().rowCount(index):
                index = view.model().index(self.luck.randrange(view.model().rowCount(index)), 0, index)
            with self._timed(f"choose {index.row()} in {view.accessibleName()}"):
                view.setCurrentIndex(index)
                view.activated.emit(index)
                view.setFocus()

    def _click(self) -> None:
        buttons = self._top().findChildren(QAbstractButton)
        found = [each for each in buttons if each.isVisible() and each.isEnabled()]
        if found:
            button = self.luck.choice(found)
            with self._timed(f"click {button.text() or button.accessibleName()}"):
                button.click()

    def _press_keys(self) -> None:
        for _ in range(self.luck.randint(1, 5)):
            focused = QApplication.focusWidget()
            if focused is not None:
                key, held = self.luck.choice(_KEYS), self.luck.choice(_HELD)
                with self._timed(f"{key.name} {held.name} in {_called(focused)}"):
                    QTest.keyClick(focused, key, held)

    def _type(self) -> None:
        focused = QApplication.focusWidget()
        if focused is not None:
            words = self.luck.choice(_WORDS)
            with self._timed(f"type {words} in {_called(focused)}"):
                QTest.keyClicks(focused, words)

    def _go(self) -> None:
        room = self.luck.choice([*RoomId])
        here = self.desk.session.location
        draft = self.luck.choice(["", "mine"]) if self._has_draft() else ""
        with self._timed(f"go to {room} in draft “{draft}”"):
            self.desk.session.go(replace(here, room=room, draft=draft))

    def _has_draft(self) -> bool:
        workspace = self.desk.session.workspace
        return workspace is not None and "drafts/mine" in {each.name for each in workspace.store.branches()}

    def _leave(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            with self._timed(f"leave {dialog.windowTitle()}"):
                if isinstance(dialog, QFileDialog) or self.luck.random() < 0.8:
                    dialog.reject()
                else:
                    dialog.accept()


class _Step:
    """Writes down a step before it is done, for one that never ends, and how long it took."""

    def __init__(self, done: list[tuple[str, float]], words: str) -> None:
        self._done, self._words = done, words

    def __enter__(self) -> None:
        self._done.append((self._words, 0.0))
        self._began, self._place = time.perf_counter(), len(self._done) - 1

    def __exit__(self, *_: object) -> None:
        self._done[self._place] = (self._words, time.perf_counter() - self._began)


def _close_popup() -> None:
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        popup.close()


def _called(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName()}”"


def _rows(view: QAbstractItemView) -> int:
    model: QAbstractItemModel | None = view.model()
    return 0 if model is None else model.rowCount()
