"""Attacks with fact checks, and with reviews of emergencies: by who may not, or of something else."""

from collections.abc import Callable
from dataclasses import replace

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.approval import Action, Record
from soh_author.domain.judging.people import Grant, Role, Scope
from soh_author.domain.judging.release import ReleaseKind
from soh_author.trust.records import read_record
from tests.attacks.case import Attack
from tests.attacks.world import APPROVED, HOUR, SUBMITTED, Attempt, Said, World, edited, honest

_ALL = Scope()
_KENT = Scope(layers=("force:kent",))
_CHECKED = Said("rae", Action.FACT_CHECK)
_MINUTE = HOUR / 60
_NIA = PersonId("nia")
_REASON = "A wrong number for the emergency line"


def _world(world: World, who: str = "rae", scope: Scope = _ALL) -> World:
    """The same, with pages whose facts have to be checked, and somebody who checks facts."""
    policy = world.crew.policy
    person = policy.people[PersonId(who)]
    checker = replace(person, grants=(*person.grants, Grant(Role.FACT_CHECKER, scope)))
    rules = replace(policy.rules, fact_checked_types=("advice",))
    return world.with_policy(replace(policy, rules=rules, people={**policy.people, person.id: checker}))


def _check(
    said: Said = _CHECKED, who: str = "rae", scope: Scope = _ALL
) -> Callable[[World], tuple[World, Attempt]]:
    """An honest release with one fact check more, where one person checks facts."""
    return lambda world: (_world(world, who, scope), honest(said=(SUBMITTED, APPROVED, said)))


def _emergency(number: int, minutes: int, note: str = _REASON, author: PersonId = _NIA) -> Attempt:
    said = Said(
        "pat",
        Action.EMERGENCY,
        (minutes + 1) * _MINUTE,
        edit=lambda record: replace(record, note=note, authors=(author,)),
    )
    return honest(
        kind=ReleaseKind.EMERGENCY,
        changes=edited(new=f"Words {number}."),
        said=(said,),
        identity=f"e{number}",
        ago=minutes * _MINUTE,
    )


def _two_emergencies(world: World, author: PersonId = _NIA) -> tuple[str, Record]:
    """Two emergencies go live; the first of their records, with its id."""
    world.publish(_emergency(0, 9, author=author))
    store = world.store
    ((path, data),) = (
        (path, store.read(entry.blob))
        for path, entry in store.files(world.tip).items()
        if path.startswith("approvals/") and path.endswith(".json")
    )
    world.publish(_emergency(1, 6))
    return path.rpartition("/")[2].removesuffix(".json"), read_record(data)


def _review(found: tuple[str, Record], by: str, minutes: int = 4) -> Attempt:
    """A release that brings nothing but the review of an emergency."""
    identity, emergency = found

    def edit(record: Record) -> Record:
        return replace(record, sources=emergency.sources, outputs=emergency.outputs, refers_to=identity)

    said = Said(by, Action.APPROVE, minutes * _MINUTE, edit=edit)
    return honest(changes={}, said=(said,), identity="review", ago=3 * _MINUTE)


def _third(reviewed_by: str) -> Callable[[World], Attempt]:
    """A third emergency, after one of two was reviewed."""

    def tried(world: World) -> Attempt:
        world.publish(_review(_two_emergencies(world), reviewed_by))
        return _emergency(2, 1)

    return tried


def _third_of(author: PersonId) -> Callable[[World], Attempt]:
    """A third emergency, after the first of two was reviewed by somebody, who may have written it."""

    def tried(world: World) -> Attempt:
        world.publish(_review(_two_emergencies(world, author), "rae"))
        return _emergency(2, 1)

    return tried


def _late_review(minutes: int) -> Callable[[World], Attempt]:
    return lambda world: _review(_two_emergencies(world), "rae", minutes)


ATTACKS = (
    Attack(
        "a fact check by who is no fact checker",
        "fact-checked",
        _check(replace(_CHECKED, person="ed")),
        _check(),
        "no fact-checker",
    ),
    Attack("a fact check for one force", "fact-checked", _check(scope=_KENT), _check()),
    Attack(
        "a fact check by who wrote it",
        "fact-checked",
        _check(replace(_CHECKED, person="nia"), "nia"),
        _check(),
        "wrote some of it",
    ),
    Attack(
        "a fact check of an older version",
        "fact-checked",
        _check(replace(_CHECKED, of=edited(new="Older words."))),
        _check(),
    ),
    Attack(
        "an approval's signature under a fact check",
        "record",
        _check(replace(_CHECKED, namespace="soh-author/approve")),
        _check(),
    ),
    Attack(
        "a third emergency after a review by who may not",
        "emergency",
        _third("kim"),
        _third("rae"),
        "2 of at most 2",
    ),
    Attack(
        "a third emergency after a review by who wrote the first",
        "emergency",
        _third_of(PersonId("rae")),
        _third_of(_NIA),
    ),
    Attack(
        "an emergency whose reason can't be seen",
        "emergency",
        _emergency(0, 1, "\u200b" * 20),
        _emergency(0, 1),
    ),
    Attack(
        "an emergency whose reason is turned around",
        "record",
        _emergency(0, 1, "Not \u202etrue: it is urgent"),
        _emergency(0, 1, "Sgwennu â brys: it is urgent"),
    ),
    Attack("a review of an emergency of a day to come", "emergency", _late_review(-60), _late_review(4)),
)
