"""Forces that are renamed, closed or merged: a plan of what becomes of their texts, with what clashes.

A plan writes nothing. Where two forces that merge say different things a person decides; where only one of
them had a text of its own the other's public will read it too, and the plan says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from soh_author.domain.errors import UsageError
from soh_author.domain.facts import Fact, FactSheet
from soh_author.domain.force import Registry
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.override import FieldChange, Op, OpKind, Override
from soh_author.domain.page import Page, PageKind

FileKey = tuple[PageId, Language]
_CHOOSE = "Choose forces of the list."


@dataclass(frozen=True, slots=True)
class ForceFiles:
    """What one force has of its own."""

    force: ForceId
    texts: Mapping[FileKey, Override | Page] = field(default_factory=dict)
    facts: FactSheet = field(default_factory=dict)
    media: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of each picture's bytes, by name."""


@dataclass(frozen=True, slots=True)
class Rejoined:
    """A group's members after the change: ``leaving`` are taken out, ``joining`` comes in (None: nobody)."""

    group: GroupId
    leaving: tuple[ForceId, ...]
    joining: ForceId | None


class ClashKind(StrEnum):
    """What merging forces have in different ways."""

    PAGE = "page"
    SECTION = "section"
    FIELD = "field"
    FACT = "fact"
    PICTURE = "picture"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that merging forces have in different ways; ``forces`` are those that have it.

    ``thing`` is the section, field, fact, picture or group; of a section ``slot`` tells what is done with it.
    """

    kind: ClashKind
    thing: str
    forces: tuple[ForceId, ...]
    file: FileKey | None = None
    slot: str = ""

    @property
    def what(self) -> str:
        """What a person calls it."""
        if self.kind is ClashKind.PAGE:
            return "the whole page"
        added = f" ({self.slot})" if self.slot not in {"", "text"} else ""
        return f"{self.kind} {self.thing}{added}"

    @property
    def name(self) -> str:
        """Names it in answers: ``advice/fees.en section amounts``."""
        where = f"{self.file[0]}.{self.file[1].value} " if self.file else ""
        return f"{where}{self.what}" if self.kind is not ClashKind.PAGE else f"{where}page"

    @property
    def can_be_given_back(self) -> bool:
        """Whether the target can do without it: it then has what the layers above it have."""
        return self.slot != "whole"

    @property
    def can_be_written(self) -> bool:
        """Whether other words can be written for it."""
        return self.kind is ClashKind.FIELD or (
            self.kind is ClashKind.SECTION and self.slot != OpKind.MOVE_AFTER
        )


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a clash: one force's way is kept, other words are written, or (neither) the target
    has what the layers above it have. ``heading`` is that of written words; None keeps the heading.
    """

    keep: ForceId | None = None
    words: str | None = None
    heading: str | None = None


def check_decision(clash: Clash, decision: Decision) -> None:
    """Refuse a decision that a clash can't have.

    Raises:
        UsageError: when a force is kept that doesn't have it, or it can't be written or given back.
    """
    names = ", ".join(clash.forces)
    if decision.keep is not None:
        is_right = decision.keep in clash.forces and decision.words is None
        _require(is_right, f"“{decision.keep}” isn't a way to decide {clash.name}.", f"Keep one of: {names}.")
    elif decision.words is not None:
        _require(
            clash.can_be_written and bool(decision.words.strip()),
            f"No words can be written for {clash.name}.",
            f"Keep one of: {names}.",
        )
    else:
        can = clash.can_be_given_back
        _require(can, f"Nothing above has {clash.name}.", f"Keep one of: {names}.")


@dataclass(frozen=True, slots=True)
class JoinedText:
    """The one file that the files of merging forces become; ops and fields that clash are left out."""

    file: FileKey
    forces: tuple[ForceId, ...]
    page: Page | None = None
    ops: tuple[Op, ...] = ()
    sets: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class ForcesPlan:
    """What renaming, closing or merging forces does.

    ``moves`` are old paths to new ones. ``one_sided`` are the files of one force that become the text of all.
    """

    target: ForceId | None
    moves: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[Rejoined, ...] = ()
    texts: tuple[JoinedText, ...] = ()
    facts: tuple[Fact, ...] = ()
    clashes: tuple[Clash, ...] = ()
    one_sided: tuple[JoinedText, ...] = ()
    lost: tuple[FileKey, ...] = ()


