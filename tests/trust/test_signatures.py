"""Signatures: what ssh-keygen refuses is refused here, and some of what it takes as well."""

import hashlib
import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from soh_author.trust.errors import BadSignatureError, KeyFileError
from soh_author.trust.keys import create_key, find_key
from soh_author.trust.public_keys import ECDSA, HARDWARE, KeyBlob, check_raw, fingerprint
from soh_author.trust.signatures import armour, unarmour, verify
from soh_author.trust.signers import FileSigner, KeygenSigner, open_signer, public_line
from soh_author.trust.wire import Reader, string
from tests.trust.signing import Keys

SPACE = "soh-author/approve"
MESSAGE = b'{"a":1}\n'


@pytest.fixture(scope="module")
def signed(keys: Keys) -> bytes:
    return keys.sam.sign(MESSAGE, SPACE)


def _holds(signature: bytes, message: bytes, space: str, line: str) -> bool:
    try:
        verify(signature, message, space, line)
    except BadSignatureError:
        return False
    return True


def _keygen_holds(folder: Path, signature: bytes, message: bytes, space: str, line: str) -> bool:
    allowed, file = folder / "allowed", folder / "signature"
    allowed.write_text(f"sam {line}\n")
    file.write_bytes(signature)
    where = ["-f", str(allowed), "-s", str(file)]
    command = ["ssh-keygen", "-Y", "verify", "-I", "sam", "-n", space, *where]
    return subprocess.run(command, input=message, capture_output=True, check=False).returncode == 0


def test_an_honest_signature_holds_here_and_for_ssh_keygen(tmp_path: Path, keys: Keys, signed: bytes) -> None:
    verify(signed, MESSAGE, SPACE, keys.sam.line)
    assert _keygen_holds(tmp_path, signed, MESSAGE, SPACE, keys.sam.line)


@pytest.mark.parametrize(
    ("message", "space", "is_eves", "reason"),
    [
        (MESSAGE + b" ", SPACE, False, "over these words"),
        (MESSAGE, "soh-author/submit", False, "another purpose"),
        (MESSAGE, "git", False, "another purpose"),
        (MESSAGE, SPACE, True, "another key"),
    ],
)
def test_a_yes_is_for_these_words_this_purpose_and_this_key(
    tmp_path: Path, keys: Keys, *, message: bytes, space: str, is_eves: bool, reason: str
) -> None:
    signed = keys.sam.sign(MESSAGE, SPACE)
    line = keys.eve.line if is_eves else keys.sam.line
    with pytest.raises(BadSignatureError) as caught:
        verify(signed, message, space, line)
    assert reason in caught.value.reason
    assert not _keygen_holds(tmp_path, signed, message, space, line)


def test_no_flipped_bit_leaves_a_signature_that_holds(keys: Keys, signed: bytes) -> None:
    blob = unarmour(signed)
    flipped = (
        bytes([*blob[:at], blob[at] ^ 1 << bit, *blob[at + 1 :]])
        for at in range(len(blob))
        for bit in range(8)
    )
    assert not any(_holds(armour(each), MESSAGE, SPACE, keys.sam.line) for each in flipped)
    flipped = (bytes([*signed[:at], signed[at] ^ 1, *signed[at + 1 :]]) for at in range(len(signed)))
    assert not any(_holds(each, MESSAGE, SPACE, keys.sam.line) for each in flipped)


