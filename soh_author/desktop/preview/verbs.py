"""What the actions of the preview do: choose force, language, width, day; open it in a browser."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QDate, QObject, Qt, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCalendarWidget, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from soh_author.desktop.preview.bar import WIDTHS
from soh_author.desktop.preview.forces import Forces
from soh_author.desktop.preview.pane import PreviewPane
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.force import ForceStatus
from soh_author.domain.ids import ForceId, Language


class PreviewVerbs(QObject):
    """Binds bar and actions to the place and the pane."""

    toggled = Signal()
    """Show the preview or hide it."""

    def __init__(self, session: Session, pane: PreviewPane, forces: Forces, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._pane = pane
        self._forces = forces
        self._window = parent
        self._folder: QTemporaryDir | None = None
        pane.bar.force_wanted.connect(self.choose_force)
        pane.bar.date_wanted.connect(self.choose_day)
        pane.bar.today_wanted.connect(partial(self.set_day, None))
        pane.bar.browser_wanted.connect(self.open_in_browser)

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        widths: Handlers = {f"preview.{name}": partial(self._pane.set_width, name) for name in WIDTHS}
        return {
            **widths,
            "preview.toggle": self.toggled.emit,
            "preview.force": self.choose_force,
            "preview.force_next": partial(self.step_force, 1),
            "preview.force_previous": partial(self.step_force, -1),
            "preview.language": self.other_language,
            "preview.day": self.choose_day,
            "preview.browser": self.open_in_browser,
        }

    def choose_force(self) -> None:
        """Choose by typing whom the page reads as."""
        here = self._session.location

        def search(typed: str) -> list[Choice]:
            words = typed.casefold().split()
            return [
                Choice(
                    force.id,
                    force.name(),
                    " and ".join(language.label for language in force.languages),
                    "now"
                    if force.id == here.force
                    else "planned"
                    if force.status is ForceStatus.PLANNED
                    else "",
                )
                for force in self._forces.all
                if all(word in f"{force.name()} {force.id}".casefold() for word in words)
            ]

        chooser = Chooser(self._session.theme, "Read as", "Name of the force", search, self._window)
        chooser.ask(lambda key: self._pane.set_force(ForceId(key)))

    def step_force(self, step: int) -> None:
        """Read as the next force, or the one before."""
        force = self._forces.beside(self._session.location.force, step)
        if force is not None:
            self._pane.set_force(force)
            self._session.notice.emit(f"Reads as {self._forces.registry.forces[force].name()}")

    def other_language(self) -> None:
        """Read in the other language, where the force has it."""
        here = self._session.location
        other = Language.CY if here.language is Language.EN else Language.EN
        force = self._forces.registry.forces.get(here.force) if here.force else None
        if force is not None and other not in force.languages:
            self._session.notice.emit(f"{force.name()} does not publish in {other.label}.")
        else:
            self._pane.set_language(other)

    def set_day(self, day: date | None) -> None:
        """Show the page as on a day (None: today)."""
        self._session.go(replace(self._session.location, on=day))

    def choose_day(self) -> None:
        """Ask for the day whose facts the page shows."""
        dialog = QDialog(self._window)
        dialog.setWindowTitle("As on another day")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget()
        calendar.setAccessibleName("Day")
        shown = self._session.location.on or self._session.today()
        calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        go = buttons.addButton("Show the page", QDialogButtonBox.ButtonRole.AcceptRole)
        go.setProperty("role", "primary")
        buttons.accepted.connect(dialog.accept)
        buttons.rejected.connect(dialog.reject)
        layout = QVBoxLayout(dialog)
        layout.addWidget(calendar)
        layout.addWidget(buttons)

        def taken() -> None:
            day = calendar.selectedDate()
            chosen = date(day.year(), day.month(), day.day())
            self.set_day(None if chosen == self._session.today() else chosen)

        dialog.accepted.connect(taken)
        dialog.open()

    def open_in_browser(self) -> None:
        """Write the page to a file of its own and open it where the person browses."""
        self._pane.asker.ask_standalone(self._open_file)

    def _open_file(self, html: str) -> None:
        if self._folder is None:
            self._folder = QTemporaryDir()  # goes with the window
        path = Path(self._folder.filePath("preview.html"))
        path.write_text(html, encoding="utf-8", newline="\n")
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._session.notice.emit(f"No browser could be opened. The page is in {path}.")
