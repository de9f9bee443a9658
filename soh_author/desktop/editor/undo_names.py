"""What the next undo takes back, in a word: typing, or what the program or a key did in one step."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QTextDocument

TYPING = "typing"


class UndoNames(QObject):
    """Names for steps of one document's undo, kept by how many steps there are below them."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._document = document
        self._names: dict[int, str] = {}
        self._again: dict[int, str] = {}
        document.undoCommandAdded.connect(self._forget_above)

    def name(self, words: str) -> None:
        """Name the step that was just made."""
        self._names[self._document.availableUndoSteps()] = words

    @property
    def undo_word(self) -> str:
        """What undo takes back; empty when there is nothing."""
        steps = self._document.availableUndoSteps()
        return self._names.get(steps, TYPING) if self._document.isUndoAvailable() else ""

    @property
    def redo_word(self) -> str:
        """What redo does again; empty when there is nothing."""
        steps = self._document.availableUndoSteps()
        return self._again.get(steps, TYPING) if self._document.isRedoAvailable() else ""

    def undo(self) -> str:
        """Take one step back; answers its name."""
        word = self.undo_word
        if word:
            self._document.undo()
            self._again[self._document.availableUndoSteps()] = word
        return word

    def redo(self) -> str:
        """Do one step again; answers its name."""
        word = self.redo_word
        if word:
            self._document.redo()
        return word

    def _forget_above(self) -> None:
        steps = self._document.availableUndoSteps()
        self._names = {place: words for place, words in self._names.items() if place < steps}
        self._again = {place: words for place, words in self._again.items() if place < steps}


class StepKeys(QObject):
    """Leaves the keys of undo and redo to the actions: the text itself would name nothing it takes back."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Qt: asks, before any action, whether the text wants a key."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            steps = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
            if any(event.matches(step) for step in steps):
                event.ignore()
                return True
        return super().eventFilter(watched, event)
