"""``facts where-used|on|stale|set``: where facts are shown, change, or are written by hand."""

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON, SOURCE
from soh_author.cli.reading import find_page, read_day, read_layer
from soh_author.domain.counting import counted
from soh_author.domain.errors import NotFoundError
from soh_author.domain.facts import FactType
from soh_author.domain.ids import FactName
from soh_author.workflow.overrides.change_sets import effects_of, require_draft, save_changes
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.wording import facts_in_use
from soh_author.workflow.wording.fact_editing import FactEntry, set_fact
from soh_author.workflow.wording.facts_in_use import (
    FactChange,
    FactUses,
    ShownFact,
    all_facts,
    changes_between,
)
from soh_author.workflow.wording.stale_literals import StaleLiteral, stale_literals
from soh_author.workflow.workspace import Workspace


@click.group()
def facts() -> None:
    """Find where facts are shown, when they change, where they are written out by hand."""


@facts.command("where-used")
@click.argument("name")
@SOURCE
@ON
@verb
def used(call: Call, name: str, source: str, on: str) -> Answer:
    """List every output that shows the fact NAME, with the value it shows."""
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        _check_known(snapshot, FactName(name))
        day = read_day(on, call.today)
        found = call.value(facts_in_use.where_used(snapshot, FactName(name), day))
    return Answer(_uses(found), _uses_text(found))


@facts.command("on")
@click.argument("day")
@click.option("--since", default="", metavar="DATE", help="What changed after this day; today if not given.")
@SOURCE
@verb
def on_day(call: Call, day: str, since: str, source: str) -> Answer:
    """List the facts that change up to a DAY such as 2027-04-06, and who reads them."""
    first, last = read_day(since, call.today), read_day(day, call.today)
    with call.reading() as workspace:
        found = call.value(changes_between(workspace.snapshot(source), first, last))
    data: dict[str, Json] = {
        "since": first.isoformat(),
        "on": last.isoformat(),
        "changes": [_change(each) for each in found],
    }
    return Answer(data, "\n".join(each.sentence for each in found) or "No fact changes in that time.")


@facts.command()
@click.option("--page", "pages", multiple=True, help="Only this page; may be given several times.")
@SOURCE
@ON
@verb
def stale(call: Call, pages: tuple[str, ...], source: str, on: str) -> Answer:
    """Find text that wrote a fact's present or past value out by hand."""
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        wanted = [find_page(snapshot, page) for page in pages]
        outcome = call.run(stale_literals(snapshot, read_day(on, call.today), pages=wanted))
    found = outcome.value
    lines = [f"{each.place.path}:{each.place.line}: {each.sentence}" for each in found]
    return Answer({"found": [_literal(each) for each in found]}, "\n".join([*lines, outcome.notice]))


@facts.command("set")
@click.argument("name")
@click.argument("value")
@click.option("--layer", default="shared", help="shared, group:wales, force:gwent …; shared if not given.")
@click.option(
    "--from", "start", default="", metavar="DATE", help="From this day on; from the beginning if not given."
)
@click.option("--welsh", default="", help="The value in Welsh, for words and addresses.")
@click.option("--type", "kind", default="", type=click.Choice(["", *(kind.value for kind in FactType)]))
@click.option("--label", default="", help="What the fact is, in words; needed for a new one.")
@click.option("--fact-source", default="", help="Where the value comes from.")
@click.option("--draft", required=True, metavar="NAME", help="The draft that takes the change.")
@click.option("--note", default="", help="Make one version of it; else it is saved privately.")
@verb
def set_value(  # noqa: PLR0913 - one argument for each option
    call: Call,
    *,
    name: str,
    value: str,
    layer: str,
    start: str,
    welsh: str,
    kind: str,
    label: str,
    fact_source: str,
    draft: str,
    note: str,
) -> Answer:
    """Give the fact NAME a VALUE, from a day on if one is named."""
    require_draft(draft)
    entry = FactEntry(value, read_day(start, call.today) if start else None, welsh)
    with call.writing() as workspace:
        change = set_fact(
            workspace.snapshot(draft),
            read_layer(layer),
            FactName(name),
            entry,
            kind=FactType(kind) if kind else None,
            label=label,
            source=fact_source,
        )
        revision = call.value(_saving(workspace, draft, {change.path: change.text}, note))
    data: dict[str, Json] = {
        "draft": draft,
        "revision": revision or None,
        "name": name,
        "layer": layer,
        "path": change.path,
        "line": change.line,
    }
    return Answer(data, f"“{name}” is {value} at {layer}" + (f" from {start} on." if start else "."))


def _saving(workspace: Workspace, draft: str, changes: dict[str, str | None], note: str) -> Task[str]:
    def work(_progress: Progress) -> Outcome[str]:
        saved = save_changes(workspace, draft, changes, note)
        return Outcome(saved.revision, effects_of(saved))

    return Task("Saving a fact", work, writes=True)


def _check_known(snapshot: Snapshot, name: FactName) -> None:
    if not any(fact.name == name for fact in all_facts(snapshot)):
        raise NotFoundError(f"There is no fact “{name}” here.", todo="Look at “soh-author list facts”.")


def _uses(found: FactUses) -> dict[str, Json]:
    return {
        "name": found.name,
        "on": found.on.isoformat(),
        "sentence": found.sentence,
        "outputs": [_shown(each) for each in found.shown],
    }


def _shown(each: ShownFact) -> Json:
    return {
        "page": each.output.page,
        "force": each.output.force,
        "language": each.output.language.value,
        "key": each.key,
        "value": each.value,
        "layer": str(each.layer) if each.layer else None,
        "sections": list(each.sections),
        "fields": list(each.fields),
    }


def _uses_text(found: FactUses) -> str:
    rows = []
    for page in found.pages:
        for value, forces in found.values(page).items():
            who = ", ".join(forces) if len(forces) <= 4 else counted(len(forces), "force")
            rows.append((page, value if value is not None else "(no value)", who))
    listed = table(("page", "value", "read by"), rows) if rows else ""
    return "\n".join([*([listed, ""] if listed else []), found.sentence])


def _change(each: FactChange) -> Json:
    return {
        "name": each.name,
        "label": each.label,
        "layer": str(each.layer),
        "day": each.day.isoformat(),
        "before": each.before,
        "after": each.after,
        "source": each.source,
        "sentence": each.sentence,
        "outputs": [
            {"page": output.page, "force": output.force, "language": output.language.value}
            for output in each.outputs
        ],
    }


def _literal(each: StaleLiteral) -> Json:
    return {
        "page": each.page,
        "layer": str(each.layer),
        "section": each.section,
        "path": each.place.path,
        "line": each.place.line,
        "text": each.text,
        "fact": each.fact.name,
        "fact_layer": str(each.fact.layer),
        "time": each.time.value,
        "today": each.today,
        "sentence": each.sentence,
    }
