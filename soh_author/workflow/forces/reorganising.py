"""Forces change: one is renamed, closed, or several become one, from a day on. A plan first, with every
clash.

Always one version of a draft: nothing is half done.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from soh_author.domain.counting import counted
from soh_author.domain.errors import ContentError, NotFoundError, UsageError, WorldMovedError
from soh_author.domain.facts import FactSheet
from soh_author.domain.force import Registry
from soh_author.domain.forces_change import (
    Clash,
    ClashKind,
    Decision,
    FileKey,
    ForceFiles,
    ForcesPlan,
    Rejoined,
    check_decision,
    plan_close,
    plan_merge,
    plan_rename,
)
from soh_author.domain.ids import ForceId, GroupId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.drafting import find_draft
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.forces.clash_words import ClashToDecide, called, words_of
from soh_author.workflow.forces.decided_clashes import Deciding
from soh_author.workflow.forces.reorganised_files import FileMoves
from soh_author.workflow.overrides.change_sets import require_draft
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

Bytes = Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What becomes of the files of forces that change.

    ``stamps`` are the files as they were when it was planned; ``to_decide`` are the clashes. Until each has
    its decision the plan can't be applied; it shows the target's own text there, or the first force's.
    ``one_sided`` are texts that only some of the merging forces had, and that all their publics will read.
    ``lost`` are texts nobody will read.
    """

    title: str
    changes: Bytes
    stamps: Mapping[str, str]
    to_decide: tuple[ClashToDecide, ...]
    one_sided: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def clashes(self) -> tuple[str, ...]:
        """Every clash in words, decided or not."""
        return tuple(each.sentence for each in self.to_decide)

    @property
    def undecided(self) -> tuple[ClashToDecide, ...]:
        """The clashes about which nothing was decided."""
        return tuple(each for each in self.to_decide if each.decision is None)

    @property
    def sentence(self) -> str:
        """What happens to which forces, how many files change and what is still to decide, in a sentence."""
        files = counted(len(self.changes), "file changes", "files change")
        if self.undecided:
            clashes = f"{counted(len(self.undecided), 'clash', 'clashes')} to decide"
        else:
            clashes = "no clash left" if self.to_decide else "no clash"
        return f"{self.title}: {files}, {clashes}."


NOTHING_DECIDED: Mapping[str, Decision] = {}


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


@dataclass(frozen=True, slots=True)
class Merger:
    """Which forces become one, and when.

    ``target`` is one of them or a new id; the others close on the day before ``first_day``. ``name`` and
    ``host`` are those of a new force.
    """

    forces: tuple[ForceId, ...]
    target: ForceId
    first_day: date
    name: str = ""
    host: str = ""


def plan_merging(
    workspace: Workspace,
    source: str,
    merger: Merger,
    decisions: Mapping[str, Decision] = NOTHING_DECIDED,
    keep: ForceId | None = None,
) -> Task[Reorganisation]:
    """Make one force of several from a day on: overrides that agree are joined, those that don't are clashes.

    Args:
        merger: which forces, and when.
        decisions: what becomes of clashes, by their names.
        keep: whose way is kept where nothing else was decided, and this force has it.

    Raises (when run):
        UsageError: when fewer than two known forces are named, or the target is a force that doesn't merge;
            for a decision that a clash can't have.
        NotFoundError: for a decision about something that doesn't clash.
        ContentError: when a file can't be joined without touching anything else in it.
    """

    def work(_progress: Progress) -> Outcome[Reorganisation]:
        snapshot, target = workspace.snapshot(source), merger.target
        ordered = sorted(dict.fromkeys(merger.forces), key=lambda force: force != target)
        files = {force: _files(snapshot, force) for force in ordered}
        plan = plan_merge([*files.values()], target, snapshot.registry)
        decided = _decided(plan.clashes, decisions, keep)
        moves = _merged(snapshot, plan, merger, ordered, decided)
        names = snapshot.registry.short_names
        asked = tuple(
            ClashToDecide(
                each, words_of(each, files), decided.get(each), called(each, files, snapshot), names
            )
            for each in plan.clashes
        )
        made = _made(snapshot, moves, f"{', '.join(ordered)} become “{target}”", plan, asked)
        return Outcome(made, notice=made.sentence)

    return Task("Planning a merger", work)


