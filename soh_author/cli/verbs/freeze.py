"""``freeze list|propose|lift``: times in which a force's pages change only in permitted ways."""

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.reading import find_force, read_day
from soh_author.domain.errors import NotFoundError
from soh_author.domain.judging.policy import Freeze
from soh_author.workflow.release.freezing import DRAFT, PERMITTED, FreezeState, freezes, propose_freezes
from soh_author.workflow.release.policies import PolicyState

_DRAFT = click.option("--draft", default=DRAFT, metavar="NAME", help="The draft the policy is proposed in.")


@click.group()
def freeze() -> None:
    """Freeze a force's pages for some days; a freeze is part of the policy, which the roots sign."""


@freeze.command("list")
@verb
def list_freezes(call: Call) -> Answer:
    """List the freezes, those that hold today first."""
    with call.reading() as workspace:
        found = call.value(freezes(workspace))
    rows = [
        (
            each.freeze.force,
            f"{each.freeze.start}",
            f"{each.freeze.end}",
            each.state,
            each.freeze.why,
            ", ".join(each.freeze.permitted),
        )
        for each in found
    ]
    headings = ("force", "from", "until", "state", "why", "permitted")
    data: list[Json] = [_data(each) for each in found]
    return Answer({"freezes": data}, table(headings, rows) if rows else "Nothing is frozen.")


@freeze.command()
@click.argument("force")
@click.option("--from", "start", required=True, metavar="DATE", help="The first day.")
@click.option("--until", required=True, metavar="DATE", help="The last day.")
@click.option("--why", required=True, metavar="TEXT", help="Why; whoever is stopped by it reads that.")
@click.option(
    "--permit",
    multiple=True,
    type=click.Choice(sorted(PERMITTED)),
    default=("fact", "emergency"),
    help="What is permitted all the same; may be given again. Facts and emergencies if not given.",
)
@_DRAFT
@verb
def propose(  # noqa: PLR0917 - one argument for each option
    call: Call, force: str, start: str, until: str, why: str, permit: tuple[str, ...], draft: str
) -> Answer:
    """Propose to freeze the pages of FORCE; the roots sign it with “policy sign --draft policy-freezes”."""
    with call.writing() as workspace:
        known = find_force(workspace.snapshot(), force).id
        days = read_day(start, call.today), read_day(until, call.today)
        present = [each.freeze for each in call.value(freezes(workspace))]
        wanted = [*present, Freeze(known, *days, why, permit)]
        outcome = call.run(propose_freezes(workspace, wanted, draft))
    return _answer(outcome.value, outcome.notice, draft)


@freeze.command()
@click.argument("force")
@_DRAFT
@verb
def lift(call: Call, force: str, draft: str) -> Answer:
    """Propose to end all freezes of FORCE."""
    with call.writing() as workspace:
        known = find_force(workspace.snapshot(), force).id
        present = [each.freeze for each in call.value(freezes(workspace))]
        wanted = [each for each in present if each.force != known]
        if len(wanted) == len(present):
            raise NotFoundError(f"“{known}” is not frozen.", safe="Nothing was changed.")
        outcome = call.run(propose_freezes(workspace, wanted, draft))
    return _answer(outcome.value, outcome.notice, draft)


def _answer(state: PolicyState, notice: str, draft: str) -> Answer:
    data: dict[str, Json] = {
        "draft": draft,
        "version": state.policy.version,
        "hash": state.hash,
        "missing": state.missing or None,
    }
    return Answer(data, notice)


def _data(each: FreezeState) -> Json:
    freeze = each.freeze
    return {
        "force": freeze.force,
        "from": freeze.start.isoformat(),
        "until": freeze.end.isoformat(),
        "state": each.state,
        "why": freeze.why,
        "permitted": list(freeze.permitted),
    }
