"""YAML as this project reads it: texts, lists and mappings only, with their lines; safe for hostile files.

No text is ever taken for a number, a date or a truth value: plain YAML reads ``12:30`` as 750 and ``NO`` as
false.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.layers import Place

Yaml: TypeAlias = str | list["Yaml"] | dict[str, "Yaml"]
"""What a YAML text holds."""

type_of_path = tuple[str | int, ...]

_DEEPEST = 20
_ENTRY = re.compile(r"^[A-Za-z_][\w.-]*[ \t]*:", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
# libyaml builds nodes by recursion in C; beyond some 20,000 levels it would bring the whole program down.
_HOSTILE_INDENT = re.compile(r"^[ \t?:-]{200}", re.MULTILINE)
_HOSTILE_BRACKETS = 100
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_LINE_END = re.compile(r"\r\n?|\n")

_SENTENCES = (
    (
        "mapping values are not allowed",
        "A colon with a space behind it can't stand inside a text without quotes.",
    ),
    ("could not find expected ':'", "A colon is missing behind the field's name."),
    (
        "did not find expected key",
        "A line stands too far left or right, or a quote or bracket is missing above it.",
    ),
    (
        "cannot start any token",
        "A text can't begin with this sign without quotes; indent with spaces, not tabs.",
    ),
    ("while scanning a quoted scalar", "A quote isn't closed."),
    ("while parsing a flow", "A bracket or a comma is missing."),
    ("found undefined alias", "A text that begins with * needs quotes."),
    ("control characters are not allowed", "A control character stands here; take it out."),
    ("expected a single document", "A line of --- ends the fields too early."),
    ("unknown escape character", "A backslash inside double quotes must be written twice."),
)


class _TooDeepError(Exception):
    """Lists or mappings are nested too deep, or repeat themselves without end."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where each value stands: its path of keys and numbers, to the line of the file."""

    known: Mapping[type_of_path, int]
    first: int = 1

    def of(self, path: type_of_path) -> int:
        """Line of a key or list item; of the nearest one around it when it isn't there itself."""
        for length in range(len(path), 0, -1):
            line = self.known.get(path[:length])
            if line is not None:
                return line
        return self.first


@dataclass(frozen=True, slots=True)
class YamlText:
    """What was read. ``value`` is empty when nothing could be; ``is_whole``: nothing was left out."""

    value: dict[str, Yaml]
    lines: Lines
    diagnostics: tuple[Diagnostic, ...] = ()
    is_whole: bool = True


@dataclass(slots=True)
class _Reading:
    path: str
    line_of: Callable[[yaml.Mark], int]
    budget: int
    lines: dict[type_of_path, int] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def fault(self, code: str, message: str, line: int) -> None:
        self.found.append(diagnose(code, message, Place(self.path, line)))


def read_yaml(raw: str, path: str = "", first_line: int = 1) -> YamlText:
    """Read a YAML mapping.

    When a line can't be read the rest still is: each field at the left margin is then read for itself.

    Args:
        raw: the YAML text.
        path: path of the file, for diagnostics.
        first_line: line of the file on which ``raw`` begins.
    """
    whole = _read_part(raw, path, first_line)
    if whole.is_whole:
        return whole
    if any(fault.code == "too-deep" for fault in whole.diagnostics):
        return whole
    starts = [found.start() for found in _ENTRY.finditer(raw)] or [0]
    value: dict[str, Yaml] = {}
    known: dict[type_of_path, int] = {}
    found: list[Diagnostic] = []
    line = first_line + len(_LINE_END.findall(raw, 0, starts[0]))
    for start, end in zip(starts, [*starts[1:], len(raw)], strict=True):
        part = _read_part(raw[start:end], path, line)
        found.extend(part.diagnostics)
        for key, item in part.value.items():
            if key in value:
                found.append(_doubled(key, Place(path, line)))
            else:
                value[key] = item
                known |= part.lines.known
        line += len(_LINE_END.findall(raw, start, end))
    return YamlText(value, Lines(known, first_line), tuple(found or whole.diagnostics), is_whole=False)


