"""The editor on a real workspace: opening, writing, saving, overriding, mending."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.override_dialog import OverrideDialog
from soh_author.desktop.editor.page_dialog import PageDialog
from soh_author.desktop.editor.text_edit import MarkdownEdit
from soh_author.desktop.theme.theme import Theme
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import OpKind
from soh_author.workflow.drafting import save_private, save_version
from tests.desktop.editor.conftest import (
    DRAFT,
    ESSEX_PATH,
    KENT_PATH,
    LONGEST,
    SHARED_PATH,
    VEHICLES,
    Editor,
)

pytestmark = pytest.mark.browser

KENT = Layer.of_force("kent")
ESSEX = Layer.of_force("essex")


def test_a_page_opens_with_its_layer_in_words(editor: Editor) -> None:
    tab = editor.go()
    assert tab.layer_bar.title.text() == "Shared text"
    assert tab.layer_bar.summary.words == "read by 3 forces"
    assert tab.details.title.words == "Seized vehicles"
    assert tab.title == "Seized vehicles · Shared"
    assert "Shared text: Seized vehicles" in tab.edit.accessibleName()

    own = editor.go(layer=KENT)
    assert own.layer_bar.title.text() == "Kent’s own text"
    assert own.layer_bar.summary.words == "replaces 1 section"
    assert [one.title for one in editor.room.area.tabs] == [
        "Seized vehicles · Shared",
        "Seized vehicles · Kent",
    ]


HARD = "Call\u00a0101\u2028now 😀👮🏽‍♀️ ŵ\r\nlast line without an end"


def test_hard_text_is_opened_edited_and_saved_byte_for_byte(
    make_editor: Callable[..., Editor], contents: dict[str, str]
) -> None:
    contents[SHARED_PATH] = (contents[SHARED_PATH] + HARD).replace("\n", "\r\n").replace("\r\r", "\r")
    editor = make_editor(contents)
    tab = editor.go()
    assert tab.text() == contents[SHARED_PATH]
    editor.type("x", line=tab.edit.blockCount())
    assert tab.is_changed
    editor.do("text.save")
    assert editor.stored(SHARED_PATH) == contents[SHARED_PATH] + "x"
    tab.edit.undo()
    editor.do("text.save")
    assert editor.stored(SHARED_PATH) == contents[SHARED_PATH]


def test_saving_tells_how_the_text_stands(editor: Editor) -> None:
    said: list[tuple[str, str]] = []
    editor.session.status_changed.connect(lambda slot, text: said.append((slot, text)))
    editor.go()
    assert ("saved", "Saved on this computer") in said
    editor.type("More. ", line=10)
    assert said[-1] == ("saved", "Not saved yet")
    assert editor.session.unsaved == {VEHICLES}
    assert editor.room.unsaved() == ("Seized vehicles · Shared",)
    editor.do("text.save")
    assert [one for one in said if one[0] == "saved"][-1] == ("saved", "Saved on this computer")
    assert editor.session.unsaved == frozenset()
    assert "More. " in (editor.stored(SHARED_PATH) or "")


def test_what_is_typed_is_in_the_journal_a_moment_later(editor: Editor) -> None:
    editor.go()
    editor.type("Typed. ", line=10)
    editor.room.texts.keeper.note_now()
    editor.settle()
    entry = editor.workspace.journal.entry(DRAFT, SHARED_PATH)
    assert entry is not None
    assert entry.is_unsaved
    assert "Typed. " in entry.text


def test_text_that_was_never_saved_is_there_when_the_page_is_opened_again(editor: Editor) -> None:
    editor.workspace.keep_unsaved(DRAFT, SHARED_PATH, "---\ntitle: x\n---\nNever saved.\n")
    tab = editor.go()
    assert tab.text().endswith("Never saved.\n")
    assert tab.is_changed
    preview = editor.room.preview
    editor.bot.waitUntil(
        lambda: preview.current is not None and "Never saved." in preview.current.preview.html,
        timeout=LONGEST,
    )


def test_closing_a_tab_saves_it_first(editor: Editor) -> None:
    editor.go()
    editor.type("Kept. ", line=10)
    editor.do("tab.close")
    assert editor.room.area.current is None
    assert "Kept. " in (editor.stored(SHARED_PATH) or "")
    editor.do("tab.reopen")
    assert "Kept. " in editor.tab.text()


def test_what_is_published_is_read_and_never_changed(editor: Editor) -> None:
    tab = editor.go(draft="")
    assert tab.edit.isReadOnly()
    assert not tab.banner.isHidden()
    editor.type("no", line=10)
    editor.do("format.bold")
    editor.do("text.save")
    assert not tab.is_changed
    with editor.bot.waitSignal(editor.session.action_wanted) as wanted:
        tab.banner.button.click()
    assert wanted.args == ["draft.new"]


def test_whoever_types_into_what_is_published_is_told_what_to_do(editor: Editor) -> None:
    editor.go(draft="")
    said: list[str] = []
    editor.session.notice.connect(said.append)
    QTest.keyClick(editor.tab.edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor.tab.edit, Qt.Key.Key_Down)
    assert said == []
    QTest.keyClicks(editor.tab.edit, "H")
    assert said == ["This is what is published. Start a draft to change it."]


def test_going_to_another_draft_saves_and_reads_anew(editor: Editor) -> None:
    editor.go()
    editor.type("Mine. ", line=10)
    editor.go(layer=KENT)
    tab = editor.go(layer=KENT, draft="")
    assert [one.key.layer for one in editor.room.area.tabs] == [SHARED, KENT]
    tab = editor.go(draft="")
    assert "Mine. " not in tab.text()
    assert "Mine. " in (editor.stored(SHARED_PATH) or "")


def test_a_version_holds_what_was_typed(editor: Editor) -> None:
    editor.go()
    editor.type("In it. ", line=10)
    editor.session.version_wanted.emit()
    editor.session.run(save_version(editor.workspace, DRAFT, "More words"))
    editor.settle()
    assert not editor.tab.is_changed
    revision = editor.workspace.revision_of(DRAFT)
    assert "In it. " in (editor.workspace.snapshot(revision).text(SHARED_PATH) or "")


def test_a_change_from_elsewhere_comes_in_as_one_step_of_undo(editor: Editor) -> None:
    tab = editor.go()
    before = tab.text()
    after = before.replace("the notice", "the letter")
    editor.session.run(save_private(editor.workspace, DRAFT, SHARED_PATH, after))
    editor.settle()
    assert tab.text() == after
    tab.edit.undo()
    assert tab.text() == before


def test_a_change_from_elsewhere_never_touches_unsaved_text(editor: Editor) -> None:
    tab = editor.go()
    editor.type("Mine. ", line=10)
    mine = tab.text()
    editor.session.run(save_private(editor.workspace, DRAFT, SHARED_PATH, "---\ntitle: x\n---\nTheirs.\n"))
    editor.settle()
    assert tab.text() == mine


def override(editor: Editor, kind: OpKind = OpKind.REPLACE) -> None:
    """Answer the question that is open."""
    dialog = editor.dialog()
    assert isinstance(dialog, OverrideDialog)
    dialog.kinds[kind].setChecked(True)
    dialog.fields.why.setText("Local practice")
    dialog.fields.owner.setText("essex-web")
    dialog.accept()
    editor.settle()


def test_a_section_is_overridden_from_the_text_and_given_back(editor: Editor) -> None:
    editor.go(force="essex")
    editor.tab.go_to_line(13)
    editor.do("section.override")
    override(editor)
    tab = editor.tab
    assert tab.key == FileKey(VEHICLES, ESSEX)
    assert "op: replace, section: why" in tab.text()
    assert "We seize vehicles that are not insured." in tab.text()
    assert "why: Local practice, owner: essex-web" in tab.text()
    assert editor.stored(ESSEX_PATH) is None, "nothing is saved until the person saves it"
    editor.type("In Essex, ", line=tab.edit.line())
    editor.do("text.save")
    assert "In Essex, " in (editor.stored(ESSEX_PATH) or "")

    editor.do("section.give_back")
    assert "In Essex, " not in tab.text()
    tab.edit.undo()
    assert "In Essex, " in tab.text()


def test_an_override_can_be_an_addition_or_a_hiding(editor: Editor) -> None:
    editor.go(force="essex")
    editor.room.preview.override_wanted.emit("why")
    override(editor, OpKind.APPEND)
    editor.type("Also uninsured trailers.")
    assert "op: append, section: why" in editor.tab.text()
    assert editor.tab.text().endswith("## Why we seize vehicles {#why}\nAlso uninsured trailers.")
    editor.room.preview.override_wanted.emit("bring")
    override(editor, OpKind.HIDE)
    assert "op: hide, section: bring" in editor.tab.text()


def test_a_section_that_is_the_forces_own_is_opened_not_asked_about(editor: Editor) -> None:
    editor.go(force="kent")
    editor.bot.waitUntil(lambda: editor.room.preview.current is not None, timeout=LONGEST)
    editor.room.preview.override_wanted.emit("bring")
    editor.settle()
    assert editor.tab.key.layer == KENT
    assert editor.tab.section() == "bring"


def test_overriding_needs_a_draft_and_says_so(editor: Editor) -> None:
    editor.go(draft="")
    with editor.bot.waitSignal(editor.session.notice) as told:
        editor.do("section.override")
    assert told.args == ["Start or choose a draft first."]


def test_a_layer_without_a_text_offers_to_begin_one(editor: Editor) -> None:
    tab = editor.go(layer=ESSEX, force="essex")
    assert not tab.has_text
    assert tab.empty.words.text().startswith("Essex’s own text: there is none for this page.")
    assert tab.empty.button.text() == "Override a section…"


def test_details_are_edited_in_a_form_and_change_only_their_line(editor: Editor) -> None:
    tab = editor.go()
    before = tab.text()
    owner = tab.details.fields["owner"]
    owner.setText("national-team")  # type: ignore[attr-defined]  # it is a line of text
    owner.editingFinished.emit()  # type: ignore[attr-defined]  # it is a line of text
    assert tab.text() == before.replace("owner: national-content", "owner: national-team")
    tab.edit.undo()
    assert tab.text() == before


def test_an_override_lists_its_ops_with_their_reasons(editor: Editor) -> None:
    tab = editor.go(layer=KENT)
    words = " ".join(child.accessibleName() for child in tab.details.ops.findChildren(QWidget))
    assert "Replaces “What to bring”" in words
    assert "Local practice · kent-web · look again by 1 March 2027" in words


def test_problems_are_listed_and_walked_through(
    make_editor: Callable[..., Editor], contents: dict[str, str]
) -> None:
    broken = contents[SHARED_PATH].replace(" {#why}", "").replace("fact.reclaim_days", "fact.nothing")
    contents[SHARED_PATH] = broken
    editor = make_editor(contents)
    tab = editor.go()
    panel = editor.room.problems
    editor.bot.waitUntil(
        lambda: {one.finding.code for one in panel.model.problems} >= {"missing-section-id", "unknown-fact"},
        timeout=LONGEST,
    )
    lines = [one.finding.place.line for one in panel.model.problems if one.is_here]
    assert lines == sorted(lines)
    editor.do("problem.next")
    assert tab.edit.line() == lines[0]
    editor.do("problem.next")
    assert tab.edit.line() == lines[1]
    editor.do("problem.previous")
    assert tab.edit.line() == lines[0]


def test_missing_ids_are_mended_with_one_key(
    make_editor: Callable[..., Editor], contents: dict[str, str]
) -> None:
    contents[SHARED_PATH] = contents[SHARED_PATH].replace(" {#why}", "")
    editor = make_editor(contents)
    tab = editor.go()
    editor.do("section.add_ids")
    assert "## Why we seize vehicles {#why-we-seize-vehicles}" in tab.text()
    tab.edit.undo()
    assert tab.text() == contents[SHARED_PATH]


@pytest.mark.parametrize("text", ["---\ntitle: [\n---\nHi\n", "no head at all\n", "---\nnever closed\n", ""])
def test_a_broken_file_opens_as_text_with_its_problems(
    make_editor: Callable[..., Editor], contents: dict[str, str], text: str
) -> None:
    contents["shared/pages/advice/broken.en.md"] = text
    editor = make_editor(contents)
    tab = editor.go("advice/broken")
    assert tab.text() == text
    assert editor.room.problems.model.rowCount() > 0
    editor.go()
    assert editor.tab.title == "Seized vehicles · Shared"


def test_a_page_that_is_not_there_is_an_error_and_the_rest_works(editor: Editor) -> None:
    failed: list[object] = []
    editor.session.failed.connect(failed.append)
    editor.session.go(replace(editor.session.location, page=PageId("advice/nothing"), draft=DRAFT))
    editor.settle()
    assert "There is no page “advice/nothing” here." in str(failed[0])
    assert editor.go().title == "Seized vehicles · Shared"


def test_a_welsh_text_opens_beside_the_english_one(editor: Editor) -> None:
    tab = editor.go(force="gwent")
    tab.text_wanted.emit(FileKey(VEHICLES, SHARED, Language.CY))
    editor.settle()
    assert editor.tab.text().startswith("---\ntitle: Cerbydau a atafaelwyd")
    assert editor.tab.title == "Cerbydau a atafaelwyd · Shared · Welsh"


def test_tabs_and_carets_are_found_again(editor: Editor) -> None:
    editor.go()
    editor.go(layer=KENT)
    editor.tab.go_to_line(6)
    editor.room.forces.first_choice(editor.session.location)
    state = editor.room.save_state()
    for tab in editor.room.area.tabs:
        editor.room.texts.close(tab)
    editor.settle()
    editor.session.go(replace(editor.session.location, draft="", page=None))
    editor.room.restore_state(state)
    editor.session.workspace_changed.emit(editor.workspace)
    editor.settle()
    assert {tab.key.layer for tab in editor.room.area.tabs} == {SHARED, KENT}
    assert editor.session.location.draft == DRAFT
    assert editor.tab.edit.line() == 6


def test_a_fact_is_completed_from_the_content(editor: Editor) -> None:
    editor.go()
    editor.room.texts.candidates.known()
    editor.settle()
    editor.room.widget.activateWindow()
    editor.tab.edit.setFocus()
    editor.bot.waitUntil(editor.tab.edit.hasFocus, timeout=LONGEST)
    editor.type(" Pay {{ stor", line=13)
    assert editor.tab.completion.is_open
    QTest.keyPress(editor.tab.completion.popup, Qt.Key.Key_Return)
    assert "Pay {{ fact.storage_fee }}" in editor.tab.text()


def test_a_link_is_picked_by_title(editor: Editor) -> None:
    editor.go()
    editor.room.texts.candidates.known()
    editor.settle()
    editor.tab.go_to_line(13)
    editor.do("format.link")
    dialog = editor.dialog()
    dialog.box.setText("fees")  # type: ignore[attr-defined]  # the dialog is a chooser
    QTest.keyClick(dialog.box, Qt.Key.Key_Return)  # type: ignore[attr-defined]  # the same
    assert "[Fees](page:advice/fees)" in editor.tab.text()


def test_kent_reads_about_its_own_words_in_the_shared_text(editor: Editor) -> None:
    tab = editor.go()
    words = {note.word for note in tab.edit.notes.starts().values()}
    assert words == {"Shared", "Kent says this differently"}
    assert editor.stored(KENT_PATH)


def test_a_new_page_is_begun_in_a_tab_and_kept_when_it_is_saved(editor: Editor) -> None:
    editor.go()
    editor.do("page.new")
    dialog = editor.dialog()
    assert isinstance(dialog, PageDialog)
    assert not dialog.go.isEnabled()
    assert dialog.kind.currentText() == "Advice"
    dialog.title.setText("Found a drone?")
    assert dialog.name.text() == "advice/found-a-drone"
    dialog.whose.setCurrentIndex(1)
    dialog.go.click()
    editor.settle()
    tab = editor.tab
    path = "forces/kent/pages/advice/found-a-drone.en.md"
    assert tab.key == FileKey(PageId("advice/found-a-drone"), KENT)
    assert "kind: local" in tab.text()
    assert tab.is_changed
    assert editor.stored(path) is None
    editor.type("Bring it to us.", line=tab.edit.blockCount())
    editor.bot.waitUntil(
        lambda: (
            editor.room.preview.current is not None
            and "Bring it to us." in editor.room.preview.current.preview.html
        ),
        timeout=LONGEST,
    )
    editor.do("text.save")
    assert "Bring it to us." in (editor.stored(path) or "")


@pytest.mark.parametrize(
    ("area", "kind"),
    [("report/traffic", "Start of a report"), ("foi", "Advice"), ("", "Advice"), ("news", "News")],
)
def test_a_new_page_beside_another_is_of_the_kind_kept_there(
    theme: Theme, edit: MarkdownEdit, area: str, kind: str
) -> None:
    assert PageDialog(theme, area, None, "", edit).kind.currentText() == kind


def test_the_welsh_of_a_page_is_begun_with_its_headings(
    make_editor: Callable[..., Editor], contents: dict[str, str]
) -> None:
    del contents["shared/pages/advice/seized-vehicles.cy.md"]
    editor = make_editor(contents)
    tab = editor.go(force="gwent")
    tab.text_wanted.emit(FileKey(VEHICLES, SHARED, Language.CY))
    editor.settle()
    assert editor.tab.empty.button.text() == "Start the Welsh text"
    assert editor.tab.empty.button.hasFocus(), "Enter begins it"
    editor.tab.empty.button.click()
    editor.settle()
    assert "{#reclaim}" in editor.tab.text()
    assert editor.tab.is_changed


def test_what_was_typed_and_taken_back_does_not_come_back_tomorrow(editor: Editor) -> None:
    tab = editor.go()
    editor.type("Oops. ", line=10)
    editor.room.texts.keeper.note_now()
    while tab.is_changed:
        tab.edit.undo()
    editor.room.texts.keeper.note_now()
    editor.settle()
    editor.do("tab.close")
    editor.do("tab.reopen")
    assert "Oops. " not in editor.tab.text()
    assert not editor.tab.is_changed


def test_the_row_below_the_text_formats_it(editor: Editor) -> None:
    editor.session.action_wanted.connect(editor.do)
    tab = editor.go()
    cursor = tab.edit.document().find("insured")
    tab.edit.setTextCursor(cursor)
    editor.room.area.format_bar.buttons["format.bold"].click()
    assert "not **insured**." in tab.text()


def test_the_menu_of_the_text_overrides_the_section_that_was_clicked(editor: Editor) -> None:
    tab = editor.go(force="essex")
    tab.go_to_line(13)
    menu = QMenu(tab)
    tab.edit.menu_opening.emit(menu)
    action = next(one for one in menu.actions() if one.text() == "Override this section…")
    assert action.isEnabled()
    action.trigger()
    dialog = editor.dialog()
    assert isinstance(dialog, OverrideDialog)
    assert any(
        label.text() == "Essex Police: “Why we seize vehicles”" for label in dialog.findChildren(QLabel)
    )


def test_no_empty_tab_is_left_over_however_fast_pages_are_opened(editor: Editor) -> None:
    editor.go()
    for layer in (KENT, ESSEX, SHARED):
        editor.room.texts.open(FileKey(VEHICLES, layer, Language.EN))
        QApplication.processEvents()
    editor.settle()
    assert {tab.key.layer for tab in editor.room.area.tabs} == {KENT, ESSEX, SHARED}
    assert all(tab.state is not None for tab in editor.room.area.tabs)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    made = [one for one in QApplication.allWidgets() if isinstance(one, FileTab) and one.state is None]
    assert made == []
