"""*Roll back*: the whole release, or one page, one force, one language of it."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.release import Release
from soh_author.workflow.release.rolling_back import RollBack

EVERYTHING = ("Every page of it", "Every force", "Both languages")


class RollBackDialog(QDialog):
    """Asks how much of a release is taken back, and says that this is reviewed like any other change."""

    def __init__(self, theme: Theme, release: Release, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._release = release
        self._taken: Callable[[RollBack], object] = _ignore
        self.setWindowTitle(f"Roll back “{release.id}”")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(theme.px(480))
        told = QLabel(
            "It starts a draft that brings back the text from before; it is reviewed and published like any "
            "other. What was changed elsewhere since stays."
        )
        told.setWordWrap(True)
        outputs = release.outputs
        self.page = _box("Page", EVERYTHING[0], {page: page for page, _, _ in outputs})
        self.force = _box("Force", EVERYTHING[1], {force: force for _, force, _ in outputs})
        languages = {language.value: language.label for _, _, language in outputs}
        self.language = _box("Language", EVERYTHING[2], languages)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.go = buttons.addButton("Start the draft", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("role", "primary")
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        form = QFormLayout()
        for name, box in (("Page", self.page), ("Force", self.force), ("Language", self.language)):
            form.addRow(name, box)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(10))
        layout.addWidget(told)
        layout.addLayout(form)
        layout.addWidget(buttons)

    def ask(self, taken: Callable[[RollBack], object]) -> None:
        """Open the question."""
        self._taken = taken
        self.open()
        self.page.setFocus()

    def _agree(self) -> None:
        page, force, language = (str(box.currentData()) for box in (self.page, self.force, self.language))
        self.accept()
        self._taken(
            RollBack(
                self._release.id,
                PageId(page) if page else None,
                ForceId(force) if force else None,
                Language(language) if language else None,
            )
        )


def _box(name: str, everything: str, choices: Iterable[str] | dict[str, str]) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.addItem(everything, "")
    known = choices if isinstance(choices, dict) else {choice: choice for choice in choices}
    for key in sorted(known):
        box.addItem(known[key], str(key))
    box.setMinimumContentsLength(24)
    return box


def _ignore(_what: RollBack) -> None:
    """What happens to an answer nobody waits for."""