def _read_part(raw: str, path: str, first_line: int) -> YamlText:
    reading = _Reading(path, _line_counter(raw, first_line), budget=len(raw) + 100)
    value: Yaml = {}
    is_whole = False
    try:
        _refuse_hostile_nesting(raw)
        node = compose(raw)
        value = _convert(node, (), reading) if node else {}
        is_whole = True
    except yaml.MarkedYAMLError as error:
        mark = _mark(error)
        reading.fault("bad-yaml", _sentence(str(error)), _line_within(raw, mark, reading, first_line))
    except yaml.YAMLError as error:
        reading.fault("bad-yaml", _sentence(str(error)), first_line)
    except _TooDeepError:
        reading.fault(
            "too-deep", "Lists and fields are nested too deep here, or refer to themselves.", first_line
        )
    if not isinstance(value, dict):
        reading.fault(
            "bad-yaml", "Here must stand lines of a field's name, a colon and its value.", first_line
        )
        value, is_whole = {}, False
    return YamlText(value, Lines(reading.lines, first_line), tuple(reading.found), is_whole)


def compose(raw: str) -> yaml.Node | None:
    """The nodes of a YAML text, with marks that tell where they stand; None for an empty one.

    Raises:
        yaml.YAMLError: when it can't be read.
    """
    loader = yaml.CBaseLoader(raw)
    try:
        node: yaml.Node | None = loader.get_single_node()
        return node
    finally:
        loader.dispose()


def _refuse_hostile_nesting(raw: str) -> None:
    if _HOSTILE_INDENT.search(raw):
        raise _TooDeepError
    if raw.count("[") + raw.count("{") <= _HOSTILE_BRACKETS:
        return
    depth = 0
    for found in _BRACKET.finditer(raw):
        depth += 1 if found.group() in "[{" else -1
        if depth > _HOSTILE_BRACKETS:
            raise _TooDeepError
        depth = max(depth, 0)


def _line_counter(raw: str, first_line: int) -> Callable[[yaml.Mark], int]:
    if not _OTHER_LINE_ENDS.search(raw):
        return lambda mark: first_line + mark.line
    # YAML ends lines at characters where no editor does.
    ends = [found.end() for found in _LINE_END.finditer(raw)]
    return lambda mark: first_line + bisect_right(ends, mark.index)


def _convert(node: yaml.Node, path: type_of_path, reading: _Reading) -> Yaml:
    reading.budget -= 1
    if reading.budget < 0 or len(path) > _DEEPEST:
        raise _TooDeepError
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if isinstance(node, yaml.SequenceNode):
        items: list[Yaml] = []
        for number, item in enumerate(node.value):
            below = (*path, number)
            reading.lines[below] = reading.line_of(item.start_mark)
            items.append(_convert(item, below, reading))
        return items
    return _convert_mapping(node, path, reading)


def _convert_mapping(node: yaml.Node, path: type_of_path, reading: _Reading) -> dict[str, Yaml]:
    result: dict[str, Yaml] = {}
    for key_node, value_node in node.value:
        line = reading.line_of(key_node.start_mark)
        if not isinstance(key_node, yaml.ScalarNode):
            reading.fault("bad-yaml", "A list or mapping can't be the name of a field.", line)
            continue
        key = str(key_node.value)
        if key in result:
            reading.found.append(_doubled(key, Place(reading.path, line)))
            continue
        below = (*path, key)
        reading.lines[below] = line
        result[key] = _convert(value_node, below, reading)
    return result


def _mark(error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where the fault is: an open quote or bracket is to blame where it opens, not where the text ends."""
    if error.context and ("quoted scalar" in error.context or "flow" in error.context):
        return error.context_mark or error.problem_mark
    return error.problem_mark or error.context_mark


def _line_within(raw: str, mark: yaml.Mark | None, reading: _Reading, first_line: int) -> int:
    last_line = first_line + len(_LINE_END.findall(raw.rstrip()))
    return min(reading.line_of(mark), last_line) if mark else first_line


def _doubled(key: str, place: Place) -> Diagnostic:
    return diagnose("doubled-key", f"“{key}” is written twice; the first one counts.", place)


def _sentence(problem: str) -> str:
    for sign, sentence in _SENTENCES:
        if sign in problem:
            return sentence
    return "This can't be read; a quote, a colon or a bracket may be missing."
