"""A small workspace with a policy and three people with keys, each at their own copy."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.people import PublicKey
from soh_author.gitstore.origin import origin_of, set_origin
from soh_author.gitstore.store import Store
from soh_author.trust.keys import create_key, find_key
from soh_author.trust.policies import (
    POLICY_PATH,
    SIGNATURES_PATH,
    policy_bytes,
    read_policy,
    sign_policy,
    signatures_bytes,
)
from soh_author.trust.signers import Signer, open_signer
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.opening import open_address
from soh_author.workflow.release.policies import SamplePolicy, sample_policy
from soh_author.workflow.release.publishing import Published, Wish, dry_run, plan, publish
from soh_author.workflow.release.releasing_content import copies_of, head_of
from soh_author.workflow.release.reviewing import Answered, approve, review, submit
from soh_author.workflow.release.reviewing_records import hold_draft
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import Person, Workspace
from tests.support.content import NOW, PERSON, small_content
from tests.support.environment import lasting_folder

FEES = "shared/pages/advice/fees.en.md"
VEHICLES = "shared/pages/advice/seized-vehicles.en.md"
REPOSITORY = "0b9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d55"


class Clock:
    """A clock that tests move on."""

    def __init__(self, start: datetime = NOW) -> None:
        self.now = start

    def __call__(self) -> datetime:
        """The time; it stands still until it is moved on."""
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
    keys: Path
    nia: Desk
    sam: Desk
    alex: Desk


_PEOPLE = {
    "nia": Person("Nia Morgan", "nia.morgan@national.example"),
    "sam": Person("Sam Okafor", "sam.okafor@forces.example"),
    "alex": Person("Alex Rees", "alex.rees@publishing.example"),
}


@contextmanager
def office(
    folder: Path,
    files: dict[str, str] | None = None,
    *,
    second_key_of: str = "",
    clock: Clock | None = None,
) -> Iterator[Office]:
    """An origin with the small content and a policy, and three people who got their workspaces from it."""
    if files is None and clock is None:
        clock = Clock()
        shutil.copytree(_usual(second_key_of), folder, dirs_exist_ok=True)
    else:
        clock = clock or Clock()
        _furnish(folder, files or small_content(), second_key_of, clock)
    clock.pass_time(minutes=1)
    origin, keys = folder / "origin.git", folder / "keys"
    with ExitStack() as stack:
        desks = {}
        for name, person in _PEOPLE.items():
            workspace = stack.enter_context(Workspace.open(folder / name, person=person, clock=clock))
            if str(origin_of(workspace.store)) != str(origin):
                set_origin(workspace.store, str(origin))
            trust_origin(workspace)
            desks[name] = Desk(workspace, open_signer(_key_of(keys / name)))
        yield Office(folder, origin, clock, keys, desks["nia"], desks["sam"], desks["alex"])


@cache
def _usual(second_key_of: str) -> Path:
    """The folders of an ordinary office, made once in each process: copying them is many times quicker."""
    folder = lasting_folder()
    _furnish(folder, small_content(), second_key_of, Clock())
    return folder


def _key_of(place: Path) -> Path:
    found = find_key(place)
    assert found is not None, "the sample's policy makes a key for each of its people"
    return found.path


def _furnish(folder: Path, files: dict[str, str], second_key_of: str, clock: Clock) -> None:
    policy = sample_policy(folder / "keys", REPOSITORY, clock())
    if second_key_of:
        policy = _with_second_key(policy, folder / "keys", PersonId(second_key_of), clock())
    content = {path: text.encode() for path, text in files.items()}
    origin = folder / "origin.git"
    with Store.create(origin) as store:
        store.write(
            "published", None, {**content, **policy.files}, note="First", author=PERSON.author, when=clock()
        )
    for name, person in _PEOPLE.items():
        open_address(str(origin), folder / name, person, clock).run().value.close()


def _with_second_key(policy: SamplePolicy, keys: Path, person: PersonId, now: datetime) -> SamplePolicy:
    """The policy with one more key for a person, signed anew by all its roots."""
    read = read_policy(policy.files[POLICY_PATH])
    line = create_key(keys / f"{person}-too", "the second key").line
    known = read.people[person]
    more = replace(known, keys=(*known.keys, PublicKey(line, now - timedelta(hours=1))))
    data = policy_bytes(replace(read, people={**read.people, person: more}))
    signed = [sign_policy(data, root, open_signer(policy.keys[root])) for root in read.roots]
    return replace(policy, files={POLICY_PATH: data, SIGNATURES_PATH: signatures_bytes(signed)})


def write(desk: Desk, draft: str, path: str, old: str, new: str) -> None:
    """Change words of a file in a draft, which is taken in when somebody sent it, and else started."""
    workspace = desk.workspace
    if copies_of(workspace, draft):
        hold_draft(workspace, draft, head_of(workspace, draft))
    else:
        new_draft(workspace, draft).run()
    text = workspace.snapshot(draft).text(path) or ""
    assert old in text
    save_private(workspace, draft, path, text.replace(old, new)).run()
    save_version(workspace, draft, "A change").run()


def send(people: Office, draft: str, reviewer: str = "") -> Answered:
    """Nia sends a draft for review; a minute passes."""
    task = submit(people.nia.workspace, draft, people.nia.signer, reviewer=reviewer, note="Please look")
    answered = task.run().value
    people.clock.pass_time(minutes=1)
    return answered


def agree(desk: Desk, draft: str) -> None:
    """Get the latest, look, and say yes to what is seen."""
    get_latest(desk.workspace).run()
    seen = review(desk.workspace, draft).run().value.seen
    approve(desk.workspace, draft, seen, desk.signer).run()


def go_out(desk: Desk, *drafts: str) -> Published:
    """Get the latest, plan and publish; nothing may stand in the way."""
    get_latest(desk.workspace).run()
    planned = plan(desk.workspace, Wish(drafts), desk.signer).run().value
    assert planned.is_ready, [each.sentence for each in planned.unmet]
    assert dry_run(desk.workspace, planned, desk.signer).run().value == ()
    return publish(desk.workspace, planned, desk.signer).run().value
