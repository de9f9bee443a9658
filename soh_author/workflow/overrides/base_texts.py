"""The text an override was written against: found where its pin says, else in the history; proven by hash.

A text counts as found only when its pin is the one asked for, so a renamed section, a moved page or a
squashed history can't mislead: at worst nothing is found, and the merge is made without it.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from soh_author.domain.errors import NotFoundError, WorkspaceError
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin, field_pin
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.reading.paths import page_path
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import chain_to
from soh_author.workflow.workspace import LIVE, Workspace

T = TypeVar("T")

_VERSIONS = 40
"""Most versions of the page that are looked through when a pin doesn't say where its text is."""


class BaseTexts:
    """Finds texts of one page above one layer as they stood earlier.

    Args:
        workspace: whose history is searched.
        snapshot: the content today.
        page: the page's id today.
        layer: the layer whose override was written against them.
        on: the day for memberships.
        is_own: look at the page as the layer itself has it, not at what is above it: Welsh renders that.
    """

    def __init__(
        self,
        workspace: Workspace,
        snapshot: Snapshot,
        page: PageId,
        layer: Layer,
        on: date,
        *,
        is_own: bool = False,
    ) -> None:
        self._workspace = workspace
        self._snapshot = snapshot
        self._page = page
        self._layer = layer
        self._on = on
        self._is_own = is_own
        self._kept: dict[str, tuple[EffectivePage, ...]] = {}
        self._history: tuple[str, ...] | None = None

    def section(self, pin: Pin | None, at: str) -> EffectiveSection | None:
        """The section with this pin, or None when it can't be found."""

        def look(seen: EffectivePage) -> EffectiveSection | None:
            return next((each for each in (*seen.sections, *seen.hidden) if each.pin == pin), None)

        return self._find(look, at) if pin else None

    def value(self, name: str, pin: Pin | None, at: str) -> str | None:
        """The value of a field with this pin, or None when it can't be found."""

        def look(seen: EffectivePage) -> str | None:
            value = seen.value(name)
            return value if field_pin(value) == pin else None

        return self._find(look, at) if pin else None

    def page(self, pin: Pin | None, at: str) -> EffectivePage | None:
        """The whole page with this pin, or None when it can't be found."""
        return self._find(lambda seen: seen if seen.pin == pin else None, at) if pin else None

    def _find(self, look: Callable[[EffectivePage], T | None], at: str) -> T | None:
        for revision in self._places(at):
            for seen in self._seen(revision):
                found = look(seen)
                if found is not None:
                    return found
        return None

    def _places(self, at: str) -> Iterator[str]:
        """Versions to look in: where the pin says first, then those that touched the page, newest first."""
        if at:
            yield at
        yield from self._versions()

    def _versions(self) -> tuple[str, ...]:
        if self._history is None:
            paths = [file.path for file in self._snapshot.files_of(self._page)]
            names = {self._page, *self._former()}
            paths += [page_path(SHARED, name, Language.EN) for name in names]
            source = self._snapshot.revision or self._workspace.revision_of(LIVE)
            try:
                found = self._workspace.store.history(source, list(dict.fromkeys(paths)), _VERSIONS)
            except WorkspaceError:  # a history with holes: what is there must do
                found = []
            self._history = tuple(str(version.revision) for version in found)
        return self._history

    def _former(self) -> tuple[PageId, ...]:
        for file in self._snapshot.files_of(self._page):
            value = self._snapshot.sources.read(file.path).value
            if isinstance(value, Page) and value.moved_from:
                return value.moved_from
        return ()

    def _seen(self, revision: str) -> tuple[EffectivePage, ...]:
        if revision not in self._kept:
            self._kept[revision] = tuple(self._look(revision))
        return self._kept[revision]

    def _look(self, revision: str) -> Iterator[EffectivePage]:
        """The page above the layer at a version, under each id it had, with and without its groups."""
        try:
            snapshot = self._workspace.snapshot(revision)
        except (NotFoundError, WorkspaceError):
            return
        above, then = self._chain(self._snapshot), self._chain(snapshot)
        chains = [above, then, *((each,) for each in above), ()]
        for page in (self._page, *self._former()):
            for chain in dict.fromkeys(chains):
                try:
                    yield snapshot.effective_of_layers(page, chain, Language.EN)
                except NotFoundError:
                    continue

    def _chain(self, snapshot: Snapshot) -> tuple[Layer, ...]:
        chain = chain_to(snapshot, self._layer, self._on)
        return chain if self._is_own else tuple(each for each in chain if each != self._layer)
