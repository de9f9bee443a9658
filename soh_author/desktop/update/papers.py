"""The texts of one item as documents: said then, says now, ours; and the proposal with its marks. No Qt."""

from collections.abc import Iterator
from html import escape

from soh_author.desktop.theme.colours import Colours
from soh_author.desktop.update.deciding import Decision, Part, said
from soh_author.desktop.widgets.line_words import is_end, without_marks
from soh_author.domain.compare import Run, RunKind
from soh_author.domain.merge import Piece, PieceKind
from soh_author.domain.rebase import SectionWords
from soh_author.workflow.overrides.compared_lines import Line, LineKind, compare_lines
from soh_author.workflow.overrides.rebase_items import RebaseItem

CHECK, NEW, OPEN = "please check", "new from above", "to choose"


def three_texts(item: RebaseItem, colours: Colours) -> str:
    """What the text above said then and says now, and what ours says, side by side."""
    then, now, ours = item.then, item.now, item.ours
    heads = ("The text above said then", "It says now", f"{item.layer_label} says")
    missing = ("Can’t be found", "Not there any more", "No words of its own")
    cells = (
        _plain(then, missing[0]),
        _marked(then, now, missing[1], colours),
        _marked(then, ours, missing[2], colours),
    )
    head = "".join(f'<td width="33%"><b>{escape(text)}</b></td>' for text in heads)
    body = "".join(f'<td width="33%" bgcolor="{colours.surface}">{cell}</td>' for cell in cells)
    return f'<table width="100%" cellspacing="8" cellpadding="4"><tr>{head}</tr><tr>{body}</tr></table>'


def proposal(decision: Decision, colours: Colours) -> str:
    """The merged text, with what is new, what to check, and what is left to choose."""
    numbers = {place: number for number, place in enumerate(_places(decision), 1)}
    parts = []
    for part in decision.parts:
        words = "".join(_pieces(part, decision, numbers, colours)).strip("\n")
        if not words:
            continue
        tag = "h3" if part.which == "heading" else "div"
        parts.append(f"<{tag}>{_paragraphs(words)}</{tag}>")
    return "".join(parts)


def _places(decision: Decision) -> Iterator[tuple[str, str, int]]:
    for part in decision.parts:
        for number in part.merge.conflicts:
            yield part.place(number)


def _pieces(
    part: Part, decision: Decision, numbers: dict[tuple[str, str, int], int], colours: Colours
) -> Iterator[str]:
    for number, piece in enumerate(part.merge.pieces):
        place = part.place(number)
        choice = decision.chosen.get(place)
        text = escape(said(piece, choice))
        if piece.kind is PieceKind.CONFLICT and choice is None:
            word = f"[{numbers[place]}: {OPEN}]"
            yield f'<b style="background-color:{colours.removed};color:{colours.text}">{word}</b>'
        else:
            yield _dressed(piece, text, colours)
        yield escape(piece.ending)


def _dressed(piece: Piece, text: str, colours: Colours) -> str:
    """A piece with its mark; the marks are words too."""
    if not text.strip() or piece.kind in {PieceKind.SAME, PieceKind.MINE, PieceKind.BOTH}:
        return text
    body = text.strip("\n")
    after = text[len(text.rstrip("\n")) :]
    if piece.kind is PieceKind.CHECK:
        ground, word = colours.accent_soft, f" <i>({CHECK})</i>"
        ink = colours.on_accent_soft
    elif piece.kind is PieceKind.THEIRS:
        ground, word, ink = colours.added, "", colours.text
    else:
        ground, word, ink = colours.accent_soft, "", colours.on_accent_soft
    return f'<u><span style="background-color:{ground};color:{ink}">{body}</span></u>{word}{after}'


def _paragraphs(words: str) -> str:
    return words.replace("\n\n", "<br><br>").replace("\n", "<br>")


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
