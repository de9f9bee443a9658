"""Public keys as SSH writes them, and whether a raw signature of one holds."""

import base64
import binascii
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from soh_author.trust.errors import BadSignatureError
from soh_author.trust.wire import Reader

ED25519 = "ssh-ed25519"
HARDWARE = "sk-ssh-ed25519@openssh.com"
ECDSA = "ecdsa-sha2-nistp256"
RSA = "ssh-rsa"
SHORTEST_RSA = 3072
_PRESENT, _VERIFIED = 0x01, 0x04


@dataclass(frozen=True, slots=True)
class KeyBlob:
    """A public key: its kind and its bytes."""

    kind: str
    data: bytes

    @classmethod
    def of_line(cls, line: str) -> "KeyBlob":
        """The key of a line ``ssh-ed25519 AAAA… comment``.

        Raises:
            BadSignatureError: when the line is none, or of a kind we don't take.
        """
        words = line.split()
        if len(words) < 2 or words[0] not in _CHECKS:
            raise BadSignatureError("the key is of a kind that isn't taken here")
        try:
            data = base64.b64decode(words[1], validate=True)
        except binascii.Error as error:
            raise BadSignatureError("the key's line is damaged") from error
        if base64.b64encode(data).decode() != words[1] or Reader(data).text() != words[0]:
            raise BadSignatureError("the key's line is damaged")
        return cls(words[0], data)

    @property
    def line(self) -> str:
        """The key as one line, without a comment."""
        return f"{self.kind} {base64.b64encode(self.data).decode()}"


def fingerprint(line: str) -> str:
    """``SHA256:…`` of a key, as ``ssh-keygen -l`` shows it.

    Raises:
        BadSignatureError: when the line is no key.
    """
    digest = hashlib.sha256(KeyBlob.of_line(line).data).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def check_raw(key: KeyBlob, signature: bytes, signed: bytes) -> None:
    """Check the signature field of an SSH signature.

    Raises:
        BadSignatureError: when it does not hold, is of another kind than the key, or not in its one form.
    """
    check = _CHECKS.get(key.kind)
    if check is None:
        raise BadSignatureError("the key is of a kind that isn't taken here")
    own, field = Reader(key.data), Reader(signature)
    own.text()
    try:
        check(own, field, signed)
    except InvalidSignature as error:
        raise BadSignatureError("it was not made with this key over these words") from error
    except ValueError as error:
        raise BadSignatureError("the key is damaged") from error


def _expect(field: Reader, *kinds: str) -> str:
    kind = field.text()
    if kind not in kinds:
        raise BadSignatureError("it is of another kind than the key")
    return kind


def _ed25519(own: Reader, field: Reader, signed: bytes) -> None:
    public = own.string()
    own.end()
    _expect(field, ED25519)
    raw = field.string()
    field.end()
    Ed25519PublicKey.from_public_bytes(public).verify(raw, signed)


def _hardware(own: Reader, field: Reader, signed: bytes) -> None:
    """A security key: what it signs tells whether it was touched and given its PIN (PROTOCOL.u2f)."""
    public, application = own.string(), own.string()
    own.end()
    _expect(field, HARDWARE)
    raw, flags, counter = field.string(), field.take(1), field.take(4)
    field.end()
    if not flags[0] & _PRESENT or not flags[0] & _VERIFIED:
        raise BadSignatureError("the security key was not touched, or its PIN not asked for")
    told = hashlib.sha256(application).digest() + flags + counter + hashlib.sha256(signed).digest()
    Ed25519PublicKey.from_public_bytes(public).verify(raw, told)


def _ecdsa(own: Reader, field: Reader, signed: bytes) -> None:
    curve, point = own.text(), own.string()
    own.end()
    if curve != "nistp256":
        raise BadSignatureError("the key is of a kind that isn't taken here")
    _expect(field, ECDSA)
    pair = Reader(field.string())
    field.end()
    r, s = pair.large(), pair.large()
    pair.end()
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    public.verify(utils.encode_dss_signature(r, s), signed, ec.ECDSA(hashes.SHA256()))


def _rsa(own: Reader, field: Reader, signed: bytes) -> None:
    exponent, modulus = own.large(), own.large()
    own.end()
    if modulus.bit_length() < SHORTEST_RSA:
        raise BadSignatureError(f"the key is shorter than {SHORTEST_RSA} bits")
    kind = _expect(field, "rsa-sha2-512", "rsa-sha2-256")
    raw = field.string()
    field.end()
    if len(raw) != (modulus.bit_length() + 7) // 8:
        raise BadSignatureError("it is not in its one form")
    algorithm = hashes.SHA512() if kind.endswith("512") else hashes.SHA256()
    rsa.RSAPublicNumbers(exponent, modulus).public_key().verify(raw, signed, padding.PKCS1v15(), algorithm)


_CHECKS: Mapping[str, Callable[[Reader, Reader, bytes], None]] = {
    ED25519: _ed25519,
    HARDWARE: _hardware,
    ECDSA: _ecdsa,
    RSA: _rsa,
}
