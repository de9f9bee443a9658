"""Changing one value in a YAML text, and only its lines: comments, order, quotes and all other lines stay.

Every change is read again before it is handed out; one that would touch anything else is refused.
"""

import copy
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import yaml

from soh_author.domain.errors import ContentError
from soh_author.markup.yaml_reading import Yaml, compose, read_yaml, type_of_path
from soh_author.markup.yaml_writing import emit

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class _Entry:
    """A value and its key; list items have none."""

    key: yaml.Node | None
    value: yaml.Node

    @property
    def start(self) -> int:
        """Where the entry begins in the text."""
        return int((self.key or self.value).start_mark.index)


def set_value(raw: str, path: type_of_path, value: Yaml) -> str:
    """Set a value; what is missing on the way to it is made.

    Args:
        raw: the YAML text.
        path: keys and numbers of list items that lead to the value.
        value: the new value; written on one line.

    Raises:
        ContentError: when the text can't be read, or not be changed without touching anything else.
    """
    wanted = _read(raw)
    if _inside(wanted, path) == value:
        return raw
    holder = _made_way(wanted, path)
    holder[path[-1]] = value  # type: ignore[index] # a list takes numbers, a mapping keys, as the path says
    return _verified(wanted, lambda: _set(raw, path, value))


def remove_value(raw: str, path: type_of_path) -> str:
    """Remove a key or a list item, and what is left empty around it. What isn't there needs no removing.

    Raises:
        ContentError: as :func:`set_value`.
    """
    wanted = _read(raw)
    if _inside(wanted, path) is None:
        return raw
    while True:
        holder = _inside(wanted, path[:-1])
        del holder[path[-1]]  # type: ignore[arg-type,union-attr] # as above
        if holder or len(path) == 1:
            break
        path = path[:-1]
    return _verified(wanted, lambda: _remove(raw, path))


def append_item(raw: str, key: str, item: Yaml) -> str:
    """Add an item to the end of a list of the file, on a line of its own; a missing list is made.

    Raises:
        ContentError: as :func:`set_value`.
    """
    wanted = _read(raw)
    items = wanted.get(key) or []
    if not isinstance(items, list):
        raise _refusal(f"“{key}” holds no list.")
    wanted[key] = [*items, item]
    return _verified(wanted, lambda: _append(raw, key, item))


def newline_of(text: str) -> str:
    """The line end a text uses; a line feed when it has none."""
    found = _LINE_END.search(text)
    return found.group() if found else "\n"


def _refusal(what: str) -> ContentError:
    return ContentError(what, safe="Nothing was changed.", todo="Change the fields by hand.")


def _read(raw: str) -> dict[str, Yaml]:
    known = read_yaml(raw)
    if known.diagnostics or not known.is_whole:
        raise _refusal(f"The fields have a fault: {known.diagnostics[0].message}")
    if "*" in raw and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(raw, yaml.CBaseLoader)):
        raise _refusal("The fields refer to one another with & and *.")
    return copy.deepcopy(known.value)


def _verified(wanted: dict[str, Yaml], change: Callable[[], str]) -> str:
    try:
        changed = change()
    except (AttributeError, IndexError, ValueError) as error:
        raise _refusal("The fields are written in a way this program can't change.") from error
    again = read_yaml(changed)
    if not again.is_whole or again.value != wanted:
        raise _refusal("The fields are written in a way this program can't change.")
    return changed


def _inside(value: Yaml, path: type_of_path) -> Yaml | None:
    found: Yaml | None = value
    for part in path:
        if isinstance(found, dict):
            found = found.get(str(part))
        elif isinstance(found, list) and isinstance(part, int) and part < len(found):
            found = found[part]
        else:
            return None
    return found


def _made_way(value: Yaml, path: type_of_path) -> Yaml:
    """The list or mapping that holds, or shall hold, what the path leads to."""
    for part in path[:-1]:
        below = _inside(value, (part,))
        if below is None or below == "":
            assert isinstance(value, dict), "Only in mappings is something missing."
            below = value[str(part)] = {}
        value = below
    is_there = isinstance(value, dict) or (isinstance(value, list) and isinstance(path[-1], int))
    if not is_there:
        raise _refusal(f"“{path[-2] if len(path) > 1 else 'The file'}” holds no fields.")
    return value


# -- where things stand in the text --------------------------------------------------------------------------


