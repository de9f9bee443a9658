"""What people call pages, publishers and what moves, where files and records name them by id."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.approval import OutputMove, SourceMove
from soh_author.domain.layers import SHARED, Layer
from soh_author.reading.paths import FileKind, classify
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import layer_name

Move = SourceMove | OutputMove

MOST_FORCES = 8
"""So many forces are named in a sentence; of more, these and the number of the others."""


class Names:
    """The names that some states of the content give; what the first doesn't know is asked of the next.

    Args:
        states: such as what is to be, then what is live: a page that goes is still called by its title.
    """

    def __init__(self, *states: Snapshot) -> None:
        self._states = states
        self._pages: dict[PageId, str] = {}

    def page(self, page: PageId) -> str:
        """A page's title; its id where no state has words for it."""
        if page not in self._pages:
            self.read([page])
        return self._pages[page]

    def read(self, pages: Iterable[PageId]) -> None:
        """Look up the titles of many pages in one go; asking for each alone takes longer."""
        wanted = {page for page in pages if page not in self._pages}
        for state in self._states:
            self._pages |= {
                info.id: info.title for info in state.page_infos(sorted(wanted - self._pages.keys()))
            }
        self._pages |= {page: str(page) for page in wanted - self._pages.keys()}

    def force(self, force: ForceId) -> str:
        """A force's short name."""
        return self.layer(Layer.of_force(force))

    def forces(self, forces: Iterable[ForceId]) -> tuple[str, ...]:
        """The short names of forces, each once and in order."""
        return tuple(sorted({self.force(force) for force in forces}, key=str.casefold))

    def layer(self, layer: Layer) -> str:
        """Whose words they are: *the shared text*, a group's name, a force's short name."""
        said = (layer_name(state, layer) for state in self._states)
        return next((name for name in said if name != layer.name), layer.name)

    def text(self, page: PageId, layer: Layer) -> str:
        """What a layer says of a page: *Seized vehicles · Kent*."""
        return f"{self.page(page)} · {self.layer(layer)}"

    def move(self, move: Move) -> str:
        """What moves: *“Lost property” as Kent reads it, in English* or *Kent’s text of “Lost property”*."""
        if isinstance(move, OutputMove):
            who, language = self.force(move.force), move.language.label
            return f"“{self.page(move.page)}” as {who} reads it, in {language}"
        return self.path(move.path)

    def moves(self, moves: Iterable[Move]) -> tuple[str, ...]:
        """Many that move: the files, then each page once for all who read it in the same languages."""
        everything = tuple(moves)
        outputs = [move for move in everything if isinstance(move, OutputMove)]
        self.read(move.page for move in outputs)
        languages: dict[tuple[PageId, ForceId], set[str]] = defaultdict(set)
        for move in outputs:
            languages[move.page, move.force].add(move.language.label)
        readers: dict[tuple[PageId, tuple[str, ...]], list[ForceId]] = defaultdict(list)
        for (page, force), spoken in languages.items():
            readers[page, tuple(sorted(spoken))].append(force)
        return (
            *(self.move(move) for move in everything if not isinstance(move, OutputMove)),
            *(
                f"“{self.page(page)}” as {_reading(self.forces(forces))} it, in {' and '.join(spoken)}"
                for (page, spoken), forces in readers.items()
            ),
        )

    def path(self, path: str) -> str:
        """What a file holds, in words; the path of one that only programs read."""
        place = classify(path)
        if place is None or place.layer is None:
            return path
        whose = "the shared" if place.layer == SHARED else f"{self.layer(place.layer)}’s"
        if place.kind is FileKind.PAGE and place.page is not None:
            welsh = "Welsh " if place.language is Language.CY else ""
            return f"{whose} {welsh}text of “{self.page(place.page)}”"
        words = {FileKind.FACTS: "facts", FileKind.MEDIA: f"picture “{path.rpartition('/media/')[2]}”"}
        return f"{whose} {words.get(place.kind, 'entry in the list of publishers')}"


def _reading(names: Sequence[str]) -> str:
    """*Kent reads*, *Essex and Kent read*, *Essex, Gwent and 42 others read*."""
    if not names[1:]:
        return f"{names[0]} reads"
    if names[MOST_FORCES:]:
        return f"{', '.join(names[:MOST_FORCES])} and {len(names) - MOST_FORCES} more read"
    return f"{', '.join(names[:-1])} and {names[-1]} read"


def text_title(snapshot: Snapshot, path: str) -> str:
    """What people call a text: *Seized vehicles · Kent*; its path where it is none of a page."""
    place = classify(path)
    if place is None or place.page is None or place.layer is None:
        return path
    return Names(snapshot).text(place.page, place.layer)
