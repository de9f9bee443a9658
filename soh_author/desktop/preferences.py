"""A person's settings while the program runs: read once, saved at every change."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from soh_author.settings.file import load, save
from soh_author.settings.model import Settings
from soh_author.workflow.workspace import Person

NAMELESS = "Name not given"


class Preferences(QObject):
    """The settings; :attr:`value` is always what the file holds."""

    changed = Signal(object)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        loaded = load(path)
        self.value: Settings = loaded.settings
        self.notices = loaded.notices
        """Sentences about what could not be read; the window says them once."""
        self._unsaved: dict[str, Any] = {}

    def change(self, **fields: Any) -> None:  # noqa: ANN401 - the fields of Settings, each of its own type
        """Change some settings and save them, beside what another window saved meanwhile.

        Raises:
            OutputError: when they can't be saved; they hold until the program ends.
        """
        if all(getattr(self.value, name) == value for name, value in fields.items()):
            return
        self._unsaved.update(fields)
        saved = load(self._path)
        is_readable = self._path.is_file() and not saved.notices
        self.value = replace(saved.settings if is_readable else self.value, **self._unsaved)
        self.changed.emit(self.value)
        save(self._path, self.value, saved.unknown)
        self._unsaved = {}

    @property
    def person(self) -> Person:
        """Who works here; somebody who skipped the question is written down as such."""
        return Person(self.value.author_name.strip() or NAMELESS, self.value.author_email.strip())
