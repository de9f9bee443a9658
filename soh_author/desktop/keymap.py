"""Which keys do what: the standard of the table of actions, and what a person has chosen instead.

Keys are written as Qt writes them in files: ``Ctrl+Shift+P``. A choice is saved as a line ``action = keys``;
what can't be understood or would do harm is passed over, told, and written again as it stood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from soh_author.desktop.actions import ACTIONS, BY_ID, Action

ALTGR = MappingProxyType(
    {
        **{letter: f"writes {small}" for letter, small in zip("AEIOUWYC", "áéíóúẃýç", strict=True)},
        "4": "writes €",
        "6": "puts the circumflex on ŵ and ŷ",
        "'": "puts the accent on á",
        "#": "puts the tilde on ñ",
        "`": "writes ¦",
    }
)
"""What AltGr with a key does on the UK Extended keyboard; Windows takes AltGr for Ctrl+Alt.

Left out is 2 (it begins ï): Ctrl+Alt+1 to 3 make headings, as in other writing programs.
"""

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_CTRL, _ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
_META = Qt.KeyboardModifier.MetaModifier
_CARET = ("Left", "Right", "Up", "Down", "Home", "End", "Backspace", "Del")
_WRITING = frozenset(
    {f"Ctrl+{key}" for key in ("A", "C", "V", "X", "Y", "Z", "Shift+Z", *_CARET)}
    | {f"Ctrl+Shift+{key}" for key in _CARET}
)
_OF_THE_SYSTEM = frozenset({"Alt+F4", "Alt+Tab", "Alt+Space", "Ctrl+Alt+Del", "Ctrl+Esc", "Shift+F10", "F10"})


@dataclass(frozen=True, slots=True)
class Keymap:
    """Keys by action.

    Args:
        own: keys of the actions that a person gave other ones, by id; none for an action without any.
        unread: lines that were not understood or not taken, to be saved again.
    """

    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def keys(self, action: Action) -> tuple[str, ...]:
        """The keys of an action; the first is the one shown."""
        return self.own.get(action.id, action.shortcuts)


def spelt(keys: str) -> str:
    """Keys as Qt writes them in files; empty for what is no key."""
    sequence = QKeySequence(keys, _PORTABLE)
    is_known = sequence.count() == 1 and _first(sequence).key() not in {Qt.Key.Key_unknown, Qt.Key(0)}
    return sequence.toString(_PORTABLE) if is_known else ""


def refusal(action: Action, keys: str) -> str:
    """Why an action may not have these keys, in a sentence; empty when it may."""
    said = spelt(keys)
    if not said:
        return f"“{keys}” is no shortcut."
    if said in map(spelt, action.shortcuts):
        return ""
    if said in _WRITING:
        return f"{said} belongs to every box one writes in."
    combination = _first(QKeySequence(said, _PORTABLE))
    held, key = combination.keyboardModifiers(), combination.key()
    if held & _META or said in _OF_THE_SYSTEM:
        return f"{said} belongs to the computer."
    if not held & (_CTRL | _ALT):
        is_free = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
        return "" if is_free else f"{said} alone is for writing and moving about: hold Ctrl or Alt as well."
    return _refusal_of_alt(said, _name(key), has_ctrl=bool(held & _CTRL)) if held & _ALT else ""


def _refusal_of_alt(said: str, key: str, *, has_ctrl: bool) -> str:
    """Why keys with Alt can't be had; empty when they can."""
    if has_ctrl:
        return f"{said} is the same as AltGr+{key}, which {ALTGR[key]}." if key in ALTGR else ""
    return f"{said}: Alt with a letter opens a menu." if len(key) == 1 and key.isalpha() else ""


def holders(keymap: Keymap, action: Action, keys: str) -> tuple[Action, ...]:
    """Other actions that have these keys and can be done where this one can."""
    wanted = spelt(keys)
    return tuple(
        other
        for other in ACTIONS
        if other.id != action.id and _can_meet(action, other) and wanted in map(spelt, keymap.keys(other))
    )


def with_keys(keymap: Keymap, action: Action, keys: Sequence[str]) -> Keymap:
    """The action has these keys and no others; whoever had one of them has it no more."""
    own = dict(keymap.own)
    for each in keys:
        for other in holders(keymap, action, each):
            left = own.get(other.id, other.shortcuts)
            own[other.id] = tuple(one for one in left if spelt(one) != spelt(each))
    own[action.id] = tuple(keys)
    return Keymap({name: mine for name, mine in own.items() if mine != BY_ID[name].shortcuts}, keymap.unread)


def lines_of(keymap: Keymap) -> tuple[str, ...]:
    """The choices as they are saved, in the order of the table."""
    chosen = [action.id for action in ACTIONS if action.id in keymap.own]
    return (*(f"{name} = {' '.join(keymap.own[name])}".rstrip() for name in chosen), *keymap.unread)


def read_lines(lines: Iterable[str]) -> tuple[Keymap, tuple[str, ...]]:
    """The choices as they were saved, and a sentence for each that can't be taken.

    An action this version doesn't know is passed over in silence: a newer version does.
    """
    own: dict[str, tuple[str, ...]] = {}
    came_from: dict[str, str] = {}
    unread: list[str] = []
    told: list[str] = []
    for line in lines:
        name, keys, why = _understood(line)
        if name not in BY_ID or why or name in own:
            unread.append(line)
            told += [f"The shortcut “{line}” is not used: {why}"] if why else []
        else:
            own[name], came_from[name] = keys, line
    keymap = Keymap(own)
    while crossing := _first_crossing(keymap):
        name, other = crossing
        told.append(f"The shortcut “{came_from[name]}” is not used: “{other.text}” has these keys.")
        unread.append(came_from[name])
        keymap = Keymap({each: keys for each, keys in keymap.own.items() if each != name})
    return Keymap(keymap.own, tuple(unread)), tuple(told)


def _understood(line: str) -> tuple[str, tuple[str, ...], str]:
    """The action's id, its keys, and what is wrong with the line."""
    name, sign, rest = (part.strip() for part in line.partition("="))
    if not sign:
        return name, (), "it is no line “action = keys”."
    action = BY_ID.get(name)
    why = next((fault for keys in rest.split() if action and (fault := refusal(action, keys))), "")
    return name, tuple(spelt(keys) for keys in rest.split()), why


def _first_crossing(keymap: Keymap) -> tuple[str, Action] | None:
    """An own choice whose keys another action has, and that action."""
    for name, all_keys in keymap.own.items():
        for keys in all_keys:
            if others := holders(keymap, BY_ID[name], keys):
                return name, others[0]
    return None


def _can_meet(first: Action, second: Action) -> bool:
    return first.room is None or second.room is None or first.room is second.room


def _name(key: Qt.Key) -> str:
    return QKeySequence(key).toString(_PORTABLE)


def _first(sequence: QKeySequence) -> QKeyCombination:
    found: QKeyCombination = sequence[0]  # type: ignore[index]  # Qt's stubs leave out that it can be asked
    return found
