"""Forces change: one is renamed, closed, or several become one, from a day on. A plan first, with every
clash.

Always one version of a draft: nothing is half done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from soh_author.domain.errors import ContentError, WorldMovedError
from soh_author.domain.facts import FactSheet
from soh_author.domain.force import Registry
from soh_author.domain.forces_change import (
    Clash,
    FileKey,
    ForceFiles,
    ForcesPlan,
    plan_close,
    plan_merge,
    plan_rename,
)
from soh_author.domain.ids import ForceId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.drafting import find_draft
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.forces.reorganised_files import FileMoves
from soh_author.workflow.overrides.change_sets import require_draft
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

Bytes = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What becomes of the files of forces that change.

    ``stamps`` are the files as they were when it was planned; ``clashes`` have to be decided by a person:
    until then the target keeps its own text, or the first force's. ``one_sided`` are texts that only some of
    the merging forces had, and that all their publics will read. ``lost`` are texts nobody will read.
    """

    title: str
    changes: Bytes
    stamps: Mapping[str, str]
    clashes: tuple[str, ...]
    one_sided: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What it comes to."""
        clashes = f", {len(self.clashes)} clashes to decide" if self.clashes else ", no clash"
        return f"{self.title}: {len(self.changes)} files change{clashes}."


def plan_renaming(workspace: Workspace, source: str, old: ForceId, new: ForceId) -> Task[Reorganisation]:
    """Give a force another id: all its files move, groups name it anew.

    Raises (when run):
        UsageError: when the force isn't known, or the new id is taken.
    """

    def work(_progress: Progress) -> Outcome[Reorganisation]:
        snapshot = workspace.snapshot(source)
        plan = plan_rename(old, new, snapshot.registry, snapshot.sources.stamps)
        moves = FileMoves(snapshot)
        moves.move(plan.moves)
        moves.set_profile(new, {"id": str(new)})
        for rejoined in plan.groups:
            moves.rename_member(rejoined.group, old, new)
        made = _made(snapshot, moves, f"“{old}” becomes “{new}”", plan)
        return Outcome(made, notice=made.sentence)

    return Task("Planning a new name", work)


def plan_closing(workspace: Workspace, source: str, force: ForceId, last_day: date) -> Task[Reorganisation]:
    """Close a force after a last day: its site goes, its files stay, it leaves its groups on that day.

    Raises (when run):
        UsageError: when the force isn't known.
    """

    def work(_progress: Progress) -> Outcome[Reorganisation]:
        snapshot = workspace.snapshot(source)
        plan = plan_close(_files(snapshot, force), snapshot.registry)
        moves = FileMoves(snapshot)
        moves.set_profile(force, {"until": last_day.isoformat()})
        for rejoined in plan.groups:
            moves.end_member(rejoined.group, force, last_day)
        made = _made(snapshot, moves, f"“{force}” closes after {last_day.isoformat()}", plan)
        return Outcome(made, notice=made.sentence)

    return Task("Planning the end of a force", work)


def plan_merging(
    workspace: Workspace,
    source: str,
    forces: Sequence[ForceId],
    target: ForceId,
    first_day: date,
    *,
    name: str = "",
    host: str = "",
) -> Task[Reorganisation]:
    """Make one force of several from a day on: overrides that agree are joined, those that don't are clashes.

    Args:
        forces: those that merge.
        target: one of them, or a new id.
        first_day: the others close on the day before; a new force is live from this day.
        name: of a new force.
        host: of a new force.

    Raises (when run):
        UsageError: when fewer than two known forces are named, or the target is a force that doesn't merge.
        ContentError: when a file can't be joined without touching anything else in it.
    """

    def work(_progress: Progress) -> Outcome[Reorganisation]:
        snapshot = workspace.snapshot(source)
        ordered = sorted(dict.fromkeys(forces), key=lambda force: force != target)
        plan = plan_merge([_files(snapshot, force) for force in ordered], target, snapshot.registry)
        moves = FileMoves(snapshot)
        if target not in snapshot.registry.forces:
            moves.new_profile(ordered[0], target, first_day, name=name, host=host)
        moves.join(plan, target, ordered)
        last_day = first_day - timedelta(days=1)
        for force in ordered:
            if force != target:
                moves.set_profile(force, {"until": last_day.isoformat()})
        _regroup(moves, plan, snapshot.registry, target, last_day)
        made = _made(snapshot, moves, f"{', '.join(ordered)} become “{target}”", plan)
        return Outcome(made, notice=made.sentence)

    return Task("Planning a merger", work)


def _regroup(moves: FileMoves, plan: ForcesPlan, registry: Registry, target: ForceId, last_day: date) -> None:
    for rejoined in plan.groups:
        known = {member.force for member in registry.groups[rejoined.group].members}
        for force in rejoined.leaving:
            if force != target:
                moves.end_member(rejoined.group, force, last_day)
        if rejoined.joining is not None and rejoined.joining not in known:
            moves.add_member(rejoined.group, rejoined.joining, last_day + timedelta(days=1))


def apply_reorganisation(workspace: Workspace, draft: str, plan: Reorganisation, note: str) -> Task[str]:
    """Write a plan as one version of a draft; the version's name.

    Raises (when run):
        WorldMovedError: when one of the files was changed since the plan was made.
        ContentError: when the draft has privately saved texts in them.
    """

    def work(_progress: Progress) -> Outcome[str]:
        require_draft(draft)
        found = find_draft(workspace, draft)
        private = workspace.saved_texts(found.name)
        if private.keys() & plan.changes.keys():
            raise ContentError(
                "The draft has texts of these forces that are saved privately only.",
                safe="Nothing was changed.",
                todo="Save a version of them first.",
            )
        _check(workspace.snapshot(found.name), plan)
        revision = workspace.store.write(
            DRAFTS + found.name,
            found.revision,
            plan.changes,
            note=note.strip() or plan.title,
            author=workspace.person.author,
            when=workspace.clock(),
        )
        return Outcome(str(revision), EVERYTHING, plan.sentence)

    return Task("Changing forces", work, writes=True)


def _check(snapshot: Snapshot, plan: Reorganisation) -> None:
    for path, stamp in plan.stamps.items():
        if snapshot.sources.stamp(path) != stamp:
            raise WorldMovedError(
                f"“{path}” was changed since you looked.",
                safe="Nothing was changed.",
                todo="Look at the plan again.",
            )


def _files(snapshot: Snapshot, force: ForceId) -> ForceFiles:
    layer = Layer.of_force(force)
    texts: dict[FileKey, Override | Page] = {}
    for page in snapshot.page_ids():
        for file in snapshot.files_of(page):
            value = snapshot.sources.read(file.path).value
            if file.layer == layer and isinstance(value, Override | Page):
                texts[file.page, file.language] = value
    pictures = snapshot.sources.catalogue.media.get(layer, {})
    media = {name: snapshot.content_hash(path) for name, path in pictures.items()}
    facts: FactSheet = snapshot.facts_of(layer)
    return ForceFiles(force, texts, facts, media)


def _made(snapshot: Snapshot, moves: FileMoves, title: str, plan: ForcesPlan) -> Reorganisation:
    changes = moves.changes
    return Reorganisation(
        title,
        changes,
        {path: snapshot.sources.stamp(path) for path in changes},
        tuple(_clash(each) for each in plan.clashes),
        tuple(f"{_file(each.file)}: only {', '.join(each.forces)} had it" for each in plan.one_sided),
        tuple(_file(key) for key in plan.lost),
    )


def _clash(clash: Clash) -> str:
    where = f"{_file(clash.file)}, " if clash.file else ""
    return f"{where}{clash.what}: {', '.join(clash.forces)} have it in different ways"


def _file(key: FileKey) -> str:
    page, language = key
    return f"{page} ({language.label})"
