"""Emergencies that wait for their review, shown to everybody until somebody has reviewed them."""

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from soh_author.desktop.session import Session
from soh_author.desktop.widgets.as_written import as_written
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.publishing_emergency import Emergencies, emergencies


class AlarmCard(QFrame):
    """Hidden while nothing waits; content without a policy has no emergencies."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "notice")
        self.heading, self.told = QLabel("Published in an emergency"), QLabel()
        self.heading.setProperty("role", "heading")
        self.told.setWordWrap(True)
        as_written(self.told)
        self.go = QPushButton("Go to the emergencies")
        self.go.clicked.connect(lambda _checked: session.action_wanted.emit("panel.urgent"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        for widget in (self.heading, self.told):
            layout.addWidget(widget)
        layout.addWidget(self.go)
        session.workspace_changed.connect(lambda _workspace: self.look())
        self.hide()
        self.look()

    def touched(self, effects: Effects) -> None:
        """Look again when what is live may have changed."""
        if effects.everything or effects.drafts:
            self.look()

    def look(self) -> None:
        """Look what waits."""
        workspace = self._session.workspace
        if workspace is None:
            self.hide()
        else:
            self._session.run(emergencies(workspace), self._show, lambda _error: self.hide(), topic="alarms")

    def _show(self, found: Emergencies) -> None:
        self.told.setText("\n".join(each.sentence for each in found.waiting))
        self.setAccessibleName(self.heading.text())
        self.setAccessibleDescription(self.told.text())
        self.setVisible(bool(found.waiting))
