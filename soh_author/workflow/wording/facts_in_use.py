"""Facts in use: every output that shows one, and what changes on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.facts import DatedValue, Fact, FactValue, Reference
from soh_author.domain.ids import FactName, ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.resolving.digest import OutputIdentity
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.markup.references import references
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.overrides.fact_words import in_words, value_in_words
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

_FIELDS = ("title", "summary", "form")


@dataclass(frozen=True, slots=True)
class ShownFact:
    """A fact as one output shows it. ``value`` is in the words of the page; None where there is none (an
    error).

    ``sections`` are those that show it, ``fields`` the front matter fields.
    """

    output: OutputIdentity
    key: str
    value: str | None
    layer: Layer | None
    sections: tuple[SectionId, ...]
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactUses:
    """Where a fact is used: every output, page by page."""

    name: FactName
    on: date
    shown: tuple[ShownFact, ...]

    @property
    def pages(self) -> tuple[PageId, ...]:
        """The pages that show it somewhere, in order."""
        return tuple(dict.fromkeys(each.output.page for each in self.shown))

    def values(self, page: PageId) -> dict[str | None, tuple[ForceId, ...]]:
        """The values a page shows, each with the forces whose public reads it."""
        found: dict[str | None, dict[ForceId, None]] = {}
        for each in self.shown:
            if each.output.page == page:
                found.setdefault(each.value, {})[each.output.force] = None
        return {value: tuple(forces) for value, forces in found.items()}

    @property
    def sentence(self) -> str:
        """How widely it is used."""
        if not self.shown:
            return f"No page shows “{self.name}”."
        pages = counted(len(self.pages), "page shows", "pages show")
        return f"{pages} “{self.name}”, in {counted(len(self.shown), 'output')}."


def where_used(snapshot: Snapshot, name: FactName, on: date) -> Task[FactUses]:
    """Find every output that shows a fact, as ``fact.name`` or as ``force.name``."""

    def work(progress: Progress) -> Outcome[FactUses]:
        shown = tuple(_shown(snapshot, name, on, progress))
        uses = FactUses(name, on, shown)
        return Outcome(uses, notice=uses.sentence)

    return Task("Looking for a fact", work)


def _shown(snapshot: Snapshot, name: FactName, on: date, progress: Progress) -> Iterator[ShownFact]:
    pages = pages_naming(snapshot, [name])
    publics: dict[tuple[ForceId, Language], Audience] = {}
    for number, page in enumerate(pages):
        progress.report(number, len(pages), f"Looking at {page}")
        known: dict[int, dict[str, _Uses]] = {}
        for force, language in outputs_of(snapshot, page, on):
            key = (force, language)
            audience = publics.get(key) or publics.setdefault(key, Audience(snapshot, force, language, on))
            effective = audience.effective(page)
            uses = known.get(id(effective))
            if uses is None:
                uses = known[id(effective)] = _uses(effective, name)
            yield from (_one(audience, page, key_, used, fields) for key_, (used, fields) in uses.items())


_Uses = tuple[tuple[SectionId, ...], tuple[str, ...]]


def _one(
    audience: Audience, page: PageId, key: str, sections: tuple[SectionId, ...], fields: tuple[str, ...]
) -> ShownFact:
    scope, _, name = key.partition(".")
    found = audience.look_up(Reference(scope, name))
    output = OutputIdentity(page, audience.force.id, audience.language)
    if not isinstance(found, FactValue):
        return ShownFact(output, key, None, None, sections, fields)
    return ShownFact(output, key, in_words(found), found.layer, sections, fields)


def _uses(effective: EffectivePage, name: FactName) -> dict[str, _Uses]:
    sections: dict[str, dict[SectionId, None]] = {}
    fields: dict[str, dict[str, None]] = {}
    for section in effective.sections:
        for each in references(f"{section.heading}\n\n{section.body}"):
            if each.name == name:
                sections.setdefault(each.key, {})[section.id] = None
    for field in _FIELDS:
        for each in references(effective.value(field)):
            if each.name == name:
                fields.setdefault(each.key, {})[field] = None
    keys = dict.fromkeys([*sections, *fields])
    return {key: (tuple(sections.get(key, ())), tuple(fields.get(key, ()))) for key in keys}


def pages_naming(snapshot: Snapshot, names: Iterable[FactName]) -> tuple[PageId, ...]:
    """The pages in whose files one of these facts is named, in order."""
    paths = {file.path: page for page in snapshot.page_ids() for file in snapshot.sources.files_of(page)}
    words = [f".{name}".encode() for name in names]
    texts = snapshot.sources.data_of(list(paths))
    found = {paths[path] for path, text in texts.items() if any(word in text for word in words)}
    return tuple(sorted(found))


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that has another value from a day on: before and after in the words of a page.

    ``before`` is None where the fact has no value until then. ``outputs`` are those that show it and have
    their value from this layer.
    """

    name: FactName
    label: str
    layer: Layer
    day: date
    before: str | None
    after: str
    source: str
    outputs: tuple[OutputIdentity, ...]

    @property
    def sentence(self) -> str:
        """What happens on the day."""
        before = f"{self.before} becomes {self.after}" if self.before is not None else f"it is {self.after}"
        pages = len({each.page for each in self.outputs})
        where = f"on {counted(pages, 'page')}, in {counted(len(self.outputs), 'output')}"
        return (
            f"{self.day.isoformat()}, {self.label}: {before}, {where if self.outputs else 'shown nowhere'}."
        )


