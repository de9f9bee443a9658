"""What changes between two states of the content: files, and outputs from digest to digest.

Review, the plan of a release and the gate all ask here, so that they can't come to different answers.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.approval import OutputMove, SourceMove, content_name
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.reading.paths import FileKind, classify
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.workflow.approvals.touched_outputs import Public, touched_by
from soh_author.workflow.output_findings import output_diagnostics
from soh_author.workflow.outputs import (
    Asking,
    Audience,
    Output,
    SharedText,
    Shown,
    Texts,
    ahead_of,
    first_day,
    outputs_to_come,
    will_be_live,
)
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Progress

_WORD = re.compile(rb"[a-z0-9]+(?:[-/][a-z0-9]+)*")
Readers = Mapping[PageId, frozenset[ForceId]]
"""Pages, and the forces for which each is compared."""

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
        """The pages somebody reads differently afterwards."""
        return tuple(dict.fromkeys(each.move.page for each in self.moved))

    @property
    def forces(self) -> tuple[ForceId, ...]:
        """The forces whose public reads something differently afterwards."""
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
    comparing, steps = Comparing(before, after, on, renderer), progress or Progress()
    first = comparing.compare(comparing.readers, steps)
    parts = (first, comparing.compare(comparing.followers(first.renamed), steps))
    moved = sorted((each for part in parts for each in part.moved), key=place_of)
    findings = in_order([comparing.in_other_files(), first.in_files], (part.findings for part in parts))
    return Transitions(on, comparing.sources, tuple(moved), findings)


def place_of(moved: MovedOutput) -> tuple[PageId, Public]:
    """Where an output stands among others; as each moves once, as if sorted by its move."""
    move = moved.move
    return move.page, (move.force, move.language)


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


@dataclass(frozen=True, slots=True)
class Part:
    """What changes on some pages: ``in_files`` blocks publishing after the change and did not before in their
    files that change, by path; ``renamed`` are those that appear otherwise where others point to them.
    """

    in_files: Mapping[str, tuple[Diagnostic, ...]]
    moved: tuple[MovedOutput, ...]
    findings: tuple[Diagnostic, ...]
    renamed: tuple[PageId, ...]


class Comparing:
    """Two states of the content, held against each other page by page; whatever the parts, the same is found.

    Args:
        before: the content as it was.
        after: the content as it is to be.
        on: the day of facts and memberships.
        renderer: finds what texts ask for.
    """

    def __init__(self, before: Snapshot, after: Snapshot, on: date, renderer: Renderer) -> None:
        self.on = on
        self.sources = source_moves(before, after)
        self._before = _Side(before, on, renderer)
        self._after = _Side(after, on, renderer)
        self._touched = touched_by(before, after, [move.path for move in self.sources], on)
        self._files: dict[PageId | None, list[str]] = defaultdict(list)
        for move in self.sources:
            place = classify(move.path)
            page = place.page if place and place.kind is FileKind.PAGE else None
            self._files[page].append(move.path)

    @cached_property
    def readers(self) -> Readers:
        """The pages that the files which change can reach, in order, and for whom."""
        return self._touched.readers

    def followers(self, renamed: Collection[PageId]) -> Readers:
        """The pages that name others which appear otherwise, as far as they aren't among :attr:`readers`."""
        found = self._touched.followers(renamed).readers if renamed else {}
        rest = {page: forces - self.readers.get(page, frozenset()) for page, forces in found.items()}
        return {page: forces for page, forces in rest.items() if forces}

    def in_other_files(self) -> Mapping[str, tuple[Diagnostic, ...]]:
        """What blocks publishing, and did not before, in files that are of no page."""
        return {path: tuple(self._in_file(path)) for path in self._files[None]}

    def paths_of(self, pages: Iterable[PageId]) -> Sequence[str]:
        """The files that change and lie where those of some pages do."""
        return [path for page in pages for path in self._files.get(page, ())]

    def compare(self, readers: Readers, progress: Progress) -> Part:
        """Compare some pages for some forces.

        Raises:
            Cancelled: when a person asked to stop.
        """
        for side in (self._before, self._after):
            side.read_ahead(readers)
        moved: list[MovedOutput] = []
        findings: dict[Diagnostic, None] = {}
        for number, (page, forces) in enumerate(readers.items()):
            progress.report(number, len(readers), f"Comparing {page}")
            publics = {*self._before.publics_of(page), *self._after.publics_of(page)}
            for public in sorted(public for public in publics if public[0] in forces):
                found = self._one(page, public)
                findings.update(dict.fromkeys(found.findings))
                if found.move.old != found.move.new:
                    moved.append(found)
        renamed = tuple(page for page in readers if self._appears_otherwise(page))
        in_files = {path: tuple(self._in_file(path)) for path in self.paths_of(readers)}
        return Part(in_files, tuple(moved), tuple(findings), renamed)

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

    def _in_file(self, path: str) -> Iterator[Diagnostic]:
        known = {_gist(each) for each in self._before.snapshot.sources.read(path).diagnostics}
        for finding in self._after.snapshot.sources.read(path).diagnostics:
            if finding.blocks and _gist(finding) not in known:
                yield finding

    def _appears_otherwise(self, page: PageId) -> bool:
        publics = {*self._before.publics, *self._after.publics}
        # Publics share texts: nearly all of them have one of a few pairs.
        pairs = {(self._before.texts(page, public), self._after.texts(page, public)) for public in publics}
        return any(_shown(old) != _shown(new) for old, new in pairs)


