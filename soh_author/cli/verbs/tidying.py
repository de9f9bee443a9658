"""``duplicates``, ``smallest``, ``minor``: copies elsewhere, what could be smaller, minor changes."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON, SOURCE
from soh_author.cli.reading import find_page, read_day, read_layer
from soh_author.domain.ids import PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.overrides.duplicates_elsewhere import LEAST, Copy, duplicates_elsewhere
from soh_author.workflow.overrides.minor_changes import mark_minor, plan_minor
from soh_author.workflow.overrides.smallest_override import Suggestion, suggestions
from soh_author.workflow.snapshot import Snapshot


@click.command()
@click.option(
    "--least",
    default=int(LEAST * 100),
    type=click.IntRange(1, 100),
    metavar="PERCENT",
    help="How much must be the same; 50 if not given.",
)
@SOURCE
@verb
def duplicates(call: Call, least: int, source: str) -> Answer:
    """Find local text that nearly repeats a shared section of another page."""
    with call.reading() as workspace:
        outcome = call.run(duplicates_elsewhere(workspace, source, least=least / 100))
    lines = [f"{each.local.place.path}:{each.local.place.line}: {each.sentence}" for each in outcome.value]
    return Answer({"copies": [_copy(each) for each in outcome.value]}, "\n".join([*lines, outcome.notice]))


@click.command()
@click.argument("page", required=False)
@click.option("--layer", default="", help="Only overrides of group:wales, force:gwent …")
@SOURCE
@ON
@verb
def smallest(call: Call, page: str | None, layer: str, source: str, on: str) -> Answer:
    """Find replaced sections that could be smaller: an addition, a fact, nothing at all."""
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        pages = [find_page(snapshot, page)] if page else list(snapshot.page_ids())
        wanted = read_layer(layer) if layer else None
        day = read_day(on, call.today)
        found = [
            each
            for name in pages
            for speaking in _layers(snapshot, name, wanted)
            for each in suggestions(snapshot, name, speaking, day)
        ]
    lines = [f"{each.page}, {each.layer}: {each.sentence}" for each in found]
    return Answer(
        {"suggestions": [_suggestion(each) for each in found]},
        "\n".join(lines) or "No override could be smaller.",
    )


@click.command()
@click.argument("page")
@click.argument("section")
@click.option("--draft", required=True, metavar="NAME", help="The draft that words the section anew.")
@click.option("--plan", "is_plan", is_flag=True, help="Only tell whether it may be called minor.")
@click.option("--note", default="", help="Make one version of it; else it is saved privately.")
@ON
@verb
def minor(call: Call, *, page: str, section: str, draft: str, is_plan: bool, note: str, on: str) -> Answer:
    """Call a draft's change of a SECTION minor, so that overrides in step with it stay so.

    Refused where numbers, dates, addresses or words such as must and may changed.
    """
    day = read_day(on, call.today)
    with call.writing() as workspace:
        wanted = find_page(workspace.snapshot(draft), page)
        plan = call.value(plan_minor(workspace, draft, wanted, SectionId(section), day))
        saved = None
        if not is_plan:
            saved = call.value(mark_minor(workspace, draft, wanted, SectionId(section), day, note=note))
    data: dict[str, Json] = {
        "draft": draft,
        "is_written": saved is not None,
        "revision": (saved.revision or None) if saved else None,
        "page": plan.page,
        "section": plan.section,
        "is_allowed": plan.is_allowed,
        "reasons": [
            {"what": each.weight.value, "before": list(each.before), "after": list(each.after)}
            for each in plan.refusals
        ],
        "files": sorted(plan.changes),
        "sentence": plan.sentence,
    }
    return Answer(data, plan.sentence)


def _layers(snapshot: Snapshot, page: PageId, wanted: Layer | None) -> list[Layer]:
    speaking = dict.fromkeys(file.layer for file in snapshot.files_of(page) if file.layer != SHARED)
    return [layer for layer in speaking if wanted is None or layer == wanted]


def _copy(each: Copy) -> Json:
    return {
        "page": each.local.page,
        "layer": str(each.local.layer),
        "section": each.local.section,
        "path": each.local.place.path,
        "line": each.local.place.line,
        "shared_page": each.shared.page,
        "shared_section": each.shared.section,
        "likeness": round(each.likeness, 3),
        "changed": each.changed.isoformat() if each.changed else None,
        "shared_changed": each.shared_changed.isoformat() if each.shared_changed else None,
        "sentence": each.sentence,
    }


def _suggestion(each: Suggestion) -> Json:
    return {
        "page": each.page,
        "layer": str(each.layer),
        "section": each.section,
        "offer": each.offer.value,
        "sentence": each.sentence,
        "path": each.change.path if each.change else None,
        "text": each.change.text if each.change else None,
        "values": [[above.text, own.text] for above, own in each.values],
    }
