"""What a person has chosen so far in one item, and the answer it makes. No Qt."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from soh_author.domain.comparing.merge import Choice, Merge, Piece, PieceKind, Written
from soh_author.domain.comparing.rebase import Proposal, SectionWords
from soh_author.domain.ids import SectionId
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind
from soh_author.workflow.overrides.rebase_items import RebaseItem

HEADING, BODY = "heading", "body"

Place = tuple[str, str, int]
"""Where a choice stands: section, heading or body, number of the piece."""


@dataclass(frozen=True, slots=True)
class Part:
    """A text that is merged: the heading or the body of a section."""

    section: SectionId
    which: str
    merge: Merge

    def place(self, number: int) -> Place:
        """Where a piece of it stands."""
        return (str(self.section), self.which, number)


@dataclass(slots=True)
class Decision:
    """The choices made in one item."""

    item: RebaseItem
    chosen: dict[Place, Choice | Written] = field(default_factory=dict)
    added: set[SectionId] = field(default_factory=set)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The texts that are merged, in order."""
        return tuple(_parts(self.item))

    @property
    def open_places(self) -> tuple[Place, ...]:
        """Conflicts without a choice."""
        return tuple(
            part.place(number)
            for part in self.parts
            for number in part.merge.conflicts
            if part.place(number) not in self.chosen
        )

    def answer(self, kind: AnswerKind, *, why: str = "", review_by: date | None = None) -> Answer:
        """The answer with the choices made."""
        if kind is not AnswerKind.ACCEPT:
            return Answer(self.item, kind, why=why, review_by=review_by)
        if self.item.page_proposal is None:
            section = self.item.proposal.section if self.item.proposal else SectionId("lead")
            heading, body = self._of(section)
            return Answer(self.item, kind, heading=heading, body=body, review_by=review_by)
        merges = self.item.page_proposal.merges
        pages = {merge.section: self._of(merge.section) for merge in merges}
        added = tuple(each.id for each in self.item.page_proposal.added if each.id in self.added)
        return Answer(self.item, kind, pages=pages, added=added, review_by=review_by)

    def _of(self, section: SectionId) -> tuple[dict[int, Choice | Written], dict[int, Choice | Written]]:
        def those(which: str) -> dict[int, Choice | Written]:
            return {
                number: choice
                for (there, part, number), choice in self.chosen.items()
                if (there, part) == (str(section), which)
            }

        return those(HEADING), those(BODY)


def words_so_far(decision: Decision) -> SectionWords:
    """What one begins from when writing it oneself: the proposal with the choices made, ours where both
    changed; without a proposal our words, or those above.
    """
    item = decision.item
    if item.proposal is None:
        return item.ours or item.now or SectionWords("", "")
    texts = {
        part.which: "".join(
            said(piece, decision.chosen.get(part.place(number), _ours_of(piece))) + piece.ending
            for number, piece in enumerate(part.merge.pieces)
        )
        for part in decision.parts
    }
    return SectionWords(" ".join(texts[HEADING].split()), texts[BODY].strip("\n"))


def _ours_of(piece: Piece) -> Choice | None:
    return Choice.MINE if piece.kind is PieceKind.CONFLICT else None


def _parts(item: RebaseItem) -> Iterator[Part]:
    proposals: tuple[Proposal, ...] = (item.proposal,) if item.proposal else ()
    if item.page_proposal is not None:
        proposals = item.page_proposal.merges
    for proposal in proposals:
        yield Part(proposal.section, HEADING, proposal.heading)
        yield Part(proposal.section, BODY, proposal.body)


def conflicts(decision: Decision) -> Iterator[tuple[Place, Piece]]:
    """The places both sides changed differently."""
    for part in decision.parts:
        for number in part.merge.conflicts:
            yield part.place(number), part.merge.pieces[number]


def said(piece: Piece, choice: Choice | Written | None) -> str:
    """What a piece says with a choice."""
    if isinstance(choice, Written):
        return choice.text
    if choice is Choice.BOTH:
        return piece.between.join(side for side in (piece.mine, piece.theirs) if side)
    if choice is Choice.THEIRS:
        return piece.theirs
    return piece.mine if choice is Choice.MINE else piece.text
