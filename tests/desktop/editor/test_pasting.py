"""Pasting by the menu: with the form that words from elsewhere have, or the words alone."""

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from tests.desktop.editor.conftest import Editor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("action", "pasted"), [("edit.paste", "Go **there** now. "), ("edit.paste_text", "Go there now. ")]
)
def test_paste_keeps_the_form_and_paste_as_text_the_words_wherever_the_focus_is(
    editor: Editor, action: str, pasted: str
) -> None:
    editor.go()
    editor.tab.go_to_line(10)
    copied = QMimeData()
    copied.setHtml("Go <b>there</b> now.&nbsp;")
    copied.setText("Go there now. ")
    QApplication.clipboard().setMimeData(copied)
    before = editor.tab.edit.text()
    editor.do(action)
    assert len(editor.tab.edit.text()) > len(before)
    assert pasted.strip() in editor.tab.edit.text()
