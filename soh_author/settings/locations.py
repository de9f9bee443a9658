"""Where settings, journals and caches lie on this computer."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

_APP = "soh-author"


@dataclass(frozen=True, slots=True)
class Locations:
    """Folders of one person: passed in everywhere, so that tests and portable copies have their own.

    Args:
        config: settings and the state of windows.
        data: journals with unsaved text; worth a backup.
        cache: what can be made again.
    """

    config: Path
    data: Path
    cache: Path

    @classmethod
    def below(cls, folder: Path) -> "Locations":
        """All three below one folder."""
        return cls(folder / "config", folder / "data", folder / "cache")

    @classmethod
    def of_this_computer(cls) -> "Locations":
        """The folders this system has for such files."""
        found = PlatformDirs(_APP, appauthor=False)
        return cls(found.user_config_path, found.user_data_path, found.user_cache_path)

    @property
    def settings_file(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    def journal_of(self, workspace: Path) -> Path:
        """The journal of the workspace in a folder; the folder's name is in it for people who look."""
        place = workspace.resolve()
        digest = hashlib.sha256(str(place).encode("utf-8", "surrogatepass")).hexdigest()[:16]
        return self.data / "journals" / f"{place.name[:40]}-{digest}.sqlite"
