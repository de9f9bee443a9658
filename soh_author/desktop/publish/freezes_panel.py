"""The panel of freezes: times in which a force's pages change only in permitted ways."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QWidget

from soh_author.desktop.publish.freeze_dialog import FreezeDialog
from soh_author.desktop.publish.panel import Panel, quiet
from soh_author.desktop.publish.sheet import Sheet
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.domain.days import day_in_words
from soh_author.domain.judging.policy import Freeze
from soh_author.workflow.names import Names
from soh_author.workflow.release.freezing import PERMITTED, FreezeState, freezes, propose_freezes

NONE = "Nothing is frozen. Before an election, a force’s pages can be frozen for some days."
SOME = "While a freeze holds, the server takes only what is permitted for that force. What is live stays."
BUTTONS = {"freeze.remove": "Propose to end this freeze…", "freeze.add": "Propose a freeze…"}


class FreezesPanel(Panel):
    """A freeze is part of the policy: it is proposed here, signed by the roots, and published."""

    name = "Freezes"
    action = "panel.freezes"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self.known: tuple[FreezeState, ...] = ()
        self.names = Names()
        self.forces: Mapping[str, str] = {}
        self.told = quiet(NONE)
        self.sheet = Sheet("Freezes", ("Force", "From", "Until", "State", "Why", "Permitted"), (4, 5))
        self.sheet.chosen.connect(lambda _row: self.allow())
        self.lay_out(self.told, self.sheet, stretched=self.sheet)

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {"freeze.add": self.ask, "freeze.remove": self.ask_remove}

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        if action_id == "freeze.remove" and not 0 <= self.sheet.row < len(self.known):
            return "Choose a freeze in the list first."
        return "" if self.signing.has_policy else self.signing.reason

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.sheet,)

    def load(self) -> None:
        """Look which freezes there are."""
        if self.session.workspace is not None:
            snapshot = self.workspace.snapshot()
            self.names = Names(snapshot)
            self.forces = {str(force): self.names.force(force) for force in snapshot.registry.forces}
            self.session.run(freezes(self.workspace), self._show, self.calmly(self.told), topic="freezes")

    def ask(self) -> None:
        """Ask for a freeze, and propose it."""
        FreezeDialog(self.session.theme, self.forces, self.session.today(), self).ask(self.propose)

    def propose(self, freeze: Freeze) -> None:
        """Propose one more freeze."""
        self._propose([*(each.freeze for each in self.known), freeze])

    def ask_remove(self) -> None:
        """Ask, then propose the policy without the chosen freeze."""
        chosen = self.known[self.sheet.row].freeze
        wanted = [each.freeze for each in self.known if each.freeze != chosen]
        ask_yes(
            self.window(),
            f"Propose to end the freeze of {self.names.force(chosen.force)}?",
            "The roots sign it, then it is published; until then the freeze holds.",
            "Propose it",
            lambda: self._propose(wanted),
        )

    def _propose(self, wanted: Sequence[Freeze]) -> None:
        self.session.run(propose_freezes(self.workspace, wanted))

    def _show(self, found: tuple[FreezeState, ...]) -> None:
        self.known = found
        self.told.setText(SOME if found else NONE)
        self.sheet.show_rows([_row(each, self.names) for each in found])
        self.allow()


def _row(each: FreezeState, names: Names) -> tuple[str, ...]:
    freeze = each.freeze
    permitted = ", ".join(PERMITTED.get(kind, kind) for kind in freeze.permitted) or "nothing"
    start, end = (day_in_words(day) for day in (freeze.start, freeze.end))
    return (names.force(freeze.force), start, end, each.state, freeze.why, permitted)
