"""A comparison as a document: one table for each section, so that what belongs together stands level. No Qt.

Signs stand in the margin, what is gone is struck through, what is new is underlined; colour only helps.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from soh_author.desktop.theme.colours import Colours
from soh_author.desktop.widgets.line_words import is_end, without_marks
from soh_author.domain.comparing.compare import Run, RunKind
from soh_author.domain.counting import counted
from soh_author.domain.layers import Layer
from soh_author.workflow.overrides.compared_lines import Line, LineKind, compare_lines
from soh_author.workflow.overrides.comparing import PageComparison, Row, RowKind

ANCHOR = "difference-"
MINUS, PLUS = "−", "+"


@dataclass(frozen=True, slots=True)
class Paper:
    """What the document is drawn with: colours, the name and the colour of a layer."""

    colours: Colours
    name_of: Callable[[Layer], str]

    def layer(self, layer: Layer | None) -> str:
        """A layer's name in its colour; nothing for none."""
        if layer is None:
            return ""
        return f'<span style="color:{self.colours.layer(layer.kind)}">{escape(self.name_of(layer))}</span>'


def side_by_side(found: PageComparison, paper: Paper, *, with_same: bool = False) -> str:
    """The comparison in two columns, as HTML for a text view."""
    parts = []
    number = 0
    for row in found.rows:
        if row.is_same and not with_same:
            parts.append(_same(row, paper))
            continue
        anchor = ""
        if not row.is_same:
            anchor = f'<a name="{ANCHOR}{number}"></a>'
            number += 1
        parts.append(_heading(row, paper, anchor))
        parts.append(_table(row, paper))
        parts.append(_notes(row, paper))
    return "".join(parts)


def one_column(found: PageComparison, paper: Paper) -> str:
    """The comparison to be read from top to bottom or listened to: words in brackets instead of looks."""
    parts = [f"<p>{escape(found.sentence)}</p>"]
    for number, row in enumerate(found.differences):
        parts.append(f'<h3><a name="{ANCHOR}{number}"></a>{escape(row.sentence)}</h3>')
        whose = [f"left: {paper.name_of(row.left_layer)}"] if row.left_layer else []
        whose += [f"right: {paper.name_of(row.right_layer)}"] if row.right_layer else []
        if whose:
            parts.append(f"<p>{escape(', '.join(whose).capitalize())}.</p>")
        parts += [f"<p>{escape(_spoken(line))}</p>" for line in row.lines if line.spoken]
        parts += [f"<p>{escape(note)}</p>" for note in row.notes]
    same = [row.title for row in found.rows if row.is_same]
    if same:
        parts.append(f"<p>The same on both sides: {escape(', '.join(same))}.</p>")
    return "".join(parts)


def words_of(heading: str, body: str, lines: Sequence[Line], who: str, paper: Paper) -> str:
    """One wording of a section: who has it, and its words beside the shared text's (no lines: just words)."""
    head = f'<p style="color:{paper.colours.quiet}">{escape(who)}</p>'
    if not lines:
        written = f"### {heading}\n\n{body}" if heading else body
        said = "".join(
            f"<p>{_side(line, RunKind.REMOVED, paper)}</p>"
            for line in compare_lines(written, written)
            if not is_end(line)
        )
        return head + said
    titles = (
        '<tr><td></td><td width="48%"><b>The shared text</b></td>'
        '<td></td><td width="48%"><b>This wording</b></td></tr>'
    )
    cells = "".join(_with_gaps(lines, paper))
    return f'{head}<table width="100%" cellspacing="0" cellpadding="4">{titles}{cells}</table>'


def before_and_after(lines: Sequence[Line], paper: Paper) -> str:
    """Two texts side by side: only what differs, with how much is the same between."""
    cells = "".join(_with_gaps(lines, paper))
    return f'<table width="100%" cellspacing="0" cellpadding="4">{cells}</table>'


def _with_gaps(lines: Sequence[Line], paper: Paper) -> Iterator[str]:
    """The lines that differ; a run of equal ones is told in one."""
    for is_changed, run in groupby(lines, key=lambda line: line.is_changed):
        if is_changed:
            yield from (_line(line, paper) for line in run)
        elif count := sum(not is_end(line) for line in run):
            told = counted(count, "line is the same", "lines are the same")
            yield f'<tr><td></td><td colspan="3" style="color:{paper.colours.quiet}">{told}</td></tr>'


