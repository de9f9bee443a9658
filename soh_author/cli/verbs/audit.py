"""``audit``: who wrote, approved and published what."""

from datetime import date
from pathlib import Path

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.exit_codes import DONE, FAULTS
from soh_author.cli.files import read_file
from soh_author.cli.reading import find_force, find_page, read_day
from soh_author.domain.ids import ForceId, PageId, PersonId
from soh_author.trust.moments import moment_text
from soh_author.workflow.release.auditing import Audit, Entry, Wanted
from soh_author.workflow.release.auditing import audit as look_up
from soh_author.workflow.release.receipts_checked import CheckedReceipt, check_receipt
from soh_author.workflow.snapshot import Snapshot

_MOST = 12
_LONGEST = 300


@click.command()
@click.option("--page", default="", help="Only this page.")
@click.option("--force", default="", help="Only this force's.")
@click.option("--since", default="", metavar="DATE", help="Only what went out on this day or later.")
@click.option("--release", default="", metavar="ID", help="Only this release.")
@click.option("--csv", "is_csv", is_flag=True, help="As a table for spreadsheets.")
@click.option(
    "--receipt",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="Say whether a receipt is what was signed, of its release alone.",
)
@verb
def audit(  # noqa: PLR0917 - one argument for each option
    call: Call, page: str, force: str, since: str, release: str, receipt: Path | None, *, is_csv: bool
) -> Answer:
    """Say who wrote, approved and published every page of every force, the newest first.

    Every signature is looked at again, on this computer alone. Ends with exit code 5 when one doesn't hold.
    """
    day: date | None = read_day(since, call.today) if since else None
    with call.reading() as workspace:
        checked = call.value(check_receipt(workspace, read_file(receipt))) if receipt else None
        release = checked.release if checked else release
        # What is gone from here is asked for as well: who took it away is what people want to know.
        wanted = Wanted(PageId(page) if page else None, ForceId(force) if force else None, day, release)
        found = call.value(look_up(workspace, wanted))
        if not found.entries:
            _check_asked(workspace.snapshot(), page, force)
    data: dict[str, Json] = {
        "entries": [_entry(found, each) for each in found.entries],
        "not_proved": [{"release": release, "why": why} for release, why in found.faults.items()],
        "receipt": {
            "not_signed": list(checked.not_signed) if checked else [],
            "left_out": list(checked.left_out) if checked else [],
        },
    }
    ending = FAULTS if found.faults or (checked and not checked.is_true) else DONE
    if checked and receipt:
        return Answer(data, _of_receipt(checked, receipt), ending)
    if is_csv:
        return Answer(data, found.as_csv(), ending, is_exact=True)
    rows = [
        (
            f"{each.when:%Y-%m-%d %H:%M}",
            each.release.id,
            f"{each.page} · {each.force} · {each.language}",
            _names(found, each.authors),
            _names(found, each.approvers) or found.emergency(each),
            found.name(each.release.publisher),
        )
        for each in found.entries
    ]
    headings = ("when", "release", "what", "written by", "approved by", "published by")
    if not rows:
        return Answer(data, "Nothing of that was published with a policy.")
    doubts = [f"“{release}” is not proved, because {why}." for release, why in found.faults.items()]
    return Answer(data, "\n".join([table(headings, rows), *doubts]), ending)


def _of_receipt(checked: CheckedReceipt, file: Path) -> str:
    """Whether a receipt is true, and where it isn't."""
    if checked.is_true:
        return f"“{file}” says what was signed in “{checked.release}”."
    if checked.fault:
        return f"“{file}” can't be checked: “{checked.release}” is not proved, because {checked.fault}."
    said = [f"“{file}” does not say what was signed in “{checked.release}”."]
    for title, lines in (("It says:", checked.not_signed), ("Signed is:", checked.left_out)):
        shown = [f"  {_seen(line)}" for line in lines[:_MOST]]
        more = (
            [f"  … and {len(lines) - _MOST} lines more; --json lists them all."] if len(lines) > _MOST else []
        )
        said += [title, *shown, *more] if lines else []
    return "\n".join(said if len(said) > 1 else [*said, "Its lines stand in another order."])


def _seen(line: str) -> str:
    """A line of somebody's file: short, and without signs that move what a terminal shows."""
    plain = "".join(sign if sign.isprintable() else "�" for sign in line.strip())
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]}…"


def _check_asked(snapshot: Snapshot, page: str, force: str) -> None:
    """Say what is nearly called that, where nothing was ever published of what was asked for."""
    if page:
        find_page(snapshot, page)
    if force:
        find_force(snapshot, force)


def _entry(found: Audit, each: Entry) -> Json:
    return {
        "release": each.release.id,
        "kind": each.release.kind.value,
        "time": moment_text(each.when),
        "page": each.page,
        "force": each.force,
        "language": each.language.value,
        "digest": each.digest,
        "written_by": [found.name(person) for person in each.authors],
        "approved_by": [found.name(person) for person in each.approvers],
        "facts_checked_by": [found.name(person) for person in each.checkers],
        "published_by": found.name(each.release.publisher),
        "reason": each.release.reason,
        "emergency": found.emergency(each),
        "reviewed_afterwards": [
            {"by": found.name(review.person), "time": moment_text(review.when)}
            for review in (each.emergency.reviews if each.emergency else ())
        ],
    }


def _names(found: Audit, people: tuple[PersonId, ...]) -> str:
    return ", ".join(found.name(person) for person in people)
