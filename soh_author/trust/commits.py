"""Commits signed by git's own SSH signing, read strictly: one signature, no headers beyond the plain ones."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from soh_author.trust.errors import BadSignatureError
from soh_author.trust.signatures import verify
from soh_author.trust.signers import Signer

NAMESPACE = "git"
LARGEST = 256 * 1024
_ID = rb"[0-9a-f]{40}(?:[0-9a-f]{24})?"
_WHO = rb"[^\n\x00<>]*<[^\n\x00<>]*> [0-9]{1,12} [+-][0-9]{4}"
_COMMIT = re.compile(
    rb"(?P<head>tree "
    + _ID
    + rb"\n(?:parent "
    + _ID
    + rb"\n)*author "
    + _WHO
    + rb"\ncommitter "
    + _WHO
    + rb"\n)"
    rb"(?P<signature>gpgsig -----BEGIN SSH SIGNATURE-----\n(?: [A-Za-z0-9+/=]{1,70}\n)+"
    rb" -----END SSH SIGNATURE-----\n)?"
    rb"(?P<body>\n[^\x00]*)"
)


@dataclass(frozen=True, slots=True)
class SignedCommit:
    """A commit in two: what was signed, and the armoured signature."""

    signed: bytes
    signature: bytes


def split_commit(data: bytes) -> SignedCommit:
    """Take the signature out of a commit's bytes.

    Raises:
        BadSignatureError: when there is none, or anything beside it: a second signature, a merged tag,
            another encoding, a header nobody knows.
    """
    if len(data) > LARGEST:
        raise BadSignatureError("the version's note is too long")
    found = _COMMIT.fullmatch(data)
    if found is None:
        raise BadSignatureError("the version holds a header that isn't taken here")
    if found["signature"] is None:
        raise BadSignatureError("the version isn't signed")
    armoured = found["signature"].removeprefix(b"gpgsig ").replace(b"\n ", b"\n")
    return SignedCommit(found["head"] + found["body"], armoured)


def verify_commit(data: bytes, key_lines: Iterable[str]) -> str:
    """Check a commit's signature against some keys.

    Returns:
        The line of the key that made it.

    Raises:
        BadSignatureError: when none of them did.
    """
    commit = split_commit(data)
    for line in key_lines:
        try:
            verify(commit.signature, commit.signed, NAMESPACE, line)
        except BadSignatureError:
            continue
        return line
    raise BadSignatureError("the version is signed with none of the keys that may sign it")


def commit_signing(signer: Signer) -> Callable[[bytes], str]:
    """What a version's stamp signs with (``gitstore.values.Sign``).

    The answer raises :class:`soh_author.trust.errors.KeyFileError` when the key can't sign.
    """
    return lambda unsigned: signer.sign(unsigned, NAMESPACE).decode("ascii")