def _entries(node: yaml.Node) -> list[_Entry]:
    if isinstance(node, yaml.MappingNode):
        return [_Entry(key, value) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return [_Entry(None, value) for value in node.value]
    return []


def _number(entries: Sequence[_Entry], part: str | int) -> int | None:
    if isinstance(part, int):
        return part if part < len(entries) else None
    return next(
        (number for number, entry in enumerate(entries) if entry.key and entry.key.value == part), None
    )


def _is_in_brackets(node: yaml.Node) -> bool:
    """Whether a node is a list or mapping between brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _is_on_many_lines(node: yaml.Node) -> bool:
    """Whether a node is written as lines below one another: a block scalar, mapping or sequence."""
    if isinstance(node, yaml.ScalarNode):
        return node.style in {"|", ">"}
    return not _is_in_brackets(node)


def _span(raw: str, entry: _Entry) -> tuple[int, int]:
    """Where the text of an entry's value begins and ends."""
    node = entry.value
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if entry.key is not None and (start == end or _is_on_many_lines(node)):
        start = raw.index(":", entry.key.end_mark.index) + 1
        end = max(end, start) if node.start_mark.index != node.end_mark.index else start
    if isinstance(node, yaml.ScalarNode):
        return (start, len(raw[:end].rstrip())) if _is_on_many_lines(node) else (start, end)
    entries = _entries(node)
    if _is_on_many_lines(node) and entries:
        end = _span(raw, entries[-1])[1]
    return start, end


def _line_end(raw: str, position: int) -> int:
    found = _LINE_END.search(raw, position)
    return found.end() if found else len(raw)


def _line_start(raw: str, position: int) -> int:
    return max(raw.rfind("\n", 0, position), raw.rfind("\r", 0, position)) + 1


def _with_line(raw: str, position: int, line: str) -> str:
    """The text with another line below the one that ``position`` is on."""
    newline = newline_of(raw)
    at = _line_end(raw, position)
    head = raw[:at] if not raw[:at] or raw[:at].endswith(("\n", "\r")) else raw[:at] + newline
    return f"{head}{line}{newline}{raw[at:]}"


# -- changes -------------------------------------------------------------------------------------------------


def _set(raw: str, path: type_of_path, value: Yaml) -> str:
    node = compose(raw)
    if node is None:
        return _with_line(raw, len(raw), f"{path[0]}: {emit(_nested(path[1:], value))}")
    in_flow = False
    for depth, part in enumerate(path):
        in_flow = in_flow or _is_in_brackets(node)
        entries = _entries(node)
        number = _number(entries, part)
        rest = _nested(path[depth + 1 :], value)
        if number is None:
            return _insert(raw, node, str(part), rest)
        node = entries[number].value
        if depth == len(path) - 1 or isinstance(node, yaml.ScalarNode):
            return _replace(raw, entries[number], rest, in_flow=in_flow)
    return raw


def _nested(path: type_of_path, value: Yaml) -> Yaml:
    for part in reversed(path):
        value = {str(part): value}
    return value


def _replace(raw: str, entry: _Entry, value: Yaml, *, in_flow: bool) -> str:
    start, end = _span(raw, entry)
    space = " " if raw[start - 1 : start] == ":" else ""
    return f"{raw[:start]}{space}{emit(value, in_flow=in_flow)}{raw[end:]}"


def _insert(raw: str, node: yaml.Node, key: str, value: Yaml) -> str:
    entries = _entries(node)
    if _is_in_brackets(node):
        return _insert_in_flow(raw, node, f"{emit(key, in_flow=True)}: {emit(value, in_flow=True)}")
    indent = " " * int(entries[0].key.start_mark.column) if entries[0].key else ""
    return _with_line(raw, _span(raw, entries[-1])[1], f"{indent}{emit(key)}: {emit(value)}")


def _insert_in_flow(raw: str, node: yaml.Node, text: str) -> str:
    entries = _entries(node)
    at = _span(raw, entries[-1])[1] if entries else int(node.start_mark.index) + 1
    return f"{raw[:at]}{', ' if entries else ''}{text}{raw[at:]}"


def _remove(raw: str, path: type_of_path) -> str:
    node = compose(raw)
    assert node is not None, "Only what is there is removed."
    for part in path[:-1]:
        entries = _entries(node)
        node = entries[_known(entries, part)].value
    entries = _entries(node)
    number = _known(entries, path[-1])
    start, end = entries[number].start, _span(raw, entries[number])[1]
    line_start = _line_start(raw, start)
    before = raw[line_start:start]
    # A key may stand on the line of its list item's dash, which must stay.
    has_own_lines = before.strip(" ") == ("" if entries[number].key else "-")
    if has_own_lines and not _is_in_brackets(node):
        return raw[:line_start] + raw[_line_end(raw, end) :]
    if number < len(entries) - 1:
        return raw[:start] + raw[entries[number + 1].start :]
    return raw[: _span(raw, entries[number - 1])[1] if number else start] + raw[end:]


def _known(entries: Sequence[_Entry], part: str | int) -> int:
    number = _number(entries, part)
    if number is None:
        raise IndexError(part)
    return number


def _append(raw: str, key: str, item: Yaml) -> str:
    root = compose(raw)
    line = f"- {emit(item)}"
    if root is None:
        return _with_line(raw, len(raw), f"{key}:{newline_of(raw)}{line}")
    entries = _entries(root)
    number = _number(entries, key)
    if number is None:
        if _is_in_brackets(root):
            return _insert_in_flow(raw, root, f"{key}: {emit([item], in_flow=True)}")
        return _with_line(raw, _span(raw, entries[-1])[1], f"{key}:{newline_of(raw)}{line}")
    entry = entries[number]
    if isinstance(entry.value, yaml.ScalarNode):
        return _with_line(raw, _span(raw, entry)[1], line)
    if _is_in_brackets(entry.value):
        return _insert_in_flow(raw, entry.value, emit(item, in_flow=True))
    indent = " " * int(entry.value.start_mark.column)
    return _with_line(raw, _span(raw, entry)[1], indent + line)
