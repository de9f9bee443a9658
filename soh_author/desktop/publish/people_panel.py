"""The panel of people: who may do what by the policy, and the next policy on its way through the roots."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QListWidget, QSplitter, QVBoxLayout, QWidget

from soh_author.desktop.publish.panel import Panel, quiet
from soh_author.desktop.publish.saving import ask_file
from soh_author.desktop.publish.sheet import Sheet
from soh_author.desktop.review.layout import LOWEST
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.domain.errors import NotFoundError
from soh_author.domain.judging.people import Person
from soh_author.trust.policies import LARGEST
from soh_author.workflow.release.policies import as_written, propose_policy, sign_proposal
from soh_author.workflow.release.proposals import PolicyBook, Proposed, look_at_policy
from soh_author.workflow.release.standing import roles_sentence
from soh_author.workflow.workspace import Workspace

NOTHING = "No new policy is proposed."
BUTTONS = {
    "policy.save": "Save the policy to change it…",
    "policy.propose": "Propose a policy from a file…",
    "policy.sign": "Sign as a root",
}


class PeoplePanel(Panel):
    """Everybody with roles, how far they reach, and keys; proposals below with who has signed."""

    name = "People"
    action = "panel.people"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self.book: PolicyBook | None = None
        self.told = quiet()
        self.sheet = Sheet("Who may do what", ("Name", "May", "Keys", "Root"), (1,))
        self.proposed = QListWidget()
        self.parts = QSplitter(Qt.Orientation.Vertical)
        self._furnish()

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {
            "policy.save": self.save,
            "policy.propose": self.ask_propose,
            "policy.sign": self.sign,
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        if self.session.workspace is None or self.book is None:
            return "Open a workspace first."
        if action_id == "policy.propose":
            return ""
        if action_id == "policy.save":
            return "" if self.book.live else "This content has no policy yet."
        if self.chosen is None:
            return NOTHING
        return self._against_signing(self.chosen)

    def shown_reason(self, reason: str) -> str:
        """That nothing is proposed is told in the list already."""
        return "" if reason == NOTHING else reason

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.sheet, self.proposed)

    @property
    def chosen(self) -> Proposed | None:
        """The proposal that is chosen."""
        row = self.proposed.currentRow()
        known = self.book.proposed if self.book else ()
        return known[row] if 0 <= row < len(known) else None

    def load(self) -> None:
        """Look at the policy, and what is proposed."""
        if self.session.workspace is not None:
            self.session.run(
                look_at_policy(self.workspace), self._show, self.calmly(self.told), topic="policy"
            )

    def save(self) -> None:
        """Save the live policy as a file to change."""
        if self.book is not None and self.book.live is not None:
            text = as_written(self.book.live.policy)
            ask_file(self.session, self, "Save the policy", "policy.json", {".json": text.encode()})

    def ask_propose(self) -> None:
        """Ask for a file, and propose what it says."""
        dialog = QFileDialog(self.window(), "Propose a policy")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter("Policies (*.json)")
        dialog.fileSelected.connect(lambda path: self.propose(Path(path)))
        dialog.finished.connect(lambda _result: dialog.deleteLater())
        dialog.open()

    def propose(self, path: Path) -> None:
        """Propose the policy that a file says."""
        try:
            with path.open("rb") as file:
                text = file.read(LARGEST + 1)  # one byte more shows that it is too large
        except OSError as error:
            self.session.failed.emit(_unreadable(path, error))
            return
        is_first = self.book is None or self.book.live is None
        self.session.run(propose_policy(self.workspace, text, "policy", is_first=is_first))

    def sign(self) -> None:
        """Sign the chosen proposal."""
        chosen = self.chosen
        if chosen is not None:
            self.signing.sign(
                lambda signer: self.session.run(sign_proposal(self.workspace, chosen.draft, signer))
            )

    def _against_signing(self, chosen: Proposed) -> str:
        person = self.signing.person
        if person is None:
            return self.signing.reason or "Choose who signs first, at the top of this room."
        live = self.book.live if self.book else None
        roots = set(chosen.state.policy.roots) | set(live.policy.roots if live else ())
        if person.person not in roots:
            names = " or ".join(chosen.name(root) for root in sorted(roots))
            return f"{person.name} is no root of the policy. Ask {names}."
        return f"{person.name} has signed it." if person.person in chosen.state.signed else ""

    def _show(self, book: PolicyBook) -> None:
        self.book = book
        live = book.live
        if live is None:
            self.told.setText(
                "This content has no policy yet: nobody may review or publish. Propose the first from a file."
            )
        else:
            policy = live.policy
            self.told.setText(
                f"Version {policy.version} of the policy. {policy.threshold} of its {len(policy.roots)} "
                "roots sign a new one. Refusals name the rule and who could help."
            )
        people = list(live.policy.people.values()) if live else []
        roots = set(live.policy.roots) if live else set()
        self.sheet.show_rows([_row(each, self.workspace, is_root=each.id in roots) for each in people])
        self.proposed.clear()
        self.proposed.addItems([each.sentence for each in book.proposed] or [NOTHING])
        self.proposed.setEnabled(bool(book.proposed))
        self.proposed.setCurrentRow(0 if book.proposed else -1)
        self.allow()

    def _furnish(self) -> None:
        below = QWidget()
        layout = QVBoxLayout(below)
        layout.setContentsMargins(16, 8, 16, 0)
        heading = QLabel("The next policy")
        heading.setProperty("role", "heading")
        self.proposed.setAccessibleName("Proposed policies")
        self.proposed.setWordWrap(True)
        self.proposed.setMinimumHeight(LOWEST)
        self.proposed.currentRowChanged.connect(lambda _row: self.allow())
        layout.addWidget(heading)
        layout.addWidget(self.proposed)
        self.parts.addWidget(self.sheet)
        self.parts.addWidget(below)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([600, 160])
        self.lay_out(self.told, self.parts, stretched=self.parts)


def _row(person: Person, workspace: Workspace, *, is_root: bool) -> tuple[str, ...]:
    now = workspace.clock()
    faults = [key.why_not(now, now) for key in person.keys]
    good = sum(not fault for fault in faults)
    told = [f"{good} in force", *(f"one {fault}" for fault in faults if fault)] if faults else ["none"]
    return (person.name, roles_sentence(person), "; ".join(told), "root" if is_root else "")


def _unreadable(path: Path, error: OSError) -> NotFoundError:
    told = f"“{path.name}” can't be read ({error.strerror})."
    return NotFoundError(told, safe="Nothing was changed.", todo="Choose another file.")
