"""Check: every finding about the content, once, with the forces it concerns."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from soh_author.domain.diagnostics import Diagnostic, Severity, diagnose
from soh_author.domain.drift import drift_diagnostics
from soh_author.domain.effective import EffectivePage, Part
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer, LayerKind, Place
from soh_author.domain.override import OpKind, Override
from soh_author.domain.page import Page
from soh_author.markup.references import links, media, references
from soh_author.reading.cross import registry_diagnostics
from soh_author.render.renderer import Renderer
from soh_author.workflow.outputs import Audience, Output, is_live, outputs_of
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

_GRAVITY = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


def check(
    snapshot: Snapshot,
    renderer: Renderer,
    on: date,
    *,
    pages: Sequence[PageId] = (),
    forces: Sequence[ForceId] = (),
) -> Task[list[Diagnostic]]:
    """Find what is wrong with the content.

    Args:
        on: the day for which facts and memberships count.
        pages: only these (none: all, with everything that is no page).
        forces: only as these forces read it (none: all).

    Returns:
        The findings in order of file and line, each once, with the forces it concerns (none named:
        all that read the file).
    """

    def work(progress: Progress) -> Outcome[list[Diagnostic]]:
        wanted = list(pages) or list(snapshot.page_ids())
        found: list[Diagnostic] = [] if pages or forces else list(_beside_pages(snapshot))
        by_output: list[tuple[ForceId, Diagnostic]] = []
        audiences = _Audiences(snapshot, on, frozenset(forces))
        for number, page in enumerate(wanted):
            progress.report(number, len(wanted), f"Checking {page}")
            found += _of_files(snapshot, page, on)
            for audience in audiences.of(page):
                output, _html = audience.render(page, renderer)
                by_output += [(audience.force.id, finding) for finding in _of_output(output)]
        found += _merge(by_output, snapshot, on)
        found += _doubled_urls(audiences, wanted)
        concerning = [finding for finding in found if _concerns(finding, forces)]
        return Outcome(sorted(dict.fromkeys(concerning), key=Diagnostic.sort_key))

    return Task("Checking the content", work)


class _Audiences:
    """The publics of a check, each made once."""

    def __init__(self, snapshot: Snapshot, on: date, forces: frozenset[ForceId]) -> None:
        self._snapshot, self._on, self._forces = snapshot, on, forces
        self.made: dict[tuple[ForceId, Language], Audience] = {}

    def of(self, page: PageId) -> Iterator[Audience]:
        for force, language in outputs_of(self._snapshot, page, self._on):
            if not self._forces or force in self._forces:
                key = (force, language)
                if key not in self.made:
                    self.made[key] = Audience(self._snapshot, force, language, self._on)
                yield self.made[key]


def _concerns(finding: Diagnostic, forces: Sequence[ForceId]) -> bool:
    return not forces or not finding.forces or not set(forces).isdisjoint(finding.forces)


def _of_files(snapshot: Snapshot, page: PageId, on: date) -> Iterator[Diagnostic]:
    for file in snapshot.files_of(page):
        read = snapshot.sources.read(file.path)
        forces = _readers(snapshot, file.layer, on)
        for finding in [*read.diagnostics, *overdue(read.value, on)]:
            yield replace(finding, forces=forces)


def _readers(snapshot: Snapshot, layer: Layer, on: date) -> tuple[ForceId, ...]:
    """The forces a layer speaks for; none named for the shared layer, which all read."""
    if layer.kind is LayerKind.SHARED:
        return ()
    forces = snapshot.registry.forces.values()
    return tuple(force.id for force in forces if layer in snapshot.layers_of(force, on))


def overdue(value: object, on: date) -> Iterator[Diagnostic]:
    """What should have been looked at again before a day: a page, or ops of an override."""
    if isinstance(value, Page) and value.review_by and value.review_by < on:
        yield _overdue(f"The page “{value.id}”", value.review_by, value.place, value.owner)
    if isinstance(value, Override):
        for op in value.ops:
            if op.review_by and op.review_by < on:
                what = f"The override of “{op.section}”"
                yield _overdue(what, op.review_by, op.place, op.owner, op.section)


def _overdue(what: str, day: date, place: Place, owner: str, section: SectionId | None = None) -> Diagnostic:
    message = f"{what} was to be looked at again by {day.isoformat()} ({owner or 'no owner'})."
    return diagnose("review-overdue", message, place, section=section)


def output_diagnostics(snapshot: Snapshot, output: Output) -> tuple[Diagnostic, ...]:
    """What is wrong with one output: in its files, in how they fit together, and in what they name."""
    layers = set(output.effective.layers)
    in_files = [
        finding
        for file in snapshot.files_of(output.page)
        if file.layer in layers and file.language in {Language.EN, output.language}
        for finding in snapshot.sources.read(file.path).diagnostics
    ]
    unique = dict.fromkeys([*in_files, *_of_output(output)])
    return tuple(sorted(unique, key=lambda finding: (_GRAVITY[finding.severity], finding.sort_key())))


def _of_output(output: Output) -> Iterator[Diagnostic]:
    yield from output.effective.diagnostics
    yield from drift_diagnostics(output.effective)
    if output.missing_facts or output.missing_links or output.missing_media:
        yield from _missing(output)


def _missing(output: Output) -> Iterator[Diagnostic]:
    facts = {missing.reference.key: missing for missing in output.missing_facts}
    pages, pictures = set(output.missing_links), set(output.missing_media)
    for section, part in _parts(output.effective):
        for reference in references(part.body):
            if reference.key in facts:
                missing = facts[reference.key]
                place = _place(part, reference.line)
                yield diagnose(missing.code, missing.message, place, section=section)
        for link in links(part.body):
            if link.target.removeprefix("page:") in pages:
                place = _place(part, link.line)
                message = f"The link goes to “{link.target}”, and this force has no such page."
                yield diagnose("unknown-page", message, place, section=section)
        for use in media(part.body):
            if use.name in pictures:
                message = f"There is no picture “{use.name}”."
                yield diagnose("unknown-media", message, _place(part, use.line), section=section)
    for page in output.effective.related:
        if page in pages:
            place = (
                output.effective.fields["title"].place if "title" in output.effective.fields else Place("")
            )
            yield diagnose("unknown-page", f"The related page “{page}” does not exist for this force.", place)


def _parts(effective: EffectivePage) -> Iterator[tuple[SectionId, Part]]:
    for section in effective.sections:
        for part in section.parts:
            yield section.id, part


def _place(part: Part, line: int) -> Place:
    has_heading_line = part.op is None or part.op.kind is not OpKind.HIDE
    return Place(part.place.path, part.place.line + line if has_heading_line else part.place.line)


def _beside_pages(snapshot: Snapshot) -> Iterator[Diagnostic]:
    known = snapshot.sources.catalogue
    paths = [*known.facts.values(), *known.forces.values(), *known.groups.values()]
    if known.manifest:
        paths.append(known.manifest)
    for path in paths:
        yield from snapshot.sources.read(path).diagnostics
    yield from registry_diagnostics(snapshot.registry)
    for path in known.unknown:
        yield from snapshot.sources.read(path).diagnostics


def _merge(found: Iterable[tuple[ForceId, Diagnostic]], snapshot: Snapshot, on: date) -> list[Diagnostic]:
    concerned: dict[Diagnostic, dict[ForceId, None]] = defaultdict(dict)
    for force, finding in found:
        concerned[finding][force] = None
    everybody = sum(is_live(force, on) for force in snapshot.registry.forces.values())
    return [
        finding if len(forces) == everybody else replace(finding, forces=tuple(forces))
        for finding, forces in concerned.items()
    ]


def _doubled_urls(audiences: _Audiences, pages: Sequence[PageId]) -> Iterator[Diagnostic]:
    places: dict[tuple[str, PageId, PageId], tuple[Place, list[ForceId]]] = {}
    for (force, language), audience in audiences.made.items():
        first: dict[str, PageId] = {}
        for page in pages:
            found = audience.find(page, language)
            url = found.value("url") if found else ""
            if not found or not url:
                continue
            other = first.setdefault(url, page)
            if other != page:
                place = found.fields["url"].place
                places.setdefault((url, other, page), (place, []))[1].append(force)
    for (url, other, page), (place, forces) in places.items():
        message = f"The pages “{other}” and “{page}” have the same address {url}."
        yield diagnose("doubled-url", message, place, forces=tuple(dict.fromkeys(forces)))
