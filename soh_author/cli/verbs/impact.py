"""``impact --draft NAME``: whom a draft reaches."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON
from soh_author.cli.reading import find_page, read_day
from soh_author.domain.errors import UsageError
from soh_author.domain.ids import PageId, SectionId
from soh_author.domain.page import Importance
from soh_author.domain.resolving.impact import OutputImpact, Reach
from soh_author.workflow.overrides.reach_sentences import Alarm, ReachGroup
from soh_author.workflow.overrides.reaching import Marks, ReachedPage, ReachReport, reach
from soh_author.workflow.snapshot import Snapshot


@click.command()
@click.option("--draft", required=True, metavar="NAME", help="The draft whose changes are looked at.")
@click.option(
    "--mark",
    "marked",
    multiple=True,
    metavar="PAGE#SECTION=law",
    help="Mark a change as safety or law (without #SECTION the whole page); may be given several times.",
)
@ON
@verb
def impact(call: Call, draft: str, marked: tuple[str, ...], on: str) -> Answer:
    """Tell whom the changes of a draft reach.

    Every output is looked at: it changes, is shadowed by local text, becomes outdated, or stays as it is. A
    change marked as safety or law that does not reach a force is an alarm.
    """
    with call.reading() as workspace:
        marks = _marks(workspace.snapshot(draft), marked)
        report = call.value(reach(workspace, draft, read_day(on, call.today), marks=marks))
    return Answer(_data(report, draft), _text(report))


def _marks(snapshot: Snapshot, marked: tuple[str, ...]) -> Marks:
    found: dict[PageId, dict[SectionId, str]] = {}
    for text in marked:
        place, _, why = text.rpartition("=")
        if why not in {mark.value for mark in Importance} or not place:
            raise UsageError(f"“{text}” is no mark.", todo="Write PAGE#SECTION=safety or PAGE#SECTION=law.")
        page, _, section = place.partition("#")
        found.setdefault(find_page(snapshot, page), {})[SectionId(section or "page")] = why
    return found


def _data(report: ReachReport, draft: str) -> dict[str, Json]:
    return {
        "draft": draft,
        "on": report.on.isoformat(),
        "sentence": report.sentence,
        "counts": {_word(reach): number for reach, number in report.counts.items()},
        "pages": [_page(page) for page in report.pages],
        "alarms": [_alarm(alarm) for alarm in report.alarms],
    }


def _word(reach: Reach) -> str:
    return reach.name.lower().replace("_", "-")


def _page(page: ReachedPage) -> Json:
    return {
        "page": page.page,
        "title": page.title,
        "sentence": page.sentence,
        "groups": [_group(group) for group in page.groups],
        "outputs": [_output(each) for each in page.impact.outputs],
    }


def _group(group: ReachGroup) -> Json:
    return {
        "reach": _word(group.reach),
        "language": group.language.value,
        "forces": list(group.forces),
        "is_outdated": group.is_outdated,
        "sentence": group.sentence,
    }


def _output(each: OutputImpact) -> Json:
    return {
        "force": each.output.force,
        "language": each.output.language.value,
        "reach": _word(each.reach),
        "sections": [section.section for section in each.sections],
        "fields": list(each.fields),
        "facts": list(each.facts),
        "shadows": [f"{shadow.what} by {shadow.layer}" for shadow in each.shadows],
        "is_outdated": bool(each.outdated),
    }


def _alarm(alarm: Alarm) -> Json:
    return {
        "page": alarm.page,
        "section": alarm.shadow.section,
        "mark": alarm.shadow.alarm,
        "layer": str(alarm.shadow.layer),
        "forces": list(alarm.forces),
        "sentence": alarm.sentence,
    }


def _text(report: ReachReport) -> str:
    lines = [f"Look at once: {alarm.sentence} ({alarm.page})" for alarm in report.alarms]
    lines += [""] * bool(lines)
    for page in report.pages:
        lines += [f"{page.title} ({page.page})", f"  {page.sentence}", ""]
    return "\n".join([*lines, report.sentence]) if len(report.pages) != 1 else "\n".join(lines).rstrip()
