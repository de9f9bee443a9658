"""Signed versions: made as git makes them, and read so that nothing hides beside the signature."""

import subprocess
from pathlib import Path

import pytest

from soh_author.gitstore.commits import encode_commit
from soh_author.gitstore.values import Author, Stamp
from soh_author.trust.commits import commit_signing, split_commit, verify_commit
from soh_author.trust.errors import BadSignatureError
from tests.support.repositories import git, make_bare_repository
from tests.trust.signing import NOW, Keys

TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
PARENT = "1" * 40


def _commit(keys: Keys, note: str = "New fees", *, is_signed: bool = True) -> bytes:
    sign = commit_signing(keys.sam) if is_signed else None
    return encode_commit(TREE, [PARENT], Stamp(note, Author("Alex Rees", "alex@example"), NOW, sign))


@pytest.mark.parametrize(
    "note", ["New fees", "New fees\n\nWhy: they rose.\n\ngpgsig of mine\n -----", "Ffïoedd"]
)
def test_a_signed_version_is_the_one_without_its_signature_signed(keys: Keys, note: str) -> None:
    data = _commit(keys, note)
    assert split_commit(data).signed == _commit(keys, note, is_signed=False)
    assert verify_commit(data, [keys.nia.line, keys.sam.line]) == keys.sam.line


def test_git_itself_takes_the_signature(tmp_path: Path, keys: Keys) -> None:
    repository = make_bare_repository(tmp_path / "content.git")
    allowed = tmp_path / "allowed"
    allowed.write_text(f"alex@example {keys.sam.line}\n")
    subprocess.run(
        ["git", "-C", repository, "hash-object", "-w", "-t", "tree", "--stdin"], input=b"", check=True
    )
    data = encode_commit(
        TREE, [], Stamp("New fees", Author("Alex Rees", "alex@example"), NOW, commit_signing(keys.sam))
    )
    stored = subprocess.run(
        ["git", "-C", repository, "hash-object", "-w", "-t", "commit", "--stdin"],
        input=data,
        capture_output=True,
        check=True,
    )
    name = stored.stdout.decode().strip()
    settings = ["-c", "gpg.format=ssh", "-c", f"gpg.ssh.allowedSignersFile={allowed}"]
    assert git(repository, *settings, "verify-commit", name) == ""


def test_a_version_signed_with_another_key_is_refused(keys: Keys) -> None:
    with pytest.raises(BadSignatureError, match="none of the keys"):
        verify_commit(_commit(keys), [keys.nia.line, keys.eve.line])
    with pytest.raises(BadSignatureError, match="none of the keys"):
        verify_commit(_commit(keys), [])


def test_a_version_without_a_signature_is_refused(keys: Keys) -> None:
    with pytest.raises(BadSignatureError, match="isn't signed"):
        split_commit(_commit(keys, is_signed=False))


def test_no_changed_byte_leaves_a_signed_version_whole(keys: Keys) -> None:
    data = _commit(keys)
    for at in range(len(data)):
        changed = bytes([*data[:at], data[at] ^ 1, *data[at + 1 :]])
        with pytest.raises(BadSignatureError):
            verify_commit(changed, [keys.sam.line])


def _with_header(data: bytes, header: bytes, before: bytes) -> bytes:
    return data.replace(before, header + before, 1)


@pytest.mark.parametrize(
    ("header", "before"),
    [
        (b"mergetag object " + b"1" * 40 + b"\n type commit\n", b"gpgsig "),
        (b"encoding latin1\n", b"gpgsig "),
        (b"gpgsig-sha256 x\n", b"gpgsig "),
        (b"HG:extra x\n", b"gpgsig "),
        (b"author Eve <eve@example> 1 +0000\n", b"author "),
        (b"tree " + b"2" * 40 + b"\n", b"tree "),
        (b"\n", b"author "),
    ],
)
def test_nothing_stands_beside_the_signature(keys: Keys, header: bytes, before: bytes) -> None:
    with pytest.raises(BadSignatureError, match="header that isn't taken"):
        split_commit(_with_header(_commit(keys), header, before))


def test_a_second_signature_is_refused(keys: Keys) -> None:
    data = _commit(keys)
    start, end = data.index(b"gpgsig "), data.index(b"\n\n") + 1
    with pytest.raises(BadSignatureError, match="header that isn't taken"):
        split_commit(data[:end] + data[start:end] + data[end:])


def test_a_note_of_endless_length_is_not_read(keys: Keys) -> None:
    with pytest.raises(BadSignatureError, match="too long"):
        split_commit(_commit(keys, "a" * 300_000))
