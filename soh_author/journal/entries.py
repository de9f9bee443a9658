"""What the journal holds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One file's text that is in no version yet.

    Args:
        draft: name of the draft it belongs to.
        path: path of the file in the workspace.
        text: the newest text, as typed.
        saved_text: what was last saved privately; None when nothing was.
        base_blob: id of the file's bytes the text started from; None for a new file.
        changed: when the text was last typed or saved.
        session: which window wrote it.
    """

    draft: str
    path: str
    text: str
    saved_text: str | None
    base_blob: str | None
    changed: datetime
    session: str

    @property
    def is_unsaved(self) -> bool:
        """Whether something was typed since it was last saved privately."""
        return self.text != self.saved_text


@dataclass(frozen=True, slots=True)
class DiscardedText:
    """A text somebody threw away, kept for 30 days."""

    number: int
    draft: str
    path: str
    text: str
    base_blob: str | None
    when: datetime
