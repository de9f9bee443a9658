"""Keys that are locked with a passphrase: telling so without asking, and whether an agent holds one."""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_ssh_private_key

from soh_author.trust.errors import BadSignatureError, KeyFileError
from soh_author.trust.public_keys import KeyBlob
from soh_author.trust.signers import KeygenSigner, Signer, public_line, run_keygen

TRIAL = "soh-author/unlock"
"""What a trial signature is for: it counts nowhere."""
_AGENT = "SSH_AUTH_SOCK"
_PATIENCE = 10


def is_locked(path: Path) -> bool:
    """Whether a key asks for its passphrase before it signs: it has one, and no agent holds it open."""
    if path.suffix == ".pub":
        return False
    try:
        load_ssh_private_key(path.read_bytes(), None)
    except TypeError:  # what cryptography says of a locked key
        return not _is_in_agent(path)
    except (OSError, ValueError, UnsupportedAlgorithm):
        return False
    return False


def unlocked(path: Path, passphrase: str) -> Signer:
    """A locked key, opened; a signature that counts nowhere shows that the passphrase is the right one.

    Raises:
        KeyFileError: when the passphrase doesn't open it.
    """
    signer = KeygenSigner(path, passphrase)
    signer.sign(b"Does the passphrase open the key?", TRIAL)
    return signer


def _is_in_agent(path: Path) -> bool:
    if not os.environ.get(_AGENT):
        return False
    try:
        line = public_line(path)
        said = run_keygen(["ssh-add", "-L"], b"", "", _PATIENCE).decode("utf-8", "replace")
    except KeyFileError:
        return False
    return line in filter(None, map(_line, said.splitlines()))


def _line(text: str) -> str:
    try:
        return KeyBlob.of_line(text).line
    except BadSignatureError:
        return ""
