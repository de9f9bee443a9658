"""What versions say of a draft's travels: sent for review, taken over; in plain words."""

import re
from dataclasses import dataclass

from soh_author.gitstore.store import Store

_SENT = "Sent for review"
_REVIEWER = re.compile(r"^Reviewer: (.+)$", re.MULTILINE)
_TAKEN = re.compile(r"^Taken over from the draft “([a-z0-9-]+)”")


@dataclass(frozen=True, slots=True)
class Request:
    """A wish for review: of whom (may be empty: whoever is free), and what the author said."""

    reviewer: str
    note: str


def note_of_request(request: Request) -> str:
    """The note of the version that says a draft was sent."""
    said = f"{_SENT}: {request.note.strip()}" if request.note.strip() else _SENT
    return f"{said}\n\nReviewer: {request.reviewer.strip()}" if request.reviewer.strip() else said


def request_of(note: str) -> Request | None:
    """The wish for review that a version's note tells; None when it tells none."""
    if not note.startswith(_SENT):
        return None
    found = list(_REVIEWER.finditer(note))
    body = note[: found[-1].start()] if found else note
    return Request(found[-1].group(1).strip() if found else "", body.removeprefix(_SENT).lstrip(": ").strip())


def note_of_taking(draft: str, author: str) -> str:
    """The note of the version that begins a copy of somebody's draft."""
    return f"Taken over from the draft “{draft}” of {author}"


def taken_from(note: str) -> str:
    """Name of the draft that a version's note says was taken over; empty for none."""
    found = _TAKEN.match(note)
    return found.group(1) if found else ""


@dataclass(frozen=True, slots=True)
class Travels:
    """What the versions of a draft tell: the newest wish for review, and which draft it was taken from."""

    request: Request | None = None
    taken_from: str = ""
    versions: int = 0


def travels_of(store: Store, since: str, revision: str) -> Travels:
    """Read the notes of versions from ``since`` on, the newest first."""
    versions = store.versions_between(since, revision)
    requests = (request_of(version.note) for version in versions)
    sources = (taken_from(version.note) for version in versions)
    return Travels(
        next((request for request in requests if request), None),
        next((source for source in sources if source), ""),
        len(versions),
    )
