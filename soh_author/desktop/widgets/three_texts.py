"""What the text above said then, what it says now, what ours says: three columns, as a document. No Qt."""

from html import escape

from soh_author.desktop.theme.colours import Colours
from soh_author.desktop.widgets.line_words import is_end, without_marks
from soh_author.domain.comparing.compare import Run, RunKind
from soh_author.domain.comparing.rebase import SectionWords
from soh_author.workflow.overrides.compared_lines import Line, LineKind, compare_lines
from soh_author.workflow.overrides.rebase_items import RebaseItem


def three_texts(item: RebaseItem, colours: Colours) -> str:
    """What the text above said then and says now, and what ours says, side by side.

    For Welsh, the first two are the English it renders; ours is not compared with them word by word.
    """
    then, now, ours = item.then, item.now, item.ours
    is_welsh = item.welsh_pin is not None
    heads = ("The text above said then", "It says now", f"{item.layer_label} says")
    if is_welsh:
        heads = ("The English said then", "The English says now", "Our Welsh")
    missing = ("Can’t be found", "Not there any more", "No words of its own")
    cells = (
        _plain(then, missing[0]),
        _marked(then, now, missing[1], colours),
        _plain(ours, missing[2]) if is_welsh else _marked(then, ours, missing[2], colours),
    )
    head = "".join(f'<td width="33%"><b>{escape(text)}</b></td>' for text in heads)
    body = "".join(f'<td width="33%" bgcolor="{colours.surface}">{cell}</td>' for cell in cells)
    return f'<table width="100%" cellspacing="8" cellpadding="4"><tr>{head}</tr><tr>{body}</tr></table>'


def _plain(words: SectionWords | None, missing: str) -> str:
    if words is None:
        return f"<i>{escape(missing)}</i>"
    return _lines(compare_lines(_written(words), _written(words)), None)


def _marked(before: SectionWords | None, after: SectionWords | None, missing: str, colours: Colours) -> str:
    """A text with what is different from another: gone struck through, new underlined."""
    if after is None:
        return f"<i>{escape(missing)}</i>"
    if before is None:
        return _plain(after, missing)
    return _lines(compare_lines(_written(before), _written(after)), colours)


def _written(words: SectionWords) -> str:
    return f"### {words.heading}\n\n{words.body}" if words.heading else words.body


def _lines(lines: tuple[Line, ...], colours: Colours | None) -> str:
    return "".join(
        f'<p style="margin-top:0;margin-bottom:6px">{_line(line, colours)}</p>'
        for line in lines
        if not is_end(line)
    )


def _line(line: Line, colours: Colours | None) -> str:
    first = line.runs[0] if line.runs else None
    words = " │ ".join(
        "".join(_run(run, line.kind if run is first else None, colours) for run in cell)
        for cell in line.cells
    )
    return f"<b>{words}</b>" if line.kind is LineKind.HEADING else words


def _run(run: Run, kind: LineKind | None, colours: Colours | None) -> str:
    text = escape(without_marks(kind, run.text) if kind else run.text)
    if colours is None or run.kind is RunKind.EQUAL or not text.strip():
        return text
    if run.kind is RunKind.REMOVED:
        return f'<s><span style="background-color:{colours.removed}">{text}</span></s>'
    return f'<u><span style="background-color:{colours.added}">{text}</span></u>'
