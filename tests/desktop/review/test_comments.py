"""Comments in the window: said of selected words, answered, resolved, taken over, undone; orphans listed."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor

from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.review.comments_pane import CommentsPane
from soh_author.desktop.review.say_dialog import SayDialog
from soh_author.domain.comment import ThreadState
from soh_author.domain.ids import PageId, SectionId
from soh_author.workflow.comments.placing import Standing
from soh_author.workflow.comments.saying import add_comment, suggest
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.together.syncing import get_latest
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import FEES, VEHICLES, send, write

_PAGE = PageId("advice/fees")
_LEAD = Spot(_PAGE, SectionId("lead"), "What you have to pay.")


def _waiting(journey: Journey) -> CommentsPane:
    """Sam has a suggestion and a comment for Nia, who signs and looks at them in the review room."""
    people = journey.people
    send(people, DRAFT)
    sam = people.sam
    get_latest(sam.workspace).run()
    suggest(sam.workspace, DRAFT, _LEAD, "What it costs.", sam.signer, text="Plainer").run()
    add_comment(
        sam.workspace, DRAFT, Spot(_PAGE, SectionId("amounts"), "Storage is"), "Still?", sam.signer
    ).run()
    people.clock.pass_time(minutes=1)
    get_latest(people.nia.workspace).run()
    trust_origin(journey.desk.workspace)
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.desk.settle()
    return journey.review.comments


def _choose(pane: CommentsPane, journey: Journey, *, is_suggestion: bool) -> None:
    rows = [row for row, each in enumerate(pane.shown) if each.thread.is_suggestion is is_suggestion]
    pane.list.setCurrentIndex(pane.model.index(rows[0]))
    journey.desk.settle()


def _in_dialog(journey: Journey, fill: Callable[[SayDialog], None]) -> None:
    dialog = journey.desk.dialog()
    assert isinstance(dialog, SayDialog)
    fill(dialog)
    assert dialog.go.isEnabled(), dialog.why.text()
    dialog.go.click()
    journey.later()


def _editor(journey: Journey) -> EditorRoom:
    found = journey.desk.window.rooms[RoomId.EDITOR]
    assert isinstance(found, EditorRoom)
    return found


def test_what_was_said_is_listed_answered_resolved_and_reopened(journey: Journey) -> None:
    pane = _waiting(journey)
    assert pane.heading.text() == "Comments: 2 open"
    _choose(pane, journey, is_suggestion=False)
    assert "Storage is" in pane.paper.toPlainText()
    assert pane.paper.toPlainText().startswith("Fees · Amounts · the shared text, English")
    assert not pane.buttons["reply"].isEnabled()
    assert pane.buttons["accept"].isHidden()
    pane.answer.setPlainText("It is.")
    pane.buttons["reply"].click()
    journey.later()
    _choose(pane, journey, is_suggestion=False)
    assert "It is." in pane.paper.toPlainText()
    pane.buttons["resolve"].click()
    journey.later()
    assert (len(pane.shown), pane.heading.text()) == (1, "Comments: 1 open, 1 resolved")
    pane.done.setChecked(True)
    _choose(pane, journey, is_suggestion=False)
    assert pane.buttons["resolve"].text() == "Reopen"
    pane.buttons["resolve"].click()
    journey.later()
    assert pane.heading.text() == "Comments: 2 open"


def test_a_suggestion_is_taken_over_in_one_step_that_is_undone_in_the_editor(journey: Journey) -> None:
    pane = _waiting(journey)
    journey.desk.session.go(Location(RoomId.EDITOR, _PAGE, draft=DRAFT))
    journey.desk.settle()
    tab = _editor(journey).area.current
    assert tab is not None
    before = tab.edit.text()
    journey.enter(RoomId.REVIEW)
    _choose(pane, journey, is_suggestion=True)
    pane.buttons["accept"].click()
    journey.later()
    pane.done.setChecked(True)
    _choose(pane, journey, is_suggestion=True)
    assert pane.current is not None
    assert pane.current.thread.state is ThreadState.ACCEPTED
    assert tab.edit.text() == before.replace("What you have to pay.", "What it costs.")
    tab.edit.undo()
    assert tab.edit.text() == before


def test_a_comment_on_words_selected_in_what_changes(journey: Journey) -> None:
    _waiting(journey)
    paper = journey.review.paper
    assert paper.find("hat you have to pay.")
    journey.desk.do("review.comment")

    def fill(dialog: SayDialog) -> None:
        assert dialog.quote.toPlainText() == "What you have to pay.", "whole words"
        assert dialog.section.currentText().startswith("The text at the head of the page")
        dialog.quote.setPlainText("never written")
        dialog.text.setPlainText("Is that so?")
        assert "aren't in that section" in dialog.why.text()
        assert not dialog.go.isEnabled()
        dialog.quote.setPlainText("have to pay")

    _in_dialog(journey, fill)
    said = [each.thread.root.remark.text for each in journey.review.comments.shown]
    assert "Is that so?" in said


@pytest.mark.parametrize("quote", ["Storage is", ""])
def test_a_suggestion_made_in_the_editor_starts_with_the_words_that_are_there(
    journey: Journey, quote: str
) -> None:
    _waiting(journey)
    journey.desk.session.go(Location(RoomId.EDITOR, _PAGE, draft=DRAFT, section=SectionId("amounts")))
    journey.desk.settle()
    editor = _editor(journey)
    tab = editor.area.current
    assert tab is not None
    if quote:
        cursor = tab.edit.document().find(quote)
        tab.edit.setTextCursor(cursor)
    journey.desk.do("comment.add")

    def fill(dialog: SayDialog) -> None:
        dialog.suggests.setChecked(True)
        there = dialog.words.toPlainText()
        assert there == (quote or "Storage is {{ fact.storage_fee }} a day.")
        assert not dialog.go.isEnabled()
        dialog.words.setPlainText(there.replace("Storage is", "Keeping it costs"))

    _in_dialog(journey, fill)
    pane = next(each for each in editor.beside if isinstance(each, CommentsPane))
    assert pane.isVisible()
    words = [each.thread.root.remark.replacement for each in pane.shown if each.thread.is_suggestion]
    assert any(each.startswith("Keeping it costs") for each in words)


def test_the_editor_tells_beside_a_section_how_many_comments_it_has_and_leads_there(
    journey: Journey,
) -> None:
    _waiting(journey)
    told: list[str] = []
    journey.desk.session.notice.connect(told.append)
    journey.desk.session.go(Location(RoomId.EDITOR, _PAGE, draft=DRAFT))
    journey.desk.settle()
    assert any("2 comments on this page" in each for each in told)
    editor = _editor(journey)
    tab = editor.area.current
    assert tab is not None
    beside = [words for _kind, words in tab.edit.notes.words().values()]
    assert [each.startswith("1 comment · ") for each in beside] == [True, True]
    journey.desk.do("pane.comments")
    pane = next(each for each in editor.beside if isinstance(each, CommentsPane))
    _choose(pane, journey, is_suggestion=False)
    pane.list.activated.emit(pane.list.currentIndex())
    journey.desk.settle()
    tab.edit.moveCursor(QTextCursor.MoveOperation.StartOfLine)
    assert tab.edit.textCursor().block().text().startswith("Storage is")
    assert pane.list in editor.panes() or pane in editor.panes()


def test_an_orphan_is_listed_and_says_what_is_gone(journey: Journey) -> None:
    pane = _waiting(journey)
    write(journey.people.nia, DRAFT, FEES, "## Amounts {#amounts}\nStorage is", "## Costs {#costs}\nIt is")
    pane.load()
    journey.desk.settle()
    _choose(pane, journey, is_suggestion=False)
    assert pane.current is not None
    assert pane.current.standing is Standing.ORPHANED
    assert "Orphaned" in pane.paper.toPlainText()
    assert "The section it was about is gone." in pane.paper.toPlainText()


def test_of_several_drafts_each_has_its_own_comments(journey: Journey) -> None:
    write(journey.people.nia, "extra", VEHICLES, "the notice.", "the notice and a passport.")
    for draft in (DRAFT, "extra"):
        send(journey.people, draft)
    trust_origin(journey.desk.workspace)
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    room, pane = journey.review, journey.review.comments
    assert not pane.which.isVisible(), "one draft needs no choice"
    room.list.choose_several([DRAFT, "extra"])
    journey.desk.settle()
    assert pane.which.isVisible()
    assert [pane.which.itemText(row) for row in range(pane.which.count())] == list(room.list.drafts)
    pane.which.setCurrentText("extra")
    journey.desk.settle()

    def fill(dialog: SayDialog) -> None:
        offered = {dialog.section.itemText(row) for row in range(dialog.section.count())}
        assert "What to bring · Shared, English" in offered
        assert not any("fees" in each.lower() for each in offered), "no section of the other draft's page"
        dialog.text.setPlainText("Which passport?")

    room.say()
    _in_dialog(journey, fill)
    assert pane.draft == "extra", "it stays at what was looked at"
    assert [each.thread.root.remark.text for each in pane.shown] == ["Which passport?"]
    pane.which.setCurrentText(DRAFT)
    journey.desk.settle()
    assert pane.shown == ()
