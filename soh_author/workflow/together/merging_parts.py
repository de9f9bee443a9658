"""A content file cut into the parts that are merged one by one: fields, ops and sections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import yaml

from soh_author.domain.override import OpKind
from soh_author.markup.front_matter import split
from soh_author.markup.sections import Slice, read_sections
from soh_author.markup.yaml_reading import Yaml, compose, read_yaml

Key = tuple[str, ...]
PINS = frozenset({"base", "at", "translates"})
"""Fields that tell which text something was written against."""
OPS = "ops"
_TEXTLESS = {kind.value for kind in OpKind if not kind.carries_text}
_GROUPED = {"replace", "hide"}
_NEWLINES = "\r\n"
_REMARK = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)
_LOOSE_END = re.compile(r"(?:^[ ]*(?:#.*)?\n)+\Z", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Block:
    """A section as written: heading, empty lines, text, empty lines. ``was_last`` in its file."""

    head: str
    gap: str
    body: str
    tail: str
    was_last: bool = False

    @property
    def said(self) -> tuple[str, str]:
        """What counts when blocks are compared: empty lines around them don't."""
        return self.head, self.body


@dataclass(frozen=True, slots=True)
class Item:
    """A field or an op as written, with its value, and empty lines and remarks that stand ``after`` it."""

    raw: str
    value: Yaml
    after: str = ""

    @property
    def said(self) -> tuple[Yaml, tuple[str, ...]]:
        """What counts when items are compared: the value, and remarks beside it."""
        return self.value, tuple(found.group() for found in _REMARK.finditer(self.raw))


@dataclass(frozen=True, slots=True)
class Parts:
    """A file in parts. Fields have keys ``(name,)``, ops and their blocks ``(kind, section, number)``.

    ``comments`` stand before the first field; ``ops_head`` is the line that begins the list of ops.
    """

    opening: str = ""
    closing: str = ""
    comments: str = ""
    fields: Mapping[Key, Item] = field(default_factory=dict)
    ops_head: str = ""
    ops: Mapping[Key, Item] = field(default_factory=dict)
    blocks: Mapping[Key, Block] = field(default_factory=dict)
    titles: Mapping[Key, str] = field(default_factory=dict)

    def value(self, name: str) -> Yaml | None:
        """The value of a field; None when it isn't there."""
        item = self.fields.get((name,))
        return item.value if item else None


def read_parts(path: str, text: str, aliases: Mapping[str, str] | None = None) -> Parts | None:
    """Cut a page, an override or a file of fields; None for what can't be cut safely.

    Args:
        path: the file's path, which tells its kind.
        text: the file with line feeds as line ends.
        aliases: new names of sections by their old ones.
    """
    if path.endswith(".yml"):
        return _with_fields(Parts(), text)
    if not path.endswith(".md"):
        return None
    file = split(text)
    if file.is_unclosed:
        return None
    parts = _with_fields(Parts(file.opening, file.closing), file.raw_yaml)
    if parts is None:
        return None
    is_override = "overrides" in {key[0] for key in parts.fields} and parts.value("kind") != "page"
    return _with_blocks(parts, file.body, aliases or {}, is_override=is_override)


def write_parts(parts: Parts) -> str:
    """The file of its parts, in their order."""
    fields = [
        (parts.ops_head + "".join(op.raw for op in parts.ops.values()))
        if key == (OPS,)
        else item.raw + item.after
        for key, item in parts.fields.items()
        if key != (OPS,) or parts.ops or not parts.ops_head
    ]
    raw = parts.comments + "".join(_ended(text) for text in fields)
    blocks = list(parts.blocks.values())
    body = "".join(_written(block, is_last=number == len(blocks) - 1) for number, block in enumerate(blocks))
    return f"{parts.opening}{raw}{parts.closing}{body}"


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _written(block: Block, *, is_last: bool) -> str:
    """A block, with the empty lines that its new place asks for."""
    gap, tail = block.gap, block.tail
    if block.head and block.body and not gap:
        gap = "\n"
    if is_last and not block.was_last and len(tail) > 1:
        tail = "\n"
    elif not is_last and block.was_last and (block.head or block.body) and len(tail) < 2:
        tail = "\n\n"
    return block.head + gap + block.body + tail


# -- fields --------------------------------------------------------------------------------------------------


