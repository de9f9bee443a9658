"""Making keys, and what people see of them."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from soh_author.domain.errors import OutputError
from soh_author.trust.errors import KeyFileError
from soh_author.trust.public_keys import fingerprint
from soh_author.trust.signers import public_line, run_keygen

FILE = "soh_author_ed25519"
_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A key: where its private half lies, and its public line without a comment."""

    path: Path
    line: str

    @property
    def fingerprint(self) -> str:
        """``SHA256:…``, short enough to read to one another."""
        return fingerprint(self.line)


def find_key(folder: Path, name: str = FILE) -> KeyPair | None:
    """The key in a folder; None when there is none.

    Raises:
        KeyFileError: when what is there is no key we take.
    """
    path = folder / name
    return (
        KeyPair(path, public_line(path)) if path.exists() or path.with_name(name + ".pub").exists() else None
    )


def create_key(folder: Path, comment: str, *, name: str = FILE, passphrase: str = "") -> KeyPair:
    """Make an ed25519 key as ssh keeps them: the private half readable by its owner alone.

    Args:
        folder: made when missing.
        comment: stands behind the public line, for people.
        name: of the private half's file; the public one's ends in ``.pub``.
        passphrase: locks the private half; then ssh-keygen has to be there.

    Raises:
        KeyFileError: when there is a key already; it is never written over.
        OutputError: when the folder can't be written.
    """
    path = folder / name
    if path.exists() or path.with_name(name + ".pub").exists():
        raise KeyFileError(
            f"There is a key at “{path}” already.",
            safe="It was left as it is.",
            todo="Use it, or choose another folder.",
        )
    said = " ".join(comment.split())
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if passphrase:
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-C", said, "-f", str(path)]
            run_keygen(command, b"", passphrase, _PATIENCE)
        else:
            _write_pair(path, said)
    except OSError as error:
        raise OutputError(
            f"No key could be written to “{folder}” ({error.strerror}).",
            safe="Nothing was changed.",
            todo="Choose another folder, or make room.",
        ) from error
    return KeyPair(path, public_line(path))


def _write_pair(path: Path, comment: str) -> None:
    key = Ed25519PrivateKey.generate()
    private = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH).decode()
    # Made with its permissions, so that there is no moment in which others can read it.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(private)
    path.with_name(path.name + ".pub").write_text(f"{public} {comment}".rstrip() + "\n", encoding="utf-8")
