"""Commits as bytes, and back."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from soh_author.domain.errors import UsageError
from soh_author.gitstore.values import Author, Revision, Stamp, Version

_FORBIDDEN = re.compile(r"[<>\x00-\x1f\x7f]")
_PERSON = re.compile(r"(?P<name>.*?) ?<(?P<email>.*)> (?P<seconds>-?\d+) (?P<zone>[+-]\d{4})")


def check_stamp(stamp: Stamp) -> None:
    """Refuse what a version can't be stamped with.

    Raises:
        UsageError: for an empty note or an author without a name.
    """
    _note(stamp)
    _person(stamp.author)


def encode_commit(tree: str, parents: Sequence[str], stamp: Stamp) -> bytes:
    """Bytes of a commit.

    Raises:
        UsageError: for an empty note or an author without a name.
    """
    who = f"{_person(stamp.author)} {_moment(stamp.when)}"
    head = [f"tree {tree}", *(f"parent {parent}" for parent in parents), f"author {who}", f"committer {who}"]
    body = f"\n\n{_note(stamp)}\n"
    if stamp.sign is not None:
        armoured = stamp.sign(("\n".join(head) + body).encode()).strip().replace("\n", "\n ")
        head.append(f"gpgsig {armoured}")
    return ("\n".join(head) + body).encode()


def decode_commit(revision: str, data: bytes) -> Version:
    """What a commit's bytes say; unreadable letters are shown as such, a missing date as the year 1970."""
    head, _, note = data.decode("utf-8", "replace").partition("\n\n")
    parents = tuple(Revision(line[7:]) for line in head.splitlines() if line.startswith("parent "))
    author = next((line[7:] for line in head.splitlines() if line.startswith("author ")), "")
    found = _PERSON.fullmatch(author)
    if found is None:
        return Version(Revision(revision), Author("", ""), moment_of("0 +0000"), note.strip(), parents)
    when = moment_of(f"{found['seconds']} {found['zone']}")
    return Version(Revision(revision), Author(found["name"], found["email"]), when, note.strip(), parents)


def tree_of(data: bytes) -> str:
    """Id of the tree a commit's bytes name."""
    return data[5:45].decode("ascii")


def moment_of(raw: str) -> datetime:
    """Git's raw date, seconds and zone (``1764000000 +0100``), as a time that knows its zone."""
    seconds, _, zone = raw.partition(" ")
    try:
        minutes = int(zone[1:3]) * 60 + int(zone[3:5])
        offset = timezone(timedelta(minutes=-minutes if zone.startswith("-") else minutes))
        return datetime.fromtimestamp(int(seconds), offset)
    except (ValueError, OverflowError, OSError):
        # A date beyond the calendar, written by another program.
        return datetime.fromtimestamp(0, UTC)


def _note(stamp: Stamp) -> str:
    text = stamp.note.replace("\r\n", "\n").replace("\0", "").strip()
    if not text:
        raise UsageError("A version needs a note.", todo="Say in a few words what changed.")
    return text


def _person(author: Author) -> str:
    name = _FORBIDDEN.sub("", author.name).strip(" .,:;\"'")
    if not name:
        raise UsageError("A version needs the name of its author.", todo="Enter your name in the settings.")
    return f"{name} <{_FORBIDDEN.sub('', author.email).strip()}>"


def _moment(when: datetime) -> str:
    assert when.tzinfo is not None, "the time of a version knows its zone"
    return f"{int(when.timestamp())} {f'{when:%z}'[:5]}"