def _with_fields(parts: Parts, raw: str) -> Parts | None:
    read = read_yaml(raw)
    if read.diagnostics or not read.is_whole or "\t" in raw:
        return None
    node = compose(raw)
    if node is None:
        return replace(parts, comments=raw)
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return None
    starts = [int(key.start_mark.index) for key, _ in node.value]
    names = [str(key.value) for key, _ in node.value]
    if any(start and raw[start - 1] != "\n" for start in starts):
        return None
    ends = [*starts[1:], len(raw)]
    fields: dict[Key, Item] = {
        (name,): _field_item(name, raw[start:end], read.value[name])
        for name, start, end in zip(names, starts, ends, strict=True)
    }
    parts = replace(parts, comments=raw[: starts[0]], fields=fields)
    found = dict(zip(names, (value for _, value in node.value), strict=True)).get(OPS)
    items = read.value.get(OPS)
    if isinstance(found, yaml.SequenceNode) and not found.flow_style and isinstance(items, list):
        start = starts[names.index(OPS)]
        return _with_ops(parts, raw, start, start + len(fields[(OPS,)].raw), (found, items))
    return parts


def _field_item(name: str, raw: str, value: Yaml) -> Item:
    """A field, with what stands after it apart where that is no part of its value."""
    found = None if name == OPS else _LOOSE_END.search(raw)
    if found is None or read_yaml(raw[: found.start()]).value != {name: value}:
        return Item(raw, value)
    return Item(raw[: found.start()], value, found.group())


def _with_ops(
    parts: Parts, raw: str, start: int, end: int, found: tuple[yaml.SequenceNode, list[Yaml]]
) -> Parts:
    node, items = found
    begins = [raw.rfind("\n", 0, int(item.start_mark.index)) + 1 for item in node.value]
    if not begins or len(set(begins)) != len(begins) or begins[0] <= start:
        return parts
    ops: dict[Key, Item] = {}
    for begin, stop, value in zip(begins, [*begins[1:], end], items, strict=True):
        if not isinstance(value, dict):
            return parts
        ops[_op_key(value, ops)] = Item(raw[begin:stop], value)
    return replace(parts, ops_head=raw[start : begins[0]], ops=ops)


def _op_key(value: Mapping[str, Yaml], known: Mapping[Key, Item]) -> Key:
    """Names an op so that both sides' changes of one section meet, as a replacement and a hiding do."""
    kind, section = str(value.get("op", "")), str(value.get("section", ""))
    group = "change" if kind in _GROUPED else kind
    number = sum(1 for key in known if key[:2] == (group, section))
    return (group, section, str(number))


# -- sections ------------------------------------------------------------------------------------------------


def _with_blocks(parts: Parts, body: str, aliases: Mapping[str, str], *, is_override: bool) -> Parts:
    read = read_sections(body, is_override=is_override)
    waiting: dict[str, list[Key]] = {}
    for key, op in parts.ops.items():
        if is_override and isinstance(op.value, dict) and op.value.get("op") not in _TEXTLESS:
            waiting.setdefault(key[1], []).append(key)
    blocks: dict[Key, Block] = {}
    titles: dict[Key, str] = {key: f"The change of “{key[1]}”" for key in parts.ops}
    for number, (piece, text) in enumerate(zip(read.slices, read.texts, strict=True)):
        queue = waiting.get(text.id, []) if number else []
        key = (
            queue.pop(0) if queue else _section_key(aliases.get(text.id, text.id), blocks, is_lead=not number)
        )
        blocks[key] = _block(piece, was_last=number == len(read.slices) - 1)
        titles[key] = f"The section “{text.heading}”" if number else "The text before the first heading"
    return replace(parts, blocks=blocks, titles=titles)


def _section_key(section: str, known: Mapping[Key, Block], *, is_lead: bool) -> Key:
    if is_lead:
        return ("lead",)
    number = sum(1 for key in known if key[:2] == ("section", section))
    return ("section", section, str(number))


def _block(piece: Slice, *, was_last: bool) -> Block:
    head, whole = piece.source.rstrip(_NEWLINES), piece.source + piece.body
    rest = whole[len(head) :]
    body = rest.strip(_NEWLINES)
    if not body:
        return Block(head, "", "", rest, was_last)
    gap = rest[: len(rest) - len(rest.lstrip(_NEWLINES))]
    return Block(head, gap, body, rest[len(gap) + len(body) :], was_last)


def keys_in_order(*sides: Sequence[Key]) -> list[Key]:
    """All keys of several sides, each once."""
    return list(dict.fromkeys(key for side in sides for key in side))


def is_marker(text: str) -> bool:
    """Whether a text has a line as other programs write them between two versions."""
    return re.search(r"^(<{7}|>{7})(\s|$)", text, re.MULTILINE) is not None
