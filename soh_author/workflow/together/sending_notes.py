"""What versions say of a draft's travels: sent for review, taken over; in plain words."""

import re
from dataclasses import dataclass

from soh_author.gitstore.store import Store

_SENT = "Sent for review"
_REVIEWER = re.compile(r"^Reviewer: (.+)$", re.MULTILINE)
_TOGETHER = re.compile(r"\n\nTogether with: ([a-z0-9-]+(?:, [a-z0-9-]+)*)\Z")
_TAKEN = re.compile(r"^Taken over from the draft “([a-z0-9-]+)”[^\n]*(?:\n\n(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Request:
    """A wish for review: of whom (may be empty: whoever is free), and what the author said.

    ``together`` are other drafts that go out with it: the wish is for a yes to all of them at once.
    """

    reviewer: str
    note: str
    together: tuple[str, ...] = ()


def note_of_request(request: Request) -> str:
    """The note of the version that says a draft was sent."""
    said = f"{_SENT}: {request.note.strip()}" if request.note.strip() else _SENT
    if request.reviewer.strip():
        said += f"\n\nReviewer: {request.reviewer.strip()}"
    return f"{said}\n\nTogether with: {', '.join(request.together)}" if request.together else said


def request_of(note: str) -> Request | None:
    """The wish for review that a version's note tells; None when it tells none."""
    if not note.startswith(_SENT):
        return None
    others = _TOGETHER.search(note)
    said = note[: others.start()] if others else note
    found = list(_REVIEWER.finditer(said))
    body = said[: found[-1].start()] if found else said
    return Request(
        found[-1].group(1).strip() if found else "",
        body.removeprefix(_SENT).lstrip(": ").strip(),
        tuple(others.group(1).split(", ")) if others else (),
    )


@dataclass(frozen=True, slots=True)
class Taking:
    """Which draft was taken over, and what its owner is told (may be empty)."""

    draft: str
    words: str


def note_of_taking(draft: str, author: str, words: str = "") -> str:
    """The note of the version that begins a copy of somebody's draft."""
    begun = f"Taken over from the draft “{draft}” of {author}"
    return f"{begun}\n\n{words.strip()}" if words.strip() else begun


def taking_of(note: str) -> Taking | None:
    """What a version's note says of a draft that was taken over; None when it tells of none."""
    found = _TAKEN.match(note)
    return Taking(found.group(1), (found.group(2) or "").strip()) if found else None


@dataclass(frozen=True, slots=True)
class Travels:
    """What the versions of a draft tell: the newest wish for review, and which draft it was taken from.

    ``owner`` is who began it, or who took it over last; others' yeses and suggestions don't make it theirs.
    """

    request: Request | None = None
    taking: Taking | None = None
    versions: int = 0
    owner: str = ""

    @property
    def is_asked(self) -> bool:
        """Whether somebody wished that others see it."""
        return self.request is not None or self.taking is not None


def travels_of(store: Store, since: str, revision: str) -> Travels:
    """Read the notes of versions from ``since`` on, the newest first."""
    versions = store.versions_between(since, revision)
    requests = (request_of(version.note) for version in versions)
    takings = [(version, taking) for version in versions if (taking := taking_of(version.note))]
    begun = takings[0][0] if takings else versions[-1] if versions else None
    return Travels(
        next((request for request in requests if request), None),
        takings[0][1] if takings else None,
        len(versions),
        begun.author.name if begun else "",
    )
