"""Merging the parts of a file: each field, op and section decided by itself."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from soh_author.domain.comparing.merge import Choice, Written, merge
from soh_author.domain.errors import ContentError
from soh_author.markup.yaml_editing import remove_value, set_value
from soh_author.markup.yaml_reading import Yaml
from soh_author.markup.yaml_writing import emit
from soh_author.workflow.together.merging_decisions import Conflict, Decisions, chosen_text
from soh_author.workflow.together.merging_order import merged_order, orders_clash
from soh_author.workflow.together.merging_parts import OPS, PINS, Block, Item, Key, Parts, keys_in_order

_HEAD = "ops:\n"


@dataclass(frozen=True, slots=True)
class _Sides:
    base: Parts
    mine: Parts
    theirs: Parts


def merge_parts(base: Parts, mine: Parts, theirs: Parts, decisions: Decisions) -> Parts:
    """Put the parts of two versions together; what can't be is asked of ``decisions``."""
    sides = _Sides(base, mine, theirs)
    titles = {**theirs.titles, **mine.titles, **_of_blocks(theirs), **_of_blocks(mine)}
    fields = _fields(sides, decisions)
    ops, blocks = _ops(sides, titles, decisions)
    for key in keys_in_order(list(mine.blocks), list(theirs.blocks)):
        if key not in mine.ops and key not in theirs.ops:
            block = _block(sides, key, titles[key], decisions)
            if block is not None:
                blocks[key] = block
    follow = _order_choice(sides, titles, decisions)
    order = merged_order(
        list(base.blocks), list(mine.blocks), list(theirs.blocks), set(blocks), prefer_theirs=follow
    )
    return replace(
        mine,
        opening=mine.opening or theirs.opening,
        closing=mine.closing or theirs.closing,
        comments=_remarks(base.comments, mine.comments, theirs.comments),
        fields=fields,
        ops_head=_remarks(base.ops_head, mine.ops_head, theirs.ops_head) or mine.ops_head or theirs.ops_head,
        ops=ops,
        blocks={key: blocks[key] for key in order},
    )


def _of_blocks(parts: Parts) -> dict[Key, str]:
    """Titles of sections with their headings, which say more than an op alone."""
    return {key: parts.titles[key] for key in parts.blocks}


def _remarks(base: str, mine: str, theirs: str) -> str:
    """Lines that no program reads: whoever changed them has them; the lines of both when both did."""
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    known = {line.strip() for line in mine.split("\n")}
    return mine + "".join(f"{line}\n" for line in theirs.split("\n") if line.strip() not in known)


def _order_choice(sides: _Sides, titles: Mapping[Key, str], decisions: Decisions) -> bool:
    """Whether the sections shall stand as in theirs; asked when both moved them differently."""
    orders = [list(side.blocks) for side in (sides.base, sides.mine, sides.theirs)]
    if not orders_clash(*orders):
        return False
    said = ["\n".join(titles[key] for key in order if key in titles) for order in orders]
    conflict = Conflict(
        "order", "The order of the sections", said[0], said[1], said[2], None, may_write=False
    )
    return decisions.take(conflict) is Choice.THEIRS


# -- fields --------------------------------------------------------------------------------------------------


def _fields(sides: _Sides, decisions: Decisions) -> dict[Key, Item]:
    merged: dict[Key, Item] = {}
    for key in keys_in_order(list(sides.mine.fields), list(sides.theirs.fields)):
        before, own, other = (side.fields.get(key) for side in (sides.base, sides.mine, sides.theirs))
        if key == (OPS,) and (sides.mine.ops_head or sides.theirs.ops_head):
            item = own or other  # its ops are merged one by one
        else:
            item = _field(key[0], before, own, other, decisions)
        if item is not None:
            merged[key] = item
    base, mine, theirs = (list(side.fields) for side in (sides.base, sides.mine, sides.theirs))
    return {key: merged[key] for key in merged_order(base, mine, theirs, set(merged))}


def _same(one: Item | None, other: Item | None) -> bool:
    return (one and one.said) == (other and other.said)


def _field(
    name: str, base: Item | None, mine: Item | None, theirs: Item | None, decisions: Decisions
) -> Item | None:
    """A field with what stands after it."""
    if mine is None or theirs is None:
        base, mine, theirs = (_with_remarks(item) for item in (base, mine, theirs))
    item = _field_alone(name, base, mine, theirs, decisions)
    if item is None or mine is None or theirs is None:
        return item
    return replace(item, after=_remarks(base.after if base else "", mine.after, theirs.after))


def _with_remarks(item: Item | None) -> Item | None:
    """A field that stays or goes with the remarks after it."""
    return None if item is None else Item(item.raw + item.after, item.value)


