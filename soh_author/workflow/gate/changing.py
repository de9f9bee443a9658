"""What a release changes, as the gate asks for it: page by page, in several processes where there is much.

However many there are, the same is found in the same order. Where one of them ends, or can't be waited for,
nothing is found at all, and the release is refused.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Self

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.errors import OutputError
from soh_author.domain.ids import PageId
from soh_author.domain.judging.approval import OutputMove
from soh_author.domain.judging.proposal import OutputChange, SourceChange
from soh_author.render.renderer import Renderer
from soh_author.workflow.approvals.releasing_proposal import Changes, Describing
from soh_author.workflow.approvals.transitions import Comparing, Readers, in_order
from soh_author.workflow.gate.addresses import Arriving, arriving
from soh_author.workflow.processes import Helpers, Job, in_chunks, may_be_copied
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Progress

ENOUGH_FOR_SEVERAL = 1_000
"""Outputs below which it takes longer to share them than one process needs for them (a third of a second)."""
_CHUNK = 3
"""Pages that a process is given at a time."""


@dataclass(frozen=True, slots=True)
class Changing:
    """What a release changes on a day: described for the judgement over it, the outputs that get an address,
    and what is wrong and was not before.
    """

    on: date
    changes: Changes
    arriving: tuple[Arriving, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def files(self) -> Mapping[str, str]:
        """What each file becomes, by its path."""
        return {change.move.path: change.move.new for change in self.changes.sources}

    @property
    def moves(self) -> Sequence[OutputMove]:
        """The outputs that change, from digest to digest."""
        return [change.move for change in self.changes.outputs]


@dataclass(frozen=True, slots=True)
class Means:
    """With what the changes are looked for.

    ``check`` is called between steps, and raises to stop (the deadline). ``read_apart`` is called first in
    each helping process: it opens a git of its own there, because two processes can't share one.
    ``processes`` is the largest number of processes to use.
    """

    check: Callable[[], None]
    read_apart: Callable[[], None]
    processes: int


def find_changing(before: Snapshot, after: Snapshot, on: date, means: Means) -> Changing:
    """Find all that a release changes.

    Args:
        before: what is live.
        after: what would be.
        on: the day of facts and memberships.
        means: in which way.

    Raises:
        OutputError: when a process that helped was ended from outside, or an answer is missing.
    """
    bench = _Bench(Comparing(before, after, on, Renderer()), before, after, means.check)
    with _Sharing(bench, means) as sharing:
        first = list(sharing.share(bench.comparing.readers))
        renamed = [page for part in first for page in part.renamed]
        parts = [*first, *sharing.share(bench.comparing.followers(renamed))]
    return _joined(bench, parts)


@dataclass(frozen=True, slots=True)
class _Part:
    """What was found of some pages; ``in_files`` is wrong in their files, ``findings`` in their outputs."""

    sources: tuple[SourceChange, ...]
    outputs: tuple[OutputChange, ...]
    arriving: tuple[Arriving, ...]
    in_files: Mapping[str, tuple[Diagnostic, ...]]
    findings: tuple[Diagnostic, ...]
    renamed: tuple[PageId, ...]


class _Bench:
    """Where pages are compared: this process, and every copy of it, has one."""

    def __init__(
        self, comparing: Comparing, before: Snapshot, after: Snapshot, check: Callable[[], None]
    ) -> None:
        self.comparing = comparing
        self.describing = Describing(before, after, comparing.sources, comparing.on)
        self.check = check
        self._progress = Progress(lambda _step: check())
        self._moves = {move.path: move for move in comparing.sources}

    def compare(self, readers: Readers) -> _Part:
        found = self.comparing.compare(readers, self._progress)
        describing = self.describing
        return _Part(
            tuple(describing.source(self._moves[path]) for path in found.in_files),
            tuple(map(describing.output, found.moved)),
            tuple(arriving(found.moved)),
            found.in_files,
            found.findings,
            found.renamed,
        )

    def other_sources(self, known: Iterable[SourceChange]) -> Iterator[SourceChange]:
        """The files that change and are of no page."""
        done = {change.move.path for change in known}
        return (self.describing.source(move) for path, move in self._moves.items() if path not in done)


def _joined(bench: _Bench, parts: Iterable[_Part]) -> Changing:
    """What the parts have found, in one order, whoever found it."""
    sources = [change for part in parts for change in part.sources]
    sources += bench.other_sources(sources)
    outputs = [change for part in parts for change in part.outputs]
    in_files = [bench.comparing.in_other_files(), *(part.in_files for part in parts)]
    return Changing(
        bench.comparing.on,
        Changes(
            tuple(sorted(sources, key=lambda change: change.move.path)),
            tuple(sorted(outputs, key=lambda change: change.move)),
        ),
        tuple(sorted(each for part in parts for each in part.arriving)),
        in_order(in_files, (part.findings for part in parts)),
    )


@dataclass(frozen=True, slots=True)
class _Compare(Job[_Bench]):
    number: int
    readers: Readers

    def run(self, bench: _Bench) -> tuple[int, _Part]:
        return self.number, bench.compare(self.readers)


class _Sharing:
    """Shares pages out among processes. Others are there from the first time it is worth it."""

    def __init__(self, bench: _Bench, means: Means) -> None:
        self._bench = bench
        self._make = partial(_copied, bench, means.read_apart)
        self._processes = min(means.processes, _cores())
        self._helpers: Helpers[_Bench] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._helpers is not None:
            self._helpers.dismiss()

    def share(self, readers: Readers) -> Iterator[_Part]:
        """Compare some pages; what is found comes in their order."""
        if not self._is_worth_it(readers):
            yield self._bench.compare(readers)
            return
        if self._helpers is None:
            self._helpers = Helpers(self._make, self._processes - 1, self._bench, are_copies=True)
        waiting = deque(
            _Compare(number, dict(chunk))
            for number, chunk in enumerate(in_chunks(list(readers.items()), _CHUNK))
        )
        given = len(waiting)
        done: dict[int, _Part] = {}
        for _worker, found in self._helpers.share(
            lambda _worker: waiting.popleft() if waiting else None, self._bench.check
        ):
            assert isinstance(found, tuple), "a job brings its number and a part"
            done[found[0]] = found[1]
        if len(done) != given:
            raise OutputError(
                "A process that helped with the work did not answer for all of it.",
                safe="Nothing was changed.",
                todo="Try again; if it happens once more, tell who looks after the server.",
            )
        yield from (done[number] for number in sorted(done))

    def _is_worth_it(self, readers: Readers) -> bool:
        is_much = sum(map(len, readers.values())) >= ENOUGH_FOR_SEVERAL
        return is_much and self._processes > 1 and (self._helpers is not None or may_be_copied())


def _copied(bench: _Bench, read_apart: Callable[[], None]) -> _Bench:
    read_apart()
    return bench


def _cores() -> int:
    """How many processes really run side by side."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
