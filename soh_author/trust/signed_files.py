"""Signed values as files: ``<folder>xx/<sha256>.json`` in one form, the signature beside it as ``.sig``."""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.people import Person
from soh_author.domain.judging.policy import Policy
from soh_author.trust.errors import BadRecordError, BadSignatureError

S = TypeVar("S")
_NAME = re.compile(r"([0-9a-f]{2})/(\1[0-9a-f]{62})\.(json|sig)")


@dataclass(frozen=True, slots=True)
class RefusedRecord:
    """A file of a record that isn't taken, and why, in words that follow *because*."""

    path: str
    reason: str


def record_id(data: bytes) -> str:
    """The id of a record: SHA-256 of its bytes, and the name of its file."""
    return hashlib.sha256(data).hexdigest()


def path_in(folder: str, identity: str, suffix: str) -> str:
    """Where the file of an id lies: ``json`` for what is said, ``sig`` for its signature."""
    return f"{folder}{identity[:2]}/{identity}.{suffix}"


def read_each(
    files: Mapping[str, bytes], folder: str, what: str, most: int, read: Callable[[str, str], S]
) -> tuple[tuple[S, ...], tuple[RefusedRecord, ...]]:
    """Read what a folder holds of one kind; one bad file hides no other.

    Args:
        files: bytes by path; paths outside the folder are passed over.
        folder: where the kind lies, with its slash.
        what: the kind in a word, for the reasons.
        most: more of them than this are not read.
        read: reads the file of a path whose bytes have the id given; refuses with BadRecordError or
            BadSignatureError.

    Returns:
        What was read, and the files refused.
    """
    taken: list[S] = []
    refused: list[RefusedRecord] = []
    for path in sorted(path for path in files if path.startswith(folder)):
        try:
            identity = _identity(files, path, folder, what)
            if identity:
                _check_number(len(taken), most, what)
                _check_bytes(files[path], identity)
                taken.append(read(path, identity))
        except (BadRecordError, BadSignatureError) as error:
            refused.append(RefusedRecord(path, error.reason))
    return tuple(taken), tuple(refused)


def signed_by(
    files: Mapping[str, bytes], path: str, person: PersonId, policy: Policy
) -> tuple[Person, bytes]:
    """Whom a file names as its author, and the signature beside it; neither is judged here.

    Raises:
        BadRecordError: when the policy doesn't know the person, or there is no signature.
    """
    known = policy.people.get(person)
    if known is None:
        raise BadRecordError(f"the policy knows nobody called {person}")
    signature = files.get(path.removesuffix("json") + "sig")
    if signature is None:
        raise BadRecordError("its signature is missing")
    return known, signature


def _check_number(count: int, most: int, what: str) -> None:
    if count >= most:
        raise BadRecordError(f"there are more than {most:,} {what}s")


def _check_bytes(data: bytes, identity: str) -> None:
    if record_id(data) != identity:
        raise BadRecordError("its name isn't the SHA-256 of its bytes: it was altered")


def _identity(files: Mapping[str, bytes], path: str, folder: str, what: str) -> str:
    """The id in a file's name; empty for a signature, which is read with what it signs."""
    found = _NAME.fullmatch(path, len(folder))
    if found is None:
        raise BadRecordError(f"it is no file of a {what}")
    if found[3] == "sig" and path.removesuffix("sig") + "json" not in files:
        raise BadRecordError(f"it is a signature without its {what}")
    return found[2] if found[3] == "json" else ""
