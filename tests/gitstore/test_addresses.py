"""Addresses: what gets through, and what never reaches git."""

from pathlib import Path

import pytest

from soh_author.domain.errors import InvalidNameError
from soh_author.gitstore.addresses import AddressKind, parse_address


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://code.example/soh/content.git", AddressKind.HTTPS),
        ("  https://ann@code.example:8443/soh/content  ", AddressKind.HTTPS),
        ("HTTPS://code.example/x", AddressKind.HTTPS),
        ("https://[2001:db8::1]/x", AddressKind.HTTPS),
        ("ssh://git@code.example/soh/content.git", AddressKind.SSH),
        ("ssh://code.example:2222/~ann/content", AddressKind.SSH),
        ("git@code.example:soh/content.git", AddressKind.SSH),
        ("code.example:content.git", AddressKind.SSH),
    ],
)
def test_https_and_ssh_addresses_get_through_unchanged(text: str, kind: AddressKind) -> None:
    address = parse_address(text)
    assert address.kind is kind
    assert address.text == text.strip()


def test_folders_become_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert parse_address("content.git").folder == tmp_path / "content.git"
    assert parse_address(str(tmp_path / "a b")).folder == tmp_path / "a b"
    assert parse_address("~/content").folder == Path.home() / "content"
    assert parse_address((tmp_path / "ö b").as_uri()).folder == tmp_path / "ö b"
    assert parse_address("file://localhost/srv/x").folder == Path("/srv/x")


def test_a_folder_with_a_colon_that_is_there_is_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "host:folder").mkdir()
    assert parse_address("host:folder").kind is AddressKind.FOLDER


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ext::sh -c touch% /tmp/x",
        "EXT::sh -c x",
        "fd::17/foo",
        "::x",
        "a-b+c.d::x",
        "-oProxyCommand=touch x",
        "--upload-pack=touch x",
        " --upload-pack=touch x",
        "ssh://-oProxyCommand=touch/x",
        "ssh://a@-oProxyCommand=touch/x",
        "ssh://-oProxyCommand=x@host/x",
        "-oProxyCommand=x:path",
        "git@-oProxyCommand=x:path",
        "-x@host:path",
        "host:-path",
        "http://code.example/content",
        "git://code.example/content",
        "ftp://code.example/content",
        "javascript://x/y",
        "https://",
        "https://code.example",
        "https://code.example/",
        "https:///x",
        "https://co de.example/x",
        "https://code.example:abc/x",
        "https://code.example:99999/x",
        "https://-code.example/x",
        "https://user:secret@code.example/x",
        "https://%2doProxy/x",
        "ssh://user%20name@host/x",
        "ssh://host$(touch x)/y",
        "git@host`x`:y",
        "file://otherhost/share/x",
        "file:///x?y",
        "file://relative/x",
        "https://code.example/x\ny",
        "a\x00b",
        "x" * 3000,
    ],
)
def test_everything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidNameError) as caught:
        parse_address(text)
    assert caught.value.todo
    assert "secret" not in str(caught.value)
