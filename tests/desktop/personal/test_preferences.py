"""*Preferences* in the real window: by keyboard, saved at once, one truth with the menus."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from soh_author.desktop.error_dialog import ErrorDialog
from soh_author.desktop.furnishing import Home
from soh_author.desktop.personal.dialog import PreferencesDialog
from soh_author.desktop.personal.key_press import KeysDialog
from soh_author.desktop.preferences import Preferences
from soh_author.desktop.theme.colours import Look
from soh_author.desktop.welcome.opening import last_workspace
from soh_author.settings.file import load
from soh_author.settings.model import Settings, Theme
from tests.desktop.conftest import LONGEST, Desk
from tests.desktop.test_window import nameless

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(open_window: Callable[[], Desk]) -> Desk:
    """The window without a workspace: quicker, and all that is needed here."""
    return open_window()


def _opened(desk: Desk) -> PreferencesDialog:
    QTest.keyClick(desk.window, Qt.Key.Key_Comma, CTRL)
    dialog = desk.dialog()
    assert isinstance(dialog, PreferencesDialog)
    return dialog


def _shortcuts_of(desk: Desk, words: str) -> PreferencesDialog:
    dialog = _opened(desk)
    dialog.pages.setCurrentWidget(dialog.shortcuts)
    desk.bot.waitUntil(dialog.shortcuts.filter.isVisible, timeout=LONGEST)
    QTest.keyClicks(dialog.shortcuts.filter, words)
    return dialog


def _press(desk: Desk, dialog: PreferencesDialog, key: Qt.Key, held: Qt.KeyboardModifier) -> KeysDialog:
    dialog.shortcuts.change.click()
    asked = desk.dialog()
    assert isinstance(asked, KeysDialog)
    desk.bot.waitUntil(asked.box.hasFocus, timeout=LONGEST)
    QTest.keyClick(asked.box, key, held)
    return asked


def test_every_control_of_the_preferences_has_a_name(window: Desk) -> None:
    dialog = _opened(window)
    for page in (dialog.general, dialog.shortcuts):
        dialog.pages.setCurrentWidget(page)
        assert nameless(dialog) == []


def test_colours_chosen_in_the_preferences_hold_at_once_and_are_ticked_in_the_menu(
    window: Desk, home: Home
) -> None:
    dialog = _opened(window)
    box = dialog.general.look
    window.bot.waitUntil(box.hasFocus, timeout=LONGEST)
    QTest.keyClick(box, Qt.Key.Key_End)
    assert window.session.theme.look is Look.CONTRAST
    assert window.window.board.qt_actions["theme.contrast"].isChecked()
    assert load(home.personal).settings.theme is Theme.CONTRAST
    window.window.board.do("theme.dark")
    assert dialog.general.look.currentData() == Theme.DARK
    window.window.board.do("zoom.in")
    assert dialog.general.text_size.currentText() == "110 %"


def test_a_name_typed_in_the_preferences_is_saved_even_by_esc(window: Desk, home: Home) -> None:
    dialog = _opened(window)
    QTest.keyClicks(dialog.general.identity.name, "Sian Wyn")
    QTest.keyClick(dialog.general.identity.name, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert load(home.personal).settings.author_name == "Sian Wyn"


def test_whoever_wants_to_begin_anew_is_not_led_where_they_left_off(
    window: Desk, home: Home, tmp_path: Path
) -> None:
    dialog = _opened(window)
    QTest.keyClick(dialog.general.reopen, Qt.Key.Key_Space)
    saved = load(home.personal).settings
    assert not saved.reopen_last
    folders = (str(tmp_path),)
    assert last_workspace(Settings(recent_workspaces=folders)) == tmp_path
    assert last_workspace(Settings(recent_workspaces=folders, reopen_last=False)) is None


def test_keys_are_changed_by_pressing_them_and_hold_in_menus_tips_and_tomorrow(
    window: Desk, open_window: Callable[[], Desk]
) -> None:
    dialog = _shortcuts_of(window, "what is new")
    asked = _press(window, dialog, Qt.Key.Key_F12, Qt.KeyboardModifier.NoModifier)
    assert asked.told.text() == "F12 is free."
    QTest.keyClick(asked.box, Qt.Key.Key_Return)
    news = window.window.board.qt_actions["help.news"]
    assert news.shortcut() == QKeySequence("F12")
    assert news.toolTip().endswith("(F12)")
    dialog.close()
    window.window.activateWindow()
    window.bot.waitUntil(window.window.isActiveWindow, timeout=LONGEST)
    QTest.keyClick(window.window, Qt.Key.Key_F12)
    window.bot.waitUntil(lambda: _help_is_open(window), timeout=LONGEST)
    window.close()
    tomorrow = open_window()
    assert tomorrow.window.board.qt_actions["help.news"].shortcut() == QKeySequence("F12")


def _help_is_open(desk: Desk) -> bool:
    return any(one.isVisible() and one.windowTitle() == "Help" for one in desk.window.findChildren(QWidget))


def test_keys_another_action_has_are_moved_and_come_back(window: Desk) -> None:
    dialog = _shortcuts_of(window, "what is new")
    asked = _press(window, dialog, Qt.Key.Key_P, CTRL)
    assert "“Go to a page…” now" in asked.told.text()
    assert asked.go.text() == "Move it here"
    asked.go.click()
    actions = window.window.board.qt_actions
    keys = [QKeySequence("Ctrl+P")]
    assert (actions["help.news"].shortcuts(), actions["quick.open"].shortcuts()) == (keys, [])
    dialog.shortcuts.filter.setText("go to a page")
    dialog.shortcuts.standard.click()
    _agree(window, "Move them back")
    assert (actions["help.news"].shortcuts(), actions["quick.open"].shortcuts()) == ([], keys)


def test_all_keys_go_back_to_the_standard_when_asked(window: Desk, home: Home) -> None:
    dialog = _shortcuts_of(window, "save a version")
    dialog.shortcuts.none.click()
    assert load(home.personal).settings.shortcuts == ("version.save =",)
    dialog.shortcuts.all.click()
    _agree(window, "All back")
    assert load(home.personal).settings.shortcuts == ()
    assert window.window.board.qt_actions["version.save"].shortcut() == QKeySequence("Ctrl+Shift+S")


def _agree(desk: Desk, words: str) -> None:
    box = desk.dialog()
    assert isinstance(box, QMessageBox)
    next(button for button in box.buttons() if button.text() == words).click()


def test_a_welsh_vowel_is_refused_and_esc_changes_nothing(window: Desk) -> None:
    dialog = _shortcuts_of(window, "what is new")
    asked = _press(window, dialog, Qt.Key.Key_W, CTRL | ALT)
    assert "AltGr+W, which writes ẃ" in asked.told.text()
    assert not asked.go.isEnabled()
    QTest.keyClick(asked.box, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert window.session.shortcuts.keymap.own == {}


@pytest.mark.parametrize("box", ["filter", "list"])
def test_enter_asks_for_keys_once_and_nothing_else(window: Desk, box: str) -> None:
    dialog = _shortcuts_of(window, "what is new")
    QTest.keyClick(getattr(dialog.shortcuts, box), Qt.Key.Key_Return)
    assert isinstance(window.dialog(), KeysDialog)
    assert len(dialog.findChildren(KeysDialog)) == 1
    assert dialog.isVisible()


def test_enter_in_the_name_leaves_the_preferences_open(window: Desk) -> None:
    dialog = _opened(window)
    QTest.keyClick(dialog.general.identity.name, Qt.Key.Key_Return)
    assert window.dialog() is dialog


def test_a_button_that_does_nothing_now_says_why(window: Desk) -> None:
    dialog = _shortcuts_of(window, "what is new")
    off = [each for each in dialog.shortcuts.findChildren(QPushButton) if not each.isEnabled()]
    assert {each.text() for each in off} == {"No keys", "Back to the standard", "All back…"}
    assert all(each.toolTip() and each.accessibleDescription() for each in off)


def test_the_list_is_reached_from_the_filter_and_says_each_row_in_words(window: Desk) -> None:
    dialog = _shortcuts_of(window, "ctrl+shift+h")
    QTest.keyClick(dialog.shortcuts.filter, Qt.Key.Key_Down)
    assert dialog.focusWidget() is dialog.shortcuts.list
    said = dialog.shortcuts.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "Versions of this page, menu Page, Ctrl+Shift+H"


def test_a_strange_settings_file_is_told_once_the_window_is_there(
    open_window: Callable[[], Desk], home: Home
) -> None:
    home.personal.parent.mkdir(parents=True, exist_ok=True)
    home.personal.write_text('shortcuts = ["help.news = Ctrl+Alt+W"]\ntheme = "pink"\n', encoding="utf-8")
    desk = open_window()
    dialog = desk.dialog()
    assert isinstance(dialog, ErrorDialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "pink" in said
    assert "writes ẃ" in said
    dialog.close()


def test_what_two_windows_set_is_all_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    one, other = Preferences(file), Preferences(file)
    one.change(theme=Theme.DARK)
    other.change(text_size=125)
    one.change(shortcuts=("help.news = F12",))
    assert load(file).settings == Settings(theme=Theme.DARK, text_size=125, shortcuts=("help.news = F12",))
    assert one.value == load(file).settings


def test_what_could_not_be_saved_holds_and_is_saved_with_the_next_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "settings.toml"
    mine = Preferences(file)

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("soh_author.settings.file.os.fsync", full)
        with pytest.raises(Exception, match="No space left"):
            mine.change(theme=Theme.DARK)
    assert mine.value.theme is Theme.DARK
    mine.change(text_size=125)
    assert load(file).settings == Settings(theme=Theme.DARK, text_size=125)