def in_order(
    in_files: Iterable[Mapping[str, tuple[Diagnostic, ...]]], in_outputs: Iterable[Iterable[Diagnostic]]
) -> tuple[Diagnostic, ...]:
    """All findings, each once: those of files by their paths, then those of outputs as they are given."""
    of_files = {path: found for each in in_files for path, found in each.items()}
    found = [each for path in sorted(of_files) for each in of_files[path]]
    return tuple(dict.fromkeys([*found, *(each for findings in in_outputs for each in findings)]))


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
        self._ahead = ahead_of(snapshot, on)
        self._names = frozenset(page.encode() for page in snapshot.sources.catalogue.pages)
        self.publics = frozenset(
            (force.id, language)
            for force in snapshot.registry.forces.values()
            if will_be_live(force, on)
            for language in Language
        )

    def publics_of(self, page: PageId) -> Iterable[Public]:
        """Who reads a page now or will, with nobody changing anything."""
        return outputs_to_come(self.snapshot, page, self._ahead)

    def read_ahead(self, pages: Iterable[PageId]) -> None:
        """Read the files of some pages, and the heads of those they name, in one go: there may be many."""
        sources = self.snapshot.sources
        paths = [file.path for page in pages for file in sources.files_of(page)]
        words = {word for data in sources.data_of(paths).values() for word in _WORD.findall(data)}
        sources.read_all(paths)
        others = (PageId(name.decode()) for name in sorted(words & self._names))
        sources.read_heads(file.path for page in others for file in sources.files_of(page))

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

    def texts(self, page: PageId, public: Public) -> tuple[SharedText | None, ...]:
        """The text of a page for a public, now and on days to come."""
        found: list[SharedText | None] = []
        audience = self._audience(public) if public in self.publics else None
        while audience is not None:
            found.append(audience.text(page, public[1]))
            audience = audience.on_turning()
        return tuple(found)

    def _audience(self, public: Public) -> Audience:
        found = self._audiences.get(public)
        if found is None:
            day = first_day(self.snapshot.force(public[0]), self._on)
            found = self._audiences[public] = Audience(self.snapshot, public[0], public[1], day, self._texts)
            self._contexts[public] = replace(found.context(), answers={})
        return found


def _shown(texts: Iterable[SharedText | None]) -> Sequence[Shown | None]:
    """How a page appears where others point to it."""
    return [text.shown() if text else None for text in texts]


def _gist(finding: Diagnostic) -> tuple[str, str, str]:
    """What a finding says, wherever its line has moved to."""
    return finding.code, finding.place.path, finding.message
