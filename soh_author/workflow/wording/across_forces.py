"""One section across all forces: who words it alike, who nearly, and how each wording stands to the shared
text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from soh_author.domain.comparing.clusters import Cluster, Wording, cluster_sections
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.effective import EffectiveSection
from soh_author.workflow.outputs import is_live
from soh_author.workflow.overrides.changes import title_of
from soh_author.workflow.overrides.compared_lines import Line, compare_lines
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task


@dataclass(frozen=True, slots=True)
class ForceWording:
    """One wording of a section and the forces that have exactly it.

    ``likeness`` (0 to 1) is to the commonest wording of its cluster; ``layers`` are those its words come
    from; ``lines`` compare it with the shared text (empty when it is that).
    """

    pin: Pin
    forces: tuple[ForceId, ...]
    heading: str
    body: str
    layers: tuple[Layer, ...]
    likeness: float
    is_shared: bool
    lines: tuple[Line, ...]

    @property
    def sentence(self) -> str:
        """How many forces word the section so, and whether that is the shared text."""
        who = f"{len(self.forces)} forces" if len(self.forces) != 1 else f"Only {self.forces[0]}"
        verb = "say" if len(self.forces) != 1 else "says"
        return f"{who} {verb} it like the shared text" if self.is_shared else f"{who} {verb} it so"


@dataclass(frozen=True, slots=True)
class WordingCluster:
    """Wordings that are nearly equal, the commonest first."""

    wordings: tuple[ForceWording, ...]

    @property
    def forces(self) -> tuple[ForceId, ...]:
        """All forces with one of the wordings."""
        return tuple(force for wording in self.wordings for force in wording.forces)


@dataclass(frozen=True, slots=True)
class SectionAcross:
    """A section as all forces have it: clusters, the largest first, and the forces without it."""

    page: PageId
    section: SectionId
    title: str
    shared: EffectiveSection | None
    clusters: tuple[WordingCluster, ...]
    without: tuple[ForceId, ...]

    @property
    def sentence(self) -> str:
        """How many wordings there are."""
        wordings = sum(len(cluster.wordings) for cluster in self.clusters)
        forces = sum(len(cluster.forces) for cluster in self.clusters)
        said = "1 wording" if wordings == 1 else f"{wordings} wordings in {len(self.clusters)} clusters"
        lacking = f"; {len(self.without)} don't have it" if self.without else ""
        return f"{self.title}: {said} at {forces} {'force' if forces == 1 else 'forces'}{lacking}."


def section_across(
    snapshot: Snapshot, page: PageId, section: SectionId, on: date, language: Language = Language.EN
) -> Task[SectionAcross]:
    """Find all wordings of a section, clustered.

    Raises (when run):
        NotFoundError: when no force has the page, or nobody the section.
    """

    def work(_progress: Progress) -> Outcome[SectionAcross]:
        having, without = sections_of_forces(snapshot, page, section, on, language)
        if not having:
            raise NotFoundError(
                f"No force has a section “{section}” on the page “{page}”.", todo="Choose another section."
            )
        shared = _shared(snapshot, page, section, language)
        clusters = tuple(_cluster(each, shared) for each in cluster_sections(having))
        heading = (shared or next(iter(having.values()))).heading
        found = SectionAcross(page, section, title_of(section, heading), shared, clusters, without)
        return Outcome(found, notice=found.sentence)

    return Task("Comparing all forces", work)


def sections_of_forces(
    snapshot: Snapshot, page: PageId, section: SectionId, on: date, language: Language = Language.EN
) -> tuple[Mapping[ForceId, EffectiveSection], tuple[ForceId, ...]]:
    """The section as each live force has it, and the forces that have the page without it.

    In Welsh, forces whose English stands in are left out.
    """
    having: dict[ForceId, EffectiveSection] = {}
    without: list[ForceId] = []
    for force in snapshot.registry.forces.values():
        if not is_live(force, on) or language not in {Language.EN, *force.languages}:
            continue
        try:
            found = snapshot.effective(page, force.id, language, on).section(section)
        except NotFoundError:
            continue
        if found is None:
            without.append(force.id)
        elif not found.is_fallback:
            having[force.id] = found
    return having, tuple(without)


def _shared(
    snapshot: Snapshot, page: PageId, section: SectionId, language: Language
) -> EffectiveSection | None:
    try:
        return snapshot.effective_of_layers(page, (), language).section(section)
    except NotFoundError:
        return None


def _cluster(cluster: Cluster[ForceId], shared: EffectiveSection | None) -> WordingCluster:
    return WordingCluster(tuple(_wording(each, shared) for each in cluster.wordings))


def _wording(wording: Wording[ForceId], shared: EffectiveSection | None) -> ForceWording:
    section = wording.section
    is_shared = shared is not None and shared.pin == wording.pin
    lines = () if is_shared or shared is None else compare_lines(_written(shared), _written(section))
    layers = tuple(dict.fromkeys(part.layer for part in section.parts)) or (section.layer,)
    return ForceWording(
        wording.pin,
        wording.who,
        section.heading,
        section.body,
        layers,
        wording.likeness,
        is_shared,
        lines,
    )


def _written(section: EffectiveSection) -> str:
    return f"### {section.heading}\n\n{section.body}" if section.heading else section.body