def changes_between(snapshot: Snapshot, first: date, last: date) -> Task[tuple[FactChange, ...]]:
    """The facts that change after ``first``, up to ``last`` (included), in order of their days."""

    def work(progress: Progress) -> Outcome[tuple[FactChange, ...]]:
        coming = list(_coming(snapshot, first, last))
        found: list[FactChange] = []
        for number, (fact, value) in enumerate(coming):
            progress.report(number, len(coming), f"Looking for {fact.name}")
            found.append(_change(snapshot, fact, value, progress))
        ordered = tuple(sorted(found, key=lambda each: (each.day, each.name, str(each.layer))))
        notice = f"{len(ordered)} facts change." if ordered else "No fact changes."
        return Outcome(ordered, notice=notice)

    return Task("Looking for facts that change", work)


def _coming(snapshot: Snapshot, first: date, last: date) -> Iterator[tuple[Fact, DatedValue]]:
    for fact in all_facts(snapshot):
        for value in fact.values:
            if value.start is not None and first < value.start <= last:
                yield fact, value


def _change(snapshot: Snapshot, fact: Fact, value: DatedValue, progress: Progress) -> FactChange:
    day = value.start
    assert day is not None, "Only dated values are coming."
    before = _until(fact, day)
    uses = _shown(snapshot, fact.name, day, progress)
    outputs = tuple(each.output for each in uses if each.layer == fact.layer)
    return FactChange(
        fact.name,
        fact.label,
        fact.layer,
        day,
        None if before is None else value_in_words(fact.type, before.value, Language.EN),
        value_in_words(fact.type, value.value, Language.EN),
        fact.source,
        tuple(dict.fromkeys(outputs)),
    )


def _until(fact: Fact, day: date) -> DatedValue | None:
    earlier = [each for each in fact.values if each.start is None or each.start < day]
    return earlier[-1] if earlier else None


def all_facts(snapshot: Snapshot) -> Iterator[Fact]:
    """The facts of all layers, the shared ones first."""
    layers = sorted(snapshot.sources.catalogue.facts, key=lambda layer: layer.order)
    for layer in layers:
        yield from snapshot.facts_of(layer).values()


def facts_for(snapshot: Snapshot, layer: Layer, on: date) -> Sequence[Fact]:
    """The facts a layer's text can show: for a force its own, its groups' and the shared ones."""
    if layer.kind is LayerKind.FORCE and ForceId(layer.name) in snapshot.registry.forces:
        own = set(snapshot.layers_of(snapshot.force(layer.name), on))
    else:
        own = {layer}
    shared = (fact for fact in all_facts(snapshot) if fact.layer.kind is LayerKind.SHARED)
    return [*shared, *(fact for fact in all_facts(snapshot) if fact.layer in own and fact.layer.name)]
