"""What reviewers see: the difference for the public, each kind once, with everybody who reads it so."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from soh_author.domain.days import day_in_words
from soh_author.domain.ids import DraftName, PageId, SectionId
from soh_author.domain.judging.approval import Action, OutputMove, SignedRecord
from soh_author.domain.judging.requirements import Requirement, unmet
from soh_author.domain.resolving.digest import NOT_READ, OutputIdentity
from soh_author.domain.resolving.impact import Impact, OutputImpact, OutputView, impact_of
from soh_author.trust.signed_files import RefusedRecord
from soh_author.workflow.outputs import Output
from soh_author.workflow.overrides.fact_words import over_time
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.release.reviewing_records import Move

_Read = Callable[[Output], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Passage:
    """One thing that reads differently: a section, a field or a fact; empty where it isn't there."""

    what: str
    title: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Group:
    """Outputs that change in the same way: to look at one is to look at all."""

    page: PageId
    outputs: tuple[OutputMove, ...]
    impact: OutputImpact
    before: Output | None
    after: Output | None

    @property
    def passages(self) -> tuple[Passage, ...]:
        """What reads differently, in the order of the page."""
        return tuple(_passages(self))

    @property
    def sentence(self) -> str:
        """Who reads it so: ``advice/fees in English: changes for 44 forces``."""
        forces = {move.force for move in self.outputs}
        who = f"{len(forces)} forces" if len(forces) > 1 else f"{self.outputs[0].force}"
        return f"{self.page} in {self.outputs[0].language.label}: {self.impact.reach} for {who}"


@dataclass(frozen=True, slots=True)
class StaleYes:
    """A yes that no longer holds for something, because that has moved."""

    signed: SignedRecord
    subject: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Review:
    """A draft as its reviewers see it.

    ``mark`` names exactly what was seen; ``groups`` are the largest first. A file may change without anybody
    reading anything otherwise: it is in ``case`` only.
    """

    draft: DraftName
    case: Case
    groups: tuple[Group, ...]
    requirements: tuple[Requirement, ...]
    stale: tuple[StaleYes, ...]
    refused: tuple[RefusedRecord, ...]

    @property
    def seen(self) -> frozenset[Move]:
        """Every change, as :func:`soh_author.workflow.release.reviewing.approve` wants to hear it."""
        return frozenset(change.move for change in self.case.proposal.changes())

    @property
    def mark(self) -> str:
        """Names everything that is seen here; another mark, another draft."""
        return mark_of(self.case)

    @property
    def unmet(self) -> tuple[Requirement, ...]:
        """What is still needed."""
        return unmet(self.requirements)

    @property
    def is_ready(self) -> bool:
        """Whether it may go out."""
        return not self.unmet

    @property
    def records(self) -> tuple[SignedRecord, ...]:
        """What people said of it, the oldest first."""
        return tuple(sorted(self.case.proposal.records, key=lambda each: (each.record.when, each.id)))


def review_of(case: Case) -> Review:
    """Make a case readable."""
    judged = case.judged()
    return Review(
        case.candidate.drafts[0], case, groups_of(case), judged, tuple(stale_of(case)), case.refused
    )


def mark_of(case: Case) -> str:
    """Twelve letters that name every change of a case."""
    said = "\n".join(sorted(repr(change.move) for change in case.proposal.changes()))
    return hashlib.sha256(said.encode()).hexdigest()[:12]


def groups_of(case: Case) -> tuple[Group, ...]:
    """The outputs that change, grouped by identical difference, the largest group first."""
    moved = {
        OutputIdentity(each.move.page, each.move.force, each.move.language): each for each in case.found.moved
    }
    impacts = Impact(
        tuple(impact_of(output, _view(each.before), _view(each.after)) for output, each in moved.items())
    )
    groups = []
    for same in impacts.groups:
        first = moved[same[0].output]
        outputs = tuple(moved[impact.output].move for impact in same)
        groups.append(Group(first.move.page, outputs, same[0], first.before, first.after))
    return tuple(groups)


def stale_of(case: Case) -> Iterator[StaleYes]:
    """The yeses that no longer hold for something that changes still, and what moved since."""
    present = {change.subject: change.move for change in case.proposal.changes()}
    for signed in case.proposal.records:
        if signed.record.action in {Action.APPROVE, Action.FACT_CHECK}:
            for move in sorted(signed.moves, key=lambda each: each.subject):
                now = present.get(move.subject)
                if now is not None and now != move:
                    yield StaleYes(signed, move.subject, _why_stale(case, signed, move, now))


def _why_stale(case: Case, signed: SignedRecord, move: Move, now: Move) -> str:
    person = case.policy.people[signed.record.person].name
    when = day_in_words(signed.record.when)
    deed = "checked the facts of" if signed.record.action is Action.FACT_CHECK else "approved"
    said = f"{person} {deed} {move.subject} on {when}"
    if move.old == now.old and len(case.candidate.drafts) > 1:
        return f"{said}, but not together with what the other draft changes in it."
    return f"{said}; {'what is live' if move.old != now.old else 'the draft'} has changed it since."


def _view(output: Output | None) -> OutputView | None:
    if output is None:
        return None
    facts = {key: over_time(fact) for key, fact in output.facts.items()}
    if output.turn:
        sections = output.then.effective.sections if output.then else ()
        facts[f"from {output.turn}"] = " ".join(f"{section.id} {section.pin}" for section in sections)
    return OutputView(output.effective, output.digest, facts)


def _passages(group: Group) -> Iterator[Passage]:
    old, new = group.before, group.after
    yield from _between(group, old, new)
    turns = {output.turn for output in (old, new) if output and output.turn}
    if turns:
        # From that day on other groups speak for the force, with nobody changing anything.
        then = (output.then if output and output.turn else output for output in (old, new))
        for passage in _between(group, *then):
            yield replace(passage, title=f"From {day_in_words(min(turns))}: {passage.title}")


def _between(group: Group, old: Output | None, new: Output | None) -> Iterator[Passage]:
    fields, texts, facts = (_both(old, new, read) for read in (_fields, _sections, _facts))
    for name, (before, after) in fields.items():
        if before != after:
            yield Passage("field", name.replace("_", " "), before, after)
    for name, (before, after) in texts.items():
        if before != after:
            yield Passage("section", _heading(group, name), before, after)
    for name, (before, after) in facts.items():
        if before != after:
            yield Passage("fact", name, before, after)


def _both(old: Output | None, new: Output | None, read: _Read) -> dict[str, tuple[str, str]]:
    before, after = (read(output) if output else {} for output in (old, new))
    return {name: (before.get(name, ""), after.get(name, "")) for name in {**before, **after}}


def _fields(output: Output) -> Mapping[str, str]:
    fields = {name: field.value for name, field in output.effective.fields.items() if name not in NOT_READ}
    return {**fields, "address": output.url}


def _sections(output: Output) -> Mapping[str, str]:
    return {
        str(section.id): f"{section.heading}\n\n{section.body}".strip()
        for section in output.effective.sections
    }


def _facts(output: Output) -> Mapping[str, str]:
    return {key: over_time(fact) for key, fact in output.facts.items()}


def _heading(group: Group, section: str) -> str:
    for output in (group.after, group.before):
        found = output.effective.section(SectionId(section)) if output else None
        if found is not None:
            return found.heading or "The text at the head of the page"
    return section
