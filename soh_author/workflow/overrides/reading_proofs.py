"""Proof by reading: which outputs of a page are what they were, digest for digest, and which are not."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from html import unescape

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.resolving.digest import OutputIdentity
from soh_author.render.output import OutputContext
from soh_author.render.renderer import Renderer
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.snapshot import Snapshot


class Verdict(StrEnum):
    """What was found of one output."""

    SAME = "same digest"
    READS_THE_SAME = "reads the same"
    CHANGES = "changes"


@dataclass(frozen=True, slots=True)
class Exceptional:
    """An output that does not keep its digest; ``is_expected`` where that was the purpose."""

    output: OutputIdentity
    verdict: Verdict
    is_expected: bool


@dataclass(frozen=True, slots=True)
class ReadingProof:
    """What was proved about a page: how many outputs keep their digest, and all that do not."""

    page: PageId
    kept: int
    exceptions: tuple[Exceptional, ...]

    @property
    def broken(self) -> tuple[Exceptional, ...]:
        """Outputs that change and should not: with any of these nothing is accepted."""
        return tuple(
            each for each in self.exceptions if each.verdict is Verdict.CHANGES and not each.is_expected
        )

    @property
    def is_proved(self) -> bool:
        """Whether every output that should not change reads as it did."""
        return not self.broken

    @property
    def sentence(self) -> str:
        """The proof in a sentence."""
        alike = sum(each.verdict is Verdict.READS_THE_SAME for each in self.exceptions)
        changes = [each for each in self.exceptions if each.verdict is Verdict.CHANGES]
        said = [f"{self.kept} outputs keep their digest"]
        said += [f"{alike} read the same with a new digest"] * bool(alike)
        said += [f"{len(changes)} change"] * bool(changes)
        return ", ".join(said) + "."


def prove_reading(
    before: Snapshot,
    after: Snapshot,
    page: PageId,
    on: date,
    renderer: Renderer,
    *,
    expected: Iterable[ForceId] = (),
) -> ReadingProof:
    """Compare every output of a page before and after.

    Args:
        expected: forces whose public is meant to read something else.
    """
    meant = frozenset(expected)
    sides = (_Readings(before, on, renderer), _Readings(after, on, renderer))
    there = dict.fromkeys([*outputs_of(before, page, on), *outputs_of(after, page, on)])
    kept, exceptions = 0, []
    for force, language in there:
        verdict = _verdict(*(side.of(page, force, language) for side in sides))
        if verdict is Verdict.SAME:
            kept += 1
        else:
            output = OutputIdentity(page, force, language)
            exceptions.append(Exceptional(output, verdict, force in meant))
    return ReadingProof(page, kept, tuple(exceptions))


_Reading = tuple[str, str] | None


def _verdict(old: _Reading, new: _Reading) -> Verdict:
    if old is None or new is None:
        return Verdict.SAME if old == new else Verdict.CHANGES
    if old[0] == new[0]:
        return Verdict.SAME
    return Verdict.READS_THE_SAME if old[1] == new[1] else Verdict.CHANGES


class _Readings:
    """Outputs of one content with their digest and the words a person reads."""

    def __init__(self, snapshot: Snapshot, on: date, renderer: Renderer) -> None:
        self._snapshot = snapshot
        self._on = on
        self._renderer = renderer
        self._made: dict[tuple[ForceId, Language], tuple[Audience, OutputContext]] = {}

    def of(self, page: PageId, force: ForceId, language: Language) -> _Reading:
        key = (force, language)
        if force not in self._snapshot.registry.forces:
            return None
        if key not in self._made:
            audience = Audience(self._snapshot, force, language, self._on)
            self._made[key] = (audience, audience.context())
        audience, context = self._made[key]
        try:
            output, rendered = audience.render(page, self._renderer, context)
        except NotFoundError:
            return None
        # What lacks a fact shows a mark in its place; that is no text to be called the same.
        lacking = " ".join(missing.reference.key for missing in output.missing_facts)
        return output.digest, f"{words_of(rendered.html)}\n{lacking}"


_TAG = re.compile(r"<[^>]*>")


def words_of(html: str) -> str:
    """The words of a rendered page, without its tags."""
    return " ".join(_spaced(html))


def _spaced(html: str) -> Iterator[str]:
    # A tag inside a sentence makes no gap; one between blocks does, but both sides are read alike.
    yield from unescape(_TAG.sub("", html)).split()
