"""Whom a change reaches, in sentences that name forces."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.resolving.digest import OutputIdentity
from soh_author.domain.resolving.impact import Impact, OutputImpact, Reach, Shadow
from soh_author.workflow.overrides.changes import section_title, title_of
from soh_author.workflow.snapshot import Snapshot

_MOST_NAMES = 4


@dataclass(frozen=True, slots=True)
class ReachGroup:
    """Outputs to which a change does the same: to look at the ``sample`` is to look at all."""

    reach: Reach
    language: Language
    forces: tuple[ForceId, ...]
    sample: OutputIdentity
    is_outdated: bool
    sentence: str
    impact: OutputImpact


@dataclass(frozen=True, slots=True)
class Alarm:
    """A change marked as safety or law that a layer's own text keeps from being read."""

    page: PageId
    shadow: Shadow
    forces: tuple[ForceId, ...]
    sentence: str


class Teller:
    """Tells what a change does, naming forces as people do.

    Args:
        snapshot: the content after the change.
        earlier: the content before it, for forces that are gone.
    """

    def __init__(self, snapshot: Snapshot, earlier: Snapshot) -> None:
        self._snapshot = snapshot
        self._forces = {**earlier.registry.forces, **snapshot.registry.forces}

    def groups(self, impact: Impact) -> tuple[ReachGroup, ...]:
        """The outputs of one page in groups: by language, what changes first, the largest first."""
        found: dict[tuple[object, ...], list[OutputImpact]] = {}
        for each in impact.outputs:
            key = (each.output.language, each.reach, each.difference, bool(each.outdated))
            found.setdefault(key, []).append(each)
        ordered = sorted(found.values(), key=_order)
        made: list[ReachGroup] = []
        for outputs in ordered:
            earlier = [each.impact for each in made if each.language is outputs[0].output.language]
            made.append(self._group(outputs, earlier))
        return tuple(made)

    def _group(self, outputs: Sequence[OutputImpact], earlier: Sequence[OutputImpact]) -> ReachGroup:
        first = outputs[0]
        forces = tuple(each.output.force for each in outputs)
        said = f"{self.names(forces)} {_verb(first, forces, earlier)}"
        tongue = f" ({first.output.language.label})" if first.output.language is not Language.EN else ""
        return ReachGroup(
            first.reach,
            first.output.language,
            forces,
            first.output,
            bool(first.outdated),
            said + tongue,
            first,
        )

    def sentence(self, groups: Iterable[ReachGroup]) -> str:
        """All that happens to one page, in a sentence; those who see no change are told last."""
        told = [group for group in groups if group.reach is not Reach.UNCHANGED]
        rest = [group for group in groups if group.reach is Reach.UNCHANGED and group.language is Language.EN]
        if not told:
            return "Nobody reads anything different."
        return "; ".join(group.sentence for group in [*told, *rest]) + "."

    def alarms(self, impact: Impact) -> tuple[Alarm, ...]:
        """The alarms of one page, each once with all the forces it concerns."""
        found: dict[Shadow, list[OutputIdentity]] = {}
        for output, shadow in impact.alarms:
            found.setdefault(shadow, []).append(output)
        return tuple(self._alarm(shadow, outputs, impact) for shadow, outputs in found.items())

    def _alarm(self, shadow: Shadow, outputs: Sequence[OutputIdentity], impact: Impact) -> Alarm:
        forces = tuple(dict.fromkeys(output.force for output in outputs))
        page = impact.outputs[0].output.page
        what = f"“{self._title(page, shadow.section)}”" if shadow.section else shadow.what
        mark = f"a change marked as {shadow.alarm}"
        sentence = f"{self.names(forces)} won't see {mark}: own text stands instead of {what}."
        return Alarm(page, shadow, forces, sentence)

    def _title(self, page: PageId, section: SectionId) -> str:
        """The heading of a section as the shared page has it."""
        try:
            return section_title(self._snapshot.effective_of_layers(page, (), Language.EN), section)
        except NotFoundError:
            return title_of(section, "")

    def names(self, forces: Sequence[ForceId]) -> str:
        """A few forces by name, many by their number."""
        known = [self._name(force) for force in dict.fromkeys(forces)]
        if len(known) > _MOST_NAMES:
            return f"{len(known)} forces"
        return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}"

    def _name(self, force: ForceId) -> str:
        found = self._forces.get(force)
        return found.name(form="short_name") if found else str(force)


_RANK = {reach: number for number, reach in enumerate([Reach.CHANGES, Reach.ADDED, Reach.REMOVED, *Reach])}


def _order(outputs: Sequence[OutputImpact]) -> tuple[int, int, int, str]:
    first = outputs[0]
    language = list(Language).index(first.output.language)
    return language, list(_RANK).index(first.reach), -len(outputs), first.output.force


def _verb(impact: OutputImpact, forces: Sequence[ForceId], earlier: Sequence[OutputImpact]) -> str:
    """What a group of outputs does, agreeing in number."""
    is_one = len(set(forces)) == 1
    words = list(_words(impact, earlier, is_one=is_one))
    return " and ".join(words)


def _words(impact: OutputImpact, earlier: Sequence[OutputImpact], *, is_one: bool) -> Iterator[str]:
    sees, keeps, becomes = ("sees", "keeps", "becomes") if is_one else ("see", "keep", "become")
    if impact.reach is Reach.CHANGES:
        yield f"{sees} {_which(impact, earlier, is_one=is_one)}"
    elif impact.reach is Reach.SHADOWED:
        yield f"{keeps} {'its' if is_one else 'their'} own text"
    elif impact.reach is Reach.ADDED:
        yield f"{'gets' if is_one else 'get'} the page"
    elif impact.reach is Reach.REMOVED:
        yield f"{'loses' if is_one else 'lose'} the page"
    elif impact.reach is Reach.UNCHANGED:
        yield f"{sees} no change"
    if impact.outdated and impact.reach is not Reach.REMOVED:
        yield f"{becomes} outdated"


def _which(impact: OutputImpact, earlier: Sequence[OutputImpact], *, is_one: bool) -> str:
    """The same change as others in the group; a different number; or another change."""
    changed = [each for each in earlier if each.reach is Reach.CHANGES]
    if not changed:
        return "this change" if is_one else "this same change"
    alike = any(each.sections == impact.sections and each.fields == impact.fields for each in changed)
    return "it with a different value" if alike and impact.facts else "another change"
