"""What signs: a key file opened here, or ssh-keygen with what it can reach (agent, hardware, passphrase)."""

import os
import subprocess
import tempfile
from pathlib import Path
from typing import Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_ssh_private_key

from soh_author.trust.errors import BadSignatureError, KeyFileError
from soh_author.trust.public_keys import ED25519, KeyBlob
from soh_author.trust.signatures import HASHES, armour, signature_blob, signed_bytes, verify
from soh_author.trust.wire import string

_PATIENCE = 120
"""Seconds for a person to touch their security key or to answer their agent."""

_SECRET = "SOH_AUTHOR_PASSPHRASE"  # noqa: S105 - the name of a variable
_PASSED_ON = ("SSH_AUTH_SOCK", "PATH", "HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "DISPLAY")


class Signer(Protocol):
    """Somebody's key, ready to sign."""

    @property
    def line(self) -> str:
        """The public key, ``ssh-ed25519 AAAA…``, without a comment."""

    def sign(self, message: bytes, namespace: str) -> bytes:
        """An armoured SSH signature.

        Raises:
            KeyFileError: when the key can't be used.
        """


class FileSigner:
    """An ed25519 key file without a passphrase, opened in this process.

    Raises:
        KeyFileError: when there is no such key, or it needs :class:`KeygenSigner`.
    """

    def __init__(self, path: Path) -> None:
        try:
            key = load_ssh_private_key(path.read_bytes(), None)
        except OSError as error:
            raise KeyFileError(
                f"The key “{path}” can't be read ({error.strerror}).",
                safe="Nothing was signed.",
                todo="Choose another key, or make one with “soh-author key create”.",
            ) from error
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise _not_for_us(path) from error
        if not isinstance(key, Ed25519PrivateKey):
            raise _not_for_us(path)
        self._key = key
        public = key.public_key().public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH)
        self._blob = KeyBlob.of_line(public.decode())

    @property
    def line(self) -> str:
        """The public key, without a comment."""
        return self._blob.line

    def sign(self, message: bytes, namespace: str) -> bytes:
        """An armoured SSH signature."""
        raw = self._key.sign(signed_bytes(message, namespace))
        field = string(ED25519.encode()) + string(raw)
        return armour(signature_blob(self._blob, namespace, HASHES[0], field))


class KeygenSigner:
    """A key that ``ssh-keygen -Y sign`` can use: in the agent, on a security key, of another kind, locked.

    Args:
        path: the private key's file, or the public one's when the agent holds the key.
        passphrase: of the key's file; it reaches ssh-keygen by its environment, never by its arguments.
        patience: seconds to wait for a touch or an answer.

    Raises:
        KeyFileError: when there is no public key at that place.
    """

    def __init__(self, path: Path, passphrase: str = "", patience: float = _PATIENCE) -> None:
        self._path = path
        self._passphrase = passphrase
        self._patience = patience
        self._line = public_line(path)

    @property
    def line(self) -> str:
        """The public key, without a comment."""
        return self._line

    def sign(self, message: bytes, namespace: str) -> bytes:
        """An armoured SSH signature, checked before it is handed out.

        Raises:
            KeyFileError: when ssh-keygen can't or may not sign.
        """
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(self._path)]
        signature = run_keygen(command, message, self._passphrase, self._patience).replace(b"\r\n", b"\n")
        try:
            verify(signature, message, namespace, self._line)
        except BadSignatureError as error:
            raise KeyFileError(
                f"What the key “{self._path}” signed isn't taken here: {error.reason}.",
                safe="Nothing was published.",
                todo="Use another key.",
            ) from error
        return signature


def open_signer(path: Path, passphrase: str = "") -> Signer:
    """The best signer for a key's file: in this process where that is possible, else through ssh-keygen.

    Raises:
        KeyFileError: when there is no key.
    """
    if not passphrase and path.suffix != ".pub":
        try:
            return FileSigner(path)
        except KeyFileError:
            if not path.is_file():
                raise
    return KeygenSigner(path, passphrase)


def public_line(path: Path) -> str:
    """The public key that belongs to a key's file, without its comment.

    Raises:
        KeyFileError: when it is not there, or of a kind we don't take.
    """
    public = path if path.suffix == ".pub" else path.with_name(path.name + ".pub")
    try:
        return KeyBlob.of_line(public.read_text(encoding="utf-8").strip()).line
    except (OSError, UnicodeDecodeError) as error:
        raise KeyFileError(
            f"There is no public key at “{public}”.",
            safe="Nothing was signed.",
            todo="Choose another key, or make one with “soh-author key create”.",
        ) from error
    except BadSignatureError as error:
        raise KeyFileError(
            f"The key “{public}” isn't taken here: {error.reason}.",
            safe="Nothing was signed.",
            todo="Use an ed25519 key; “soh-author key create” makes one.",
        ) from error


def run_keygen(command: list[str], message: bytes, passphrase: str, patience: float) -> bytes:
    """Run ssh-keygen; a passphrase is handed over in its environment, nowhere on disk.

    Returns:
        What it wrote to its standard output.

    Raises:
        KeyFileError: when it fails, is missing, or takes too long.
    """
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="soh-author-key-") as folder:
        environment = {**kept, "LC_ALL": "C"}
        if passphrase:
            ask = Path(folder) / "ask"
            ask.write_text(f'#!/bin/sh\nprintf %s "${_SECRET}"\n', encoding="utf-8")
            ask.chmod(0o700)
            asking = {"SSH_ASKPASS": str(ask), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":none"}
            environment |= {**asking, _SECRET: passphrase}
        try:
            done = subprocess.run(
                command,
                input=message,
                capture_output=True,
                env=environment,
                timeout=patience,
                check=False,
                start_new_session=True,
            )
        except OSError as error:
            raise _failed("ssh-keygen can't be started") from error
        except subprocess.TimeoutExpired as error:
            raise _failed("nobody touched the security key or answered in time") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _failed(said[-1].rpartition(": ")[2][:200] if said else "ssh-keygen gave no reason")
    return done.stdout


def _failed(reason: str) -> KeyFileError:
    return KeyFileError(
        f"The key could not be used: {reason}.",
        safe="Nothing was signed.",
        todo="Check the passphrase, or whether the agent or the security key is there.",
    )


def _not_for_us(path: Path) -> KeyFileError:
    return KeyFileError(
        f"The key “{path}” is locked with a passphrase, or no ed25519 key.",
        safe="Nothing was signed.",
        todo="Give its passphrase, or let the ssh agent hold it.",
    )
