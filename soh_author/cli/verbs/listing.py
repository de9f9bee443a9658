"""``list pages|forces|groups|facts|drafts``: what there is."""

from collections.abc import Iterator
from datetime import date

import click

from soh_author.cli.answer import Answer, Json, table
from soh_author.cli.call import Call, verb
from soh_author.cli.options import ON, SOURCE
from soh_author.cli.reading import find_force, read_day
from soh_author.cli.verbs.draft import answer_list
from soh_author.domain.facts import Fact, FactSheet
from soh_author.domain.force import Force, Group
from soh_author.domain.ids import Language
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.snapshot import PageInfo, Snapshot


@click.group("list")
def listing() -> None:
    """List pages, forces, groups, facts or drafts."""


@listing.command()
@click.option("--area", default="", help="Only pages whose id begins with this folder.")
@SOURCE
@verb
def pages(call: Call, area: str, source: str) -> Answer:
    """List all pages and the layers that speak in them."""
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        wanted = [page for page in snapshot.page_ids() if not area or page.startswith(f"{area.strip('/')}/")]
        infos = snapshot.page_infos(wanted)
    rows = [(info.id, info.type, info.title, _spoken(info)) for info in infos]
    text = table(("page", "type", "title", "overridden by"), rows) if rows else "There are no pages."
    return Answer({"pages": [_page(info) for info in infos]}, text)


@listing.command()
@SOURCE
@verb
def forces(call: Call, source: str) -> Answer:
    """List all publishers."""
    with call.reading() as workspace:
        known = list(workspace.snapshot(source).registry.forces.values())
    rows = [(force.id, force.name(), force.kind.value, force.status.value, force.host) for force in known]
    text = table(("force", "name", "kind", "status", "host"), rows) if rows else "There are no forces."
    return Answer({"forces": [_force(force) for force in known]}, text)


@listing.command()
@SOURCE
@verb
def groups(call: Call, source: str) -> Answer:
    """List all groups of forces with their members."""
    with call.reading() as workspace:
        known = list(workspace.snapshot(source).registry.groups.values())
    rows = [(group.id, group.name, ", ".join(member.force for member in group.members)) for group in known]
    text = table(("group", "name", "members"), rows) if rows else "There are no groups."
    return Answer({"groups": [_group(group) for group in known]}, text)


@listing.command()
@click.option("--force", default="", help="Only those it can use: its own, its groups' and the shared.")
@ON
@SOURCE
@verb
def facts(call: Call, force: str, on: str, source: str) -> Answer:
    """List the facts of all layers, with the value each has on a day."""
    day = read_day(on, call.today)
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        known = [
            fact for layer in _layers(snapshot, force, day) for fact in _in_order(snapshot.facts_of(layer))
        ]
    rows = [
        (fact.name, str(fact.layer), fact.type.value, _value(fact, day) or "(none yet)") for fact in known
    ]
    text = table(("fact", "layer", "type", "value"), rows) if rows else "There are no facts."
    return Answer({"on": day.isoformat(), "facts": [_fact(fact, day) for fact in known]}, text)


@listing.command()
@verb
def drafts(call: Call) -> Answer:
    """List the drafts, the newest first."""
    return answer_list(call)


def _layers(snapshot: Snapshot, force: str, day: date) -> list[Layer]:
    if force:
        return [SHARED, *snapshot.layers_of(find_force(snapshot, force), day)]
    return sorted(snapshot.sources.catalogue.facts, key=lambda layer: layer.order)


def _in_order(sheet: FactSheet) -> Iterator[Fact]:
    yield from (sheet[name] for name in sorted(sheet))


def _value(fact: Fact, day: date) -> str | None:
    found = fact.on(day)
    return found.value if found else None


def _spoken(info: PageInfo) -> str:
    below = [layer for layer in info.layers if layer != SHARED]
    if SHARED not in info.layers:
        return f"only {', '.join(str(layer) for layer in below)}"
    return str(len(below)) if below else ""


def _page(info: PageInfo) -> Json:
    return {
        "id": info.id,
        "title": info.title,
        "type": info.type,
        "url": info.url,
        "layers": [str(layer) for layer in info.layers],
        "languages": [language.value for language in info.languages],
    }


def _force(force: Force) -> Json:
    return {
        "id": force.id,
        "name": force.name(form="name"),
        "public_name": force.name(),
        "welsh_name": force.name(Language.CY) if Language.CY in force.languages else None,
        "kind": force.kind.value,
        "status": force.status.value,
        "host": force.host,
        "languages": [language.value for language in force.languages],
        "welsh_parity": force.welsh_parity,
        "groups": list(force.groups),
        "unverified": list(force.unverified),
    }


def _group(group: Group) -> Json:
    return {
        "id": group.id,
        "name": group.name,
        "pages": list(group.pages),
        "members": [
            {"force": member.force, "from": _day(member.start), "until": _day(member.end)}
            for member in group.members
        ],
    }


def _fact(fact: Fact, day: date) -> Json:
    return {
        "name": fact.name,
        "layer": str(fact.layer),
        "type": fact.type.value,
        "label": fact.label,
        "source": fact.source,
        "value": _value(fact, day),
        "values": [
            {"from": _day(value.start), "value": value.value, "welsh": value.welsh or None}
            for value in fact.values
        ],
        "path": fact.place.path,
        "line": fact.place.line,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
