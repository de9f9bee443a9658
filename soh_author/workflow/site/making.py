"""Making the outputs of one page for every public: what a build does, in one process or in several."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from soh_author.domain.force import Force
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.resolving.digest import encode_page
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.reading.paths import classify
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.render.site_folder import Staging
from soh_author.render.site_record import Built, PageRecord, PageRow, row_of
from soh_author.workflow.outputs import Audience, Output, Shown, is_live, shown
from soh_author.workflow.site.book import Book, Public
from soh_author.workflow.snapshot import Snapshot

PAGE_FILE = "index.html"
_FRAGMENTS = 100_000
"""Rendered sections that are remembered: those of 3,000 pages."""


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one page: its new record, how many outputs it has, and which files were touched.

    ``is_moved`` tells that its address, title or summary changed for somebody, or that somebody has it who
    didn't; ``faults`` counts outputs that name something that is not there; ``is_for_all`` is False where
    only those were served whose texts had changed.
    """

    row: PageRow
    outputs: int
    written: int
    gone: tuple[str, ...]
    faults: int
    is_moved: bool
    is_for_all: bool


class _Reader(Audience):
    """An audience that looks up in the book of the site how other pages appear, where they are in it."""

    def __init__(self, snapshot: Snapshot, force: ForceId, language: Language, on: date, book: Book) -> None:
        super().__init__(snapshot, force, language, on)
        self.site_context: OutputContext = self.context()
        self._book = book

    def shown(self, page: PageId, language: Language) -> Shown | None:
        if page in self._book:
            return self._book.find(page, (self.force.id, language))
        return super().shown(page, language)


def site_renderer() -> Renderer:
    """A renderer for a whole site, all pages of which are surveyed before one is made."""
    return Renderer(_FRAGMENTS)


class SiteMaker:
    """Makes outputs of one snapshot on a day.

    Args:
        snapshot: the content.
        renderer: remembers rendered sections; :func:`site_renderer` makes one that remembers enough.
        on: the day of facts and memberships.
        forces: for whom; none means every live force.
        assets: addresses of the stylesheets, and of the script (may be empty).
    """

    def __init__(
        self,
        snapshot: Snapshot,
        renderer: Renderer,
        on: date,
        forces: Iterable[ForceId],
        assets: tuple[tuple[str, ...], str],
    ) -> None:
        self.snapshot = snapshot
        self.on = on
        self.forces = frozenset(forces) or frozenset(
            force.id for force in snapshot.registry.forces.values() if is_live(force, on)
        )
        self.book = Book(self.forces)
        # In one go, instead of force by force when they are asked for.
        snapshot.sources.read_all(snapshot.sources.catalogue.facts.values())
        self._readers = _readers(snapshot, on, self.forces)
        self._renderer = renderer
        self._assets = assets
        self._audiences: dict[Public, _Reader] = {}
        self._texts_of: dict[PageId, Sequence[tuple[EffectivePage, Sequence[Public]]]] = {}

    def audience(self, force: ForceId, language: Language) -> _Reader:
        """The public of a force in a language; made once."""
        key = (force, language)
        found = self._audiences.get(key)
        if found is None:
            found = self._audiences[key] = _Reader(self.snapshot, force, language, self.on, self.book)
            styles, script = self._assets
            found.site_context = replace(
                found.site_context, stylesheet_urls=styles, script_url=script, answers={}
            )
        return found

    def read_ahead(self, pages: Iterable[PageId]) -> None:
        """Read all files of some pages in one go."""
        files = (file.path for page in pages for file in self.snapshot.sources.files_of(page))
        self.snapshot.sources.read_all(files)

    def survey(self, pages: Iterable[PageId]) -> Book:
        """How pages appear to all publics wanted; what is put together for it is kept for making them."""
        found = Book(self.forces)
        for page in pages:
            texts = self._texts_of[page] = list(self._texts(page))
            for text, _publics in texts:
                self._renderer.prepare(text)
            seen = [(shown(text), publics) for text, publics in texts]
            found.note(page, {public: how for how, publics in seen for public in publics})
        return found

    def _texts(
        self, page: PageId, forces: frozenset[ForceId] | None = None
    ) -> Iterator[tuple[EffectivePage, Sequence[Public]]]:
        """The different texts of a page, and who of some forces (None: all) reads each."""
        presence = self.snapshot.presence(page)
        groups: dict[tuple[Language, bool, tuple[Layer, ...]], list[Public]] = {}
        known: dict[tuple[object, ...], list[Language]] = {}
        for force, layers in self._readers:
            if forces is not None and force.id not in forces:
                continue
            speaking = presence.speaking(layers)
            alike = (speaking, force.languages, force.welsh_parity)
            if alike not in known:
                known[alike] = [each for each in Language if presence.has_output(force, each, speaking)]
            for language in known[alike]:
                key = (language, force.welsh_parity and language is not Language.EN, speaking)
                groups.setdefault(key, []).append((force.id, language))
        for (language, parity, speaking), publics in groups.items():
            below = tuple(layer for layer in speaking if layer != SHARED)
            yield self.snapshot.effective_of_layers(page, below, language, parity=parity), publics

    def stamps(self, page: PageId) -> dict[str, str]:
        """The stamp of each file with words for a page, by its path."""
        sources = self.snapshot.sources
        return {file.path: sources.stamp(file.path) for file in sources.files_of(page)}

    def touched(self, page: PageId, earlier: PageRecord | None) -> frozenset[ForceId] | None:
        """Whose texts of a page may have changed with its files; None where that can't be told, or all's may.

        Args:
            earlier: the page as it was built, without its files when something else changed too.
        """
        if earlier is None or not earlier.files:
            return None
        changed = {path for path, _stamp in earlier.files.items() ^ self.stamps(page).items()}
        layers = {place.layer if (place := classify(path)) else None for path in changed}
        if SHARED in layers or None in layers:
            return None
        return frozenset(force.id for force, own in self._readers if not layers.isdisjoint(own))

    def make(self, page: PageId, earlier: PageRecord | None, staging: Staging, *, is_whole: bool) -> Made:
        """Make all outputs of a page; write those that differ from ``earlier`` (all when ``is_whole``).

        Raises:
            OutputError: when the disk is full or may not be written.
        """
        before = earlier.outputs if earlier else {}
        forces = self.touched(page, earlier)
        outputs, asked = _untouched(earlier, forces)
        written = faults = 0
        for text, publics in self._texts_of.pop(page, None) or self._texts(page, forces):
            encoded = encode_page(text)
            for force, language in publics:
                audience = self.audience(force, language)
                output, rendered = audience.render_effective(
                    page, text, self._renderer, audience.site_context, encoded
                )
                asked |= rendered.asked
                built = built_from(output)
                key = f"{force}/{language}"
                outputs[key] = built
                faults += bool(output.missing_facts or output.missing_links or output.missing_media)
                if is_whole or before.get(key) != built:
                    staging.write(built.path, rendered.data)
                    written += 1
        stamps = self.stamps(page)
        record = PageRecord(str(page), _stamp_of(stamps), stamps, tuple(sorted(asked)), outputs)
        is_moved = earlier is None or _appearing(before) != _appearing(outputs)
        gone = _gone(before, outputs)
        return Made(row_of(record), len(outputs), written, gone, faults, is_moved, is_for_all=forces is None)


