"""The settings file: TOML, and in it only what differs from the defaults."""

import json
import os
import re
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from soh_author.domain.errors import InvalidNameError, OutputError
from soh_author.settings.model import SETTINGS, Settings, Value, with_value

_BARE = re.compile(r"[A-Za-z0-9_-]+")
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
    """Read settings; never fails. A broken file is renamed, and the defaults hold.

    What can't be kept when the file is saved next (an impossible value, a kind of value no version writes) is
    kept in a copy beside it.
    """
    try:
        read = path.read_bytes()
        data = tomllib.loads(read.decode("utf-8"))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except OSError as error:
        return LoadedSettings(Settings(), (f"The settings in “{path}” can't be read ({error.strerror}).",))
    except (ValueError, RecursionError):
        return LoadedSettings(Settings(), (_set_aside(path),))
    loaded = _understand(data, path)
    left_out = data.keys() - loaded.unknown.keys() - SETTINGS.keys()
    if loaded.notices or left_out:
        _copy_aside(path, read)
    return loaded


def _understand(data: Mapping[str, object], path: Path) -> LoadedSettings:
    settings = Settings()
    notices: list[str] = []
    unknown: dict[str, Value] = {}
    for name, value in data.items():
        if name not in SETTINGS:
            if (kept := _kept(name, value)) is not None:
                unknown[name] = kept
            continue
        try:
            settings = with_value(settings, name, value)
        except InvalidNameError as error:
            notices.append(f"In the settings file “{path}”: {error.what} {error.todo} The default is used.")
    return LoadedSettings(settings, tuple(notices), unknown)


def _kept(name: str, value: object) -> Value | None:
    """The value of an unknown setting as it is written again; None where that can't be done."""
    if not _BARE.fullmatch(name):
        return None
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return value if isinstance(value, bool | int | str) else None


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


def _asides(path: Path) -> Iterator[Path]:
    """Where a file that is no settings file, or not wholly, may be kept."""
    return (path.with_name(f"{path.name}.broken-{number}") for number in count(1))


def _copy_aside(path: Path, data: bytes) -> None:
    """Keep a copy, once; where that can't be done the file itself can't be saved either."""
    with suppress(OSError):
        for place in _asides(path):
            if not place.exists():
                place.write_bytes(data)
                return
            if place.read_bytes() == data:
                return


def _set_aside(path: Path) -> str:
    aside = next(place for place in _asides(path) if not place.exists())
    try:
        path.replace(aside)
    except OSError:
        return f"The settings file “{path}” is broken, so the defaults are used."
    return f"The settings file was broken. It was kept as “{aside}”, and the defaults are used."


def _toml(value: Value) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        # A TOML text is a JSON text, but for this one character.
        return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007F")
    return f"[{', '.join(_toml(item) for item in value)}]"
