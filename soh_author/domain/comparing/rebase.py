"""Update from shared: move an override onto today's text above it, as a proposal that a person accepts.

Nothing is written here. *Still right* is :func:`soh_author.domain.resolving.drift.pin_above`: a new pin,
the same text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from soh_author.domain.comparing.compare import AlignedSection, align
from soh_author.domain.comparing.merge import Choice, Merge, Written, merge
from soh_author.domain.comparing.words import keys, split_words
from soh_author.domain.ids import SectionId
from soh_author.domain.override import OpKind
from soh_author.domain.pins import Pin, pin_of
from soh_author.domain.resolving.effective import EffectiveSection, OpTrace


@dataclass(frozen=True, slots=True)
class SectionWords:
    """Heading and Markdown body of a section."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One section's merge: its heading and its body, with the pin it will have once accepted.

    ``key`` is equal for proposals with the same three texts: one decision serves them all.
    """

    section: SectionId
    heading: Merge
    body: Merge
    pin: Pin
    key: str

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to choose or check anything."""
        return self.heading.is_clean and self.body.is_clean

    @property
    def is_two_way(self) -> bool:
        """Whether the text the override was written against couldn't be found."""
        return self.body.is_two_way

    def accepted(
        self,
        heading: Mapping[int, Choice | Written] | None = None,
        body: Mapping[int, Choice | Written] | None = None,
    ) -> SectionWords:
        """The text with the choices made.

        Raises:
            UsageError: when a conflict has no choice.
        """
        return SectionWords(self.heading.text(heading), self.body.text(body))


def propose(
    section: SectionId, base: SectionWords | None, mine: SectionWords, above: EffectiveSection
) -> Proposal:
    """Merge one section.

    Args:
        section: its id today.
        base: the text above when the override was written or last confirmed; None when it can't be found.
        mine: the override's text.
        above: the section of the layers above as it stands today.
    """
    today = SectionWords(above.heading, above.body)
    return Proposal(
        section,
        merge(base.heading if base else None, mine.heading, today.heading),
        merge(base.body if base else None, mine.body, today.body),
        above.pin,
        _key(base, mine, today),
    )


def propose_op(trace: OpTrace, base: SectionWords | None) -> Proposal | None:
    """The proposal for a replaced section; None for orphans and for ops that have no words to merge."""
    if trace.op.kind is not OpKind.REPLACE or trace.above is None or trace.op.text is None:
        return None
    heading = trace.op.text.heading if trace.above.heading else ""
    return propose(trace.above.id, base, SectionWords(heading, trace.op.text.body), trace.above)


def _key(base: SectionWords | None, mine: SectionWords, today: SectionWords) -> str:
    said = [_said(words) if words else "" for words in (base, mine, today)]
    return pin_of("\x00".join(said))


def _said(words: SectionWords) -> str:
    return "\x01".join([words.heading, *keys(split_words(words.body.strip("\n")))])


@dataclass(frozen=True, slots=True)
class PageProposal:
    """A page taken over whole, against the page above.

    ``merges`` are the sections both have, ``added`` those new above since the takeover, ``deleted`` those of
    mine that were deleted above. Sections that only mine has, and those that mine left out on purpose, aren't
    listed.
    """

    merges: tuple[Proposal, ...]
    added: tuple[EffectiveSection, ...]
    deleted: tuple[EffectiveSection, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to decide anything."""
        return not self.added and not self.deleted and all(proposal.is_clean for proposal in self.merges)


def propose_page(
    base: Sequence[EffectiveSection] | None,
    mine: Sequence[EffectiveSection],
    above: Sequence[EffectiveSection],
    aliases: Mapping[SectionId, SectionId],
) -> PageProposal:
    """Compare a page taken over with the page above, section by section.

    Args:
        base: the page above when it was taken over or last confirmed; None when it can't be found.
        mine: the sections of the page taken over.
        above: the sections above as they stand today.
        aliases: old section ids above to new ones.
    """
    pairs = align(mine, above, aliases)
    was_there = {aliases.get(section.id, section.id): section for section in base or ()}
    return PageProposal(
        tuple(_merged(pair, was_there) for pair in pairs if pair.left and pair.right and not pair.is_equal),
        tuple(
            pair.right for pair in pairs if pair.right and not pair.left and pair.right.id not in was_there
        ),
        tuple(pair.left for pair in pairs if pair.left and not pair.right and pair.left.id in was_there),
    )


def _merged(pair: AlignedSection, was_there: Mapping[SectionId, EffectiveSection]) -> Proposal:
    assert pair.left is not None, "Only sections that both pages have are merged."
    assert pair.right is not None, "Only sections that both pages have are merged."
    base = was_there.get(pair.right.id)
    return propose(
        pair.left.id,
        SectionWords(base.heading, base.body) if base else None,
        SectionWords(pair.left.heading, pair.left.body),
        pair.right,
    )
