"""The facts room: values with their days, where they are shown, and one undo."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QDate

from soh_author.desktop.facts.form import DAY_ROLE
from soh_author.desktop.facts.new_fact import NewFactDialog
from soh_author.desktop.facts.room import NO_DRAFT, FactsRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.facts import FactType
from soh_author.domain.ids import FactName
from soh_author.domain.layers import SHARED
from soh_author.workflow.drafting import new_draft
from soh_author.workflow.opening import init_workspace
from tests.desktop.conftest import NOW, SOMEBODY, Desk
from tests.desktop.content import write_content

FACTS = """reply_days:
  type: days
  label: Days until we answer
  source: https://example.org/charter
  values: [{from: 2027-02-01, value: "7"}, {value: "5"}]
"""
FACTS_PATH = "shared/facts.yml"


@pytest.fixture
def workspace_folder(tmp_path: Path) -> Path:
    """A page shows the fact in one section, and writes its value out in another."""
    content = write_content(tmp_path / "content")
    (content / FACTS_PATH).write_text(FACTS, encoding="utf-8")
    page = content / "shared/pages/report/hate-crime.en.md"
    text = page.read_text(encoding="utf-8").replace("five days", "{{ fact.reply_days }} days")
    text = text.replace("Call 101.", "Call 101. We answer within 5 days.")
    page.write_text(text, encoding="utf-8")
    folder = tmp_path / "work"
    init_workspace(folder, content, SOMEBODY, lambda: NOW).run().value.close()
    return folder


@pytest.fixture
def room(desk: Desk) -> FactsRoom:
    """The facts of a draft."""
    new_draft(desk.workspace, "values").run()
    desk.session.go(Location(room=RoomId.FACTS, draft="values"))
    desk.settle()
    found = desk.window.rooms[RoomId.FACTS]
    assert isinstance(found, FactsRoom)
    return found


def test_a_fact_is_told_with_its_value_of_today(room: FactsRoom) -> None:
    choice = room.model.choices[0]
    assert (choice.title, choice.detail, choice.aside) == (
        "Days until we answer",
        "the shared text · reply_days",
        "5",
    )


def test_values_stand_with_their_days_and_the_source(room: FactsRoom) -> None:
    values = room.form.values
    assert [values.item(row).text() for row in range(values.count())] == [
        "7 from 1 February 2027",
        "5 from the beginning",
    ]
    assert room.form.source.text() == "https://example.org/charter"


def test_it_says_where_a_fact_is_shown_and_by_whom_read(room: FactsRoom) -> None:
    choice = room.places.models[0].choices[0]
    assert choice.title == "Report a hate crime: 5"
    assert choice.aside == "3 forces"


def test_it_says_what_changes_and_what_was_written_by_hand(room: FactsRoom) -> None:
    assert [choice.title for choice in room.places.models[1].choices] == ["Days until we answer: 5 becomes 7"]
    by_hand = room.places.models[2].choices
    assert [choice.detail for choice in by_hand] == ["report/hate-crime · when"]
    assert by_hand[0].aside == "present"


def test_a_value_is_saved_from_a_day_on_and_undone(desk: Desk, room: FactsRoom) -> None:
    before = desk.workspace.snapshot("values").text(FACTS_PATH)
    room.form.value.setText("6")
    room.form.day.setDate(QDate(2026, 12, 1))
    room.form.save.click()
    desk.settle()
    values = room.form.values
    assert [values.item(row).data(DAY_ROLE) for row in range(values.count())] == [
        date(2027, 2, 1),
        date(2026, 12, 1),
        None,
    ]
    desk.do("facts.undo")
    assert desk.workspace.snapshot("values").text(FACTS_PATH) == before


def test_a_value_is_taken_out(desk: Desk, room: FactsRoom) -> None:
    room.form.values.setCurrentRow(0)
    room.form.remove.click()
    desk.settle()
    assert room.form.values.count() == 1


def test_a_place_leads_to_the_page_in_the_editor(desk: Desk, room: FactsRoom) -> None:
    room.places.lists[2].activated.emit(room.places.models[2].index(0))
    desk.settle()
    here = desk.session.location
    assert (here.room, here.page, here.section) == (RoomId.EDITOR, "report/hate-crime", "when")


def test_typing_narrows_the_list(room: FactsRoom) -> None:
    room.filter.setText("nothing like it")
    assert room.model.choices == []
    room.filter.setText("answer")
    assert len(room.model.choices) == 1


def test_what_is_published_is_not_changed(desk: Desk, room: FactsRoom) -> None:
    desk.session.go(Location(room=RoomId.FACTS))
    desk.settle()
    assert not room.form.save.isEnabled()
    assert room.form.save.toolTip() == NO_DRAFT


def test_a_new_fact_is_kept_with_its_source_and_undone(desk: Desk, room: FactsRoom) -> None:
    desk.do("facts.new")
    dialog = desk.dialog()
    assert isinstance(dialog, NewFactDialog)
    assert not dialog.go.isEnabled()
    dialog.label.setText("Fee for releasing a vehicle")
    dialog.kind.setCurrentIndex(dialog.kind.findData(FactType.MONEY))
    dialog.value.setText("79.50")
    dialog.source.setText("https://example.org/law")
    dialog.go.click()
    desk.settle()
    fact = desk.workspace.snapshot("values").facts_of(SHARED)[FactName("fee_for_releasing_a_vehicle")]
    assert (fact.label, fact.source, fact.values[0].value) == (
        "Fee for releasing a vehicle",
        "https://example.org/law",
        "79.50",
    )
    assert room.known is not None
    assert room.known.fact.name == "fee_for_releasing_a_vehicle"
    desk.do("facts.undo")
    assert "fee_for" not in (desk.workspace.snapshot("values").text(FACTS_PATH) or "")


@pytest.mark.usefixtures("room")
def test_a_value_of_another_kind_is_told_below_the_form_which_stays_open(desk: Desk) -> None:
    desk.do("facts.new")
    dialog = desk.dialog()
    assert isinstance(dialog, NewFactDialog)
    dialog.label.setText("Days to wait")
    dialog.kind.setCurrentIndex(dialog.kind.findData(FactType.DAYS))
    dialog.value.setText("a fortnight")
    dialog.go.click()
    desk.settle()
    assert dialog.isVisible()
    assert "Nothing was changed." in dialog.fault.text()
    dialog.value.setText("14")
    dialog.go.click()
    desk.settle()
    assert "days_to_wait" in (desk.workspace.snapshot("values").text(FACTS_PATH) or "")


@pytest.mark.usefixtures("room")
def test_a_name_that_is_taken_is_refused(desk: Desk) -> None:
    desk.do("facts.new")
    dialog = desk.dialog()
    assert isinstance(dialog, NewFactDialog)
    dialog.label.setText("Reply days")
    dialog.value.setText("9")
    dialog.go.click()
    desk.settle()
    assert "has a fact “reply_days” already" in dialog.fault.text()
    dialog.reject()


def _on(desk: Desk) -> date | None:
    return desk.session.location.on


def test_another_day_shows_its_values_and_the_preview_follows(desk: Desk, room: FactsRoom) -> None:
    room.day.setDate(QDate(2027, 3, 1))
    desk.settle()
    assert _on(desk) == date(2027, 3, 1)
    assert room.model.choices[0].aside == "7"
    assert room.form.told.text().endswith("on 1 March 2027 7")
    room.day.setDate(QDate(2026, 11, 22))
    desk.settle()
    assert _on(desk) is None
    assert room.model.choices[0].aside == "5"