def _mutants(signed: bytes, chance: random.Random) -> Iterator[bytes]:
    blob = unarmour(signed)
    for _ in range(60):
        changed = bytearray(blob)
        kind, at = chance.randrange(4), chance.randrange(len(blob))
        if kind == 0:
            changed[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            del changed[at : at + chance.randrange(1, 5)]
        elif kind == 2:
            changed[at:at] = chance.randbytes(chance.randrange(1, 5))
        else:
            changed[at : at + 4] = chance.randbytes(4)
        yield armour(bytes(changed))
    yield from (
        signed + b"\n",
        signed + b"x",
        b"\n" + signed,
        signed.replace(b"\n", b"\r\n"),
        signed.rstrip(b"\n"),
    )
    yield from (signed.replace(b"SSH SIGNATURE", b"SSH  SIGNATURE"), signed[:-40], b"", signed + signed)
    yield armour(blob + b"\0")


def test_nothing_that_ssh_keygen_refuses_is_taken_here(tmp_path: Path, keys: Keys, signed: bytes) -> None:
    mutants = [each for each in _mutants(signed, random.Random(1)) if each != signed]
    assert len(mutants) >= 60
    for number, mutant in enumerate(mutants):
        taken = _holds(mutant, MESSAGE, SPACE, keys.sam.line)
        assert not taken or _keygen_holds(tmp_path, mutant, MESSAGE, SPACE, keys.sam.line), number
        # Every one of them differs from the one form in which a signature is written.
        assert not taken, number


@pytest.mark.parametrize(("kind", "options"), [("rsa", ["-b", "3072"]), ("ecdsa", ["-b", "256"])])
def test_other_kinds_of_key_sign_through_ssh_keygen(tmp_path: Path, kind: str, options: list[str]) -> None:
    path = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", kind, *options, "-N", "", "-f", path], check=True)
    signer = open_signer(path)
    assert isinstance(signer, KeygenSigner)
    signature = signer.sign(MESSAGE, SPACE)
    verify(signature, MESSAGE, SPACE, signer.line)
    assert not _holds(signature, MESSAGE + b" ", SPACE, signer.line)
    blob = unarmour(signature)
    flipped = (bytes([*blob[:at], blob[at] ^ 4, *blob[at + 1 :]]) for at in range(len(blob)))
    assert not any(_holds(armour(each), MESSAGE, SPACE, signer.line) for each in flipped)


def test_keys_that_are_too_weak_or_of_another_kind_are_not_taken(tmp_path: Path) -> None:
    for number, options in enumerate((["rsa", "-b", "2048"], ["ecdsa", "-b", "384"])):
        path = tmp_path / f"key{number}"
        subprocess.run(["ssh-keygen", "-q", "-t", *options, "-N", "", "-f", path], check=True)
        with pytest.raises(KeyFileError):
            open_signer(path).sign(MESSAGE, SPACE)


def test_both_signers_make_what_the_other_takes(keys: Keys, signed: bytes) -> None:
    through_ssh = KeygenSigner(keys.folder / "sam" / "soh_author_ed25519")
    assert through_ssh.line == keys.sam.line
    assert through_ssh.sign(MESSAGE, SPACE) == signed


def test_a_locked_key_signs_with_its_passphrase_only(tmp_path: Path) -> None:
    made = create_key(tmp_path, "Sam", passphrase='it\'s "my" $HOME')
    signature = open_signer(made.path, 'it\'s "my" $HOME').sign(MESSAGE, SPACE)
    verify(signature, MESSAGE, SPACE, made.line)
    with pytest.raises(KeyFileError, match="passphrase"):
        open_signer(made.path, "another").sign(MESSAGE, SPACE)
    with pytest.raises(KeyFileError, match="locked"):
        FileSigner(made.path)


def test_a_key_is_made_for_its_owner_alone_and_never_written_over(tmp_path: Path) -> None:
    assert find_key(tmp_path) is None
    made = create_key(tmp_path, "Sam\nOkafor")
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.with_name(made.path.name + ".pub").read_text() == f"{made.line} Sam Okafor\n"
    before = made.path.read_bytes()
    with pytest.raises(KeyFileError, match="already"):
        create_key(tmp_path, "Sam")
    assert made.path.read_bytes() == before
    assert find_key(tmp_path) == made


def test_a_fingerprint_is_the_one_that_ssh_keygen_shows(keys: Keys) -> None:
    path = keys.folder / "sam" / "soh_author_ed25519.pub"
    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", path], capture_output=True, text=True, check=True
    ).stdout
    assert fingerprint(public_line(path)) == shown.split()[1]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "ssh-ed25519",
        "ssh-dss AAAA",
        "ssh-ed25519 AAAA",
        "ssh-ed25519 !!!!",
        "ssh-rsa AAAAC3NzaC1lZDI1NTE5",
    ],
)
def test_a_line_that_is_no_key_is_told(line: str) -> None:
    with pytest.raises(BadSignatureError):
        KeyBlob.of_line(line)