def _untouched(
    earlier: PageRecord | None, forces: frozenset[ForceId] | None
) -> tuple[dict[str, Built], set[str]]:
    """The outputs of a page that stay as they were built, and what it asked for."""
    if earlier is None or forces is None:
        return {}, set()
    kept = {key: built for key, built in earlier.outputs.items() if key.partition("/")[0] not in forces}
    return kept, set(earlier.uses)


def _readers(
    snapshot: Snapshot, on: date, forces: frozenset[ForceId]
) -> list[tuple[Force, tuple[Layer, ...]]]:
    return [
        (force, (SHARED, *snapshot.layers_of(force, on)))
        for force in snapshot.registry.forces.values()
        if force.id in forces and is_live(force, on)
    ]


def _appearing(outputs: Mapping[str, Built]) -> dict[str, Shown]:
    return {key: Shown(built.url, built.title, built.summary) for key, built in outputs.items()}


def _gone(before: Mapping[str, Built], outputs: Mapping[str, Built]) -> tuple[str, ...]:
    paths = {built.path for built in outputs.values()}
    return tuple(built.path for built in before.values() if built.path not in paths)


def built_from(output: Output) -> Built:
    """The line of an output in the record of a build."""
    path = f"{output.force}{output.url}{PAGE_FILE}"
    title, summary = output.effective.value("title"), output.effective.value("summary")
    return Built(path, output.url, title, summary, output.digest)


def page_stamps(maker: SiteMaker) -> dict[PageId, str]:
    """The stamp of every page that somebody reads."""
    sources = maker.snapshot.sources
    stamps, adopted = sources.stamps, sources.adopted
    pages = sources.catalogue.pages
    if adopted:
        pages = {page: sources.files_of(page) for page in maker.snapshot.page_ids()}
    return {
        page: _stamp_of({file.path: stamps[file.path] for file in files}) for page, files in pages.items()
    }


def _stamp_of(stamps: Mapping[str, str]) -> str:
    return _short("\n".join([f"{path} {stamp}" for path, stamp in stamps.items()]))


def used_names(snapshot: Snapshot, on: date) -> dict[str, str]:
    """A stamp for every fact (its values on the day and later, at all layers) and every picture."""
    facts: dict[str, list[str]] = {}
    for layer in sorted(snapshot.sources.catalogue.facts, key=str):
        for fact in snapshot.facts_of(layer).values():
            values = (
                "\0".join(map(str, (each.start, each.value, each.welsh)))
                for each in filter(None, fact.since(on))
            )
            said = "\0".join((str(layer), fact.type, *values))
            facts.setdefault(f"fact:{fact.name}", []).append(said)
    for layer, pictures in snapshot.sources.catalogue.media.items():
        for picture, path in pictures.items():
            facts.setdefault(f"media:{picture}", []).append(f"{layer}\0{snapshot.sources.stamp(path)}")
    return {name: _short("\n".join(sorted(said))) for name, said in facts.items()}


def _short(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def shared_layers(snapshot: Snapshot, on: date) -> str:
    """Names who is in which group on a day, and all that profiles say."""
    paths = sorted([*snapshot.sources.catalogue.forces.values(), *snapshot.sources.catalogue.groups.values()])
    profiles = [f"{path} {snapshot.sources.stamp(path)}" for path in paths]
    members = [
        f"{force.id} {is_live(force, on)} {' '.join(map(str, (SHARED, *snapshot.layers_of(force, on))))}"
        for force in snapshot.registry.forces.values()
    ]
    return _short("\n".join(profiles + members))
