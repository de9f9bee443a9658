"""What a person set: who they are, how the window looks, which workspaces they used."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from platformdirs import user_config_path, user_state_path

from soh_author.domain.errors import OutputError

APP = "soh-author"
MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Personal:
    """What a person set; every field has a value to start with.

    Attributes:
        name: as written in every version; empty until told.
        email: the same.
        look: colours of the window: system, light, dark or contrast.
        zoom: size of everything in the window, in per cent.
        workspaces: folders of the workspaces used last, the newest first.
    """

    name: str = ""
    email: str = ""
    look: str = "system"
    zoom: int = 100
    workspaces: tuple[str, ...] = ()

    def with_workspace(self, folder: Path) -> tuple[str, ...]:
        """The recent workspaces with this one in front."""
        return tuple(dict.fromkeys((str(folder), *self.workspaces)))[:MOST_RECENT]


def personal_file() -> Path:
    """Where a person's settings are saved."""
    return user_config_path(APP) / "personal.json"


def state_folder() -> Path:
    """Where the window remembers how it was left."""
    return user_state_path(APP)


def read_personal(path: Path) -> Personal:
    """A person's settings; what is missing, damaged or of the wrong kind has its start value."""
    saved = read_json(path)
    known: dict[str, Any] = {}
    for one in fields(Personal):
        value = saved.get(one.name)
        if one.name == "workspaces" and isinstance(value, list):
            known[one.name] = tuple(item for item in value if isinstance(item, str))
        elif one.name != "workspaces" and type(value) is type(one.default):
            known[one.name] = value
    return Personal(**known)


def write_personal(path: Path, personal: Personal) -> None:
    """Save a person's settings; only what differs from the start values is written.

    Raises:
        OutputError: when the file can't be written.
    """
    start = asdict(Personal())
    write_json(path, {name: value for name, value in asdict(personal).items() if value != start[name]})


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; empty when there is none, or it can't be read."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return value if isinstance(value, dict) else {}


def write_json(path: Path, value: dict[str, Any]) -> None:
    """Write a JSON object aside and move it into place, so that a crash leaves the old file whole.

    Raises:
        OutputError: when the file can't be written.
    """
    aside = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(json.dumps(value, indent=1, ensure_ascii=False), encoding="utf-8")
        aside.replace(path)
    except OSError as error:
        raise OutputError(
            f"The settings can't be saved in “{path.parent}”: {error.strerror}.",
            safe="Your texts are not affected.",
            todo="Make room, or allow writing in that folder.",
        ) from error
