"""Who signs: the people of the policy whose keys are on this computer, and which of them works here."""

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLabel, QWidget

from soh_author.desktop.keys.passphrase import PassphraseDialog
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.trusting import if_trusted
from soh_author.domain.errors import WorkspaceError
from soh_author.trust.errors import KeyFileError
from soh_author.trust.keys import FILE
from soh_author.trust.locks import is_locked
from soh_author.trust.signers import Signer, open_signer
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.keys import Signatory, signatories
from soh_author.workflow.release.releasing_case import has_policy
from soh_author.workflow.sampling import KEYS
from soh_author.workflow.workspace import Workspace

ASK, OTHER, MINE = "Choose who signs", "Another key…", "My key…"
NOBODY = "Choose who signs first, at the top of this room."


class Signing(QObject):
    """Knows whose keys are here and who signs now; the rooms of review and publishing share it.

    Args:
        keys: folder of the person's own key.
    """

    changed = Signal()
    """Other people can sign, or somebody else signs."""

    def __init__(self, session: Session, preferences: Preferences, window: QWidget, keys: Path) -> None:
        super().__init__(window)
        self._session = session
        self._preferences = preferences
        self._window = window
        self._keys = keys
        self.people: tuple[Signatory, ...] = ()
        self.person: Signatory | None = None
        self.reason = NOBODY
        """Why nobody signs; empty when somebody does."""
        self.has_policy = False
        """Whether the content says who may do what; without that nobody signs."""
        self._opened: dict[Path, Signer] = {}
        session.workspace_changed.connect(lambda _workspace: self.look())
        session.effects_happened.connect(self._touched)
        if session.workspace is not None:
            self.look()

    def look(self) -> None:
        """Look anew whose keys are here."""
        workspace = self._session.workspace
        if workspace is None:
            self._found(())
            return
        task = signatories(workspace, list(self._files(workspace)))
        self._session.run(task, self._found, self._failed, topic="whose keys are here")

    def choose(self, person: Signatory | None) -> None:
        """Let somebody sign from now on."""
        self.person = person
        self.reason = "" if person else NOBODY
        self.changed.emit()
        self._session.actions_changed.emit()

    def ask_key(self) -> None:
        """Ask for a key's file, and remember it as the person's."""
        dialog = QFileDialog(self._window, "Your key", str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._take_key)
        dialog.open()
        self.changed.emit()

    def ask_own_key(self) -> None:
        """Show the person's own key, or the way to one."""
        self._session.action_wanted.emit("app.key")
        self.changed.emit()

    def sign(self, then: Callable[[Signer], object]) -> None:
        """Hand the key of whoever signs over, once it is open and the origin may run its checks."""

        def go() -> None:
            signer = self.signer()
            key = self.person.key if self.person else Path()
            if signer is None:
                return
            if key in self._opened or not is_locked(key):
                then(signer)
                return

            def opened(unlocked: Signer) -> None:
                self._opened[key] = unlocked
                then(unlocked)

            PassphraseDialog(self._session, key, self._window).ask(opened)

        self.if_trusted(go)

    def signer(self) -> Signer | None:
        """The key of whoever signs, perhaps locked; one that can't be used is told, and nothing comes."""
        if self.person is None:
            return None
        if self.person.key in self._opened:
            return self._opened[self.person.key]
        try:
            return open_signer(self.person.key)
        except KeyFileError as error:
            self._session.failed.emit(error)
            return None

    def if_trusted(self, then: Callable[[], object]) -> None:
        """Ask once before a folder's own programs may run on this computer."""
        if_trusted(self._session.workspace, self._window, then)

    def _files(self, workspace: Workspace) -> Iterator[Path]:
        """Where keys may lie: the one of the settings, the person's own, those of the sample's people."""
        chosen = self._preferences.value.signing_key
        if chosen:
            yield Path(chosen)
        yield self._keys / FILE
        yield from sorted((workspace.folder.parent / KEYS).glob(f"*/{FILE}"))

    def _take_key(self, path: str) -> None:
        self._preferences.change(signing_key=path)
        self.person = None
        self.look()

    def _found(self, people: tuple[Signatory, ...]) -> None:
        self.people = people
        workspace = self._session.workspace
        self.has_policy = workspace is not None and has_policy(workspace.snapshot())
        before = self.person.person if self.person else ""
        mine = (self._preferences.value.author_email, self._preferences.value.author_name)
        known = [each for each in people if each.person == before]
        known += [each for each in people if each.email == mine[0] or each.name == mine[1]]
        known += people if len(people) == 1 else ()
        self.choose(known[0] if known else None)
        if not people:
            self.reason = (
                "No key of yours is in this content’s policy. Choose your key, or make one, at the top of "
                "this room; then send its line to those who look after the policy."
            )
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._found(())
        self.has_policy = False
        if isinstance(error, WorkspaceError):
            self.reason = f"{error.what}"
            self.changed.emit()
        else:
            self._session.failed.emit(error)

    def _touched(self, effects: Effects) -> None:
        if effects.everything:
            self.look()


class SignerBox(QWidget):
    """*You sign as*: everybody whose key is here, a way to another key, and to one's own."""

    def __init__(self, signing: Signing) -> None:
        super().__init__()
        self._signing = signing
        label = QLabel("You sign as")
        self.box = QComboBox()
        self.box.setAccessibleName("You sign as")
        label.setBuddy(self.box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label)
        layout.addWidget(self.box)
        self.box.activated.connect(self._taken)
        signing.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        people, chosen = self._signing.people, self._signing.person
        self.box.clear()
        self.box.addItems([*([] if chosen else [ASK]), *(each.name for each in people), OTHER, MINE])
        self.box.setCurrentIndex(people.index(chosen) if chosen else 0)

    def _taken(self, index: int) -> None:
        people = self._signing.people
        number = index - (0 if self._signing.person else 1)
        if 0 <= number < len(people):
            self._signing.choose(people[number])
        elif number == len(people):
            self._signing.ask_key()
        elif number > len(people):
            self._signing.ask_own_key()
