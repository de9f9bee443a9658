"""*Send for review*: who is asked, what they are told, and who signs it. One way, wherever it is begun."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from soh_author.desktop.review.signing import SignerBox, Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.sync.send_dialog import SendDialog
from soh_author.workflow.effects import Effects
from soh_author.workflow.release.reviewing import submit
from soh_author.workflow.task import Task
from soh_author.workflow.together.sending import send_draft
from soh_author.workflow.together.syncing_others import known_people
from soh_author.workflow.workspace import Workspace

UNSIGNED = (
    "Nobody signs it: others will see the draft, and it can be approved once it was sent signed. Choose who "
    "you are above, or make a key there."
)


class SendingForReview(QObject):
    """Sends a draft so that exactly its changes can be approved; without a key, so that others see it."""

    def __init__(self, session: Session, signing: Signing, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._signing = signing
        self._window = window

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {"draft.send": self.ask}

    def ask(self) -> None:
        """Ask whom and what, and send the open draft."""
        self.ask_together([self._session.location.draft])

    def ask_together(self, drafts: Sequence[str]) -> None:
        """Ask whom and what, and send drafts together: one yes is wanted to all of them."""
        self._session.run(known_people(self._workspace), lambda people: self._ask(tuple(drafts), people))

    def send(self, drafts: Sequence[str], reviewer: str, note: str) -> None:
        """Send drafts, signed where somebody signs; what is not saved yet is saved before."""
        self._session.version_wanted.emit()
        if self._signing.person is None or not self._signing.has_policy:
            self._signing.if_trusted(lambda: self._send_unsigned(drafts, reviewer, note))
            return
        self._signing.sign(
            lambda signer: self._run(submit(self._workspace, drafts, signer, reviewer=reviewer, note=note))
        )

    def _send_unsigned(self, drafts: Sequence[str], reviewer: str, note: str) -> None:
        for draft in drafts:
            self._run(send_draft(self._workspace, draft, reviewer, note))

    def _run(self, task: Task[Any]) -> None:
        """Run it; whatever came of it, what waits to be sent is looked at again."""
        self._session.run(
            task, None, self._session.went_wrong, on_end=lambda: self._session.tell(Effects(drafts=True))
        )

    def _ask(self, drafts: tuple[str, ...], people: list[str]) -> None:
        box = SignerBox(self._signing) if self._signing.has_policy else None
        dialog = SendDialog(self._session.theme, drafts, people, self._window, box)

        def look() -> None:
            is_signed = self._signing.person is not None and self._signing.has_policy
            why = UNSIGNED if self._signing.has_policy and not is_signed else ""
            dialog.tell("Sign and send" if is_signed else "Send", why)

        self._signing.changed.connect(look)
        dialog.finished.connect(lambda _result: self._signing.changed.disconnect(look))
        look()
        dialog.ask(lambda reviewer, note: self.send(drafts, reviewer, note))

    @property
    def _workspace(self) -> Workspace:
        workspace = self._session.workspace
        assert workspace is not None, "this is only offered in a workspace"
        return workspace
