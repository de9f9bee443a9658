"""A panel of the publish room: one thing that publishers do, with its own buttons."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from soh_author.desktop.review.layout import LOWEST, NARROWEST
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.as_written import as_written
from soh_author.desktop.widgets.flow import Flow
from soh_author.desktop.widgets.focus import allow
from soh_author.domain.errors import WorkspaceError
from soh_author.workflow.workspace import Workspace

UNSURE = "It isn’t known whether it is live: the connection was lost. You are told when the server answers."


class Panel(QWidget):
    """Base of every panel. ``name`` stands on its tab, ``action`` leads to it from menu and palette.

    Args:
        buttons: words of the buttons below it, by the action that each does; the last is the main one.
    """

    name: str
    action: str

    def __init__(self, session: Session, signing: Signing, buttons: Mapping[str, str]) -> None:
        super().__init__()
        self.session = session
        self.signing = signing
        self.why = QLabel()
        self.why.setWordWrap(True)
        as_written(self.why)
        self.why.setProperty("role", "quiet")
        self.why.hide()
        self.buttons = {name: QPushButton(text) for name, text in buttons.items()}
        for name, button in self.buttons.items():
            button.clicked.connect(lambda _checked, name=name: session.action_wanted.emit(name))
        if buttons:
            self.buttons[list(buttons)[-1]].setProperty("role", "primary")
        self._asked: object = None
        signing.changed.connect(self._allow_if_shown)

    @property
    def workspace(self) -> Workspace:
        """The open workspace."""
        assert self.session.workspace is not None, "publishing is done in a workspace"
        return self.session.workspace

    def show_panel(self) -> None:
        """The panel is looked at: it looks anew if anything moved since."""
        if self._asked is not self.session.workspace:
            self._asked = self.session.workspace
            self.load()

    def forget(self) -> None:
        """Something moved: what is shown is looked up again when it is looked at next."""
        self._asked = None

    def load(self) -> None:
        """Look up what is shown."""
        raise NotImplementedError

    def handlers(self) -> Handlers:
        """The actions it carries out."""
        raise NotImplementedError

    def reason_against(self, action_id: str) -> str:
        """Why one of its actions can't be done now, in a sentence; empty when it can."""
        del action_id
        return self.signing.reason

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through, in reading order."""
        raise NotImplementedError

    def allow(self) -> None:
        """Look which buttons can be pressed; the main one's reason is shown above them."""
        reason = ""
        for name, button in self.buttons.items():
            reason = self.reason_against(name)
            allow(button, reason, self.panes()[0])
        self.why.setText(self.shown_reason(reason))
        self.why.setVisible(bool(self.why.text()))
        self.session.actions_changed.emit()

    def _allow_if_shown(self) -> None:
        if self.isVisible():  # the room allows the others when they are looked at
            self.allow()

    def shown_reason(self, reason: str) -> str:
        """What of the main button's reason is shown above the buttons."""
        return reason

    def lay_out(self, *parts: QWidget, stretched: QWidget) -> None:
        """Put parts one below the other; one takes what room there is; reasons and buttons at the foot.

        Where letters are large and the screen is small the parts scroll; the buttons stay in sight.
        """
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in parts:
            column.addWidget(part, 1 if part is stretched else 0)
        foot = QWidget()
        inside = QVBoxLayout(foot)
        inside.setContentsMargins(16, 4, 16, 0)
        inside.addWidget(self.why)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(_scrolled(inner), 1)
        layout.addWidget(foot)
        if self.buttons:
            self._lay_out_buttons(layout)

    def _lay_out_buttons(self, layout: QVBoxLayout) -> None:
        below = QWidget()
        row = Flow(below, 8)
        row.setContentsMargins(16, 8, 16, 8)
        for button in self.buttons.values():
            row.addWidget(button)
        below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        layout.addWidget(below)

        def dress() -> None:
            below.setMinimumWidth(self.session.theme.px(NARROWEST))

        self.session.theme.changed.connect(dress)
        dress()

    def calmly(self, told: QLabel) -> Callable[[Exception], None]:
        """What tells of a failure: content without a policy in the panel, everything else in the window."""

        def tell(error: Exception) -> None:
            if isinstance(error, WorkspaceError):
                told.setText(f"{error.what} {error.todo}")
                told.show()
            else:
                self.session.failed.emit(error)

        return tell


def quiet(text: str = "") -> QLabel:
    """A sentence above a panel's parts."""
    made = QLabel(text)
    made.setWordWrap(True)
    as_written(made)
    made.setProperty("role", "quiet")
    made.setContentsMargins(16, 8, 16, 8)
    return made


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(inner)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setMinimumHeight(LOWEST)
    return area
