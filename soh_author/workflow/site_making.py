"""Making the outputs of one page for every public: what a build does, in one process or in several."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256

from soh_author.domain.facts import FactValue, Reference
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.render.site_folder import Staging
from soh_author.render.site_record import Built, PageRecord
from soh_author.workflow.outputs import Audience, Output, is_live, outputs_of
from soh_author.workflow.snapshot import Snapshot

PAGE_FILE = "index.html"


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one page: its new record, its files written, kept and gone, and its faults."""

    record: PageRecord
    written: int
    kept: int
    gone: tuple[str, ...]
    faults: int


class _Asking(Audience):
    """An audience that notes the names of all it was asked for, found or not."""

    def __init__(self, snapshot: Snapshot, force: ForceId, language: Language, on: date) -> None:
        super().__init__(snapshot, force, language, on)
        self.asked: set[str] = set()
        self.site_context: OutputContext = self.context()

    def fact(self, reference: Reference) -> FactValue | None:
        self.asked.add(f"fact:{reference.name}")
        return super().fact(reference)

    def page_url(self, page: PageId, section: str = "") -> str | None:
        self.asked.add(f"page:{page}")
        return super().page_url(page, section)

    def page_title(self, page: PageId) -> str | None:
        self.asked.add(f"page:{page}")
        return super().page_title(page)

    def media_url(self, name: str) -> str | None:
        self.asked.add(f"media:{name}")
        return super().media_url(name)


class SiteMaker:
    """Makes outputs of one snapshot on a day.

    Args:
        snapshot: the content.
        renderer: remembers rendered sections.
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
        self._renderer = renderer
        self._assets = assets
        self._audiences: dict[tuple[ForceId, Language], _Asking] = {}

    def audience(self, force: ForceId, language: Language) -> _Asking:
        """The public of a force in a language; made once."""
        key = (force, language)
        found = self._audiences.get(key)
        if found is None:
            found = self._audiences[key] = _Asking(self.snapshot, force, language, self.on)
            styles, script = self._assets
            found.site_context = replace(found.site_context, stylesheet_urls=styles, script_url=script)
        return found

    def publics(self, page: PageId) -> list[tuple[ForceId, Language]]:
        """Who reads a page, of the forces wanted."""
        return [key for key in outputs_of(self.snapshot, page, self.on) if key[0] in self.forces]

    def stamp(self, page: PageId) -> str:
        """Names the exact content of all files with words for a page."""
        files = self.snapshot.sources.files_of(page)
        return "\n".join(f"{file.path} {self.snapshot.sources.stamp(file.path)}" for file in files)

    def make(self, page: PageId, earlier: PageRecord | None, staging: Staging, *, is_whole: bool) -> Made:
        """Make all outputs of a page; write those that differ from ``earlier`` (all when ``is_whole``).

        Raises:
            OutputError: when the disk is full or may not be written.
        """
        outputs: dict[str, Built] = {}
        asked: set[str] = set()
        written = faults = 0
        before = earlier.outputs if earlier else {}
        for force, language in self.publics(page):
            audience = self.audience(force, language)
            audience.asked = asked
            output, html = audience.render(page, self._renderer, audience.site_context)
            built = built_from(output)
            key = f"{force}/{language}"
            outputs[key] = built
            faults += bool(output.missing_facts or output.missing_links or output.missing_media)
            if is_whole or before.get(key) != built:
                staging.write(built.path, html.encode("utf-8"))
                written += 1
        paths = {built.path for built in outputs.values()}
        gone = tuple(built.path for built in before.values() if built.path not in paths)
        record = PageRecord(str(page), _short(self.stamp(page)), tuple(sorted(asked)), outputs)
        return Made(record, written, len(outputs) - written, gone, faults)


def built_from(output: Output) -> Built:
    """The line of an output in the record of a build."""
    path = f"{output.force}{output.url or f'/{output.page}/'}{PAGE_FILE}"
    title, summary = output.effective.value("title"), output.effective.value("summary")
    return Built(path, output.url, title, summary, output.digest)


def page_stamps(maker: SiteMaker) -> dict[PageId, str]:
    """The stamp of every page that somebody reads."""
    return {page: _short(maker.stamp(page)) for page in maker.snapshot.page_ids()}


def used_names(snapshot: Snapshot, on: date) -> dict[str, str]:
    """A stamp for every fact (its values on the day, at all layers) and every picture."""
    facts: dict[str, list[str]] = {}
    for layer in sorted(snapshot.sources.catalogue.facts, key=str):
        for fact in snapshot.facts_of(layer).values():
            value = fact.on(on)
            said = f"{layer}\0{fact.type}\0{value.value}\0{value.welsh}" if value else f"{layer}\0"
            facts.setdefault(f"fact:{fact.name}", []).append(said)
    for layer, pictures in snapshot.sources.catalogue.media.items():
        for picture, path in pictures.items():
            facts.setdefault(f"media:{picture}", []).append(f"{layer}\0{snapshot.sources.stamp(path)}")
    return {name: _short("\n".join(sorted(said))) for name, said in facts.items()}


def address_stamp(outputs: Mapping[str, Built]) -> str:
    """Names the addresses and titles of a page, which other pages show."""
    return _short("\n".join(f"{key}\0{built.url}\0{built.title}" for key, built in sorted(outputs.items())))


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
