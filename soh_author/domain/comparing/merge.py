"""Three-way merge by words: what one side changed is taken, what both changed differently is a person's
choice.

The result is a run of pieces. A sentence that both sides changed in different places is merged and marked
*please check*; one where they changed the same place is a conflict with its three versions. Nothing is
decided silently and no marker ever stands in a text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from soh_author.domain.comparing.block_diff import block_diff
from soh_author.domain.comparing.merge_regions import Region, Side, Texts, find_regions, widen_all, words_of
from soh_author.domain.comparing.words import BLOCK_END, Word, joined, keys, split_words, starts_line
from soh_author.domain.errors import UsageError


class PieceKind(StrEnum):
    """Where a piece of a merged text comes from, and whether a person has to look."""

    SAME = "same"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both made the same change"
    CHECK = "please check"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a merged text.

    ``text`` is what it says unless somebody chooses otherwise (mine in a conflict). ``between`` stands
    between mine and theirs when both are taken, ``ending`` behind whatever is taken.
    """

    kind: PieceKind
    text: str
    base: str | None
    mine: str
    theirs: str
    between: str = ""
    ending: str = ""


class Choice(StrEnum):
    """What to take in a conflict. Own words are given as :class:`Written`."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Written:
    """Own words for a place where both sides changed the text."""

    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged text in pieces, between the empty lines (``head``, ``tail``) that mine has around it.

    ``is_two_way`` tells that the text both started from couldn't be found.
    """

    pieces: tuple[Piece, ...]
    head: str = ""
    tail: str = ""
    is_two_way: bool = False

    @property
    def conflicts(self) -> tuple[int, ...]:
        """Numbers of the pieces that a person has to choose."""
        return tuple(n for n, piece in enumerate(self.pieces) if piece.kind is PieceKind.CONFLICT)

    @property
    def checks(self) -> tuple[int, ...]:
        """Numbers of the pieces marked *please check*."""
        return tuple(n for n, piece in enumerate(self.pieces) if piece.kind is PieceKind.CHECK)

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to look."""
        return not self.conflicts and not self.checks

    def text(self, choices: Mapping[int, Choice | Written] | None = None) -> str:
        """The merged text once every conflict is chosen.

        Args:
            choices: by number of piece; pieces to check may be chosen too.

        Raises:
            UsageError: when a conflict has no choice.
        """
        chosen = choices or {}
        if any(number not in chosen for number in self.conflicts):
            raise UsageError(
                "Not every place that both sides changed has been decided.",
                safe="Nothing was written.",
                todo="Choose mine, theirs or both, or write it anew, at each marked place.",
            )
        texts = (_chosen(piece, chosen.get(number)) for number, piece in enumerate(self.pieces))
        return self.head + "".join(texts).rstrip("\n") + self.tail


def _chosen(piece: Piece, choice: Choice | Written | None) -> str:
    if choice is None:
        text = piece.text
    elif isinstance(choice, Written):
        text = choice.text
    elif choice is Choice.BOTH:
        text = piece.between.join(side for side in (piece.mine, piece.theirs) if side)
    else:
        text = piece.mine if choice is Choice.MINE else piece.theirs
    return text + piece.ending if text else ""


def merge(base: str | None, mine: str, theirs: str) -> Merge:
    """Merge two texts that come from one.

    Args:
        base: the text both started from; None when it can't be found, then every difference is a choice.
        mine: the text of the layer that is being brought up to date.
        theirs: the text above it as it stands today.
    """
    head, middle, tail = _frame(mine)
    if base is None:
        pieces = _two_way(_read(middle), _read(theirs.strip("\n")))
        return Merge(tuple(pieces), head, tail, is_two_way=True)
    texts = Texts(_read(base.strip("\n")), _read(middle), _read(theirs.strip("\n")))
    return Merge(tuple(_Pieces(texts, find_regions(texts)).make()), head, tail)


def _frame(text: str) -> tuple[str, str, str]:
    """Empty lines at the head and tail of a text, which are mine whatever else changes."""
    middle = text.strip("\n")
    if not middle:
        return "", "", text
    head = len(text) - len(text.lstrip("\n"))
    return text[:head], middle, text[head + len(middle) :]


def _read(text: str) -> tuple[Word, ...]:
    """The words with an end behind the last block, so that all blocks are alike."""
    return (*split_words(text), Word(BLOCK_END, BLOCK_END)) if text else ()


def _two_way(mine: Sequence[Word], theirs: Sequence[Word]) -> list[Piece]:
    texts = Texts(mine, mine, theirs)
    pieces = _Pieces(texts, widen_all(texts, block_diff(mine, theirs))).make()
    return [replace(piece, base=None) for piece in pieces]


class _Pieces:
    """Makes the pieces of a merge, walking along my text."""

    def __init__(self, texts: Texts, regions: Sequence[Region]) -> None:
        self._texts = texts
        self._regions = regions

    def make(self) -> list[Piece]:
        """The pieces in order; those that nobody changed have my line breaks."""
        pieces: list[Piece] = []
        at = shift = 0
        for region in self._regions:
            start, end = _mine_span(region, shift)
            pieces += self._same(at, start)
            pieces.append(self._piece(region, joined(self._texts.mine[start:end])))
            at, shift = end, end - region.end
        return [*pieces, *self._same(at, len(self._texts.mine))]

    def _same(self, start: int, end: int) -> list[Piece]:
        text = joined(self._texts.mine[start:end])
        return [Piece(PieceKind.SAME, text, text, text, text)] if text else []

    def _piece(self, region: Region, mine: str) -> Piece:
        base = joined(self._texts.base[region.start : region.end])
        theirs_hunks = region.hunks(mine=False)
        theirs = base
        if theirs_hunks:
            theirs = joined(words_of(self._texts.theirs, region.start, region.end, theirs_hunks))
        if region.is_joint:
            return self._joint(region, _conflict(base, mine, theirs))
        kind = _KINDS[region.changes[0].side]
        return Piece(kind, theirs if kind is PieceKind.THEIRS else mine, base, mine, theirs)

    def _joint(self, region: Region, conflict: Piece) -> Piece:
        """A place both sides changed: a conflict, or merged and to be checked where they don't meet."""
        if Side.CONFLICT in region.sides:
            return conflict
        text = self._composed(region).removesuffix(conflict.ending)
        said = keys(split_words(text))
        for kind, own in ((PieceKind.MINE, conflict.mine), (PieceKind.THEIRS, conflict.theirs)):
            if said == keys(split_words(own)):
                return replace(conflict, kind=kind, text=own)
        return replace(conflict, kind=PieceKind.CHECK, text=text)

    def _composed(self, region: Region) -> str:
        """The text of a region with the changes of both sides."""
        text, at = "", region.start
        for change in region.changes:
            text += joined(self._texts.base[at : change.start])
            side, hunks = (
                (self._texts.theirs, change.theirs)
                if change.side is Side.THEIRS
                else (self._texts.mine, change.mine)
            )
            text += joined(words_of(side, change.start, change.end, hunks))
            at = change.end
        return text + joined(self._texts.base[at : region.end])


