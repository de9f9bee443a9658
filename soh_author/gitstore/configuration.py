"""The workspace's own git configuration: read with distrust, written by us.

Configuration can name programs (`core.sshCommand`, `core.fsmonitor`, filters, aliases …). The sealed
environment overrides what we know; here everything we do not know is refused, so that the next git can't
surprise us.
"""

import os
import re
from configparser import Error as ConfigurationError
from pathlib import Path

from soh_author.domain.errors import DamagedError, WorkspaceError
from soh_author.gitstore import sealed
from soh_author.gitstore.addresses import Address, parse_address
from soh_author.gitstore.gitpython import config_parser
from soh_author.gitstore.locks import patiently

_HARMLESS = re.compile(
    r"core\.(repositoryformatversion|filemode|bare|ignorecase|precomposeunicode|symlinks|logallrefupdates"
    r"|longpaths|sharedrepository|compression|autocrlf|eol|safecrlf|protecthfs|protectntfs)"
    r"|remote \"origin\"\.(url|fetch|mirror|prune|tagopt)"
    r"|branch \"[^\"]*\"\.(remote|merge|rebase|description)"
    r"|user\.(name|email)|gc\..*|pack\..*|receive\..*|soh\..*",
    re.IGNORECASE,
)
_NO_UTF8 = re.compile("[\udc80-\udcff]")
_SUBSECTION = re.compile(r"^([^.]+)\.(.+)\.([^.]+)$", re.DOTALL)
_ORIGIN = "remote.origin.url"
# As git writes what nobody altered; where anything else stands, GitPython reads it.
_PLAIN_SECTION = re.compile(r"\[([A-Za-z]+(?: \"[A-Za-z0-9/_-]+\")?)\]")
_PLAIN_SETTING = re.compile(r"[ \t]*([A-Za-z]+) = ([^\"\\#;\s]+)")


def read_settings(folder: Path) -> dict[str, str]:
    """All settings of a repository's ``config`` as ``section.name`` in lower case, without following
    includes.

    Raises:
        WorkspaceError: when the file is missing or can't be read (DamagedError), or is no ordinary file.
    """
    path = folder / "config"
    if not path.exists() and not path.is_symlink():
        raise DamagedError(f"“{folder}” is damaged: its configuration is missing.")
    if not path.is_file() or path.is_symlink() or path.stat().st_size > 100_000:
        raise _altered(folder, "its configuration is missing or no ordinary file")
    try:
        text = path.read_text(encoding="utf-8", errors="surrogateescape")
        plain = _plain_settings(text)
        if plain is not None:
            return plain
        if _NO_UTF8.search(text):
            return _told_by_git(path)
        with config_parser(path) as parser:
            return {
                f"{section}.{name}".lower(): str(value)
                for section in parser.sections()
                for name, value in parser.items(section)
            }
    except (ConfigurationError, OSError, ValueError, UnicodeError) as error:
        what = f"“{folder}” is damaged, or was altered: its configuration can't be read."
        raise DamagedError(what) from error


def _told_by_git(path: Path) -> dict[str, str]:
    """The settings of a file that isn't UTF-8 (the origin is a folder of such a name), read by git itself."""
    words = ("--no-includes", "--file", str(path.absolute()), "--null", "--list")
    pairs = (each.partition("\n") for each in os.fsdecode(sealed.run(None, "config", *words)).split("\0"))
    return {_SUBSECTION.sub(r'\1 "\2".\3', key).lower(): value for key, _, value in pairs if key}


def _plain_settings(text: str) -> dict[str, str] | None:
    """The settings of a configuration that holds plain sections and values alone, each once; else None."""
    found: dict[str, str] = {}
    section = ""
    for line in text.splitlines():
        header, setting = _PLAIN_SECTION.fullmatch(line), _PLAIN_SETTING.fullmatch(line)
        if header:
            section = header[1]
        elif setting and section and (key := f"{section}.{setting[1]}".lower()) not in found:
            found[key] = setting[2]
        else:
            return None
    return found


def check_settings(folder: Path) -> None:
    """Refuse a repository whose configuration says more than ours ever does.

    Raises:
        WorkspaceError: naming the first setting that may run something or lead elsewhere.
    """
    settings = read_settings(folder)
    for key in settings:
        if not _HARMLESS.fullmatch(key):
            raise _altered(folder, f"its configuration sets “{key}”")
    if settings.get("core.repositoryformatversion", "0") != "0":
        raise _altered(folder, "it is of a newer kind")
    if settings.get("core.bare") != "true":
        raise _altered(folder, "it has a folder of checked-out files")


def origin_of(folder: Path) -> Address | None:
    """Where the workspace came from, checked again; None when it has no origin."""
    text = read_settings(folder).get('remote "origin".url')
    if text and ("\\" in text or '"' in text):
        # WORKAROUND: GitPython 3.1 leaves in the backslashes that git puts before quotes.
        where = ("--no-includes", "--file", str((folder / "config").absolute()))
        said = sealed.run(None, "config", *where, "--null", "--get", _ORIGIN)
        return parse_address(os.fsdecode(said).rstrip("\0"))
    return parse_address(text) if text else None


def set_origin(folder: Path, address: Address) -> None:
    """Write down where the workspace fetches from and sends to."""
    patiently(folder, lambda: sealed.run(folder, "config", "--replace-all", _ORIGIN, address.text))


def _altered(folder: Path, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"“{folder}” was not made by SOH Author, or was altered: {why}.",
        safe="Nothing in it was run or changed.",
        todo="Get your own copy of it: New workspace, with this folder as the address.",
    )
