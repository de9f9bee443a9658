"""The table of actions: no clashes, no letter of a keyboard taken away, every row complete."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence

from soh_author.desktop.actions import ACTIONS, Action, Circumstances
from soh_author.desktop.keymap import ALTGR
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import PageId


def _standard(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def test_no_two_actions_share_an_id() -> None:
    assert [name for name, count in Counter(action.id for action in ACTIONS).items() if count > 1] == []


def test_no_two_actions_that_can_meet_share_a_shortcut() -> None:
    keys = [(_standard(keys), action) for action in ACTIONS for keys in action.shortcuts]
    clashes = [
        f"{first.id} and {second.id}: {key}"
        for number, (key, first) in enumerate(keys)
        for other, second in keys[number + 1 :]
        if key == other and (first.room is None or second.room in {None, first.room})
    ]
    assert clashes == []


@pytest.mark.parametrize("action", [a for a in ACTIONS if a.shortcuts], ids=lambda action: action.id)
def test_every_shortcut_can_be_typed_and_writes_no_letter(action: Action) -> None:
    for keys in action.shortcuts:
        assert _standard(keys), f"{keys} is no shortcut"
        *modifiers, key = keys.replace("++", "+Plus").split("+")
        assert not ({"Ctrl", "Alt"} <= set(modifiers) and key in ALTGR), f"{keys} writes a letter"


@pytest.mark.parametrize("action", ACTIONS, ids=lambda a: a.id)
def test_every_action_says_what_it_does_in_a_sentence(action: Action) -> None:
    assert action.text
    assert action.menu
    assert action.tip[0].isupper()
    assert action.tip.endswith(".")


def test_a_disabled_action_says_why() -> None:
    save = next(action for action in ACTIONS if action.id == "text.save")
    assert save.reason_against(Circumstances(Location())) == "Open a workspace first."
    here = Circumstances(Location(RoomId.EDITOR), has_workspace=True)
    assert save.reason_against(here) == "Open a page first."
    there = Circumstances(Location(RoomId.EDITOR, PageId("advice/fraud")), has_workspace=True)
    assert save.reason_against(there) == ""
