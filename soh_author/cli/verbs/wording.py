"""``clusters``, ``promote``, ``demote``, ``make-fact``: one section across all forces."""

from collections.abc import Callable
from typing import TypeVar

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.move_text import move_data, move_text
from soh_author.cli.options import LANGUAGE, ON, SOURCE
from soh_author.cli.reading import find_force, find_page, read_day, read_language, read_layer
from soh_author.domain.ids import FactName, SectionId
from soh_author.workflow.editing import Reason
from soh_author.workflow.overrides.change_sets import SavedChanges
from soh_author.workflow.wording.across_forces import ForceWording, SectionAcross, section_across
from soh_author.workflow.wording.fact_making import NewFact, plan_facts
from soh_author.workflow.wording.restructuring import MovePlan, apply_move, plan_demote, plan_promote
from soh_author.workflow.workspace import Workspace

F = TypeVar("F", bound=Callable[..., object])

_DRAFT = click.option("--draft", required=True, metavar="NAME", help="The draft that takes the change.")
_PLAN = click.option("--plan", "is_plan", is_flag=True, help="Only show what would happen, with the proof.")
_NOTE = click.option("--note", default="", help="Make one version of it; else it is saved privately.")
_WHY = click.option("--why", default="", help="Why, noted with every override this makes.")
_OWNER = click.option("--owner", default="", help="Who owns these overrides.")


def _writing(command: F) -> F:
    """The options of all verbs that move a wording."""
    for option in (_DRAFT, _PLAN, _NOTE, ON):
        command = option(command)
    return command


@click.command()
@click.argument("page")
@click.argument("section")
@LANGUAGE
@SOURCE
@ON
@verb
def clusters(  # noqa: PLR0917 - one argument for each option
    call: Call, page: str, section: str, language: str, source: str, on: str
) -> Answer:
    """List all wordings of a SECTION of a PAGE, equal and nearly equal ones together."""
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        wanted, day = find_page(snapshot, page), read_day(on, call.today)
        task = section_across(snapshot, wanted, SectionId(section), day, read_language(language))
        found = call.value(task)
    return Answer(_across(found), _across_text(found))


@click.command()
@click.argument("page")
@click.argument("section")
@click.option("--from", "force", required=True, metavar="FORCE", help="The force whose wording is promoted.")
@click.option("--to", "target", required=True, metavar="LAYER", help="shared, or a group: group:wales.")
@_WHY
@_OWNER
@_writing
@verb
def promote(  # noqa: PLR0913 - one argument for each option
    call: Call,
    *,
    page: str,
    section: str,
    force: str,
    target: str,
    why: str,
    owner: str,
    draft: str,
    is_plan: bool,
    note: str,
    on: str,
) -> Answer:
    """Make a force's wording of a SECTION the text of a group, or of all.

    Forces with the same wording give theirs back; those with another one keep it. It is refused where an
    output that should not change does.
    """
    day = read_day(on, call.today)
    with call.writing() as workspace:
        snapshot = workspace.snapshot(draft)
        task = plan_promote(
            workspace,
            draft,
            find_page(snapshot, page),
            SectionId(section),
            wording_of=find_force(snapshot, force).id,
            to=read_layer(target),
            on=day,
            reason=Reason(why, owner),
        )
        plan = call.value(task)
        saved = None if is_plan else _save(call, workspace, draft, plan, note)
    return Answer(move_data(plan, saved, draft), move_text(plan, saved))


@click.command()
@click.argument("page")
@click.argument("section")
@click.option("--from", "layer", required=True, metavar="LAYER", help="shared, or a group: group:wales.")
@click.option("--force", "forces", multiple=True, help="Who keeps it; all that read it if none is given.")
@_WHY
@_OWNER
@_writing
@verb
def demote(  # noqa: PLR0913 - one argument for each option
    call: Call,
    *,
    page: str,
    section: str,
    layer: str,
    forces: tuple[str, ...],
    why: str,
    owner: str,
    draft: str,
    is_plan: bool,
    note: str,
    on: str,
) -> Answer:
    """Take a SECTION out of the shared or a group's text and give it to forces as their own."""
    day = read_day(on, call.today)
    with call.writing() as workspace:
        snapshot = workspace.snapshot(draft)
        task = plan_demote(
            workspace,
            draft,
            find_page(snapshot, page),
            SectionId(section),
            at=read_layer(layer),
            on=day,
            forces=[find_force(snapshot, force).id for force in forces],
            reason=Reason(why, owner),
        )
        plan = call.value(task)
        saved = None if is_plan else _save(call, workspace, draft, plan, note)
    return Answer(move_data(plan, saved, draft), move_text(plan, saved))


@click.command("make-fact")
@click.argument("page")
@click.argument("section")
@click.option(
    "--fact",
    "names",
    multiple=True,
    required=True,
    help="Name of the fact; one for each place that differs.",
)
@click.option("--label", "labels", multiple=True, help="What the fact is, in words; likewise.")
@click.option("--fact-source", default="", help="Where the values come from.")
@_writing
@verb
def make_fact(  # noqa: PLR0913 - one argument for each option
    call: Call,
    *,
    page: str,
    section: str,
    names: tuple[str, ...],
    labels: tuple[str, ...],
    fact_source: str,
    draft: str,
    is_plan: bool,
    note: str,
    on: str,
) -> Answer:
    """Turn the value in which forces' texts of a SECTION differ into a fact."""
    day = read_day(on, call.today)
    said = [*labels, *(name.replace("_", " ").capitalize() for name in names[len(labels) :])]
    facts = [NewFact(FactName(name), label, fact_source) for name, label in zip(names, said, strict=False)]
    with call.writing() as workspace:
        wanted = find_page(workspace.snapshot(draft), page)
        plan = call.value(plan_facts(workspace, draft, wanted, SectionId(section), facts=facts, on=day))
        saved = None if is_plan else _save(call, workspace, draft, plan, note)
    return Answer(move_data(plan, saved, draft), move_text(plan, saved))


def _save(call: Call, workspace: Workspace, draft: str, plan: MovePlan, note: str) -> SavedChanges:
    return call.value(apply_move(workspace, draft, plan, note=note))


def _across(found: SectionAcross) -> dict[str, Json]:
    return {
        "page": found.page,
        "section": found.section,
        "title": found.title,
        "sentence": found.sentence,
        "clusters": [
            {"forces": list(cluster.forces), "wordings": [_wording(each) for each in cluster.wordings]}
            for cluster in found.clusters
        ],
        "without": list(found.without),
    }


def _wording(each: ForceWording) -> Json:
    return {
        "forces": list(each.forces),
        "is_shared": each.is_shared,
        "likeness": round(each.likeness, 3),
        "layers": [str(layer) for layer in each.layers],
        "heading": each.heading,
        "body": each.body,
    }


def _across_text(found: SectionAcross) -> str:
    lines = [found.sentence]
    for number, cluster in enumerate(found.clusters, 1):
        lines += ["", f"Cluster {number}"]
        for wording in cluster.wordings:
            lines.append(f"  {', '.join(wording.forces)}:")
            if wording.is_shared:
                lines.append("    the shared text")
            lines += [f"    {line.mark} {line.marked}" for line in wording.lines if line.is_changed]
    if found.without:
        lines += ["", f"Without it: {', '.join(found.without)}"]
    return "\n".join(lines)