def _field_alone(
    name: str, base: Item | None, mine: Item | None, theirs: Item | None, decisions: Decisions
) -> Item | None:
    if _same(base, mine):
        return mine if _same(base, theirs) else theirs
    if _same(base, theirs) or _same(mine, theirs):
        return mine
    if name in PINS and not any(item and isinstance(item.value, dict) for item in (mine, theirs)):
        return base or mine  # the older pin: what it stands on is looked at again
    joined = _joined(name, base, mine, theirs)
    if joined is not None:
        return joined
    is_text = all(item is None or isinstance(item.value, str) for item in (mine, theirs))
    conflict = Conflict(
        f"field:{name}",
        f"The field “{name}”",
        _shown(base),
        _shown(mine),
        _shown(theirs),
        None,
        may_write=is_text,
    )
    answer = decisions.take(conflict)
    if isinstance(answer, Written):
        return Item(f"{emit(name)}: {emit(answer.text)}\n", answer.text)
    return mine if answer is Choice.MINE else theirs


def _shown(item: Item | None) -> str | None:
    if item is None:
        return None
    return item.value if isinstance(item.value, str) else emit(item.value)


def _joined(name: str, base: Item | None, mine: Item | None, theirs: Item | None) -> Item | None:
    """A mapping in which each side changed other entries."""
    if (
        mine is None
        or theirs is None
        or not (isinstance(mine.value, dict) and isinstance(theirs.value, dict))
    ):
        return None
    before = base.value if base is not None and isinstance(base.value, dict) else {}
    value, clashes = _merged_values(before, mine.value, theirs.value, all_pins=name in PINS)
    if clashes:
        return None
    try:
        raw = mine.raw
        for entry in keys_in_order([(each,) for each in mine.value], [(each,) for each in theirs.value]):
            wanted = value.get(entry[0])
            path = (name, entry[0])
            if wanted is None:
                raw = remove_value(raw, path)
            elif wanted != mine.value.get(entry[0]):
                raw = set_value(raw, path, wanted)
    except ContentError:
        return None
    return Item(raw, value) if value else None


def _merged_values(
    base: Mapping[str, Yaml], mine: Mapping[str, Yaml], theirs: Mapping[str, Yaml], *, all_pins: bool = False
) -> tuple[dict[str, Yaml], list[str]]:
    """Entries merged one by one, mine first; and those that both changed. Pins are the older ones then."""
    value: dict[str, Yaml] = {}
    clashes: list[str] = []
    for name in dict.fromkeys([*mine, *theirs]):
        before, own, other = base.get(name), mine.get(name), theirs.get(name)
        taken = other if own == before else own
        if own != before and other not in (before, own):
            if all_pins or name in PINS:
                taken = before or own or other
            else:
                clashes.append(name)
        if taken is not None:
            value[name] = taken
    return value, clashes


# -- ops with their blocks -----------------------------------------------------------------------------------

_Unit = tuple[Item, Block | None]


def _unit(parts: Parts, key: Key) -> _Unit | None:
    item = parts.ops.get(key)
    return None if item is None else (item, parts.blocks.get(key))


def _unit_said(unit: _Unit | None) -> tuple[object, tuple[str, str] | None] | None:
    return None if unit is None else (unit[0].said, unit[1].said if unit[1] else None)


def _ops(
    sides: _Sides, titles: Mapping[Key, str], decisions: Decisions
) -> tuple[dict[Key, Item], dict[Key, Block]]:
    ops: dict[Key, Item] = {}
    blocks: dict[Key, Block] = {}
    for key in keys_in_order(list(sides.mine.ops), list(sides.theirs.ops)):
        base, mine, theirs = (_unit(side, key) for side in (sides.base, sides.mine, sides.theirs))
        if _unit_said(base) == _unit_said(mine) != _unit_said(theirs):
            unit = theirs
        elif _unit_said(theirs) in (_unit_said(base), _unit_said(mine)):
            unit = mine
        else:
            unit = _merged_unit(key, titles[key], (base, mine, theirs), decisions)
        if unit is not None:
            ops[key] = unit[0]
            if unit[1] is not None:
                blocks[key] = unit[1]
    orders = [list(side.ops) for side in (sides.base, sides.mine, sides.theirs)]
    return {key: ops[key] for key in merged_order(orders[0], orders[1], orders[2], set(ops))}, blocks


def _merged_unit(
    key: Key, title: str, units: tuple[_Unit | None, _Unit | None, _Unit | None], decisions: Decisions
) -> _Unit | None:
    """An op that both changed: fields and text by themselves where that works, else one card for all."""
    base, mine, theirs = units
    clean = _clean_unit(base, mine, theirs) if mine and theirs else None
    if clean is not None:
        return clean
    shown = [_unit_words(unit, units) for unit in units]
    has_text = all(unit is None or unit[1] is not None for unit in (mine, theirs))
    both = _both(shown[0], shown[1], shown[2]) if has_text and mine and theirs else None
    conflict = Conflict(":".join(("op", *key)), title, shown[0], shown[1], shown[2], both, may_write=has_text)
    answer = decisions.take(conflict)
    if answer in (Choice.MINE, Choice.THEIRS):
        return mine if answer is Choice.MINE else theirs
    kept = mine or theirs
    text = chosen_text(conflict, answer)
    if kept is None or kept[1] is None:
        return kept
    item = _merged_item(base[0] if base else None, kept[0], theirs[0] if theirs else kept[0]) or kept[0]
    return item, replace(kept[1], body=(text or "").strip("\n"))


