"""The versions of a page: seen, compared, brought back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.desktop.history.room import HistoryRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.widgets.difference import Row, changes, rows_of
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import new_draft, save_private, save_version
from tests.desktop.conftest import Desk

SEIZED = PageId("advice/seized-vehicles")
PATH = "shared/pages/advice/seized-vehicles.en.md"


@pytest.fixture
def room(desk: Desk) -> HistoryRoom:
    """The versions of a page that was changed once."""
    new_draft(desk.workspace, "fees").run()
    text = desk.workspace.snapshot("fees").text(PATH)
    assert text is not None
    save_private(desk.workspace, "fees", PATH, text.replace("five days", "ten days")).run()
    save_version(desk.workspace, "fees", "Ten days, not five").run()
    desk.session.go(Location(room=RoomId.HISTORY, page=SEIZED, draft="fees"))
    desk.settle()
    found = desk.window.rooms[RoomId.HISTORY]
    assert isinstance(found, HistoryRoom)
    return found


def test_versions_say_who_when_and_why(room: HistoryRoom) -> None:
    assert room.heading.text() == "Versions of Seized vehicles"
    newest = room.model.choices[0]
    assert newest.title == "Ten days, not five"
    assert "22 Nov 2026, 12:00" in newest.detail


def test_the_newest_version_shows_the_words_it_changed(room: HistoryRoom) -> None:
    before, after = room.texts.texts
    assert "within five days" in before.toPlainText()
    assert "within ten days" in after.toPlainText()
    assert room.texts.count == 1
    assert room.bar.count.text() == "1 place differs"


def test_the_first_version_is_compared_with_nothing(desk: Desk, room: HistoryRoom) -> None:
    room.list.setCurrentIndex(room.model.index(1))
    desk.settle()
    assert room.texts.titles[0].text() == "Before: nothing"


def test_an_earlier_text_comes_back_into_the_draft(desk: Desk, room: HistoryRoom) -> None:
    room.list.setCurrentIndex(room.model.index(1))
    desk.settle()
    room.bar.bring_back.click()
    desk.settle()
    text = desk.workspace.snapshot("fees").text(PATH)
    assert text is not None
    assert "five days" in text


def test_bringing_back_leaves_a_person_where_they_are(desk: Desk, room: HistoryRoom) -> None:
    room.list.setFocus()
    room.list.setCurrentIndex(room.model.index(1))
    desk.settle()
    desk.do("version.restore")
    assert room.list.hasFocus()
    assert room.list.currentIndex().row() == 1


def test_bringing_back_needs_a_draft_and_says_so(desk: Desk, room: HistoryRoom) -> None:
    desk.session.go(Location(room=RoomId.HISTORY, page=SEIZED))
    desk.settle()
    assert not room.bar.bring_back.isEnabled()
    assert room.bar.bring_back.toolTip() == "Start or choose a draft first."


def test_a_version_shows_the_text_it_changed_whoever_it_belongs_to(desk: Desk, room: HistoryRoom) -> None:
    own = "forces/kent/pages/advice/seized-vehicles.en.md"
    text = desk.workspace.snapshot("fees").text(own)
    assert text is not None
    save_private(desk.workspace, "fees", own, text.replace("front desk", "back door")).run()
    save_version(desk.workspace, "fees", "The back door").run()
    desk.session.go(Location(room=RoomId.EDITOR, page=SEIZED, draft="fees"))
    desk.session.go(Location(room=RoomId.HISTORY, page=PageId("report/hate-crime"), draft="fees"))
    desk.settle()
    desk.session.go(Location(room=RoomId.HISTORY, page=SEIZED, draft="fees"))
    desk.settle()
    assert room.model.choices[0].title == "The back door"
    assert room.bar.whose.currentText() == "Kent Police, English"
    assert room.bar.count.text() == "1 place differs"
    room.list.setCurrentIndex(room.model.index(1))
    desk.settle()
    assert room.bar.whose.currentText() == "Shared text, English"
    assert "within ten days" in room.texts.texts[1].toPlainText()


@pytest.mark.browser
def test_two_versions_are_shown_as_pages(desk: Desk, room: HistoryRoom) -> None:
    room.bar.shown_as.setCurrentIndex(1)
    desk.settle()
    assert room.pages is not None
    assert room.shown.currentWidget() is room.pages
    assert [label.text().rpartition(", as ")[2] for label in room.pages.titles] == [
        "British Transport Police reads it"
    ] * 2
    words: list[str] = []
    pages = room.pages
    desk.bot.waitUntil(lambda: pages.views[1].url().path() != "", timeout=20_000)

    def read() -> bool:
        pages.views[1].read_text(words.append)
        return any("within ten days" in text for text in words)

    desk.bot.waitUntil(read, timeout=20_000)
    assert "within ten days" in words[-1]


def test_equal_lines_stand_level_and_changed_words_are_marked() -> None:
    rows = rows_of("one\ntwo words\nthree", "one\ntwo other words\nthree\nfour")
    assert rows == [
        Row("one", "one"),
        Row("two words", "two other words", (), ((4, 10),)),
        Row("three", "three"),
        Row(None, "four", (), ((0, 4),)),
    ]
    assert changes(rows) == [1, 3]


def test_lines_with_nothing_in_common_are_marked_whole() -> None:
    (row,) = rows_of("abc def", "xyz 123 hij")
    assert (row.left_marks, row.right_marks) == (((0, 7),), ((0, 11),))


@given(st.text("ab \n"), st.text("ab \n"))
def test_no_line_is_lost_or_doubled(left: str, right: str) -> None:
    rows = rows_of(left, right)
    assert [row.left for row in rows if row.left is not None] == left.splitlines()
    assert [row.right for row in rows if row.right is not None] == right.splitlines()
    assert (changes(rows) == []) == (left.splitlines() == right.splitlines())