def _spoken(line: Line) -> str:
    said = {"-": "Removed: ", "+": "Added: "}.get(line.mark, "")
    text = "".join(run.text for run in line.runs) if said else line.spoken
    return f"{said}{without_marks(line.kind, text)}"


def _heading(row: Row, paper: Paper, anchor: str) -> str:
    _, _, said = row.sentence.partition(f"{row.title}: ")
    left, right = paper.layer(row.left_layer), paper.layer(row.right_layer)
    layers = left if left == right else " → ".join(each for each in (left, right) if each)
    return (
        f'<p style="margin-top:22px;margin-bottom:6px">{anchor}<b>{escape(row.title)}</b>'
        f' <span style="color:{paper.colours.quiet}">&nbsp;{escape(said)}</span>'
        f"{f' &nbsp;·&nbsp; {layers}' if layers else ''}</p>"
    )


def _same(row: Row, paper: Paper) -> str:
    return (
        f'<p style="margin-top:14px;margin-bottom:4px;color:{paper.colours.quiet}">'
        f"{escape(row.title)} &nbsp;the same</p>"
    )


def _notes(row: Row, paper: Paper) -> str:
    return "".join(
        f'<p style="margin-top:4px;color:{paper.colours.quiet}">{escape(note)}</p>' for note in row.notes
    )


def _table(row: Row, paper: Paper) -> str:
    lines: Sequence[Line] = row.lines
    if not lines and row.kind is RowKind.SECTION:
        text = row.right if row.right is not None else row.left or ""
        lines = compare_lines(text, text)
    cells = "".join(_line(line, paper) for line in lines if line.is_changed or not is_end(line))
    return f'<table width="100%" cellspacing="0" cellpadding="4">{cells}</table>'


def _line(line: Line, paper: Paper) -> str:
    left = _side(line, RunKind.ADDED, paper)
    right = _side(line, RunKind.REMOVED, paper)
    kinds = {run.kind for run in line.runs if run.text.strip()}
    minus = MINUS if RunKind.REMOVED in kinds else ""
    plus = PLUS if RunKind.ADDED in kinds else ""
    return (
        f"<tr>{_sign(minus, paper.colours.removed, paper)}{_cell(left, paper)}"
        f"{_sign(plus, paper.colours.added, paper)}{_cell(right, paper)}</tr>"
    )


def _sign(sign: str, ground: str, paper: Paper) -> str:
    colour = f' bgcolor="{ground}"' if sign else ""
    return f'<td width="18" align="center"{colour}><b style="color:{paper.colours.text}">{sign}</b></td>'


def _cell(html: str, paper: Paper) -> str:
    ground = "" if html else f' bgcolor="{paper.colours.side}"'
    return f'<td width="48%"{ground}>{html}</td>'


def _side(line: Line, left_out: RunKind, paper: Paper) -> str:
    """One side of a line; empty when that side doesn't have it."""
    cells = [[run for run in cell if run.kind is not left_out] for cell in line.cells]
    if not any(run.text.strip() for cell in cells for run in cell):
        return ""
    written = " &nbsp;│&nbsp; ".join("".join(_runs(cell, line.kind, paper)) for cell in cells)
    if line.kind is LineKind.HEADING:
        return f"<b>{written}</b>"
    if line.kind in {LineKind.COMPONENT, LineKind.CODE}:
        return f'<span style="color:{paper.colours.quiet}">{written}</span>'
    return written


def _runs(runs: Sequence[Run], kind: LineKind, paper: Paper) -> Iterator[str]:
    for number, run in enumerate(runs):
        text = escape(without_marks(kind, run.text) if number == 0 else run.text)
        if run.kind is RunKind.EQUAL or not run.text.strip():
            yield text
        elif run.kind is RunKind.REMOVED:
            yield f'<s><span style="background-color:{paper.colours.removed}">{text}</span></s>'
        else:
            yield f'<u><span style="background-color:{paper.colours.added}">{text}</span></u>'
