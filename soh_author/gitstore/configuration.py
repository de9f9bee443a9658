"""The workspace's own git configuration: read with distrust, written by us.

Configuration can name programs (`core.sshCommand`, `core.fsmonitor`, filters, aliases …). The sealed
environment overrides what we know; here everything we do not know is refused, so that the next git can't
surprise us.
"""

import re
from configparser import Error as ConfigurationError
from pathlib import Path

from git.config import GitConfigParser

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore import sealed
from soh_author.gitstore.addresses import Address, parse_address
from soh_author.gitstore.locks import patiently

_HARMLESS = re.compile(
    r"core\.(repositoryformatversion|filemode|bare|ignorecase|precomposeunicode|symlinks|logallrefupdates"
    r"|longpaths|sharedrepository|compression|autocrlf|eol|safecrlf|protecthfs|protectntfs)"
    r"|remote \"origin\"\.(url|fetch|mirror|prune|tagopt)"
    r"|branch \"[^\"]*\"\.(remote|merge|rebase|description)"
    r"|user\.(name|email)|gc\..*|pack\..*|receive\..*|soh\..*",
    re.IGNORECASE,
)
_ORIGIN = "remote.origin.url"


def read_settings(folder: Path) -> dict[str, str]:
    """All settings of a repository's ``config`` as ``section.name`` in lower case, without following
    includes.

    Raises:
        WorkspaceError: when the file is missing or can't be read.
    """
    path = folder / "config"
    if not path.is_file() or path.is_symlink() or path.stat().st_size > 100_000:
        raise _altered(folder, "its configuration is missing or no ordinary file")
    try:
        with GitConfigParser(path, read_only=True, merge_includes=False) as parser:
            return {
                f"{section}.{name}".lower(): str(value)
                for section in parser.sections()
                for name, value in parser.items(section)
            }
    except (ConfigurationError, OSError, ValueError, UnicodeError) as error:
        raise _altered(folder, "its configuration can't be read") from error


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
        text = sealed.run(None, "config", *where, "--null", "--get", _ORIGIN).decode("utf-8").rstrip("\0")
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
