"""A small workspace with a policy and three people with keys, each at their own copy."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from soh_author.domain.ids import PersonId
from soh_author.gitstore.store import Store
from soh_author.trust.signers import Signer, open_signer
from soh_author.workflow.opening import open_address
from soh_author.workflow.policies import sample_policy
from soh_author.workflow.sending_trust import trust_origin
from soh_author.workflow.workspace import Person, Workspace
from tests.support.content import NOW, PERSON, small_content

REPOSITORY = "0b9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d55"


class Clock:
    """A clock that tests move on."""

    def __init__(self, start: datetime = NOW) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """A minute later each time it is asked for by hand only; it stands still otherwise."""
        return self.now

    def pass_time(self, **passed: float) -> None:
        """Let time pass: minutes=…, days=…"""
        self.now += timedelta(**passed)


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at their workspace, with their key."""

    workspace: Workspace
    signer: Signer


@dataclass(frozen=True, slots=True)
class Office:
    """Nia edits, Sam reviews, Alex publishes; one origin."""

    folder: Path
    origin: Path
    clock: Clock
    nia: Desk
    sam: Desk
    alex: Desk


@contextmanager
def office(folder: Path, files: dict[str, str] | None = None) -> Iterator[Office]:
    """An origin with the small content and a policy, and three people who got their workspaces from it."""
    clock = Clock()
    policy = sample_policy(folder / "keys", REPOSITORY, clock())
    content = {path: text.encode() for path, text in (files or small_content()).items()}
    origin = folder / "origin.git"
    with Store.create(origin) as store:
        store.write(
            "published", None, {**content, **policy.files}, note="First", author=PERSON.author, when=clock()
        )
    clock.pass_time(minutes=1)
    people = {"nia": "Nia Morgan", "sam": "Sam Okafor", "alex": "Alex Rees"}
    emails = {
        "nia": "nia.morgan@national.example",
        "sam": "sam.okafor@forces.example",
        "alex": "alex.rees@publishing.example",
    }
    with ExitStack() as stack:
        desks = {}
        for name, full in people.items():
            person = Person(full, emails[name])
            workspace = open_address(str(origin), folder / name, person, clock).run().value
            stack.enter_context(workspace)
            trust_origin(workspace)
            desks[name] = Desk(workspace, open_signer(policy.keys[PersonId(name)]))
        yield Office(folder, origin, clock, desks["nia"], desks["sam"], desks["alex"])
