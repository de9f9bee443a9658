"""The settings file: TOML, and in it only what differs from the defaults."""

import json
import os
import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from soh_author.domain.errors import InvalidNameError, OutputError
from soh_author.settings.model import SETTINGS, Settings, Value, with_value

_HEAD = "# Settings of SOH Author. Only what differs from the defaults stands here.\n"


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """What a settings file says.

    Args:
        settings: the settings; defaults where the file says nothing or something impossible.
        notices: sentences a person should read, for everything that was passed over.
        unknown: what a newer program wrote; it is kept when the file is saved.
    """

    settings: Settings
    notices: tuple[str, ...] = ()
    unknown: Mapping[str, Value] = field(default_factory=dict)


def load(path: Path) -> LoadedSettings:
    """Read settings; never fails. A broken file is renamed, and the defaults hold."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return LoadedSettings(Settings(), (f"The settings in “{path}” can't be read ({error.strerror}).",))
    except ValueError:
        return LoadedSettings(Settings(), (_set_aside(path),))
    return _understand(data, path)


def _understand(data: Mapping[str, object], path: Path) -> LoadedSettings:
    settings = Settings()
    notices: list[str] = []
    unknown: dict[str, Value] = {}
    for name, value in data.items():
        if name not in SETTINGS:
            if isinstance(value, int | str) and not isinstance(value, bool):
                unknown[name] = value
            continue
        try:
            settings = with_value(settings, name, value)
        except InvalidNameError as error:
            notices.append(f"In the settings file “{path}”: {error.what} {error.todo} The default is used.")
    return LoadedSettings(settings, tuple(notices), unknown)


def save(path: Path, settings: Settings, unknown: Mapping[str, Value] | None = None) -> None:
    """Write what differs from the defaults, wholly or not at all.

    Raises:
        OutputError: when the file can't be written; the old one is unharmed.
    """
    lines = [f"{name} = {_toml(value)}\n" for name, value in changed(settings).items()]
    lines += [f"{name} = {_toml(value)}\n" for name, value in (unknown or {}).items()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, _HEAD + "".join(lines))
    except OSError as error:
        raise OutputError(
            f"The settings can't be saved in “{path}” ({error.strerror}).",
            safe="They hold until you close SOH Author.",
            todo="Make sure that you may write there.",
        ) from error


def changed(settings: Settings) -> dict[str, Value]:
    """Settings that differ from their defaults."""
    values: dict[str, Value] = {name: getattr(settings, name) for name in SETTINGS}
    return {name: value for name, value in values.items() if value != SETTINGS[name].default}


def _replace(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _set_aside(path: Path) -> str:
    aside = next(place for n in count(1) if not (place := path.with_name(f"{path.name}.broken-{n}")).exists())
    try:
        path.replace(aside)
    except OSError:
        return f"The settings file “{path}” is broken, so the defaults are used."
    return f"The settings file was broken. It was kept as “{aside}”, and the defaults are used."


def _toml(value: Value) -> str:
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # A TOML text is a JSON text, but for this one character.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"[{', '.join(_toml(item) for item in value)}]"
