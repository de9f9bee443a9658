"""The differences of two texts as lines a person reads: paragraphs, list items, rows of tables, components.

Made from the runs of :func:`soh_author.domain.comparing.compare.compare_texts`; nothing of either text is
left out but the rule below a table's head and the ends of lines.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from soh_author.domain.comparing.compare import Run, RunKind, compare_texts
from soh_author.markup.references import uses


class LineKind(StrEnum):
    """What a line is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item of a list"
    ROW = "row of a table"
    COMPONENT = "component"
    QUOTE = "quotation"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Line:
    """One line with what differs in it. Only rows of tables have more than one cell."""

    kind: LineKind
    cells: tuple[tuple[Run, ...], ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of all cells."""
        return tuple(run for cell in self.cells for run in cell)

    @property
    def is_changed(self) -> bool:
        """Whether anything differs."""
        return any(run.kind is not RunKind.EQUAL for run in self.runs)

    @property
    def mark(self) -> str:
        """A sign for the whole line: ``+`` only right, ``-`` only left, ``~`` changed, a blank for equal."""
        kinds = {run.kind for run in self.runs if run.text.strip()}
        if not kinds or kinds == {RunKind.EQUAL}:
            return "~" if self.is_changed else " "
        if len(kinds) > 1:
            return "~"
        return "+" if kinds == {RunKind.ADDED} else "-"

    @property
    def marked(self) -> str:
        """The line with signs around words that differ: ``[-removed-]`` and ``{+added+}``.

        A line that only one side has needs none; its :attr:`mark` tells.
        """
        write = _plain if self.mark in "+-" else _marked
        return " | ".join("".join(map(write, cell)).strip() for cell in self.cells)

    @property
    def spoken(self) -> str:
        """The line for people who hear it."""
        return " | ".join(" ".join("".join(map(_spoken, cell)).split()) for cell in self.cells)


def _plain(run: Run) -> str:
    return run.text


def _marked(run: Run) -> str:
    left, right = _SIGNS[run.kind]
    return f"{left}{run.text}{right}" if run.text.strip() else run.text


def _spoken(run: Run) -> str:
    if run.kind is RunKind.EQUAL or not run.text.strip():
        return run.text
    return f" [{_WORDS[run.kind]}: {run.text.strip()}] "


_SIGNS = {RunKind.EQUAL: ("", ""), RunKind.REMOVED: ("[-", "-]"), RunKind.ADDED: ("{+", "+}")}
_WORDS = {RunKind.REMOVED: "removed", RunKind.ADDED: "added"}


def compare_lines(left: str, right: str) -> tuple[Line, ...]:
    """The differences of two Markdown texts, line by line."""
    return lines_of(compare_texts(left, right))


def lines_of(runs: Iterable[Run]) -> tuple[Line, ...]:
    """Runs of words as lines."""
    made = _Lines()
    for written in _written_lines(runs):
        made.add(written)
    made.end()
    return tuple(line for line in made.lines if not _is_rule(line))


def _written_lines(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """The runs cut at every end of a line."""
    line: list[Run] = []
    for run in runs:
        first, *more = run.text.split("\n")
        if first:
            line.append(Run(run.kind, first))
        for text in more:
            yield line
            line = [Run(run.kind, text)] if text else []
    yield line


_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_STARTS: tuple[tuple[str, LineKind], ...] = (
    ("|", LineKind.ROW),
    ("#", LineKind.HEADING),
    (":::", LineKind.COMPONENT),
    (">", LineKind.QUOTE),
)
_ALONE = frozenset({LineKind.ROW, LineKind.HEADING, LineKind.COMPONENT, LineKind.CODE})
_FENCES = ("```", "~~~")


@dataclass(slots=True)
class _Lines:
    lines: list[Line] = field(default_factory=list)
    kind: LineKind | None = None
    runs: list[Run] = field(default_factory=list)
    fence: str = ""

    def add(self, written: Sequence[Run]) -> None:
        """Take one written line: it begins a line of its own, or goes on with the last."""
        text = "".join(run.text for run in written).strip()
        if self.fence or text.startswith(_FENCES):
            self._add_code(text, written)
        elif not text:
            self.end()
        else:
            kind = self._kind(text)
            if kind is None:
                self._join(written)
            else:
                self.end()
                self.kind, self.runs = kind, list(written)
            if self.kind in _ALONE:
                self.end()

    def end(self) -> None:
        """Finish the line at hand."""
        if self.kind is not None:
            cells = _cells(self.runs) if self.kind is LineKind.ROW else (tuple(self.runs),)
            self.lines.append(Line(self.kind, cells))
        self.kind, self.runs = None, []

    def _add_code(self, text: str, written: Sequence[Run]) -> None:
        self.end()
        if not self.fence:
            self.fence = text[:3]
        elif text.startswith(self.fence):
            self.fence = ""
        self.lines.append(Line(LineKind.CODE, (tuple(written),)))

    def _kind(self, text: str) -> LineKind | None:
        """The kind of a line that begins here; None for one that goes on with the line before."""
        if _ITEM.match(f"{text} "):
            return LineKind.ITEM
        for start, kind in _STARTS:
            if text.startswith(start):
                return kind
        return LineKind.PARAGRAPH if self.kind is None else None

    def _join(self, written: Sequence[Run]) -> None:
        self.runs.append(Run(RunKind.EQUAL, " "))
        first, *more = written
        self.runs += [Run(first.kind, first.text.lstrip()), *more]


def _cells(runs: Sequence[Run]) -> tuple[tuple[Run, ...], ...]:
    cells: list[list[Run]] = [[]]
    for run in runs:
        first, *more = re.split(r"(?<!\\)\|", run.text)
        if first:
            cells[-1].append(Run(run.kind, first))
        cells += [[Run(run.kind, text)] if text else [] for text in more]
    inner = cells[1:] if len(cells) > 1 else cells
    if len(inner) > 1 and not "".join(run.text for run in inner[-1]).strip():
        inner = inner[:-1]
    return tuple(_trimmed(cell) for cell in inner)


def _trimmed(cell: Sequence[Run]) -> tuple[Run, ...]:
    kept = [run for run in cell if run.text.strip() or run.kind is RunKind.EQUAL]
    return tuple(kept)


_RULE = re.compile(r"[\s|:-]*-[\s|:-]*")


def _is_rule(line: Line) -> bool:
    """Whether it is the rule below a table's head, which nobody reads."""
    text = "|".join(run.text for run in line.runs)
    return line.kind is LineKind.ROW and bool(_RULE.fullmatch(text))


def notes_on(left: str, right: str) -> tuple[str, ...]:
    """What differs in the facts, links and pictures of two Markdown texts, in sentences."""
    old, new = uses(left), uses(right)
    kinds = (
        ("Shows the fact", (each.key for each in old.facts), (each.key for each in new.facts)),
        ("Links to", (each.target for each in old.links), (each.target for each in new.links)),
        ("Shows the picture", (each.name for each in old.media), (each.name for each in new.media)),
    )
    found: list[str] = []
    for said, before, after in kinds:
        was, now = Counter(before), Counter(after)
        found += [f"{said} “{name}” no longer." for name in was - now if name not in now]
        found += [f"{said} “{name}” now." for name in now - was if name not in was]
    return tuple(found)
