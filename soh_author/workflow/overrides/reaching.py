"""Whom does it reach: what a draft changes for every public, grouped by those who see the same change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Place
from soh_author.domain.page import WHOLE_PAGE, Page
from soh_author.domain.resolving.digest import OutputIdentity
from soh_author.domain.resolving.impact import Impact, OutputImpact, OutputView, Reach, impact_of
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.overrides.fact_words import over_time
from soh_author.workflow.overrides.reach_sentences import Alarm, ReachGroup, Teller
from soh_author.workflow.overrides.reached_pages import changed_paths, concerned_pages
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import LIVE, Workspace

Marks = Mapping[PageId, Mapping[SectionId, str]]


@dataclass(frozen=True, slots=True)
class ReachedPage:
    """What a change does to one page: per output, in groups that see the same, and in a sentence."""

    page: PageId
    title: str
    impact: Impact
    groups: tuple[ReachGroup, ...]
    alarms: tuple[Alarm, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class ReachReport:
    """What a change does to everybody. Pages that nobody reads differently are left out."""

    on: date
    pages: tuple[ReachedPage, ...]
    paths: tuple[str, ...]

    @property
    def counts(self) -> dict[Reach, int]:
        """How many outputs there are of each reach, over all pages."""
        counts = dict.fromkeys(Reach, 0)
        for page in self.pages:
            for reach, number in page.impact.counts.items():
                counts[reach] += number
        return counts

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """Where local text keeps a change marked as safety or law from being read."""
        return tuple(alarm for page in self.pages for alarm in page.alarms)

    @property
    def sentence(self) -> str:
        """The whole in a sentence."""
        if not self.pages:
            return "Nobody reads anything different."
        if len(self.pages) == 1:
            return self.pages[0].sentence
        counts = self.counts
        changed = counts[Reach.CHANGES] + counts[Reach.ADDED] + counts[Reach.REMOVED]
        shadowed = counts[Reach.SHADOWED]
        alarms = f" {len(self.alarms)} need a look at once." if self.alarms else ""
        return (
            f"{len(self.pages)} pages change: {changed:,} of the pages that people read, "
            f"{shadowed:,} keep their own text.{alarms}"
        )


def reach(workspace: Workspace, draft: str, on: date, *, marks: Marks | None = None) -> Task[ReachReport]:
    """What a draft changes for every public, against what it started from.

    Args:
        draft: its privately saved texts count.
        on: the day for facts and memberships.
        marks: sections (``page``: all) whose change is marked as safety or law for this draft, with the
            reason, beside those that the pages themselves mark.

    Raises (when run):
        NotFoundError: when there is no such draft.
    """

    def work(progress: Progress) -> Outcome[ReachReport]:
        after = workspace.snapshot(draft)
        live = workspace.revision_of(LIVE)
        start = workspace.store.common_ancestor(live, after.revision) or live
        report = reach_between(
            workspace.snapshot(str(start)), after, on, workspace.renderer, marks=marks, progress=progress
        )
        return Outcome(report, notice=report.sentence)

    return Task("Finding out whom it reaches", work)


def reach_between(
    before: Snapshot,
    after: Snapshot,
    on: date,
    renderer: Renderer,
    *,
    marks: Marks | None = None,
    progress: Progress | None = None,
) -> ReachReport:
    """What differs for every public between two contents, unsaved text included."""
    watched = progress or Progress()
    paths = changed_paths(before, after)
    wanted = list(concerned_pages(before, after, paths))
    looking = _Looking(before, after, on, renderer)
    teller = Teller(after, before)
    found: list[ReachedPage] = []
    for number, page in enumerate(wanted):
        watched.report(number, len(wanted), f"Looking at {page}")
        impact = looking.impact(page, (marks or {}).get(page, {}))
        if any(each.reach is not Reach.UNCHANGED for each in impact.outputs):
            found.append(_told(teller, looking, page, impact))
    return ReachReport(on, tuple(found), paths)


def _told(teller: Teller, looking: "_Looking", page: PageId, impact: Impact) -> ReachedPage:
    groups = teller.groups(impact)
    return ReachedPage(
        page, looking.title(page), impact, groups, teller.alarms(impact), teller.sentence(groups)
    )


class _Looking:
    """Looks at outputs before and after, each public made once."""

    def __init__(self, before: Snapshot, after: Snapshot, on: date, renderer: Renderer) -> None:
        self._before = _Publics(before, on, renderer)
        self._after = _Publics(after, on, renderer)
        self._on = on

    def impact(self, page: PageId, marks: Mapping[SectionId, str]) -> Impact:
        """What happens to every output of a page."""
        old = self._before.page_then(page, self._after.snapshot)
        there = dict.fromkeys([*self._before.outputs(old), *self._after.outputs(page)])
        return Impact(
            tuple(self._one(old, page, force, language, marks) for force, language in _ordered(there))
        )

    def title(self, page: PageId) -> str:
        """What the page is called, before where it is gone after."""
        publics = self._after if self._after.snapshot.sources.files_of(page) else self._before
        return publics.snapshot.page_info(page).title

    def _one(
        self, old: PageId, page: PageId, force: ForceId, language: Language, marks: Mapping[SectionId, str]
    ) -> OutputImpact:
        before = self._before.view(old, force, language)
        after = self._after.view(page, force, language)
        identity = OutputIdentity(page, force, language)
        impact = impact_of(identity, before, after, _all_marks(self._after.snapshot, page, after, marks))
        late = _late_welsh(after) - _late_welsh(before) if language is Language.CY and before else frozenset()
        return replace(impact, outdated=(*impact.outdated, *sorted(late, key=_by_place))) if late else impact


def _late_welsh(view: OutputView | None) -> frozenset[Place]:
    """Places of Welsh whose English changed since it was written."""
    found = view.effective.diagnostics if view else ()
    return frozenset(each.place for each in found if each.code == "outdated-welsh")


def _by_place(place: Place) -> tuple[str, int]:
    return place.path, place.line


def _ordered(there: Iterable[tuple[ForceId, Language]]) -> list[tuple[ForceId, Language]]:
    return sorted(there, key=lambda each: (list(Language).index(each[1]), each[0]))


class _Publics:
    """The publics of one content."""

    def __init__(self, snapshot: Snapshot, on: date, renderer: Renderer) -> None:
        self.snapshot = snapshot
        self._on = on
        self._renderer = renderer
        self._made: dict[tuple[ForceId, Language], tuple[Audience, OutputContext]] = {}

    def page_then(self, page: PageId, later: Snapshot) -> PageId:
        """The id a page had here before it was moved."""
        if self.snapshot.sources.files_of(page):
            return page
        olds = [old for old, new in later.sources.moves.items() if new == page]
        return next((old for old in olds if self.snapshot.sources.files_of(old)), page)

    def outputs(self, page: PageId) -> list[tuple[ForceId, Language]]:
        """Who reads a page here."""
        return outputs_of(self.snapshot, page, self._on) if self.snapshot.sources.files_of(page) else []

    def view(self, page: PageId, force: ForceId, language: Language) -> OutputView | None:
        """An output; None where the force has no such page."""
        if force not in self.snapshot.registry.forces:
            return None
        key = (force, language)
        if key not in self._made:
            audience = Audience(self.snapshot, force, language, self._on)
            self._made[key] = (audience, audience.context())
        audience, context = self._made[key]
        try:
            output, _rendered = audience.render(page, self._renderer, context)
        except NotFoundError:
            return None
        facts = {name: over_time(value) for name, value in output.facts.items()}
        return OutputView(output.effective, output.digest, facts)


def _all_marks(
    snapshot: Snapshot, page: PageId, after: OutputView | None, marks: Mapping[SectionId, str]
) -> dict[SectionId, str]:
    """Reasons by section: those of the pages' own marks and those given for this change."""
    found: dict[SectionId, str] = {}
    for file in snapshot.sources.files_of(page):
        value = snapshot.sources.read(file.path).value
        if isinstance(value, Page):
            found |= {section: mark.value for section, mark in value.importance.items()}
    found |= dict(marks)
    whole = found.pop(WHOLE_PAGE, "")
    if whole and after is not None:
        everything = [*after.effective.sections, *after.effective.hidden]
        everything += [trace.above for trace in after.effective.ops if trace.above]
        found = {**{section.id: whole for section in everything}, **found}
    return found
