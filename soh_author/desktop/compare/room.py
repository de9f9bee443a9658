"""The compare room."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from soh_author.desktop.compare.across import AcrossForces
from soh_author.desktop.compare.bar import ACROSS, LISTEN, PAGES, THREE, ShownBar
from soh_author.desktop.compare.moving import Moving
from soh_author.desktop.compare.outdated import OutdatedTexts
from soh_author.desktop.compare.rendered import RenderedSides, render_sides
from soh_author.desktop.compare.sides import Choices, SideBox, look_up_choices
from soh_author.desktop.compare.text_view import ComparedText
from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.room import Handlers, Room
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.columns import Columns
from soh_author.domain.ids import PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.sentence import first_upper
from soh_author.workflow.effects import Effects
from soh_author.workflow.overrides.comparing import PageComparison, RowKind, compare
from soh_author.workflow.workspace import LIVE

TOPIC = "compare"
NOBODY = "Choose a page in the list at the left, or a cell of the matrix, to compare its texts."


class CompareRoom(Room):
    """Two sides are chosen above; below is what differs, section by section."""

    room_id = RoomId.COMPARE

    def __init__(self, session: Session) -> None:
        super().__init__(QWidget())
        self._session = session
        self._asked: tuple[object, ...] = ()
        self._section: SectionId | None = None
        self.found: PageComparison | None = None
        self.at = -1
        self.heading = QLabel("Compare")
        self.told = QLabel(NOBODY)
        self.told.setProperty("role", "quiet")
        self.told.setWordWrap(True)
        today = session.today()
        self.sides = (SideBox("Left", today), SideBox("Right", today))
        self.bar = ShownBar(session)
        self.text = ComparedText(session.theme)
        self.pages: RenderedSides | None = None
        self.across = AcrossForces(session)
        self.outdated = OutdatedTexts(session)
        self.moving = Moving(session, self.across, self.widget)
        self.shown = QStackedWidget()
        self._furnish()
        for side in self.sides:
            side.changed.connect(self.compare)
        self.bar.changed.connect(self._show)
        self.bar.language_changed.connect(self.compare)
        self.bar.step_wanted.connect(self.step)
        self.bar.swap_wanted.connect(self.swap)
        self.bar.update_wanted.connect(lambda: session.enter(RoomId.UPDATE))
        self.outdated.looked.connect(self.bar.show_count)
        self.across.action_wanted.connect(session.action_wanted)
        self.across.moved.connect(session.actions_changed)
        session.actions_changed.connect(lambda: self.across.allow(self.moving.reason_against))
        session.theme.changed.connect(self._dress)
        self._dress()
        self._allow(page=None)

    def show_location(self, location: Location) -> None:
        """Compare the page of this place: the shared text with a force's, or what is live with the draft."""
        workspace, page = self._session.workspace, location.page
        self._allow(page if workspace else None)
        asked = (id(workspace), page, location.source, location.force, location.layer, location.language)
        if workspace is None or page is None:
            self._asked = ()
        elif asked != self._asked:
            self._asked = asked
            self._section = location.section
            self.bar.choose_language(location.language)
            task = look_up_choices(workspace, location.source, page)
            self._session.run(task, self._offer, topic=TOPIC)
        elif location.section != self._section:
            self._section = location.section
            self._go_to_section()

    def apply_effects(self, effects: Effects) -> None:
        """Compare again when the page changed."""
        page = self._session.location.page
        if effects.everything or effects.drafts or (page is not None and effects.touches(page)):
            self._asked = ()
            if self._session.location.room is self.room_id:
                self.show_location(self._session.location)

    def handlers(self) -> Handlers:
        """What this room carries out."""
        return {
            "compare.next": lambda: self.step(1),
            "compare.previous": lambda: self.step(-1),
            "compare.swap": self.swap,
            "compare.same": self.bar.same.toggle,
            "compare.text": lambda: self.bar.shown_as.setCurrentIndex(0),
            "compare.pages": lambda: self.bar.shown_as.setCurrentText(PAGES),
            "wording.share": self.moving.share,
            "wording.group": self.moving.give_to_group,
            "wording.leave": self.moving.leave,
            "wording.fact": self.moving.make_fact,
            "wording.undo": self.moving.undo,
            "compare.across": lambda: self.bar.shown_as.setCurrentText(ACROSS),
            "compare.three": lambda: self.bar.shown_as.setCurrentText(THREE),
            "compare.listen": lambda: self.bar.shown_as.setCurrentText(LISTEN),
        }

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done here now."""
        if action_id.startswith("wording."):
            return self.moving.reason_against(action_id)
        wants_difference = action_id in {"compare.next", "compare.previous"}
        if self.found is None:
            return "Choose two texts first."
        return "Nothing differs." if wants_difference and not self.found.differences else ""

    def panes(self) -> Sequence[QWidget]:
        """Qt widgets F6 steps through."""
        return (self.shown, self.bar, *self.sides)

    def compare(self) -> None:
        """Compare the two sides that are chosen."""
        workspace, page = self._session.workspace, self._session.location.page
        if workspace is not None and page is not None:
            left, right = (side.viewpoint(self.bar.chosen_language) for side in self.sides)
            self._session.run(
                compare(workspace, page, left, right), self._compared, self._failed, topic=TOPIC
            )

    def swap(self) -> None:
        """Put the left side at the right."""
        left, right = self.sides
        was = (left.layer, left.source)
        left.choose(right.layer, right.source)
        right.choose(*was)
        self.compare()

    def step(self, step: int) -> None:
        """Go to the next difference, or the one before."""
        found = self.found
        is_three = self.shown.currentWidget() is self.outdated
        count = len(self.outdated.items) if is_three else len(found.differences) if found else 0
        if count:
            self.at = (self.at + step) % count if self.at >= 0 else (0 if step > 0 else count - 1)
            self._go_to(self.at)

    def _offer(self, choices: Choices) -> None:
        here = self._session.location
        left, right = _default_sides(here)
        for side, (layer, source) in zip(self.sides, (left, right), strict=True):
            side.offer(choices, layer, source)
        self.compare()

    def _compared(self, found: PageComparison) -> None:
        self.found, self.at = found, -1
        self.heading.setText(_title(found))
        self._show()
        self._session.actions_changed.emit()

    def _failed(self, error: Exception) -> None:
        self.found = None
        self.text.show_comparison(None)
        self._session.failed.emit(error)

    def _show(self) -> None:
        """Show the comparison as it is wished."""
        found = self.found
        if found is None:
            return
        said = found.sentence
        self.bar.show_count(said, len(found.differences))
        wished = self.bar.shown_as.currentText()
        self.bar.same.setEnabled(wished not in {PAGES, LISTEN, ACROSS, THREE})
        for side in self.sides:
            side.setVisible(wished not in {ACROSS, THREE})
        others = {PAGES: self._show_pages, ACROSS: self._show_across, THREE: self._show_three}
        if wished in others:
            others[wished](found)
            return
        self.text.is_one_column = wished == LISTEN
        self.text.is_with_same = self.bar.same.isChecked()
        self.text.show_comparison(found)
        self.shown.setCurrentWidget(self.text)
        self._go_to_section()

    def _show_across(self, found: PageComparison) -> None:
        self.shown.setCurrentWidget(self.across)
        sections = [(row.name, row.title) for row in found.rows if row.kind is RowKind.SECTION]
        self.across.offer(sections, self._section)
        here, view = self._session.location, found.right
        self.across.look(found.page, here.source, view.on, view.language)

    def _show_three(self, found: PageComparison) -> None:
        self.shown.setCurrentWidget(self.outdated)
        self.at = -1
        self.outdated.look(found.page, [side.layer for side in self.sides])

    def _show_pages(self, found: PageComparison) -> None:
        if self.pages is None:  # Chromium takes a moment to start; not everybody comes here
            self.pages = RenderedSides()
            self.shown.addWidget(self.pages)
        pages, is_dark = self.pages, self._session.theme.colours.is_dark
        self.shown.setCurrentWidget(pages)
        titles = (first_upper(found.left_label), first_upper(found.right_label))
        task = render_sides(found, self._session.location.force, "dark" if is_dark else "light")
        self._session.run(
            task, lambda sides: pages.show_sides(sides, titles, is_dark=is_dark), topic="compare pages"
        )

    def _go_to_section(self) -> None:
        """Go to the section of the place, where it differs."""
        rows = self.found.differences if self.found else ()
        numbers = [number for number, row in enumerate(rows) if row.name == self._section]
        if numbers:
            self.at = numbers[0]
            self._go_to(self.at)

    def _go_to(self, number: int) -> None:
        if self.shown.currentWidget() is self.outdated:
            self._session.notice.emit(self.outdated.items[number].sentence)
            self.outdated.go_to(number)
            return
        assert self.found is not None, "one can only go to a difference of something compared"
        row = self.found.differences[number]
        self.bar.show_count(
            f"{number + 1} of {len(self.found.differences)}: {row.sentence}", len(self.found.differences)
        )
        self._session.notice.emit(self.bar.count.text())
        if self.pages is not None and self.shown.currentWidget() is self.pages:
            self.pages.show_section(row.name)
        else:
            self.text.go_to(number)

    def _allow(self, page: PageId | None) -> None:
        for widget in (*self.sides, self.bar, self.shown):
            widget.setVisible(page is not None)
        self.told.setVisible(page is None)
        if page is None:
            self.found = None
            self.heading.setText("Compare")

    def _dress(self) -> None:
        self.heading.setFont(self._session.theme.heading_font())
        if self.pages is not None and self.shown.currentWidget() is self.pages:
            self._show()

    def _furnish(self) -> None:
        self.shown.addWidget(self.text)
        self.shown.addWidget(self.across)
        self.shown.addWidget(self.outdated)
        chosen = Columns(self.sides, self._session.theme.px(320))
        chosen.setContentsMargins(16, 4, 16, 4)
        chosen.setMinimumWidth(200)  # two columns are a wish, not a need
        layout = QVBoxLayout(self.widget)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for label in (self.heading, self.told):
            label.setContentsMargins(16, 12, 16, 8)
            label.setWordWrap(True)
            layout.addWidget(label)
        layout.addWidget(chosen)
        layout.addWidget(self.bar)
        layout.addWidget(self.shown, 1)
        layout.addStretch(0)


def _default_sides(here: Location) -> tuple[tuple[Layer, str], tuple[Layer, str]]:
    """What is compared unless a person says otherwise.

    At a text of its own: the shared text with it. At the shared text in a draft: what a force (or nobody in
    particular) reads today with what it will read.
    """
    own = here.layer if here.force is None else Layer.of_force(here.force)
    if here.layer == SHARED and (here.draft or own == SHARED):
        return (own, LIVE), (own, here.source)
    return (SHARED, here.source), (own, here.source)


def _title(found: PageComparison) -> str:
    for view in (found.right, found.left):
        if view.effective is not None:
            return view.effective.value("title") or str(found.page)
    return str(found.page)
