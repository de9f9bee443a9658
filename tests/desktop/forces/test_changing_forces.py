"""Two forces become one in the window: asked for, planned, every clash decided, and only then written."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from soh_author.desktop.forces.asking import CLOSE, RENAME
from soh_author.desktop.forces.dialog import SHOW, WRITE, ForcesDialog
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.workflow.drafting import new_draft
from tests.desktop.conftest import Desk

PAGE = PageId("advice/seized-vehicles")
KENT_FILE = f"forces/kent/pages/{PAGE}.en.md"


@pytest.fixture
def dialog(desk: Desk) -> ForcesDialog:
    """The dialog in a draft in which Kent words what Gwent words otherwise; both are chosen."""
    workspace = desk.workspace
    text = (workspace.snapshot().text(KENT_FILE) or "").replace("front desk", "counter")
    head = workspace.store.resolve("published")
    author, when = workspace.person.author, workspace.clock()
    workspace.store.write("published", head, {KENT_FILE: text.encode()}, note="x", author=author, when=when)
    new_draft(workspace, "merger").run()
    desk.session.go(desk.session.location.in_draft("merger"))
    desk.settle()
    desk.do("forces.change")
    found = desk.dialog()
    assert isinstance(found, ForcesDialog)
    questions = found.questions
    questions.force.setCurrentIndex(questions.force.findData("gwent"))
    questions.other.setCurrentIndex(questions.other.findData("kent"))
    return found


def reads(desk: Desk, force: str) -> str:
    effective = desk.workspace.snapshot("merger").effective(
        PAGE, ForceId(force), Language.EN, desk.session.today()
    )
    return "\n".join(section.body for section in effective.sections)


def show_plan(desk: Desk, dialog: ForcesDialog) -> None:
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    desk.settle()


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("Keep what Kent Police has", "at the counter"),
        ("Write something else", "Ask in person."),
        ("Give it back to the shared text", "within five days"),
    ],
)
def test_nothing_is_written_before_every_clash_is_decided_and_then_what_was_decided(
    desk: Desk, dialog: ForcesDialog, choice: str, words: str
) -> None:
    assert dialog.go.text() == SHOW
    show_plan(desk, dialog)
    assert dialog.go.text() == WRITE
    assert not dialog.go.isEnabled()
    cards = {card.asked.clash.what: card for card in dialog.cards}
    card = cards["section next (append)"]
    card.choice.setCurrentIndex(card.choice.findText(choice))
    if card.words.isVisible():
        card.words.setPlainText("Ask in person.")
    for other in dialog.cards:
        other.keep(other.asked.clash.forces[0])
    assert dialog.go.isEnabled()
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    desk.settle()
    assert words in reads(desk, "gwent")
    kent = desk.workspace.snapshot("merger").force("kent")
    assert kent.end is not None


def test_one_force_s_way_can_be_kept_in_all_clashes_and_one_can_go_back(
    desk: Desk, dialog: ForcesDialog
) -> None:
    show_plan(desk, dialog)
    dialog.back.click()
    assert dialog.go.text() == SHOW
    assert dialog.go.isEnabled()
    show_plan(desk, dialog)
    for force in ("kent", "gwent"):
        for card in dialog.cards:
            card.keep(ForceId(force))
    assert dialog.go.isEnabled()
    dialog.reject()
    assert desk.workspace.snapshot("merger").force("kent").end is None


@pytest.mark.parametrize("kind", [CLOSE, RENAME])
def test_a_force_is_closed_or_renamed(desk: Desk, dialog: ForcesDialog, kind: str) -> None:
    dialog.questions.kinds[kind].setChecked(True)
    if kind == RENAME:
        assert not dialog.go.isEnabled()
        dialog.questions.new.setText("kent")
        assert dialog.fault.text() == "There is a force “kent” already."
        dialog.questions.new.setText("gwent-and-powys")
    show_plan(desk, dialog)
    assert dialog.cards == []
    QTest.keyClick(dialog.go, Qt.Key.Key_Space)
    desk.settle()
    registry = desk.workspace.snapshot("merger").registry
    if kind == RENAME:
        assert "gwent-and-powys" in registry.forces
    else:
        assert registry.forces[ForceId("gwent")].end is not None


def test_the_same_force_twice_is_no_merger_and_every_field_has_a_name(
    desk: Desk, dialog: ForcesDialog
) -> None:
    dialog.questions.other.setCurrentIndex(dialog.questions.force.currentIndex())
    assert dialog.fault.text() == "Choose two forces."
    assert not dialog.go.isEnabled()
    dialog.questions.other.setCurrentIndex(dialog.questions.other.findData("kent"))
    show_plan(desk, dialog)
    fields = [card.choice for card in dialog.cards]
    named: list[QWidget] = [*fields, dialog.questions.force, dialog.questions.day]
    assert all(field.accessibleName() for field in named)