def test_a_missing_key_is_told(tmp_path: Path) -> None:
    for missing in ("key", "key.pub"):
        with pytest.raises(KeyFileError, match=r"can't be read|no public key"):
            open_signer(tmp_path / missing)


def test_numbers_have_one_form() -> None:
    assert Reader(string(b"\x00\x80")).large() == 128
    for other in (b"", b"\x00", b"\x80", b"\x00\x01", b"\x00\x00\x80"):
        with pytest.raises(BadSignatureError):
            Reader(string(other)).large()


@pytest.mark.parametrize(("flags", "is_taken"), [(0, False), (1, False), (4, False), (5, True)])
def test_a_security_key_has_to_be_touched_and_unlocked(*, flags: int, is_taken: bool) -> None:
    key = Ed25519PrivateKey.generate()
    raw = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    public = string(HARDWARE.encode()) + string(raw) + string(b"ssh:")
    told = bytes([flags]) + b"\0\0\0\1"
    message = hashlib.sha256(b"ssh:").digest() + told + hashlib.sha256(b"signed").digest()
    field = string(HARDWARE.encode()) + string(key.sign(message)) + told
    if is_taken:
        check_raw(KeyBlob(HARDWARE, public), field, b"signed")
        with pytest.raises(BadSignatureError):
            check_raw(KeyBlob(HARDWARE, public), field, b"signed otherwise")
    else:
        with pytest.raises(BadSignatureError, match="touched"):
            check_raw(KeyBlob(HARDWARE, public), field, b"signed")


def test_a_point_that_is_not_on_its_curve_is_a_damaged_key() -> None:
    public = string(ECDSA.encode()) + string(b"nistp256") + string(b"\4" + b"\1" * 64)
    pair = string(b"\1") + string(b"\1")
    with pytest.raises(BadSignatureError, match="damaged"):
        check_raw(KeyBlob(ECDSA, public), string(ECDSA.encode()) + string(pair), b"signed")


@pytest.fixture
def agent(tmp_path: Path) -> Iterator[Path]:
    """The socket of an ssh agent of our own."""
    socket = tmp_path / "agent"
    with subprocess.Popen(["ssh-agent", "-D", "-a", socket], stdout=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()  # it says where it listens once it does
        yield socket
        process.terminate()


def test_a_key_that_only_the_agent_holds_signs(
    tmp_path: Path, agent: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create_key(tmp_path / "key", "Sam")
    monkeypatch.setenv("SSH_AUTH_SOCK", str(agent))
    subprocess.run(["ssh-add", "-q", made.path], check=True)
    made.path.unlink()
    signer = open_signer(made.path.with_name(made.path.name + ".pub"))
    verify(signer.sign(MESSAGE, SPACE), MESSAGE, SPACE, made.line)
    subprocess.run(["ssh-add", "-q", "-D"], check=True, capture_output=True)
    with pytest.raises(KeyFileError):
        signer.sign(MESSAGE, SPACE)


def test_whoever_does_not_answer_in_time_has_not_signed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = create_key(tmp_path, "Sam")
    slow = tmp_path / "bin" / "ssh-keygen"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o700)
    monkeypatch.setenv("PATH", f"{slow.parent}:/usr/bin:/bin")
    with pytest.raises(KeyFileError, match="in time"):
        KeygenSigner(made.path, patience=0.2).sign(MESSAGE, SPACE)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(KeyFileError, match="can't be started"):
        KeygenSigner(made.path).sign(MESSAGE, SPACE)
