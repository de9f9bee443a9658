"""The proposal for one item as a document, with its marks. No Qt."""

from collections.abc import Iterator
from html import escape

from soh_author.desktop.theme.colours import Colours
from soh_author.desktop.update.deciding import Decision, Part, said
from soh_author.domain.comparing.merge import Piece, PieceKind

CHECK, NEW, OPEN = "please check", "new from above", "to choose"


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
