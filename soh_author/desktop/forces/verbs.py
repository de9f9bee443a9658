"""Carries out *Change forces*."""

from PySide6.QtWidgets import QWidget

from soh_author.desktop.forces.dialog import ForcesDialog
from soh_author.desktop.forces.wishes import Wish, plan_of
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.domain.forces_change import Decision
from soh_author.workflow.forces.reorganising import Reorganisation, apply_reorganisation


class ChangingForces:
    """Asks, shows the plan, and writes it into the draft."""

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session = session
        self._window = window

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"forces.change": self.ask}

    def ask(self) -> None:
        """Ask which forces change, and how."""
        workspace = self._session.workspace
        assert workspace is not None, "the action is only offered in a draft"
        registry = workspace.snapshot(self._session.location.draft).registry
        forces = {force.id: force.name() for force in registry.forces.values()}
        dialog = ForcesDialog(self._session.theme, forces, self._session.today(), self._window)

        def plan(wish: Wish) -> None:
            task = plan_of(workspace, self._session.location.draft, wish, {})
            self._session.run(task, dialog.show_plan, lambda error: dialog.say(str(error)))

        dialog.plan_wanted.connect(plan)
        dialog.agreed.connect(self._write)
        dialog.open()
        dialog.questions.force.setFocus()

    def _write(self, wish: Wish, decisions: dict[str, Decision]) -> None:
        workspace, draft = self._session.workspace, self._session.location.draft
        assert workspace is not None, "a plan belongs to a workspace"

        def write(plan: Reorganisation) -> None:
            self._session.run(apply_reorganisation(workspace, draft, plan, ""))

        self._session.run(plan_of(workspace, draft, wish, decisions), write)
