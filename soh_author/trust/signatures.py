"""SSH signatures (PROTOCOL.sshsig of OpenSSH), verified strictly: one form of each, nothing else taken.

``ssh-keygen -Y verify`` agrees with every yes given here (tests/trust); some of what it takes is refused,
such as security keys that nobody touched.
"""

import base64
import binascii
import hashlib

from soh_author.trust.errors import BadSignatureError
from soh_author.trust.public_keys import KeyBlob, check_raw
from soh_author.trust.wire import Reader, string

MAGIC = b"SSHSIG"
VERSION = 1
HASHES = ("sha512", "sha256")
_HEAD = "-----BEGIN SSH SIGNATURE-----"
_TAIL = "-----END SSH SIGNATURE-----"
_LINE = 70
_LONGEST = 32 * 1024


def verify(armoured: bytes, message: bytes, namespace: str, key_line: str) -> None:
    """Check that a signature is of a message, in a namespace, by a key.

    Args:
        armoured: the signature as ``ssh-keygen -Y sign`` writes it.
        message: the bytes that were signed.
        namespace: what the signature is for; a yes for one thing is none for another.
        key_line: the public key, ``ssh-ed25519 AAAA…``.

    Raises:
        BadSignatureError: when anything at all is not as it has to be.
    """
    expected = KeyBlob.of_line(key_line)
    field = Reader(unarmour(armoured))
    if field.take(len(MAGIC)) != MAGIC or field.number() != VERSION:
        raise BadSignatureError("it is no SSH signature of version 1")
    if field.string() != expected.data:
        raise BadSignatureError("it was made with another key")
    if field.string() != namespace.encode():
        raise BadSignatureError(f"it was made for another purpose than {namespace}")
    if field.string():
        raise BadSignatureError("a field that has to be empty is not")
    algorithm, signature = field.text(), field.string()
    field.end()
    check_raw(expected, signature, signed_bytes(message, namespace, algorithm))


def signed_bytes(message: bytes, namespace: str, algorithm: str = HASHES[0]) -> bytes:
    """The bytes that the key really signs.

    Raises:
        BadSignatureError: for a hash we don't take.
    """
    if algorithm not in HASHES:
        raise BadSignatureError("its hash isn't taken here")
    digest = hashlib.new(algorithm, message).digest()
    return MAGIC + string(namespace.encode()) + string(b"") + string(algorithm.encode()) + string(digest)


def signature_blob(key: KeyBlob, namespace: str, algorithm: str, signature: bytes) -> bytes:
    """The whole signature before it is armoured."""
    head = MAGIC + VERSION.to_bytes(4) + string(key.data) + string(namespace.encode()) + string(b"")
    return head + string(algorithm.encode()) + string(signature)


def armour(blob: bytes) -> bytes:
    """A signature as text, as ``ssh-keygen`` writes it: lines of 70 letters."""
    text = base64.b64encode(blob).decode()
    lines = [text[start : start + _LINE] for start in range(0, len(text), _LINE)]
    return "\n".join([_HEAD, *lines, _TAIL, ""]).encode()


def unarmour(text: bytes) -> bytes:
    """The bytes of an armoured signature.

    Raises:
        BadSignatureError: when it is not exactly what :func:`armour` makes of them.
    """
    if len(text) > _LONGEST:
        raise BadSignatureError("it is too long")
    try:
        lines = text.decode("ascii").split("\n")
        blob = base64.b64decode("".join(lines[1:-2]), validate=True)
    except (UnicodeDecodeError, binascii.Error) as error:
        raise BadSignatureError("it is damaged") from error
    if armour(blob) != text:
        raise BadSignatureError("it is not in its one form")
    return blob
