"""Everything a person can set: one field each, with its type, its default and what it does.

A new setting is one more field here; the settings file reads this, and *Preferences* takes its words from it.
"""

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Annotated, Any, get_type_hints

from soh_author.domain.errors import InvalidNameError

Value = bool | int | str | tuple[str, ...]
"""What a setting can hold; the name of a choice (:class:`Theme`) is a text."""

MOST_RECENT = 10


class Theme(StrEnum):
    """How the windows look."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class About:
    """What a person is told of a setting; ``low`` and ``high`` bound a number."""

    group: str
    label: str
    help: str
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one person on one computer."""

    author_name: Annotated[str, About("You", "Your name", "Stands beside every version you save.")] = ""
    author_email: Annotated[
        str, About("You", "Your email address", "Stands beside every version you save.")
    ] = ""
    signing_key: Annotated[
        str,
        About("You", "Your signing key", "File of the public SSH key you approve with; empty: none yet."),
    ] = ""
    theme: Annotated[
        Theme, About("Look", "Theme", "Light, dark, high contrast, or as the computer is set.")
    ] = Theme.SYSTEM
    text_size: Annotated[
        int, About("Look", "Text size", "Of everything in the window, in per cent.", low=75, high=200)
    ] = 100
    shortcuts: Annotated[
        tuple[str, ...],
        About("Keyboard", "Your own shortcuts", "What differs from the standard: “action = keys”, one each."),
    ] = ()
    reopen_last: Annotated[
        bool,
        About("Start", "Go on where you left off", "The workspace used last is opened when you start."),
    ] = True
    recent_workspaces: Annotated[
        tuple[str, ...], About("Start", "Recent workspaces", "Shown when you start, newest first.")
    ] = ()


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """What a settings window needs to show one setting."""

    name: str
    kind: type
    default: Value
    about: About

    @property
    def choices(self) -> tuple[str, ...]:
        """The values allowed, or nothing when any of its kind is."""
        return tuple(str(choice) for choice in self.kind) if issubclass(self.kind, StrEnum) else ()


def _infos() -> dict[str, SettingInfo]:
    hints = get_type_hints(Settings, include_extras=True)
    plain = Settings()
    found: dict[str, SettingInfo] = {}
    for one in fields(Settings):
        about: About = hints[one.name].__metadata__[0]
        default: Value = getattr(plain, one.name)
        found[one.name] = SettingInfo(one.name, type(default), default, about)
    return found


SETTINGS: dict[str, SettingInfo] = _infos()
"""All settings by name, in the order they are shown."""


def checked(name: str, value: object) -> Value:
    """The value as the setting holds it.

    Args:
        value: as a file or a form gives it: text, number, list of texts.

    Raises:
        InvalidNameError: for an unknown setting or a value it can't have, saying what it can.
    """
    info = SETTINGS.get(name)
    if info is None:
        raise InvalidNameError(f"There is no setting “{name}”.", todo=f"Known are: {', '.join(SETTINGS)}.")
    for fits in (_as_choice, _as_switch, _as_number, _as_text, _as_texts):
        answer = fits(info, value)
        if answer is not None:
            return answer
    raise InvalidNameError(f"“{value}” can't be the value of “{name}”.", todo=f"It is {_allowed(info)}.")


def with_value(settings: Settings, name: str, value: object) -> Settings:
    """The settings with one changed.

    Raises:
        InvalidNameError: as :func:`checked`.
    """
    changes: dict[str, Any] = {name: checked(name, value)}
    return replace(settings, **changes)


def with_workspace(settings: Settings, folder: str) -> Settings:
    """The settings after a workspace was opened: it is first among the recent."""
    others = tuple(other for other in settings.recent_workspaces if other != folder)
    return replace(settings, recent_workspaces=(folder, *others)[:MOST_RECENT])


def _as_choice(info: SettingInfo, value: object) -> Value | None:
    if issubclass(info.kind, StrEnum) and value in info.choices:
        choice: str = info.kind(value)
        return choice
    return None


def _as_switch(info: SettingInfo, value: object) -> Value | None:
    known = {"true": True, "false": False}
    found = known.get(value) if isinstance(value, str) else value
    return found if info.kind is bool and isinstance(found, bool) else None


def _as_number(info: SettingInfo, value: object) -> Value | None:
    if info.kind is not int or isinstance(value, bool):
        return None
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value)
    return value if isinstance(value, int) and info.about.low <= value <= info.about.high else None


def _as_text(info: SettingInfo, value: object) -> Value | None:
    is_line = isinstance(value, str) and len(value) <= 4000 and value.isprintable()
    return str(value) if info.kind is str and is_line else None


def _as_texts(info: SettingInfo, value: object) -> Value | None:
    if info.kind is not tuple or not isinstance(value, list | tuple):
        return None
    return tuple(str(item) for item in value) if all(isinstance(item, str) for item in value) else None


def _allowed(info: SettingInfo) -> str:
    if info.choices:
        return "one of: " + ", ".join(info.choices)
    if info.kind is bool:
        return "true or false"
    if info.kind is int:
        return f"a whole number from {info.about.low} to {info.about.high}"
    return "one line of text" if info.kind is str else "a list of texts"
