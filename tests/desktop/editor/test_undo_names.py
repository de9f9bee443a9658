"""Undo says what it takes back."""

from PySide6.QtCore import QMimeData
from PySide6.QtTest import QTest

from soh_author.desktop.editor.text_edit import MarkdownEdit


def test_each_step_has_its_name_and_typing_is_typing(edit: MarkdownEdit) -> None:
    edit.load("Call us.\n")
    assert (edit.steps.undo_word, edit.steps.redo_word) == ("", "")
    QTest.keyClicks(edit, "Now. ")
    assert edit.steps.undo_word == "typing"
    edit.replace_text(edit.text().replace("Call", "Ring"), "replace all")
    assert edit.steps.undo_word == "replace all"
    pasted = QMimeData()
    pasted.setText("Words. ")
    edit.insertFromMimeData(pasted)
    assert edit.steps.undo_word == "paste"
    assert [edit.steps.undo(), edit.steps.undo(), edit.steps.undo()] == ["paste", "replace all", "typing"]
    assert edit.text() == "Call us.\n"
    assert edit.steps.undo() == ""
    assert [edit.steps.redo(), edit.steps.redo()] == ["typing", "replace all"]
    assert edit.text() == "Now. Ring us.\n"
    assert edit.steps.redo_word == "paste"


def test_a_name_goes_with_the_step_it_belonged_to(edit: MarkdownEdit) -> None:
    edit.load("Call us.\n")
    edit.replace_text("Ring us.\n", "replace all")
    edit.steps.undo()
    QTest.keyClicks(edit, "Now. ")
    assert edit.steps.undo_word == "typing"
    assert edit.steps.redo_word == ""
