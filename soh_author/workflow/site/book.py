"""How pages appear where others point to them, for every public of a site: addresses, titles, summaries."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.workflow.outputs import Shown

Public = tuple[ForceId, Language]


@dataclass(frozen=True, slots=True)
class _Entry:
    """How one page appears: to most publics of a language alike, to the others as noted."""

    usual: Mapping[Language, Shown | None]
    others: Mapping[Public, Shown | None]


class Book:
    """How pages appear to publics. Small enough to be handed to other processes: most publics see the same.

    Args:
        forces: whose publics they are.
    """

    def __init__(self, forces: Iterable[ForceId]) -> None:
        self._publics = {language: [(force, language) for force in sorted(forces)] for language in Language}
        self._pages: dict[PageId, _Entry] = {}

    def __contains__(self, page: PageId) -> bool:
        """Whether it is known how a page appears."""
        return page in self._pages

    @property
    def pages(self) -> Mapping[PageId, _Entry]:
        """What was noted so far: for each page, how it appears to most publics and to the others."""
        return self._pages

    def note(self, page: PageId, seen: Mapping[Public, Shown]) -> None:
        """Note how a page appears to all who have it."""
        usual: dict[Language, Shown | None] = {}
        others: dict[Public, Shown | None] = {}
        for language, publics in self._publics.items():
            each = {public: seen.get(public) for public in publics}
            most = usual[language] = Counter(each.values()).most_common(1)[0][0] if each else None
            others.update((public, shown) for public, shown in each.items() if shown != most)
        self._pages[page] = _Entry(usual, others)

    def take(self, other: "Book") -> None:
        """Take over all that another book of the same publics knows."""
        self._pages.update(other.pages)

    def find(self, page: PageId, public: Public) -> Shown | None:
        """How a page that is known appears to a public; None when they don't have it."""
        entry = self._pages[page]
        return entry.others.get(public, entry.usual[public[1]])

    def pages_of(self, public: Public) -> list[tuple[PageId, Shown]]:
        """What a public has of all pages that are known, in order of their ids."""
        found = ((page, self.find(page, public)) for page in sorted(self._pages))
        return [(page, shown) for page, shown in found if shown is not None]
