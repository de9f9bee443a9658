"""Sections of a force's own, and its own Welsh, begun in the window."""

from dataclasses import replace

from soh_author.desktop.editor.override_dialog import OverrideDialog
from soh_author.desktop.editor.room import EditorRoom
from soh_author.desktop.location import Location, RoomId
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind
from soh_author.workflow.drafting import new_draft
from tests.desktop.behind import DRAFT, PAGE, fall_behind
from tests.desktop.conftest import Desk

KENT = ForceId("kent")


def _enter(desk: Desk, *, own: bool = False) -> EditorRoom:
    fall_behind(desk.workspace)
    place = Location(room=RoomId.EDITOR, page=PAGE, force=KENT, draft=DRAFT, section=SectionId("next"))
    desk.session.go(replace(place, layer=Layer.of_force(KENT)) if own else place)
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    return room


def test_a_section_of_its_own_needs_a_heading_and_opens_where_one_writes(desk: Desk) -> None:
    room = _enter(desk)
    desk.do("section.override")
    dialog = desk.dialog()
    assert isinstance(dialog, OverrideDialog)
    assert not dialog.heading.isVisible()
    dialog.kinds[OpKind.INSERT_AFTER].click()
    assert dialog.heading.hasFocus()
    assert not dialog.go.isEnabled()
    dialog.heading.setText("Trailers")
    dialog.go.click()
    desk.settle()
    tab = room.area.current
    assert tab is not None
    assert tab.key.layer == Layer.of_force(KENT)
    assert "op: insert-after, after: next, section: trailers" in tab.text()
    assert tab.section() == "trailers"


def test_a_section_read_in_welsh_is_said_differently_in_welsh(desk: Desk) -> None:
    room = _enter(desk)
    room.sections.override("next", Language.CY)
    desk.settle()
    tab = room.area.current
    assert tab is not None
    assert (tab.key.layer, tab.key.language) == (Layer.of_force(KENT), Language.CY)
    assert "{op: replace, section: next, translates: sha256:" in tab.text()
    assert tab.section() == "next"


def test_the_welsh_of_a_force_begins_beside_its_english(desk: Desk) -> None:
    room = _enter(desk, own=True)
    english = room.area.current
    assert english is not None
    room.texts.open(replace(english.key, language=Language.CY))
    desk.settle()
    tab = room.area.current
    assert tab is not None
    assert not tab.has_text
    tab.empty.button.click()
    desk.settle()
    assert tab.text().startswith(f"---\noverrides: {PAGE}\nops:\n- {{op: replace, section: when")
    assert "Call 101" not in tab.text()


def test_words_just_taken_over_are_said_to_be_the_same_and_not_changed_above(desk: Desk) -> None:
    room = _enter(desk)
    desk.do("section.override")
    dialog = desk.dialog()
    assert isinstance(dialog, OverrideDialog)
    dialog.go.click()
    desk.settle()
    tab = room.area.current
    assert tab is not None
    assert tab.key.layer == Layer.of_force(KENT)
    words = {note.word for note in tab.edit.notes.starts().values()}
    assert "replaced · same as above" in words


def test_a_group_says_a_section_differently_for_every_force_in_it(desk: Desk) -> None:
    new_draft(desk.workspace, DRAFT).run()
    place = Location(room=RoomId.EDITOR, page=PAGE, force=ForceId("gwent"), draft=DRAFT)
    desk.session.go(replace(place, section=SectionId("next")))
    desk.settle()
    desk.do("section.override")
    dialog = desk.dialog()
    assert isinstance(dialog, OverrideDialog)
    offered = [dialog.whose.itemText(number) for number in range(dialog.whose.count())]
    assert offered == ["Gwent Police alone", "Forces in Wales: every force in it"]
    dialog.whose.setCurrentIndex(1)
    dialog.go.click()
    desk.settle()
    room = desk.window.rooms[RoomId.EDITOR]
    assert isinstance(room, EditorRoom)
    assert room.area.current is not None
    assert room.area.current.key.layer == Layer.of_group("wales")
    assert "op: replace, section: next" in room.area.current.text()
    desk.do("text.save")
    assert desk.workspace.snapshot(DRAFT).text(f"groups/wales/pages/{PAGE}.en.md") is not None
