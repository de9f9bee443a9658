"""Lists of places: where a fact is shown, what changes within a year, what was written by hand."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QListView, QTabWidget

from soh_author.desktop.facts.looking import Book, Uses
from soh_author.desktop.theme.theme import Theme
from soh_author.desktop.widgets.chooser import Choice, ChoiceDelegate, ChoiceModel
from soh_author.domain.counting import counted
from soh_author.domain.ids import ForceId, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer

MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a line leads."""

    page: PageId
    layer: Layer = SHARED
    force: ForceId | None = None
    section: SectionId | None = None


class Places(QTabWidget):
    """Three lists; a line leads to the page."""

    taken = Signal(object)
    """Spot: the person wants to go there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setDocumentMode(True)
        self.setAccessibleName("Places")
        self.models = (ChoiceModel(self), ChoiceModel(self), ChoiceModel(self))
        self.lists = tuple(QListView() for _ in self.models)
        self._spots: list[list[Spot | None]] = [[], [], []]
        names = ("Where it is shown", "What changes within a year", "Written by hand")
        for number, (view, model, name) in enumerate(zip(self.lists, self.models, names, strict=True)):
            view.setModel(model)
            view.setItemDelegate(ChoiceDelegate(theme, view))
            view.setAccessibleName(name)
            view.setUniformItemSizes(True)
            view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            view.activated.connect(lambda index, number=number: self._take(number, index))
            self.addTab(view, name)

    def show_uses(self, uses: Uses | None) -> None:
        """Show where the chosen fact is shown."""
        lines: list[Choice] = []
        spots: list[Spot | None] = []
        for page in uses.found.pages if uses else ():
            assert uses is not None, "pages come from uses"
            for value, forces in uses.found.values(page).items():
                lines.append(_use(uses, page, value, forces))
                spots.append(Spot(page, force=forces[0]))
        self._show(0, lines, spots)

    def show_book(self, book: Book) -> None:
        """Show what changes, and what was written by hand."""
        changes = [
            Choice(
                f"{each.day}",
                f"{each.label}: {each.before or 'no value'} becomes {each.after}",
                each.sentence,
            )
            for each in book.changes
        ]
        spots = [
            Spot(each.outputs[0].page, force=each.outputs[0].force) if each.outputs else None
            for each in book.changes
        ]
        self._show(1, changes, spots)
        found = [
            Choice(f"{each.place}", each.sentence, f"{each.page} · {each.section}", each.time.value)
            for each in book.by_hand
        ]
        self._show(2, found, [Spot(each.page, each.layer, section=each.section) for each in book.by_hand])

    def _show(self, number: int, lines: list[Choice], spots: "list[Spot | None] | list[Spot]") -> None:
        self.models[number].show_choices(lines)
        self._spots[number] = list(spots)
        name = self.tabText(number).partition(" (")[0]
        self.setTabText(number, f"{name} ({len(lines)})")

    def _take(self, number: int, index: QModelIndex) -> None:
        spot = self._spots[number][index.row()]
        if spot is not None:
            self.taken.emit(spot)


def _use(uses: Uses, page: PageId, value: str | None, forces: tuple[ForceId, ...]) -> Choice:
    names = [uses.names.get(force, force) for force in forces[:MOST_NAMES]]
    more = f" and {len(forces) - MOST_NAMES} more" if len(forces) > MOST_NAMES else ""
    count = counted(len(forces), "force")
    said = value if value is not None else "has no value here"
    return Choice(page, f"{uses.titles[page]}: {said}", f"{', '.join(names)}{more}", count)