def _mine_span(region: Region, shift: int) -> tuple[int, int]:
    """The words of mine that a region of the base became; ``shift`` is how far mine has moved before it."""
    own = region.hunks(mine=True)
    if not own:
        return region.start + shift, region.end + shift
    return own[0].new_start - (own[0].start - region.start), own[-1].new_end + region.end - own[-1].end


def _conflict(base: str, mine: str, theirs: str) -> Piece:
    """A conflict; the end of a block that both versions share stands behind whichever is taken."""
    if all(side.endswith(BLOCK_END) and side != BLOCK_END for side in (mine, theirs) if side):
        base, mine, theirs = (side.removesuffix(BLOCK_END) for side in (base, mine, theirs))
        return Piece(PieceKind.CONFLICT, mine, base, mine, theirs, BLOCK_END, BLOCK_END)
    return Piece(PieceKind.CONFLICT, mine, base, mine, theirs, _between(mine, theirs))


def _between(mine: str, theirs: str) -> str:
    """What belongs between two versions when both are kept: blocks stay blocks, bullets stay bullets."""
    if mine.endswith("\n") or theirs.startswith("\n"):
        return ""
    if BLOCK_END in theirs:
        return BLOCK_END
    return "\n" if starts_line(theirs) else " "


_KINDS = {Side.MINE: PieceKind.MINE, Side.THEIRS: PieceKind.THEIRS, Side.BOTH: PieceKind.BOTH}