def plan_rename(old: ForceId, new: ForceId, registry: Registry, paths: Iterable[str]) -> ForcesPlan:
    """Rename a force: all its files move, and groups name it anew.

    Args:
        old: the id it has.
        new: the id it will have.
        registry: all forces and groups.
        paths: the paths of all files of the repository.

    Raises:
        UsageError: when the force isn't known, or the new id is taken.
    """
    _require(old in registry.forces, f"There is no force “{old}”.", _CHOOSE)
    _require(new not in registry.forces, f"There is a force “{new}” already.", "Choose another id.")
    before, after = (f"{Layer.of_force(force).folder}/" for force in (old, new))
    moves = {path: after + path.removeprefix(before) for path in sorted(paths) if path.startswith(before)}
    groups = tuple(Rejoined(group, (old,), new) for group in _groups_of(old, registry))
    return ForcesPlan(new, moves, groups)


def plan_close(files: ForceFiles, registry: Registry) -> ForcesPlan:
    """Close a force: its files stay, it leaves its groups; ``lost`` are the texts that nobody else has.

    Raises:
        UsageError: when the force isn't known.
    """
    _require(files.force in registry.forces, f"There is no force “{files.force}”.", _CHOOSE)
    groups = tuple(Rejoined(group, (files.force,), None) for group in _groups_of(files.force, registry))
    lost = tuple(key for key, text in sorted(files.texts.items()) if _has_own_words(text))
    return ForcesPlan(None, groups=groups, lost=lost)


def plan_merge(sources: Sequence[ForceFiles], target: ForceId, registry: Registry) -> ForcesPlan:
    """Merge forces into one, which may be one of them or a new one.

    Args:
        sources: what each of the merging forces has; where texts are equal the first one's is kept.
        target: the force that will have it all.
        registry: all forces and groups.

    Raises:
        UsageError: when fewer than two known forces are given, or the target is a force that doesn't merge.
    """
    forces = tuple(files.force for files in sources)
    _require(len(set(forces)) > 1, "Only one force was chosen.", "Choose the forces that become one.")
    for force in forces:
        _require(force in registry.forces, f"There is no force “{force}”.", _CHOOSE)
    is_free = target in forces or target not in registry.forces
    _require(is_free, f"“{target}” is a force that isn't merged.", "Choose it too, or another id.")
    texts, clashes = _join_texts(sources)
    facts, fact_clashes = _join_facts(sources)
    groups, group_clashes = _join_groups(forces, target, registry)
    return ForcesPlan(
        target,
        groups=groups,
        texts=texts,
        facts=facts,
        clashes=(*clashes, *fact_clashes, *_media_clashes(sources), *group_clashes),
        one_sided=tuple(text for text in texts if len(text.forces) < len(set(forces))),
    )


def _require(is_right: bool, what: str, todo: str) -> None:  # noqa: FBT001 - reads as a sentence where it is used
    if not is_right:
        raise UsageError(what, safe="Nothing was changed.", todo=todo)


def _groups_of(force: ForceId, registry: Registry) -> list[GroupId]:
    return sorted(
        group.id
        for group in registry.groups.values()
        if any(member.force == force for member in group.members)
    )


def _has_own_words(text: Override | Page) -> bool:
    return isinstance(text, Page) or any(op.text is not None for op in text.ops)


# Texts


def _join_texts(sources: Sequence[ForceFiles]) -> tuple[tuple[JoinedText, ...], tuple[Clash, ...]]:
    joined: list[JoinedText] = []
    clashes: list[Clash] = []
    for key in sorted({key for files in sources for key in files.texts}):
        having = [(files.force, files.texts[key]) for files in sources if key in files.texts]
        text, found = _join(key, having)
        clashes += found
        if text is not None:
            joined.append(text)
    return tuple(joined), tuple(clashes)


