"""The person's own key in the window: made once, shown to the roots, opened with its passphrase."""

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from soh_author.desktop.furnishing import Home
from soh_author.desktop.keys.key_dialog import KeyDialog
from soh_author.desktop.keys.passphrase import PassphraseDialog
from soh_author.desktop.welcome.room import WelcomeRoom
from soh_author.trust.keys import FILE, create_key
from soh_author.trust.locks import is_locked
from tests.desktop.conftest import LONGEST, Desk


def _key_dialog(desk: Desk) -> KeyDialog:
    desk.do("app.key")
    dialog = desk.dialog()
    assert isinstance(dialog, KeyDialog)
    desk.settle()
    return dialog


def test_a_key_is_made_on_first_use_and_its_line_copied(desk: Desk, home: Home) -> None:
    dialog = _key_dialog(desk)
    assert dialog.making.isVisible()
    layout = dialog.layout()
    assert layout is not None
    assert dialog.height() >= layout.totalHeightForWidth(dialog.width()), "it grows with what it shows"
    dialog.make.click()
    desk.settle()
    path = home.personal.parent / "keys" / FILE
    assert path.is_file()
    assert not is_locked(path)
    assert dialog.showing.isVisible()
    assert dialog.fingerprint.text().startswith("SHA256:")
    assert dialog.standing.text() == "This content has no policy yet, so nobody signs here."
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.line.text()
    assert dialog.line.text().startswith("ssh-ed25519 ")


def test_two_passphrases_that_differ_make_no_key(desk: Desk, home: Home) -> None:
    dialog = _key_dialog(desk)
    dialog.passphrase.setText("open sesame")
    assert not dialog.make.isEnabled()
    assert dialog.make.toolTip() == "The two passphrases are not the same."
    assert not dialog.fault.isVisible(), "it is not typed again yet"
    dialog.again.setText("open")
    assert dialog.fault.text() == "✗ The two passphrases are not the same."
    dialog.again.setText("open sesame")
    assert not dialog.fault.isVisible()
    assert dialog.make.isEnabled()
    dialog.make.click()
    desk.settle()
    assert is_locked(home.personal.parent / "keys" / FILE)


def test_a_locked_key_is_asked_for_its_passphrase_until_it_is_the_right_one(desk: Desk, home: Home) -> None:
    path = create_key(home.personal.parent / "keys", "Nia", passphrase="open sesame").path
    opened: list[object] = []
    dialog = PassphraseDialog(desk.session, path, desk.window)
    dialog.ask(opened.append)
    assert dialog.box.echoMode() is QLineEdit.EchoMode.Password
    dialog.box.setText("close sesame")
    dialog.go.click()
    desk.settle()
    desk.bot.waitUntil(lambda: bool(dialog.fault.text()), timeout=LONGEST)
    assert "incorrect passphrase" in dialog.fault.text()
    assert opened == []
    dialog.box.setText("open sesame")
    dialog.go.click()
    desk.settle()
    assert len(opened) == 1


def test_the_welcome_room_leads_to_the_key(desk: Desk) -> None:
    room = next(room for room in desk.window.rooms.values() if isinstance(room, WelcomeRoom))
    room.identity.key.click()
    assert isinstance(desk.dialog(), KeyDialog)
