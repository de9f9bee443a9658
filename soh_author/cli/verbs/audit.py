"""``audit``: who wrote, approved and published what."""

from datetime import date

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.exit_codes import DONE, FAULTS
from soh_author.cli.reading import find_force, find_page, read_day
from soh_author.domain.ids import ForceId, PageId, PersonId
from soh_author.trust.moments import moment_text
from soh_author.workflow.release.auditing import Audit, Entry, Wanted
from soh_author.workflow.release.auditing import audit as look_up
from soh_author.workflow.snapshot import Snapshot


@click.command()
@click.option("--page", default="", help="Only this page.")
@click.option("--force", default="", help="Only this force's.")
@click.option("--since", default="", metavar="DATE", help="Only what went out on this day or later.")
@click.option("--release", default="", metavar="ID", help="Only this release.")
@click.option("--csv", "is_csv", is_flag=True, help="As a table for spreadsheets.")
@verb
def audit(call: Call, page: str, force: str, since: str, release: str, *, is_csv: bool) -> Answer:
    """Say who wrote, approved and published every page of every force, the newest first.

    Every signature is looked at again, on this computer alone. Ends with exit code 5 when one doesn't hold.
    """
    day: date | None = read_day(since, call.today) if since else None
    with call.reading() as workspace:
        # What is gone from here is asked for as well: who took it away is what people want to know.
        wanted = Wanted(PageId(page) if page else None, ForceId(force) if force else None, day, release)
        found = call.value(look_up(workspace, wanted))
        if not found.entries:
            _check_asked(workspace.snapshot(), page, force)
    data: dict[str, Json] = {
        "entries": [_entry(found, each) for each in found.entries],
        "not_proved": [{"release": release, "why": why} for release, why in found.faults.items()],
    }
    ending = FAULTS if found.faults else DONE
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
