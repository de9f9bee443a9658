"""People, changes and records for tests of the judgement; everything is honest until a test changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TypedDict, Unpack

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, Record, SignedRecord, SourceMove
from soh_author.domain.judging.doubts import Why
from soh_author.domain.judging.people import Grant, Person, PublicKey, Role, Scope
from soh_author.domain.judging.policy import Freeze, Policy, Rules
from soh_author.domain.judging.proposal import Change, OutputChange, Proposal, SourceChange
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.requirements import Requirement, RequirementKind, requirements, unmet
from soh_author.domain.layers import SHARED, Layer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REPOSITORY = "3f1c0000-0000-4000-8000-000000000000"
PAGE = PageId("advice/seized-vehicles")
LONG_AGO = NOW - timedelta(days=400)
A, B, C = ("sha256:" + letter * 64 for letter in "abc")


class PolicyFields(TypedDict, total=False):
    """What a test may say otherwise of the policy."""

    rules: Rules
    freezes: tuple[Freeze, ...]


class SourceFields(TypedDict, total=False):
    """What a test may say otherwise of a file."""

    layer: Layer
    page: PageId | None
    marks: str


class OutputFields(TypedDict, total=False):
    """What a test may say otherwise of an output."""

    change: str
    marks: str
    sources: frozenset[str]


class RecordFields(TypedDict, total=False):
    """What a test may say otherwise of a record."""

    repository: str
    when: datetime
    nonce: str
    draft: DraftName
    note: str
    refers_to: str
    authors: tuple[PersonId, ...]


class ProposalFields(TypedDict, total=False):
    """What a test may say otherwise of a release."""

    kind: ReleaseKind
    publisher: PersonId
    spent: frozenset[str]
    elsewhere: tuple[SignedRecord, ...]
    touched: Mapping[str, frozenset[PersonId]]
    live_since: Mapping[str, datetime]
    faults: tuple[Diagnostic, ...]


def person(name: str, *grants: Role | Grant, keys: int = 1) -> Person:
    """Somebody with as many keys as asked for, ``key-nia-1`` and so on."""
    given = tuple(grant if isinstance(grant, Grant) else Grant(grant) for grant in grants)
    lines = tuple(PublicKey(f"key-{name}-{number + 1}", LONG_AGO) for number in range(keys))
    return Person(PersonId(name), name.title(), f"{name}@example", lines, given)


def at(role: Role, *layers: str, pages: Iterable[str] = ("*",)) -> Grant:
    """A role for some layers and pages."""
    return Grant(role, Scope(layers, tuple(pages)))


def a_policy(**changes: Unpack[PolicyFields]) -> Policy:
    """Nia edits (and has two keys), Sam and Rhys review nationally, Kit for Kent; Alex publishes."""
    everybody = [
        person("nia", Role.EDITOR, Role.REVIEWER, keys=2),
        person("sam", Role.REVIEWER, Role.EDITOR),
        person("rhys", Role.REVIEWER),
        person("kit", at(Role.REVIEWER, "force:kent"), at(Role.EDITOR, "force:kent")),
        person("gwen", Role.WELSH_REVIEWER),
        person("fred", Role.FACT_CHECKER),
        person("alex", Role.PUBLISHER),
        person("kate", at(Role.PUBLISHER, "force:kent")),
    ]
    policy = Policy(
        1, REPOSITORY, {each.id: each for each in everybody}, (PersonId("nia"), PersonId("sam")), 2
    )
    return replace(policy, **changes)


def with_person(policy: Policy, known: Person) -> Policy:
    """The policy with somebody changed, or added."""
    return replace(policy, people={**policy.people, known.id: known})


def source(
    path: str = "shared/pages/advice/seized-vehicles.en.md", new: str = B, **changes: Unpack[SourceFields]
) -> SourceChange:
    """A file that goes from A to B."""
    return replace(SourceChange(SourceMove(path, A, new), SHARED, PAGE, Language.EN), **changes)


def kents() -> SourceChange:
    """A file of Kent that goes from A to B."""
    return source("forces/kent/pages/advice/seized-vehicles.en.md", layer=Layer.of_force("kent"))


def output(
    force: str = "kent",
    language: Language = Language.EN,
    page: str = PAGE,
    new: str = B,
    **changes: Unpack[OutputFields],
) -> OutputChange:
    """An output that goes from A to B."""
    move = OutputMove(PageId(page), ForceId(force), language, A, new)
    return replace(OutputChange(move, frozenset({"advice"})), **changes)


def record(
    action: Action, by: str, *changes: Change, key: str = "", **others: Unpack[RecordFields]
) -> SignedRecord:
    """A signed record over some changes, an hour old."""
    made = Record(
        action=action,
        repository=REPOSITORY,
        person=PersonId(by),
        when=NOW - timedelta(hours=1),
        nonce="0" * 32,
        draft=DraftName("april-fees"),
        sources=tuple(each.move for each in changes if isinstance(each, SourceChange)),
        outputs=tuple(each.move for each in changes if isinstance(each, OutputChange)),
    )
    told = replace(made, **others)
    return SignedRecord(f"{action.value} {by} {hash(told)} {key}", told, key or f"key-{by}-1")


def submit(by: str, *changes: Change, key: str = "", **others: Unpack[RecordFields]) -> SignedRecord:
    """Sent for review."""
    return record(Action.SUBMIT, by, *changes, key=key, **others)


def approve(by: str, *changes: Change, key: str = "", **others: Unpack[RecordFields]) -> SignedRecord:
    """A yes."""
    return record(Action.APPROVE, by, *changes, key=key, **others)


def proposal(changes: Iterable[Change], *records: SignedRecord, **others: Unpack[ProposalFields]) -> Proposal:
    """An ordinary release by Alex."""
    listed = list(changes)
    made = Proposal(
        ReleaseKind.ORDINARY,
        PersonId("alex"),
        tuple(each for each in listed if isinstance(each, SourceChange)),
        tuple(each for each in listed if isinstance(each, OutputChange)),
        records,
    )
    return replace(made, **others)


def judged(proposed: Proposal, policy: Policy | None = None, now: datetime = NOW) -> tuple[Requirement, ...]:
    """The requirements that are not met."""
    return unmet(requirements(policy or a_policy(), proposed, now))


def kinds(found: Iterable[Requirement]) -> set[RequirementKind]:
    """What is missing."""
    return {each.kind for each in found}


def reasons(found: Iterable[Requirement]) -> set[Why]:
    """Why records did not count."""
    return {doubt.why for each in found for doubt in each.doubts}
