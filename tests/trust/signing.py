"""People with real keys, and a policy that knows them, for tests of what is signed."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from soh_author.domain.ids import DraftName, ForceId, Language, PageId, PersonId
from soh_author.domain.judging.approval import Action, OutputMove, Record, SourceMove
from soh_author.domain.judging.people import Grant, Person, PublicKey, Role
from soh_author.domain.judging.policy import Policy
from soh_author.trust.keys import create_key
from soh_author.trust.signers import FileSigner

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
REPOSITORY = "3f1c0000-0000-4000-8000-000000000000"
A, B = ("sha256:" + letter * 64 for letter in "ab")


@dataclass(frozen=True, slots=True)
class Keys:
    """Signers by the name of their person."""

    nia: FileSigner
    sam: FileSigner
    eve: FileSigner
    folder: Path


def make_keys(folder: Path) -> Keys:
    """A key for Nia and Sam, whom the policy knows, and for Eve, whom it doesn't."""
    nia, sam, eve = (FileSigner(create_key(folder / name, name).path) for name in ("nia", "sam", "eve"))
    return Keys(nia, sam, eve, folder)


def a_policy(keys: Keys) -> Policy:
    """Nia edits, Sam reviews; both are roots, and both must sign."""
    start = NOW - timedelta(days=1)
    people = {
        PersonId(name): Person(
            PersonId(name), name.title(), f"{name}@example", (PublicKey(signer.line, start),), (Grant(role),)
        )
        for name, signer, role in (("nia", keys.nia, Role.EDITOR), ("sam", keys.sam, Role.REVIEWER))
    }
    return Policy(1, REPOSITORY, people, tuple(people), 2)


def a_record(action: Action = Action.APPROVE, by: str = "sam") -> Record:
    """A yes to one file and one output."""
    return Record(
        action=action,
        repository=REPOSITORY,
        person=PersonId(by),
        when=NOW,
        nonce="0" * 32,
        draft=DraftName("april-fees"),
        note="Siân says it’s right",
        sources=(SourceMove("shared/pages/advice/fees.en.md", A, B),),
        outputs=(OutputMove(PageId("advice/fees"), ForceId("kent"), Language.EN, A, B),),
    )


def with_person(policy: Policy, known: Person) -> Policy:
    """The policy with somebody changed, or added."""
    return replace(policy, people={**policy.people, known.id: known})