def _merged(
    snapshot: Snapshot,
    plan: ForcesPlan,
    merger: Merger,
    ordered: Sequence[ForceId],
    decided: Mapping[Clash, Decision],
) -> FileMoves:
    """The files after a merger, with what was decided; the target is the first of the forces, if one."""
    moves, target = FileMoves(snapshot), merger.target
    if target not in snapshot.registry.forces:
        moves.new_profile(ordered[0], target, merger.first_day, name=merger.name, host=merger.host)
    moves.join(plan, target, ordered)
    deciding = Deciding(snapshot, moves.changes, target)
    for clash, decision in decided.items():
        deciding.decide(clash, decision)
    last_day = merger.first_day - timedelta(days=1)
    for force in ordered:
        if force != target:
            moves.set_profile(force, {"until": last_day.isoformat()})
    regrouped = (*plan.groups, *_decided_groups(decided, target))
    _regroup(moves, regrouped, snapshot.registry, target, last_day)
    return moves


def _decided(
    clashes: Sequence[Clash], decisions: Mapping[str, Decision], keep: ForceId | None
) -> dict[Clash, Decision]:
    known = {clash.name: clash for clash in clashes}
    unknown = next((name for name in decisions if name not in known), None)
    if unknown is not None:
        raise NotFoundError(
            f"There is no clash “{unknown}”.", safe="Nothing was changed.", todo="Look at the plan again."
        )
    found = {known[name]: decision for name, decision in decisions.items()}
    for clash in clashes:
        if keep in clash.forces and clash not in found:
            found[clash] = Decision(keep=keep)
    for clash, decision in found.items():
        check_decision(clash, decision)
    return found


def _decided_groups(decided: Mapping[Clash, Decision], target: ForceId) -> tuple[Rejoined, ...]:
    """Groups of some of the forces: the target joins, or all of them leave."""
    return tuple(
        Rejoined(GroupId(clash.thing), clash.forces, target if decision.keep else None)
        for clash, decision in decided.items()
        if clash.kind is ClashKind.GROUP
    )


def _regroup(
    moves: FileMoves, groups: Sequence[Rejoined], registry: Registry, target: ForceId, last_day: date
) -> None:
    for rejoined in groups:
        known = {member.force for member in registry.groups[rejoined.group].members}
        for force in rejoined.leaving:
            if force != target or rejoined.joining is None:
                moves.end_member(rejoined.group, force, last_day)
        if rejoined.joining is not None and rejoined.joining not in known:
            moves.add_member(rejoined.group, rejoined.joining, last_day + timedelta(days=1))


def apply_reorganisation(workspace: Workspace, draft: str, plan: Reorganisation, note: str) -> Task[str]:
    """Write a plan as one version of a draft; the version's name.

    Raises (when run):
        WorldMovedError: when one of the files was changed since the plan was made.
        ContentError: when the draft has privately saved texts in them.
        UsageError: when a clash waits for a decision.
    """

    def work(_progress: Progress) -> Outcome[str]:
        require_draft(draft)
        if plan.undecided:
            raise UsageError(
                f"Nothing was decided about {plan.undecided[0].sentence}.",
                safe="Nothing was changed.",
                todo="Decide what becomes of every clash.",
            )
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


def _made(
    snapshot: Snapshot,
    moves: FileMoves,
    title: str,
    plan: ForcesPlan,
    to_decide: tuple[ClashToDecide, ...] = (),
) -> Reorganisation:
    changes = moves.changes
    return Reorganisation(
        title,
        changes,
        {path: snapshot.sources.stamp(path) for path in changes},
        to_decide,
        tuple(f"{_file(each.file)}: only {', '.join(each.forces)} had it" for each in plan.one_sided),
        tuple(_file(key) for key in plan.lost),
    )


def _file(key: FileKey) -> str:
    page, language = key
    return f"{page} ({language.label})"
