"""The editor: texts as tabs, the page beside them as the public reads it, and what is to be mended below."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from soh_author.desktop.editor.everywhere import FindEverywhere
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.editor.page_verbs import PageVerbs
from soh_author.desktop.editor.pickers import Pickers
from soh_author.desktop.editor.problem_finding import ProblemFinding
from soh_author.desktop.editor.problems import ProblemsPanel
from soh_author.desktop.editor.replace_everywhere import ReplaceEverywhere
from soh_author.desktop.editor.rescuing import Rescuing
from soh_author.desktop.editor.restoring import Restoring
from soh_author.desktop.editor.scroll_link import ScrollLink
from soh_author.desktop.editor.section_marks import SectionMarks
from soh_author.desktop.editor.section_verbs import SectionVerbs
from soh_author.desktop.editor.tab_area import TabArea
from soh_author.desktop.editor.text_verbs import TextVerbs
from soh_author.desktop.late import Late
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.preview.forces import Forces
from soh_author.desktop.preview.pane import PreviewPane
from soh_author.desktop.preview.verbs import PreviewVerbs
from soh_author.desktop.room import Handlers, Room, State
from soh_author.desktop.session import Session
from soh_author.domain.ids import Language
from soh_author.workflow.effects import Effects

if TYPE_CHECKING:
    from soh_author.desktop.editor.offers import Offers


class EditorRoom(Room):
    """Puts the pieces together; each piece does its own work."""

    room_id = RoomId.EDITOR

    def __init__(self, session: Session) -> None:
        widget = QWidget()
        super().__init__(widget)
        self.session = session
        self.area = TabArea(session.theme, session.shortcuts)
        self.texts = OpenTexts(session, self.area)
        self.forces = Forces(session, widget)
        self.preview = PreviewPane(session, self.texts.keeper.texts)
        self.problems = ProblemsPanel(session.theme)
        self.finding = ProblemFinding(session, self.texts, self.preview, self.problems)
        self.link = ScrollLink(self.area, self.preview, widget)
        self.sections = SectionVerbs(session, self.texts, self.preview, widget)
        self.marks = SectionMarks(session, self.texts, widget)
        self.offers: Late[Offers] = Late("editor.offers.Offers", lambda made: made(session, self.texts))
        self.pages = PageVerbs(session, self.texts, self.forces, widget)
        self.pickers = Pickers(session, self.area, self.texts.candidates, widget)
        self.everywhere = FindEverywhere(session, self.texts, widget)
        self.replacing = ReplaceEverywhere(session, widget)
        self.restoring = Restoring(session, self.texts)
        self.rescuing = Rescuing(session, self.texts)
        self.text_verbs = TextVerbs(lambda: self.area.current, session.shortcuts)
        self.preview_verbs = PreviewVerbs(session, self.preview, self.forces, widget)
        self.beside: tuple[QWidget, ...] = ()
        self._lay_out()
        self._connect()

    def place_beside(self, pane: QWidget) -> None:
        """Put one more pane beside the text and the preview."""
        self.beside = (*self.beside, pane)
        self.across.addWidget(pane)
        self.across.setStretchFactor(self.across.count() - 1, 0)

    def _lay_out(self) -> None:
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.setHandleWidth(1)
        self.across.addWidget(self.area)
        self.across.addWidget(self.preview)
        self.across.setStretchFactor(0, 1)
        self.across.setStretchFactor(1, 1)
        self.across.setChildrenCollapsible(False)
        self.down = QSplitter(Qt.Orientation.Vertical)
        self.down.setHandleWidth(1)
        self.down.addWidget(self.across)
        self.down.addWidget(self.problems)
        self.down.setStretchFactor(0, 1)
        self.down.setSizes([10_000, self.session.theme.px(150)])
        self.down.setCollapsible(0, False)
        self.problems.hide()
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.down)

    def _connect(self) -> None:
        self.area.current_changed.connect(self._tab_changed)
        self.session.version_wanted.connect(self.save_all)
        self.area.format_bar.action_wanted.connect(self.session.action_wanted)
        self.texts.opened.connect(self._opened)
        self.texts.edited.connect(self.preview.text_changed)
        self.problems.close_wanted.connect(self.toggle_problems)
        self.preview.text_wanted.connect(self.texts.go_to)
        self.preview_verbs.toggled.connect(self._toggle_preview)
        self.problems.line_wanted.connect(self.texts.go_to)
        self.problems.mend_wanted.connect(self.sections.mend)

    # What the window asks

    def show_location(self, location: Location) -> None:
        """Show this place."""
        if location.force is None and (force := self.forces.first_choice(location)) is not None:
            self.session.go(replace(location, force=force))
            return
        self.texts.show_location(location)
        self.preview.show_location(location)

    def apply_effects(self, effects: Effects) -> None:
        """Look again at what was touched."""
        self.forces.apply_effects(effects)
        self.texts.apply_effects(effects)
        self.preview.apply_effects(effects)

    def handlers(self) -> Handlers:
        """The actions this room carries out."""
        return {
            **self.text_verbs.handlers(),
            **self.sections.handlers(),
            **self.marks.handlers(),
            **self.pickers.handlers(),
            **self.everywhere.handlers(),
            **self.replacing.handlers(),
            **self.pages.handlers(),
            **self.preview_verbs.handlers(),
            **self.texts.handlers(),
            "problem.next": partial(self._step_problem, 1),
            "problem.previous": partial(self._step_problem, -1),
            "pane.problems": self.toggle_problems,
        }

    def reason_against(self, action_id: str) -> str:
        """Why an action can't be done now."""
        writes = action_id.startswith(("format.", "insert.")) or action_id in {"edit.paste", "edit.cut"}
        if writes and not self.session.location.draft:
            return "Start or choose a draft first."
        if action_id.startswith(("section.minor", "section.mark")):
            return self.marks.reason_against(action_id)
        return self.replacing.reason_against(action_id)

    def name_of(self, action_id: str) -> str:
        """What undo takes back, by name."""
        return self.text_verbs.name_of(action_id)

    def panes(self) -> tuple[QWidget, ...]:
        """The widgets F6 steps through."""
        tab = self.area.current
        text = tab.front if tab else self.area
        return (text, self.preview.bar, self.preview.view, *self.beside, self.problems)

    def unsaved(self) -> tuple[str, ...]:
        """Titles of texts that aren't saved."""
        return tuple(tab.title for tab in self.texts.keeper.unsaved_tabs())

    def save_all(self) -> None:
        """Save every text."""
        self.texts.keeper.save_all()

    def keep_unsaved(self) -> None:
        """Write what was typed to the journal."""
        self.texts.keeper.note_again()
        self.texts.keeper.note_now()

    def is_kept(self) -> bool:
        """Whether what was typed is in the journal."""
        return self.texts.keeper.is_kept()

    def save_state(self) -> State:
        """Tabs, carets, panes; and what was typed goes to the journal."""
        self.texts.keeper.note_now()
        return {
            **self.restoring.state(),
            "preview": self.preview.isVisibleTo(self.widget),
            "problems": self.problems.isVisibleTo(self.widget),
            "width": self.preview.stage.width_name,
            "panes": self.across.sizes(),
        }

    def restore_state(self, state: State) -> None:
        """Find tabs and panes again."""
        self.preview.setVisible(state.get("preview") is not False)
        self.problems.setVisible(state.get("problems") is True)
        width = state.get("width")
        if isinstance(width, str):
            self.preview.set_width(width)
        panes = state.get("panes")
        if (
            isinstance(panes, list)
            and len(panes) == self.across.count()
            and all(isinstance(size, int) for size in panes)
        ):
            self.across.setSizes(panes)
        self.restoring.restore(state)

    # Inner steps

    def toggle_problems(self) -> None:
        """Show the list of problems, or hide it."""
        self.problems.setVisible(not self.problems.isVisibleTo(self.widget))
        if self.problems.isVisible():
            self.problems.list.setFocus()
        elif self.area.current is not None:
            self.area.current.front.setFocus()

    def _toggle_preview(self) -> None:
        self.preview.setVisible(not self.preview.isVisibleTo(self.widget))

    def _step_problem(self, direction: int) -> None:
        problem = self.problems.step(direction)
        if problem is None:
            self.session.notice.emit("Nothing to mend.")
        else:
            self.session.notice.emit(problem.spoken)

    def _tab_changed(self) -> None:
        tab = self.area.current
        here = self.session.location
        if tab is not None and (here.page, here.layer) != (tab.key.page, tab.key.layer):
            self.session.go(self._place_of(tab))
        self.link.follow_text()

    def _opened(self, tab: FileTab) -> None:
        if tab.key.language is Language.CY:
            tab.start_wanted.connect(lambda: self.pages.start_welsh(tab))
        else:
            tab.start_wanted.connect(self.sections.choose_section)
        tab.edit.menu_opening.connect(self.sections.add_to_menu)
        self.offers().watch(tab)
        tab.outline_wanted.connect(self.pickers.choose_heading)
        tab.details.ops.give_back_wanted.connect(self.sections.give_back)
        tab.details.ops.edit_wanted.connect(self.sections.change_reason)
        tab.details.field_edited.connect(lambda name, value: self.sections.change_field(tab, name, value))
        self.link.watch(tab)

    def _place_of(self, tab: FileTab) -> Location:
        location = self.session.location.at_page(tab.key.page, tab.key.layer)
        return self.forces.as_reader(location)