def _clean_unit(base: _Unit | None, mine: _Unit, theirs: _Unit) -> _Unit | None:
    if base is None or (mine[1] is None) != (theirs[1] is None):
        return None
    item = _merged_item(base[0], mine[0], theirs[0])
    if item is None:
        return None
    if mine[1] is None or theirs[1] is None:
        return item, None
    before = base[1] or Block("", "", "", "")
    if mine[1].said == before.said:
        return item, theirs[1]
    return (item, mine[1]) if theirs[1].said in (before.said, mine[1].said) else None


def _merged_item(base: Item | None, mine: Item, theirs: Item) -> Item | None:
    """The fields of an op; None when both changed one differently."""
    if not isinstance(mine.value, dict) or not isinstance(theirs.value, dict):
        return None
    if theirs.said[1] not in ((base or mine).said[1], mine.said[1]):
        return None  # a remark of theirs would be lost
    before = base.value if base is not None and isinstance(base.value, dict) else {}
    value, clashes = _merged_values(before, mine.value, theirs.value)
    if clashes:
        return None
    try:
        raw = _HEAD + mine.raw
        for name in dict.fromkeys([*mine.value, *theirs.value]):
            wanted = value.get(name)
            if wanted is None:
                raw = remove_value(raw, (OPS, 0, name))
            elif wanted != mine.value.get(name):
                raw = set_value(raw, (OPS, 0, name), wanted)
    except ContentError:
        return None
    return Item(raw.removeprefix(_HEAD), value)


def _unit_words(unit: _Unit | None, units: tuple[_Unit | None, ...]) -> str | None:
    """What a card shows of an op: its text, or its fields where the texts are the same."""
    if unit is None:
        return None
    texts = {each[1].body for each in units[1:] if each is not None and each[1] is not None}
    if unit[1] is not None and (len(texts) > 1 or None in units[1:]):
        return unit[1].body
    value = unit[0].value if isinstance(unit[0].value, dict) else {}
    return "\n".join(
        f"{name}: {item if isinstance(item, str) else emit(item)}" for name, item in value.items()
    )


# -- sections ------------------------------------------------------------------------------------------------


def _block(sides: _Sides, key: Key, title: str, decisions: Decisions) -> Block | None:
    base, mine, theirs = (side.blocks.get(key) for side in (sides.base, sides.mine, sides.theirs))
    said = [block.said if block else None for block in (base, mine, theirs)]
    if said[1] == said[2]:
        return _spaced(base, mine, theirs)
    if said[0] in said[1:]:
        return theirs if said[0] == said[1] else mine
    name = ":".join(key)
    if mine is None or theirs is None:
        return _kept_or_gone(name, title, (base, mine, theirs), decisions)
    return _changed_by_both(name, title, base, (mine, theirs), decisions)


def _changed_by_both(
    name: str, title: str, base: Block | None, blocks: tuple[Block, Block], decisions: Decisions
) -> Block:
    mine, theirs = blocks
    before = base or Block("", "", "", "")
    head = _line(f"heading:{name}", title, (before.head, mine.head, theirs.head), decisions)
    spaced = _spaced(base, mine, theirs) or mine
    if mine.body in (before.body, theirs.body) and base is not None:
        return replace(spaced, head=head, body=theirs.body)
    if theirs.body == before.body and base is not None:
        return replace(spaced, head=head, body=mine.body)
    both = _both(base.body if base else None, mine.body, theirs.body)
    conflict = Conflict(name, title, base.body if base else None, mine.body, theirs.body, both)
    text = chosen_text(conflict, decisions.take(conflict)) or ""
    return replace(spaced, head=head, body=text.strip("\n"))


def _spaced(base: Block | None, mine: Block | None, theirs: Block | None) -> Block | None:
    """My block; with the empty lines around it of whoever changed them."""
    if base is None or mine is None or theirs is None:
        return mine
    is_same = (mine.gap, mine.tail) == (base.gap, base.tail)
    return replace(mine, gap=theirs.gap, tail=theirs.tail, was_last=theirs.was_last) if is_same else mine


def _kept_or_gone(
    name: str, title: str, blocks: tuple[Block | None, Block | None, Block | None], decisions: Decisions
) -> Block | None:
    """A section that one side took out and the other changed."""
    bodies = [block.body if block else None for block in blocks]
    conflict = Conflict(name, title, bodies[0], bodies[1], bodies[2], None)
    answer = decisions.take(conflict)
    if isinstance(answer, Written):
        kept = blocks[1] or blocks[2]
        return replace(kept, body=answer.text.strip("\n")) if kept else None
    return blocks[1] if answer is Choice.MINE else blocks[2]


def _line(key: str, title: str, heads: tuple[str, str, str], decisions: Decisions) -> str:
    base, mine, theirs = heads
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    conflict = Conflict(key, f"{title}: its heading", base or None, mine, theirs, None, may_write=False)
    return chosen_text(conflict, decisions.take(conflict)) or mine


def _both(base: str | None, mine: str | None, theirs: str | None) -> str:
    merged = merge(base, mine or "", theirs or "")
    return merged.text(dict.fromkeys(merged.conflicts, Choice.BOTH))