def _join(
    key: FileKey, having: Sequence[tuple[ForceId, Override | Page]]
) -> tuple[JoinedText | None, list[Clash]]:
    forces = tuple(force for force, _ in having)
    pages = [text for _, text in having if isinstance(text, Page)]
    if pages:
        if len(pages) == len(having) and all(_says(page) == _says(pages[0]) for page in pages):
            return JoinedText(key, forces, page=pages[0]), []
        is_local = any(page.kind is PageKind.LOCAL for page in pages)
        return None, [Clash(ClashKind.PAGE, "page", forces, key, "whole" if is_local else "")]
    overrides = [(force, text) for force, text in having if isinstance(text, Override)]
    ops, op_clashes = _join_ops(key, overrides)
    sets, set_clashes = _join_sets(key, overrides)
    return JoinedText(key, forces, ops=ops, sets=sets), [*op_clashes, *set_clashes]


def _says(page: Page) -> tuple[object, ...]:
    words = [(section.id, section.pin) for section in page.sections]
    return (page.kind, page.type, sorted(page.fields.items()), words)


def slot_of(kind: OpKind) -> str:
    """Ops of one slot can't stand beside each other: a section is either replaced or hidden."""
    return _SLOTS.get(kind, kind.value)


_SLOTS = {
    OpKind.REPLACE: "text",
    OpKind.HIDE: "text",
    OpKind.INSERT_AFTER: "new",
    OpKind.INSERT_BEFORE: "new",
}


def _join_ops(
    key: FileKey, overrides: Sequence[tuple[ForceId, Override]]
) -> tuple[tuple[Op, ...], list[Clash]]:
    slots: dict[tuple[str, str], list[tuple[ForceId, Op]]] = {}
    for force, override in overrides:
        for op in override.ops:
            slots.setdefault((op.section, slot_of(op.kind)), []).append((force, op))
    kept = [found[0][1] for found in slots.values() if len({_meaning(op) for _, op in found}) == 1]
    clashes = [
        Clash(ClashKind.SECTION, section, tuple(force for force, _ in found), key, slot)
        for (section, slot), found in slots.items()
        if len({_meaning(op) for _, op in found}) > 1
    ]
    return tuple(kept), clashes


def _meaning(op: Op) -> tuple[object, ...]:
    return (op.kind, op.anchor, op.text.pin if op.text else None)


def _join_sets(
    key: FileKey, overrides: Sequence[tuple[ForceId, Override]]
) -> tuple[tuple[FieldChange, ...], list[Clash]]:
    fields: dict[str, list[tuple[ForceId, FieldChange]]] = {}
    for force, override in overrides:
        for change in override.sets:
            fields.setdefault(change.name, []).append((force, change))
    kept = [found[0][1] for found in fields.values() if len({change.value for _, change in found}) == 1]
    clashes = [
        Clash(ClashKind.FIELD, name, tuple(force for force, _ in found), key)
        for name, found in fields.items()
        if len({change.value for _, change in found}) > 1
    ]
    return tuple(kept), clashes


# Facts, pictures, groups


def _join_facts(sources: Sequence[ForceFiles]) -> tuple[tuple[Fact, ...], list[Clash]]:
    kept: list[Fact] = []
    clashes: list[Clash] = []
    for name in sorted({name for files in sources for name in files.facts}):
        having = [(files.force, files.facts[name]) for files in sources if name in files.facts]
        if len({(fact.type, fact.values) for _, fact in having}) == 1:
            kept.append(having[0][1])
        else:
            clashes.append(Clash(ClashKind.FACT, name, tuple(force for force, _ in having)))
    return tuple(kept), clashes


def _media_clashes(sources: Sequence[ForceFiles]) -> list[Clash]:
    return [
        Clash(ClashKind.PICTURE, name, tuple(files.force for files in sources if name in files.media))
        for name in sorted({name for files in sources for name in files.media})
        if len({files.media[name] for files in sources if name in files.media}) > 1
    ]


def _join_groups(
    forces: Sequence[ForceId], target: ForceId, registry: Registry
) -> tuple[tuple[Rejoined, ...], list[Clash]]:
    """Groups that all merging forces belong to take the target; one that only some do is a clash."""
    rejoined: list[Rejoined] = []
    clashes: list[Clash] = []
    for group in sorted(registry.groups):
        inside = tuple(force for force in forces if group in _groups_of(force, registry))
        if inside and len(inside) < len(forces):
            clashes.append(Clash(ClashKind.GROUP, group, inside))
        elif inside:
            rejoined.append(Rejoined(group, inside, target))
    return tuple(rejoined), clashes
