"""``timetable``: what is scheduled, what it needs, and what the public will read on a day to come."""

from datetime import UTC, date, datetime, time

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.reading import read_day
from soh_author.domain.counting import counted
from soh_author.domain.days import day_in_words
from soh_author.trust.moments import moment_text
from soh_author.workflow.release.timetable import Ahead, Planned, ahead
from soh_author.workflow.release.timetable import timetable as look_at_timetable


@click.command()
@click.option("--on", default="", metavar="DATE", help="Also say what will be live at the end of this day.")
@verb
def timetable(call: Call, on: str) -> Answer:
    """List what is scheduled, what each still needs, and whose approvals it will make stale."""
    day: date | None = read_day(on, call.today) if on else None
    with call.reading() as workspace:
        found = call.value(look_at_timetable(workspace))
        seen = call.value(ahead(workspace, datetime.combine(day, time(23, 59), UTC))) if day else None
    lines = [line for each in found for line in _lines(each)] or ["Nothing is scheduled."]
    if seen is not None:
        lines += ["", *_ahead_lines(seen)]
    planned: list[Json] = [_data(each) for each in found]
    told = [*(group.sentence for group in seen.groups), *seen.by_itself] if seen else []
    return Answer({"scheduled": planned, "ahead": told}, "\n".join(lines))


def _lines(each: Planned) -> list[str]:
    said = f"{each.moment:%Y-%m-%d %H:%M}  {each.draft}  {counted(each.outputs, 'output')}"
    return [
        said,
        *(f"    ✗ {need}" for need in each.needs[:6]),
        *(f"    ⚠ {one}" for one in each.crossings[:6]),
    ]


def _ahead_lines(seen: Ahead) -> list[str]:
    when = day_in_words(seen.moment)
    if not seen.drafts and not seen.by_itself:
        return [f"At the end of {when} the public reads what is live now."]
    said = (*(group.sentence for group in seen.groups), *seen.by_itself)
    return [f"At the end of {when}:", *(f"  {each}" for each in said[:40])]


def _data(each: Planned) -> Json:
    return {
        "draft": each.draft,
        "moment": moment_text(each.moment),
        "outputs": each.outputs,
        "needs": list(each.needs),
        "crossings": list(each.crossings),
    }
