"""The timetable: what is scheduled, what stands in its way, and what will be live on a day to come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from soh_author.domain.days import day_in_words, moment_in_words
from soh_author.domain.errors import SohAuthorError
from soh_author.domain.force import Force, Registry
from soh_author.domain.ids import DraftName, Language
from soh_author.domain.judging.requirement import RequirementKind
from soh_author.domain.layers import SHARED
from soh_author.workflow.approvals.transitions import day_of_judgement
from soh_author.workflow.names import Names
from soh_author.workflow.outputs import first_day, will_be_live
from soh_author.workflow.overrides.fact_words import value_in_words
from soh_author.workflow.release.publishing_overlaps import overlaps_of
from soh_author.workflow.release.releasing_case import Case, Intent, case_of, day_for
from soh_author.workflow.release.releasing_content import candidate
from soh_author.workflow.release.reviewing_views import Group, groups_of
from soh_author.workflow.release.said_once import lacking
from soh_author.workflow.release.scheduling import Scheduled, scheduled
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Planned:
    """A scheduled draft: how many outputs it changes, what it still needs, and what it will cross.

    ``needs`` are sentences that tell what would stop it at its moment; ``crossings`` are sentences that tell
    whose approvals in other drafts it makes stale, first those of drafts scheduled for later.
    """

    scheduled: Scheduled
    outputs: int
    needs: tuple[str, ...]
    crossings: tuple[str, ...]

    @property
    def draft(self) -> DraftName:
        """Name of the scheduled draft."""
        return self.scheduled.draft

    @property
    def moment(self) -> datetime:
        """When it goes out."""
        return self.scheduled.moment


@dataclass(frozen=True, slots=True)
class Ahead:
    """What the public will read differently at a moment, when all that is scheduled until then has gone out.

    ``by_itself`` are sentences of what changes until then with nobody doing anything: values of facts that
    begin, groups that speak for other forces, sites that begin and end.
    """

    moment: datetime
    drafts: tuple[DraftName, ...]
    case: Case | None
    groups: tuple[Group, ...]
    by_itself: tuple[str, ...] = ()


def timetable(workspace: Workspace) -> Task[tuple[Planned, ...]]:
    """Everything that is scheduled, the next first.

    Raises (when run):
        WorkspaceError: when there is no policy.
        Cancelled: when a person asked to stop.
    """

    def work(progress: Progress) -> Outcome[tuple[Planned, ...]]:
        everything = scheduled(workspace)
        return Outcome(tuple(_planned(workspace, each, everything, progress) for each in everything))

    return Task("Looking at the timetable", work)


def ahead(workspace: Workspace, moment: datetime) -> Task[Ahead]:
    """Look at a moment to come.

    Raises (when run):
        WorldMovedError: when drafts that are scheduled until then can't go out together.
        Cancelled: when a person asked to stop.
    """

    def work(progress: Progress) -> Outcome[Ahead]:
        due = tuple(each.draft for each in scheduled(workspace) if each.moment <= moment)
        today, last = day_for(workspace), day_of_judgement(moment)
        if not due:
            return Outcome(Ahead(moment, (), None, (), tuple(_turning(workspace.snapshot(), today, last))))
        case = case_of(workspace, candidate(workspace, due), Intent(not_before=moment), progress)
        by_itself = tuple(_turning(case.candidate.after, today, last))
        return Outcome(Ahead(moment, due, case, groups_of(case), by_itself))

    return Task("Looking ahead", work)


def _planned(
    workspace: Workspace, each: Scheduled, everything: tuple[Scheduled, ...], progress: Progress
) -> Planned:
    try:
        what = candidate(workspace, [each.draft])
        case = case_of(workspace, what, Intent(not_before=each.moment), progress)
    except SohAuthorError as error:  # one that can't go out hides no other
        return Planned(each, 0, (f"{error.what} {error.todo}".strip(),), ())
    needs = lacking(case, (one for one in case.judged() if one.kind is not RequirementKind.SCHEDULE))
    later = {other.draft: other.moment for other in everything if other.moment >= each.moment}
    crossings = sorted(overlaps_of(workspace, case), key=lambda one: one.draft not in later)
    told = (
        f"{one.sentence} It is scheduled for {moment_in_words(later[one.draft])}, and won’t go out then."
        if one.draft in later
        else one.sentence
        for one in crossings
    )
    return Planned(each, len(case.found.outputs), tuple(map(str, needs)), tuple(told))


def _turning(snapshot: Snapshot, today: date, last: date) -> Iterator[str]:
    """What changes after today and until a day, with nobody doing anything, in order of what it is."""
    names = Names(snapshot)
    for layer in sorted(snapshot.sources.catalogue.facts, key=str):
        whose = "everybody" if layer == SHARED else names.layer(layer)
        for fact in snapshot.facts_of(layer).values():
            for value in fact.after(today):
                if value.start and value.start <= last:
                    words = value_in_words(fact.type, value.value, Language.EN)
                    since, name = day_in_words(value.start), fact.label or fact.name
                    yield f"From {since} “{name}” is {words} for {whose}."
    for force in snapshot.registry.forces.values():
        if will_be_live(force, today):
            yield from _turning_of(snapshot.registry, force, names.force(force.id), (today, last))


def _turning_of(registry: Registry, force: Force, name: str, days: tuple[date, date]) -> Iterator[str]:
    """What becomes of a force's site after a day and until another."""
    today, last = days
    first, gone = first_day(force, today), force.gone_from
    if today < first <= last:
        yield f"From {day_in_words(first)} the site of {name} stands."
    for day in registry.turns_of(force, first):
        if day <= last:
            yield f"From {day_in_words(day)} other groups speak for {name}."
    if gone and gone <= last:
        yield f"From {day_in_words(gone)} the site of {name} is gone."
