"""The verbs that few people need in the first moment: made when asked for, or behind."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from soh_author.desktop.drafts.verbs import Drafts
from soh_author.desktop.late import Late, late_handlers
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session

if TYPE_CHECKING:
    from soh_author.desktop.editor.comments import EditorComments
    from soh_author.desktop.forces.verbs import ChangingForces
    from soh_author.desktop.keys.key_dialog import Keys
    from soh_author.desktop.personal.dialog import Personal
    from soh_author.desktop.review.sending import SendingForReview
    from soh_author.desktop.review.signing import Signing
    from soh_author.desktop.sync.taking_over import TakingOver
    from soh_author.desktop.sync.verbs import Travelling


class LateVerbs:
    """Knows who carries out what, without having it yet.

    Args:
        editor: gives the editor's room, for what is said of the text that is open.
    """

    def __init__(
        self,
        session: Session,
        preferences: Preferences,
        window: QWidget,
        drafts: Drafts,
        own_key: Path,
        *,
        editor: Callable[[], Room],
    ) -> None:
        self.signing: Late[Signing] = Late(
            "review.signing.Signing", lambda made: made(session, preferences, window, own_key)
        )
        self._travelling: Late[Travelling] = Late("sync.verbs.Travelling", lambda made: made(session, window))
        self._comments: Late[EditorComments] = Late(
            "editor.comments.EditorComments", lambda made: made(session, self.signing(), editor())
        )
        self._taking: Late[TakingOver] = Late(
            "sync.taking_over.TakingOver", lambda made: made(session, drafts, self._travelling(), window)
        )
        self._forces: Late[ChangingForces] = Late(
            "forces.verbs.ChangingForces", lambda made: made(session, window)
        )
        self._keys: Late[Keys] = Late(
            "keys.key_dialog.Keys",
            lambda made: made(session, preferences, window, own_key, lambda: self.signing().look()),
        )
        self._personal: Late[Personal] = Late(
            "personal.dialog.Personal", lambda made: made(session, preferences, window)
        )
        self._sending: Late[SendingForReview] = Late(
            "review.sending.SendingForReview", lambda made: made(session, self.signing(), window)
        )
        self.carried_out: Sequence[tuple[Late[Any], Sequence[str]]] = (
            (self._travelling, ("latest.get", "latest.send", "draft.discard_sent")),
            (self._comments, ("pane.comments", "comment.add")),
            (self._taking, ("draft.take_over",)),
            (self._forces, ("forces.change",)),
            (self._keys, ("app.key",)),
            (self._personal, ("app.preferences",)),
            (self._sending, ("draft.send",)),
        )
        """Who carries out which actions."""

    @property
    def listening(self) -> Sequence[Late[Any]]:
        """What tells of others' work, of comments and of what waits without being asked."""
        return (self._travelling, self.signing, self._comments)

    @property
    def asked(self) -> Sequence[Late[Any]]:
        """What does nothing before somebody asks."""
        return (self._taking, self._forces, self._keys, self._personal, self._sending)

    def handlers(self) -> Handlers:
        """What these carry out, by action id."""
        return {
            name: do for late, names in self.carried_out for name, do in late_handlers(late, names).items()
        }
