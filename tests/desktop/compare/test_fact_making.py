"""A value that forces write differently becomes a fact, after its proof was read."""

import pytest

from soh_author.desktop.compare.fact_making import SHOW, WRITE, FactMaking
from soh_author.desktop.compare.moving import NO_VALUES
from soh_author.desktop.compare.room import CompareRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.workflow.drafting import save_private
from tests.desktop.behind import DRAFT, PAGE, SHARED_PATH, fall_behind
from tests.desktop.conftest import Desk

KENT = ForceId("kent")
KENT_PATH = f"forces/kent/pages/{PAGE}.en.md"


@pytest.fixture
def room(desk: Desk) -> CompareRoom:
    """Kent's text differs from the shared one in its number only."""
    fall_behind(desk.workspace, "Call 0300 111 2222.")
    own = desk.workspace.snapshot(DRAFT).text(KENT_PATH)
    assert own is not None
    save_private(desk.workspace, DRAFT, KENT_PATH, own.replace("101 at any time", "01622 690 690")).run()
    desk.session.go(
        Location(
            room=RoomId.COMPARE,
            page=PAGE,
            layer=Layer.of_force(KENT),
            force=KENT,
            draft=DRAFT,
            section=SectionId("when"),
        )
    )
    desk.settle()
    found = desk.window.rooms[RoomId.COMPARE]
    assert isinstance(found, CompareRoom)
    return found


def _dialog(desk: Desk) -> FactMaking:
    desk.do("wording.fact")
    found = desk.dialog()
    assert isinstance(found, FactMaking)
    return found


def _read_by(desk: Desk, force: str) -> str:
    effective = desk.workspace.snapshot(DRAFT).effective(
        PAGE, ForceId(force), Language.EN, desk.session.today()
    )
    section = effective.section(SectionId("when"))
    return section.body.strip() if section else ""


@pytest.mark.usefixtures("room")
def test_the_proof_is_read_before_anything_is_written_and_one_undo_takes_it_back(desk: Desk) -> None:
    before = {path: desk.workspace.snapshot(DRAFT).text(path) for path in (KENT_PATH, SHARED_PATH)}
    dialog = _dialog(desk)
    assert dialog.go.text() == SHOW
    assert not dialog.go.isEnabled()
    dialog.fields[0].label.setText("Number to report a hate crime")
    assert dialog.fields[0].name.text() == "number_to_report_a_hate_crime"
    dialog.go.click()
    desk.settle()
    assert dialog.go.text() == WRITE
    assert "Their own text is no longer needed: kent." in dialog.told.text()
    assert desk.workspace.snapshot(DRAFT).text(KENT_PATH) == before[KENT_PATH]
    dialog.go.click()
    desk.settle()
    assert _read_by(desk, "kent") == _read_by(desk, "gwent")
    assert "{{ fact.number_to_report_a_hate_crime }}" in _read_by(desk, "kent")
    desk.do("wording.undo")
    after = {path: desk.workspace.snapshot(DRAFT).text(path) for path in before}
    assert after == before


@pytest.mark.usefixtures("room")
def test_a_proof_of_one_name_is_no_proof_of_another(desk: Desk) -> None:
    dialog = _dialog(desk)
    dialog.fields[0].label.setText("Number")
    dialog.go.click()
    desk.settle()
    assert dialog.go.text() == WRITE
    dialog.fields[0].source.setText("Their own page")
    assert dialog.go.text() == SHOW
    dialog.reject()


def test_where_texts_differ_in_more_than_a_value_no_fact_is_offered(desk: Desk, room: CompareRoom) -> None:
    desk.do("compare.across")
    room.across.section.setCurrentIndex(room.across.section.findData("next"))
    room.across.section.activated.emit(0)
    desk.settle()
    assert room.reason_against("wording.fact") == NO_VALUES
    assert not room.across.buttons["wording.fact"].isEnabled()


@pytest.mark.usefixtures("room")
def test_what_was_typed_stays_when_the_texts_moved_meanwhile(desk: Desk) -> None:
    dialog = _dialog(desk)
    dialog.fields[0].label.setText("Number")
    dialog.fields[0].source.setText("Their own page")
    dialog.go.click()
    desk.settle()
    text = desk.workspace.snapshot(DRAFT).text(SHARED_PATH) or ""
    save_private(desk.workspace, DRAFT, SHARED_PATH, text + "Moved on.\n").run()
    dialog.go.click()
    desk.settle()
    assert dialog.isVisible()
    assert dialog.fields[0].source.text() == "Their own page"
    assert dialog.told.text()
    assert "Moved on." in (desk.workspace.snapshot(DRAFT).text(SHARED_PATH) or "")
    dialog.reject()
