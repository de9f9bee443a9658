"""``policy init|propose|sign|show``: who may do what, written down, signed by the roots, read."""

from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.files import read_file
from soh_author.cli.keys import KEY, signer_of
from soh_author.domain.judging.people import Grant, Person
from soh_author.workflow.release import policies
from soh_author.workflow.release.policies import PolicyState
from soh_author.workflow.workspace import LIVE

_DRAFT = click.option(
    "--draft", default="policy", metavar="NAME", help="The draft it is written in; “policy” if not given."
)


@click.group()
def policy() -> None:
    """Say who may edit, review and publish."""


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@_DRAFT
@verb
def init(call: Call, file: Path, draft: str) -> Answer:
    """Write down the first policy, from FILE (JSON: people, keys, roles, roots).

    Its hash is shown: the server is told it, and takes no other first policy.
    """
    with call.writing() as workspace:
        outcome = call.run(policies.propose_policy(workspace, read_file(file), draft, is_first=True))
    return _answer(outcome.value, outcome.notice)


@policy.command()
@click.argument("file", type=click.Path(path_type=Path))
@_DRAFT
@verb
def propose(call: Call, file: Path, draft: str) -> Answer:
    """Propose the next policy, from FILE (“policy show --written” gives the present one)."""
    with call.writing() as workspace:
        outcome = call.run(policies.propose_policy(workspace, read_file(file), draft, is_first=False))
    return _answer(outcome.value, outcome.notice)


@policy.command()
@_DRAFT
@KEY
@verb
def sign(call: Call, draft: str, key: Path | None) -> Answer:
    """Sign the proposed policy as a root."""
    signer = signer_of(call.world, key)
    with call.writing() as workspace:
        outcome = call.run(policies.sign_proposal(workspace, draft, signer))
    return _answer(outcome.value, outcome.notice)


@policy.command()
@click.option("--source", default=LIVE, metavar="NAME", help="published (if not given), or a draft.")
@click.option("--written", is_flag=True, help="As a file to change and propose again.")
@verb
def show(call: Call, source: str, *, written: bool) -> Answer:
    """Show who may do what, and who has signed."""
    with call.reading() as workspace:
        state = call.value(policies.show_policy(workspace, source))
    if written:
        return Answer(_data(state), policies.as_written(state.policy), is_exact=True)
    return _answer(state, "")


def _answer(state: PolicyState, notice: str) -> Answer:
    known = state.policy
    rows = [
        (person.id, person.name, ", ".join(_role(grant) for grant in person.grants) or "–", _keys(person))
        for person in known.people.values()
    ]
    waits = f"Not live: {state.missing}." if state.missing else ""
    lines = [
        f"Version {known.version}, {state.hash}",
        table(("person", "name", "roles", "keys"), rows),
        f"Roots: {', '.join(known.roots)}; {known.threshold} must sign.",
        f"Signed by: {', '.join(sorted(state.signed)) or 'nobody'}.",
        waits,
        notice,
    ]
    return Answer(_data(state), "\n".join(line for line in lines if line))


def _data(state: PolicyState) -> dict[str, Json]:
    known = state.policy
    people: list[Json] = [
        {
            "id": person.id,
            "name": person.name,
            "email": person.email,
            "roles": [_role(grant) for grant in person.grants],
            "keys": [key.line for key in person.keys],
        }
        for person in known.people.values()
    ]
    return {
        "version": known.version,
        "hash": state.hash,
        "people": people,
        "roots": list(known.roots),
        "threshold": known.threshold,
        "signed": sorted(state.signed),
        "missing": state.missing or None,
    }


def _role(grant: Grant) -> str:
    scope = grant.scope
    limits = [part for part in (*scope.layers, *scope.pages) if part != "*"]
    if len(scope.languages) == 1:
        limits.append(scope.languages[0].label)
    return f"{grant.role.value} ({', '.join(limits)})" if limits else grant.role.value


def _keys(person: Person) -> str:
    revoked = sum(key.revoked is not None for key in person.keys)
    return f"{len(person.keys)}" + (f" ({revoked} revoked)" if revoked else "")
