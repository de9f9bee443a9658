"""Addresses people type, told apart and allow-listed before git sees them.

Git takes far more than addresses where one may stand: ``ext::`` runs any program, a host that starts with a
hyphen is an option of ssh. Only https, ssh (also written ``name@host:path``) and folders on this computer get
through.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit

from soh_author.domain.errors import InvalidNameError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_HELPER = re.compile(r"[A-Za-z0-9+.-]*::")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://")
_HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\]")
_USER = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+-]*")
_DRIVE = re.compile(r"^/([A-Za-z]:)")  # file:///C:/… is C:/…
_SCP = re.compile(r"(?:(?P<user>[^@/:]*)@)?(?P<host>[^/:@]{2,}|\[[^\]/]*\]):(?P<path>.+)", re.DOTALL)


class AddressKind(StrEnum):
    """How an origin is reached."""

    HTTPS = "https"
    SSH = "ssh"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Address:
    """An address that passed; ``text`` is what git is given, for a folder its absolute path."""

    kind: AddressKind
    text: str

    @property
    def folder(self) -> Path:
        """The folder on this computer.

        Only for :attr:`AddressKind.FOLDER`.
        """
        assert self.kind is AddressKind.FOLDER, "only a folder has a path on this computer"
        return Path(self.text)

    def __str__(self) -> str:
        return self.text


def parse_address(text: str) -> Address:
    """Check an address a person typed or a file holds.

    Raises:
        InvalidNameError: for anything but https, ssh and local folders, and for whatever git or ssh could
        read as
            an option or a program.
    """
    words = text.strip()
    if not words or len(words) > 2000:
        raise _bad(words, "Type the address of a content repository, or the path of a folder.")
    if _CONTROL.search(words) or words.startswith("-") or _HELPER.match(words):
        raise _bad(words, "Addresses start with https:// or ssh://, or are folders on this computer.")
    scheme = _SCHEME.match(words)
    if scheme:
        return _parse_url(words, scheme[1].lower())
    scp = _SCP.fullmatch(words)
    if scp and not Path(words).exists():
        return _parse_scp(words, scp)
    return _folder(str(Path(words).expanduser()))


def _parse_url(words: str, scheme: str) -> Address:
    if scheme == "file":
        return _parse_file(words)
    if scheme not in {"https", "ssh"}:
        raise _bad(words, f"“{scheme}” is not a safe way to fetch content; use https or ssh.")
    try:
        parts = urlsplit(words)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise _bad(words, "The computer's name or the number after it can't be read.") from error
    shown = f"[{host}]" if ":" in host else host
    user = parts.username
    if parts.password is not None:
        raise _bad(words.replace(parts.password, "…"), "Leave the password out; you are asked for it.")
    if not _HOST.fullmatch(shown) or (user is not None and not _USER.fullmatch(user)) or " " in words:
        raise _bad(words, "The name of the computer or the person in it is not one.")
    if len(parts.path) < 2 or port == 0:
        raise _bad(words, "The part after the computer's name is missing.")
    return Address(AddressKind(scheme), words)


def _parse_file(words: str) -> Address:
    parts = urlsplit(words)
    if parts.netloc not in {"", "localhost"} or parts.query or parts.fragment:
        raise _bad(words, "Folders of other computers are opened by their path, not with file://.")
    path = _DRIVE.sub(r"\1", unquote(parts.path))
    if _CONTROL.search(path) or not Path(path).is_absolute():
        raise _bad(words, "This is not the path of a folder.")
    return _folder(path)


def _folder(path: str) -> Address:
    # Not resolved: a person recognises the path they typed, links and all.
    return Address(AddressKind.FOLDER, str(Path(path).absolute()))


def _parse_scp(words: str, found: re.Match[str]) -> Address:
    user, host, path = found["user"], found["host"], found["path"]
    if not _HOST.fullmatch(host) or (user is not None and not _USER.fullmatch(user)) or path.startswith("-"):
        raise _bad(words, "The name of the computer, of the person or of the folder in it is not one.")
    return Address(AddressKind.SSH, words)


def _bad(words: str, todo: str) -> InvalidNameError:
    shown = _CONTROL.sub("?", words)
    shown = shown if len(shown) <= 80 else f"{shown[:80]}…"
    return InvalidNameError(
        f"“{shown}” is not an address content can come from.", safe="Nothing was run.", todo=todo
    )
