"""Where settings and the state of windows lie on this computer."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import PlatformDirs

_APP = "soh-author"


@dataclass(frozen=True, slots=True)
class Locations:
    """Folders of one person: passed in everywhere, so that tests and portable copies have their own.

    Args:
        config: settings.
        state: how windows were left, and the sample.
    """

    config: Path
    state: Path

    @classmethod
    def below(cls, folder: Path) -> "Locations":
        """Both below one folder."""
        return cls(folder / "config", folder / "state")

    @classmethod
    def of_this_computer(cls) -> "Locations":
        """The folders this system has for such files."""
        found = PlatformDirs(_APP, appauthor=False)
        return cls(found.user_config_path, found.user_state_path)

    @property
    def settings_file(self) -> Path:
        """The settings file."""
        return self.config / "settings.toml"

    @property
    def window_file(self) -> Path:
        """How the window was left."""
        return self.state / "window.json"

    @property
    def sample(self) -> Path:
        """Folder of the sample."""
        return self.state / "sample"
