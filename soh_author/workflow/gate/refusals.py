"""What the gate says when it says no, and how much it reads and how long before it does."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from soh_author.domain.counting import counted
from soh_author.gitstore.incoming import Caps


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason why a push is refused.

    ``subject`` is the file, output, draft or release it is about; ``reason`` and ``todo`` are sentences a
    publisher can act on; ``rule`` is the rule's short name, for programs and tests.
    """

    subject: str
    reason: str
    todo: str
    rule: str

    def __str__(self) -> str:
        lead = "" if self.subject in self.reason else f"{self.subject}: "
        return f"{lead}{self.reason} {self.todo}".rstrip()


def in_words(found: Sequence[Refusal]) -> str:
    """What the server says: one line, then one for each reason."""
    count = counted(len(found), "reason")
    return "\n".join([f"Refused, for {count}; nothing was moved.", *(f"- {each}" for each in found)])


class RefusedError(Exception):
    """Stops the judgement at once: what follows can't be judged when this isn't right."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class GateLimits:
    """How much the gate takes: bytes of a text, a picture and a record, number of records
    in a release and of comments in a draft, seconds in all; and in how many processes at most."""

    text_bytes: int = 2 * 1024 * 1024
    picture_bytes: int = 20 * 1024 * 1024
    record_bytes: int = 16 * 1024 * 1024
    comment_bytes: int = 256 * 1024
    signature_bytes: int = 32 * 1024
    new_bytes: int = 500 * 1024 * 1024
    refs: int = 50
    records: int = 2_000
    comments: int = 2_000
    seconds: float = 600.0
    processes: int = 4
    caps: Caps = field(default_factory=Caps)


class Deadline:
    """A moment after which the gate says no; asked between steps.

    Args:
        seconds: from now.
    """

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds

    def check(self) -> None:
        """Stop when the time is over.

        Raises:
            RefusedError: with the reason.
        """
        if time.monotonic() > self._until:
            raise RefusedError(
                Refusal(
                    "What is sent",
                    "It could not be judged in the time there is.",
                    "Publish it in smaller parts.",
                    "deadline",
                )
            )
