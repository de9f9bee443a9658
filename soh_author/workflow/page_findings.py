"""What a check finds in one page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, LayerKind, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.render.renderer import Renderer
from soh_author.workflow.output_findings import of_output
from soh_author.workflow.outputs import Audience, Output, outputs_of
from soh_author.workflow.putting_together import not_touched
from soh_author.workflow.snapshot import Snapshot

Readers = tuple[ForceId, ...]
_TELLS_THE_DAY = "no-fact-value"
"""The one finding whose sentence names the day it was asked for."""


@dataclass(frozen=True, slots=True)
class PageFindings:
    """What was found in a page.

    Attributes:
        in_files: what is wrong with its files, with the forces concerned.
        in_outputs: what is wrong with it as the public reads it, each with who reads it so.
        addresses: its addresses with where they stand, each with the language and forces that have it there.
        targets: the pages it points to, whether they are there or not.
        days: review dates in its files. What is overdue changes when they pass.
    """

    in_files: tuple[Diagnostic, ...]
    in_outputs: tuple[tuple[Diagnostic, Readers], ...]
    addresses: tuple[tuple[str, Place, Language, Readers], ...]
    targets: tuple[PageId, ...]
    days: tuple[date, ...]

    @property
    def names_the_day(self) -> bool:
        """Whether some finding's sentence names the day of the check."""
        return any(finding.code == _TELLS_THE_DAY for finding, _readers in self.in_outputs)


class Audiences:
    """The publics of a check, each made once."""

    def __init__(self, snapshot: Snapshot, on: date, forces: frozenset[ForceId] = frozenset()) -> None:
        self._snapshot, self._on, self._forces = snapshot, on, forces
        self._made: dict[tuple[ForceId, Language], Audience] = {}

    def of(self, page: PageId) -> Iterator[Audience]:
        """Those who read a page; only of the forces wanted."""
        for force, language in outputs_of(self._snapshot, page, self._on):
            if not self._forces or force in self._forces:
                key = (force, language)
                if key not in self._made:
                    self._made[key] = Audience(self._snapshot, force, language, self._on)
                yield self._made[key]


def findings_of(
    snapshot: Snapshot, page: PageId, audiences: Audiences, renderer: Renderer, on: date
) -> PageFindings:
    """Work out what is wrong with a page, for those who read it."""
    in_outputs: dict[Diagnostic, dict[ForceId, None]] = {}
    addresses: dict[tuple[str, Place, Language], list[ForceId]] = {}
    targets: dict[PageId, None] = {}
    for audience in audiences.of(page):
        output, _html = audience.render(page, renderer)
        for finding in of_output(output):
            in_outputs.setdefault(finding, {})[audience.force.id] = None
        targets.update(dict.fromkeys(_targets(output)))
        url = output.effective.value("url")
        if url:
            place = output.effective.fields["url"].place
            addresses.setdefault((url, place, audience.language), []).append(audience.force.id)
    return PageFindings(
        tuple(_in_files(snapshot, page, on)),
        tuple((finding, tuple(forces)) for finding, forces in in_outputs.items()),
        tuple((*address, tuple(readers)) for address, readers in addresses.items()),
        tuple(targets),
        tuple(sorted(_days(snapshot, page))),
    )


def _targets(output: Output) -> Iterator[PageId]:
    for target in (*output.links, *output.missing_links, *output.effective.related):
        name = target.partition("#")[0].removesuffix(" title").removeprefix("page:")
        if PageId.is_valid(name):
            yield PageId(name)


def _in_files(snapshot: Snapshot, page: PageId, on: date) -> Iterator[Diagnostic]:
    files = snapshot.files_of(page)
    values = {file.path: snapshot.sources.read(file.path).value for file in files}
    english = [file for file in files if file.language is Language.EN]
    having = {
        file.layer for file in english if isinstance(values[file.path], Page) and snapshot.may_touch(file)
    }
    for file in files:
        read = snapshot.sources.read(file.path)
        forces = _readers(snapshot, file.layer, on)
        for finding in [*read.diagnostics, *overdue(read.value, on)]:
            yield replace(finding, forces=forces)
        if not _stands_on_a_page(snapshot, file.layer, having, on):
            # Nobody reads the page, so nothing is found in what anybody reads.
            if not snapshot.may_touch(file):
                yield replace(not_touched(file, read.value), forces=forces)
            elif isinstance(read.value, Override):
                yield replace(_without_page(read.value), forces=forces)


def _stands_on_a_page(snapshot: Snapshot, layer: Layer, having: Collection[Layer], on: date) -> bool:
    """Whether anybody for whom a layer speaks has the page at all."""
    forces = [snapshot.force(force) for force in _readers(snapshot, layer, on)]
    chains = [snapshot.layers_of(force, on) for force in forces] or [(layer,)]
    return any(each in having for chain in chains for each in (SHARED, *chain))


def _without_page(override: Override) -> Diagnostic:
    message = f"No layer above has the page “{override.page}”, so nothing in this file can be applied."
    return diagnose("unknown-override-target", message, override.place)


def _days(snapshot: Snapshot, page: PageId) -> set[date]:
    values = [snapshot.sources.read(file.path).value for file in snapshot.files_of(page)]
    found = {value.review_by for value in values if isinstance(value, Page)}
    found |= {op.review_by for value in values if isinstance(value, Override) for op in value.ops}
    return {day for day in found if day is not None}


def _readers(snapshot: Snapshot, layer: Layer, on: date) -> Readers:
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
