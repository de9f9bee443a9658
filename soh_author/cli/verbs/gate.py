"""``gate``: the server that lets nothing out but what was approved."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb, verb_without_workspace
from soh_author.cli.exit_codes import DONE, FAULTS
from soh_author.trust.audit_log import LogReport
from soh_author.workflow.gate.dry_run import judge_named
from soh_author.workflow.gate.installing import install as install_gate
from soh_author.workflow.gate.recording import audit as audit_log
from soh_author.workflow.gate.refusals import Refusal, in_words

_REPOSITORY = click.argument("repository", type=click.Path(path_type=Path), metavar="BARE-REPOSITORY")


@click.group()
def gate() -> None:
    """Guard a repository: nothing goes live there but what was approved."""


@gate.command("install")
@_REPOSITORY
@click.option("--policy", "pin", default="", metavar="HASH", help="The first policy's hash, sha256:… .")
@verb_without_workspace
def install(call: Call, repository: Path, pin: str) -> Answer:
    """Set up the gate on a BARE-REPOSITORY: its hooks, strict settings, the pinned policy, the log.

    Doing it again mends what is missing.
    """
    made = install_gate(repository, call.world.clock(), sys.executable, pin=pin)
    data: dict[str, Json] = {
        "repository": str(made.folder),
        "policy": made.pin,
        "log_key": made.key,
        "log_head": made.head,
    }
    lines = [
        f"The gate stands at {made.folder}.",
        f"It begins with the policy {made.pin}.",
        f"Its log is signed with {made.key}.",
        f"The log's newest line is {made.head}. Keep this number elsewhere.",
    ]
    return Answer(data, "\n".join(lines))


@gate.command("check")
@click.argument("name")
@verb
def check(call: Call, name: str) -> Answer:
    """Ask what the server would say to NAME: a draft if it were sent, a version if it were published now.

    Nothing is sent. Ends with exit code 5 when it would be refused.
    """
    with call.reading() as workspace:
        found = judge_named(workspace, name, call.world.clock())
    return _answer(name, found)


@gate.command("audit")
@_REPOSITORY
@click.option("--seen", "heads", multiple=True, metavar="HASH", help="A newest line that was seen earlier.")
@verb_without_workspace
def audit(_call: Call, repository: Path, heads: tuple[str, ...]) -> Answer:
    """Look whether the log of a BARE-REPOSITORY is whole, and list what it tells.

    Ends with exit code 5 when something is wrong with it.
    """
    report = audit_log(repository, heads)
    return Answer(_report_data(report), _report_text(report), DONE if report.is_sound else FAULTS)


def _answer(name: str, found: Sequence[Refusal]) -> Answer:
    data: dict[str, Json] = {
        "accepted": not found,
        "refusals": [
            {"rule": each.rule, "subject": each.subject, "reason": each.reason, "todo": each.todo}
            for each in found
        ],
    }
    if not found:
        return Answer(data, f"The server would take {name}.")
    return Answer(data, in_words(found), FAULTS)


def _report_data(report: LogReport) -> dict[str, Json]:
    return {
        "sound": report.is_sound,
        "head": report.head,
        "faults": list(report.faults),
        "entries": [
            {
                "number": entry.number,
                "when": entry.when.isoformat(),
                "what": entry.what,
                "moves": [{"ref": move.ref, "from": move.old, "to": move.new} for move in entry.moves],
                "head": entry.head,
            }
            for entry in report.entries
        ],
    }


def _report_text(report: LogReport) -> str:
    rows = [
        (
            str(entry.number),
            f"{entry.when:%Y-%m-%d %H:%M}",
            entry.what,
            ", ".join(f"{move.ref.split('/', 2)[-1]} → {move.new[:8]}" for move in entry.moves),
        )
        for entry in report.entries
    ]
    said = report.faults or (f"The log is whole. Its newest line is {report.head}.",)
    return "\n".join([table(("line", "when", "what", "moved"), rows), *said])
