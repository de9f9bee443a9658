"""Keys of one's own: what may be chosen, what happens to whoever had them, and what a strange file does."""

import pytest

from soh_author.desktop.actions import ACTIONS, BY_ID
from soh_author.desktop.help.shortcuts import in_force, shortcuts_page
from soh_author.desktop.keymap import Keymap, holders, lines_of, read_lines, refusal, with_keys

FIND, SAVE, NEWS, MATRIX_FIND = (
    BY_ID[name] for name in ("edit.find", "text.save", "help.news", "matrix.find")
)


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("Ctrl+Alt+W", "AltGr+W"),
        ("Ctrl+Alt+Shift+Y", "AltGr+Y"),
        ("Ctrl+Alt+6", "ŵ and ŷ"),
        ("Ctrl+C", "every box"),
        ("Ctrl+Shift+Left", "every box"),
        ("K", "hold Ctrl or Alt"),
        ("Shift+Home", "hold Ctrl or Alt"),
        ("Alt+F", "opens a menu"),
        ("Alt+F4", "the computer"),
        ("Meta+L", "the computer"),
        ("Shift+F10", "the computer"),
        ("nonsense", "no shortcut"),
        ("Ctrl+K, Ctrl+C", "no shortcut"),
        ("", "no shortcut"),
    ],
)
def test_keys_that_would_do_harm_are_refused_with_the_reason(keys: str, told: str) -> None:
    assert told in refusal(NEWS, keys)


@pytest.mark.parametrize("keys", ["Ctrl+Alt+G", "F12", "Ctrl+Shift+F12", "Alt+Left", "ctrl+k", "Ctrl+;"])
def test_other_keys_may_be_had(keys: str) -> None:
    assert refusal(NEWS, keys) == ""


def test_every_standard_shortcut_may_be_had_again_by_its_action() -> None:
    assert [keys for action in ACTIONS for keys in action.shortcuts if refusal(action, keys)] == []


def test_keys_are_taken_from_whoever_can_be_done_in_the_same_room() -> None:
    assert holders(Keymap(), SAVE, "Ctrl+F") == (FIND,)
    assert set(holders(Keymap(), NEWS, "ctrl+f")) == {FIND, MATRIX_FIND, BY_ID["facts.find"]}
    moved = with_keys(Keymap(), SAVE, ("Ctrl+F",))
    assert (moved.keys(SAVE), moved.keys(FIND), moved.keys(MATRIX_FIND)) == (("Ctrl+F",), (), ("Ctrl+F",))
    back = with_keys(moved, FIND, FIND.shortcuts)
    assert (back.keys(SAVE), back.keys(FIND)) == ((), ("Ctrl+F",))
    assert with_keys(back, SAVE, SAVE.shortcuts) == Keymap()


def test_whoever_has_two_keys_loses_only_the_one() -> None:
    moved = with_keys(Keymap(), SAVE, ("Ctrl+Y",))
    assert moved.keys(BY_ID["edit.redo"]) == ("Ctrl+Shift+Z",)


@pytest.mark.parametrize("keys", [("Ctrl+F",), ("Ctrl+=", "Ctrl++"), ("Ctrl+,",), ()])
def test_choices_are_found_again_in_the_settings(keys: tuple[str, ...]) -> None:
    keymap = with_keys(Keymap(), NEWS, keys or ("F12",))
    assert read_lines(lines_of(keymap)) == (keymap, ())


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("help.news", "is no line"),
        ("help.news = Ctrl+Alt+A", "writes á"),
        ("help.news = gibberish", "is no shortcut"),
        ("text.save = Ctrl+F", "“Find…” has these keys"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_kept_and_the_others_hold(line: str, told: str) -> None:
    keymap, notices = read_lines((line, "help.start = F12"))
    assert keymap.own == {"help.start": ("F12",)}
    assert len(notices) == 1
    assert told in notices[0]
    assert line in lines_of(keymap)


def test_an_action_of_a_newer_version_is_kept_in_silence() -> None:
    line = "from.the_future = F12"
    keymap, notices = read_lines((line,))
    assert (keymap.own, notices, lines_of(keymap)) == ({}, (), (line,))


def test_two_lines_that_change_places_are_both_used() -> None:
    keymap, notices = read_lines(("text.save = Ctrl+F", "edit.find = Ctrl+S"))
    assert (keymap.keys(SAVE), keymap.keys(FIND), notices) == (("Ctrl+F",), ("Ctrl+S",), ())


def test_of_two_lines_with_the_same_keys_one_holds() -> None:
    keymap, notices = read_lines(("help.news = F12", "help.start = F12"))
    assert [keymap.keys(BY_ID[name]) for name in ("help.news", "help.start")].count(("F12",)) == 1
    assert len(notices) == 1


def test_help_names_the_keys_in_force() -> None:
    keymap = with_keys(Keymap(), BY_ID["quick.open"], ("F12",))
    assert in_force("Press Ctrl+P, not Ctrl+Shift+P.", keymap) == "Press F12, not Ctrl+Shift+P."
    assert "**F12** (your own)" in shortcuts_page(list(ACTIONS), keymap)


def test_help_says_at_the_end_what_stands_for_several_actions() -> None:
    keymap = with_keys(Keymap(), BY_ID["problem.next"], ("F12",))
    shown = in_force("F8 goes to the next one.", keymap)
    assert shown.startswith("F8 goes to the next one.")
    assert "Next problem: **F12**" in shown
    assert in_force("F9 goes on.", keymap) == "F9 goes on."
