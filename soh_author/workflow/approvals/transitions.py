"""What changes between two states of the content: files, and outputs from digest to digest.

Review, the plan of a release and the gate all ask here, so that they can't come to different answers.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from soh_author.domain.approval import OutputMove, SourceMove, content_name
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.effective import EffectivePage
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.workflow.approvals.touched_outputs import Public, Touched, touched_by
from soh_author.workflow.output_findings import output_diagnostics
from soh_author.workflow.outputs import Asking, Audience, Output, Shown, Texts, first_day, will_be_live
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Progress

_WORD = re.compile(rb"[a-z0-9]+(?:[-/][a-z0-9]+)*")
_KEEPING_BOOKS = ("approvals/", "releases/")
"""Folders of what is written down about changes; they are no content and need no approval of their own."""


@dataclass(frozen=True, slots=True)
class MovedOutput:
    """One output before and after; None where it isn't there.

    ``findings`` are those that block publishing and that the change brings.
    """

    move: OutputMove
    before: Output | None
    after: Output | None
    findings: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Transitions:
    """Everything that changes, in order: ``sources`` and ``outputs`` as records name them.

    ``moved`` holds the outputs themselves; ``findings`` what blocks publishing after the change and did not
    before, in the files that change and in every output that could be touched, its digest changed or not.
    """

    on: date
    sources: tuple[SourceMove, ...]
    moved: tuple[MovedOutput, ...]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def outputs(self) -> tuple[OutputMove, ...]:
        """The outputs that change, from digest to digest."""
        return tuple(each.move for each in self.moved)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not self.sources and not self.moved

    @property
    def pages(self) -> tuple[PageId, ...]:
        """The pages somebody reads otherwise afterwards."""
        return tuple(dict.fromkeys(each.move.page for each in self.moved))

    @property
    def forces(self) -> tuple[ForceId, ...]:
        """The forces whose public reads something otherwise afterwards."""
        return tuple(sorted({each.move.force for each in self.moved}))


def day_of_judgement(moment: datetime) -> date:
    """The day on which facts and memberships are looked at: that of universal time, the same everywhere."""
    return moment.astimezone(UTC).date()


def transitions(
    before: Snapshot, after: Snapshot, on: date, renderer: Renderer, progress: Progress | None = None
) -> Transitions:
    """What changes from one state of the content to another, for whom, on a day.

    Only outputs that a changed file can reach are put together.

    Raises:
        Cancelled: when a person asked to stop.
    """
    return _Comparing(before, after, on, renderer, progress or Progress()).run()


def source_moves(before: Snapshot, after: Snapshot) -> tuple[SourceMove, ...]:
    """The files that change; what is written down about changes (approvals, releases) is left out."""
    old, new = before.sources, after.sources
    paths = sorted(
        path
        for path in new.may_differ(old)
        if old.stamp(path) != new.stamp(path) and not path.startswith(_KEEPING_BOOKS)
    )
    moves = (
        SourceMove(path, content_name(before.sources.data(path)), content_name(after.sources.data(path)))
        for path in paths
    )
    return tuple(move for move in moves if move.old != move.new)


class _Comparing:
    def __init__(
        self, before: Snapshot, after: Snapshot, on: date, renderer: Renderer, progress: Progress
    ) -> None:
        self._before = _Side(before, on, renderer)
        self._after = _Side(after, on, renderer)
        self._on = on
        self._progress = progress

    def run(self) -> Transitions:
        before, after = self._before.snapshot, self._after.snapshot
        sources = source_moves(before, after)
        touched = touched_by(before, after, [move.path for move in sources], self._on)
        for side in (before, after):
            _read_ahead(side, touched.pages)
        moved: dict[tuple[PageId, Public], MovedOutput] = {}
        findings: dict[Diagnostic, None] = dict.fromkeys(self._in_files(sources))
        self._compare(touched, moved, findings)
        renamed = [page for page in touched.pages if self._appears_otherwise(page)]
        if renamed:
            self._compare(touched.followers(renamed), moved, findings)
        ordered = [moved[place] for place in sorted(moved)]  # each moves once: as if sorted by its move
        return Transitions(self._on, sources, tuple(ordered), tuple(findings))

    def _compare(
        self,
        touched: Touched,
        moved: dict[tuple[PageId, Public], MovedOutput],
        findings: dict[Diagnostic, None],
    ) -> None:
        wanted = list(touched.outputs())
        for number, (page, publics) in enumerate(wanted):
            self._progress.report(number, len(wanted), f"Comparing {page}")
            for public in publics:
                if (page, public) not in moved:
                    found = self._one(page, public)
                    findings.update(dict.fromkeys(found.findings))
                    if found.move.old != found.move.new:
                        moved[page, public] = found

    def _one(self, page: PageId, public: Public) -> MovedOutput:
        before, after = self._before.output(page, public), self._after.output(page, public)
        force, language = public
        move = OutputMove(
            page, force, language, before.digest if before else "", after.digest if after else ""
        )
        return MovedOutput(move, before, after, self._new_findings(before, after))

    def _new_findings(self, before: Output | None, after: Output | None) -> tuple[Diagnostic, ...]:
        found = self._after.blocking(after) if after else ()
        if not found or before is None:
            return found
        known = {_gist(each) for each in self._before.blocking(before)}
        return tuple(each for each in found if _gist(each) not in known)

    def _in_files(self, sources: Iterable[SourceMove]) -> Iterator[Diagnostic]:
        for move in sources:
            known = {_gist(each) for each in self._before.snapshot.sources.read(move.path).diagnostics}
            for finding in self._after.snapshot.sources.read(move.path).diagnostics:
                if finding.blocks and _gist(finding) not in known:
                    yield finding

    def _appears_otherwise(self, page: PageId) -> bool:
        publics = {*self._before.publics, *self._after.publics}
        return any(self._before.shown(page, public) != self._after.shown(page, public) for public in publics)


class _Side:
    """One of the two states, with its publics."""

    def __init__(self, snapshot: Snapshot, on: date, renderer: Renderer) -> None:
        self.snapshot = snapshot
        self._on = on
        self._renderer = renderer
        self._audiences: dict[Public, Audience] = {}
        self._contexts: dict[Public, OutputContext] = {}
        self._texts: Texts = {}
        # By the identity of the text, which is kept for as long as the text is: forces share texts.
        self._asking: dict[int, Asking] = {}
        self._blocking: dict[int, tuple[EffectivePage, tuple[Diagnostic, ...]]] = {}
        self.publics = frozenset(
            (force.id, language)
            for force in snapshot.registry.forces.values()
            if will_be_live(force, on)
            for language in Language
        )

    def output(self, page: PageId, public: Public) -> Output | None:
        """The page as a public reads it, or will with nobody changing anything; None when it never does."""
        audience = self._audience(public) if public in self.publics else None
        while audience is not None and audience.find(page, public[1]) is None:
            audience = audience.on_turning()
        if audience is None:
            return None
        if audience.on == self._on:
            return self._made(page, audience, self._contexts[public])
        return self._made(page, audience, audience.context()).delayed(audience.on)

    def _made(self, page: PageId, audience: Audience, context: OutputContext) -> Output:
        effective = audience.effective(page)
        asking = self._asking.get(id(effective))
        if asking is None:
            asking = self._asking[id(effective)] = Asking.of(effective, self._renderer)
        return audience.output(asking, self._renderer, context)

    def blocking(self, output: Output) -> tuple[Diagnostic, ...]:
        """What is wrong with an output and blocks publishing."""
        own = self._blocking_own(output)
        return (*own, *self.blocking(output.then)) if output.then else own

    def _blocking_own(self, output: Output) -> tuple[Diagnostic, ...]:
        key = id(output.effective)
        is_whole = not (output.missing_facts or output.missing_links or output.missing_media)
        if is_whole and key in self._blocking:
            return self._blocking[key][1]
        found = tuple(each for each in output_diagnostics(self.snapshot, output) if each.blocks)
        if is_whole:  # what is wrong then is wrong with the text, whoever reads it
            self._blocking[key] = (output.effective, found)
        return found

    def shown(self, page: PageId, public: Public) -> tuple[Shown | None, ...]:
        """How a page appears to a public where others point to it, now and on days to come."""
        found: list[Shown | None] = []
        audience = self._audience(public) if public in self.publics else None
        while audience is not None:
            found.append(audience.shown(page, public[1]))
            audience = audience.on_turning()
        return tuple(found)

    def _audience(self, public: Public) -> Audience:
        found = self._audiences.get(public)
        if found is None:
            day = first_day(self.snapshot.force(public[0]), self._on)
            found = self._audiences[public] = Audience(self.snapshot, public[0], public[1], day, self._texts)
            self._contexts[public] = replace(found.context(), answers={})
        return found


def _read_ahead(side: Snapshot, pages: Iterable[PageId]) -> None:
    """Read the files of some pages, and the heads of those they name, in one go: there may be thousands."""
    paths = [file.path for page in pages for file in side.sources.files_of(page)]
    words = {word for data in side.sources.data_of(paths).values() for word in _WORD.findall(data)}
    named = words & {page.encode() for page in side.sources.catalogue.pages}
    side.sources.read_all(paths)
    others = (PageId(name.decode()) for name in sorted(named))
    side.sources.read_heads(file.path for page in others for file in side.sources.files_of(page))


def _gist(finding: Diagnostic) -> tuple[str, str, str]:
    """What a finding says, wherever its line has moved to."""
    return finding.code, finding.place.path, finding.message
