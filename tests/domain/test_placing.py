"""Sections stand beside their anchors."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import SectionId
from soh_author.domain.resolving.placing import Placement, place

NAMES = [SectionId(name) for name in "abcdefgh"]


def order(text: str) -> list[SectionId]:
    return [SectionId(name) for name in text]


def wish(text: str) -> Placement:
    """``x>y``: x after y; ``x<y``: x before y."""
    return Placement(SectionId(text[0]), SectionId(text[2]), text[1] == "<")


def placed(start: str, *wishes: str) -> str:
    return "".join(place(order(start), [wish(each) for each in wishes]).order)


def test_wishes_are_fulfilled_together_not_one_after_the_other() -> None:
    for wishes in permutations(["a>b", "b>d", "x<c"]):
        assert placed("abcd", *wishes) == "xcdba"


def test_wishes_for_one_anchor_keep_their_order() -> None:
    assert placed("ab", "x>a", "y>a", "p<b", "q<b") == "axypqb"


def test_a_long_chain_is_no_burden() -> None:
    names = [SectionId(f"s{number}") for number in range(20_000)]
    chain = [Placement(after, before) for before, after in pairwise(names)]
    assert list(place(names[:1], chain).order) == names
    circle = place([], [*chain, Placement(names[0], names[-1])])
    assert (circle.order, len(circle.refused)) == ((), 20_000)


@given(
    standing=st.lists(st.sampled_from(NAMES[:5]), unique=True),
    wishes=st.lists(
        st.builds(Placement, st.sampled_from(NAMES), st.sampled_from(NAMES), st.booleans()),
        unique_by=lambda each: each.section,
    ),
)
def test_every_section_stands_exactly_once_and_beside_its_anchor(
    standing: list[SectionId], wishes: list[Placement]
) -> None:
    result = place(standing, wishes)
    fulfilled = [each for each in wishes if each.section not in result.refused]
    assert sorted(result.order) == sorted({*standing, *(each.section for each in fulfilled)})
    position = {section: number for number, section in enumerate(result.order)}
    for each in fulfilled:
        assert (position[each.section] < position[each.anchor]) == each.is_before
    moved = {each.section for each in fulfilled}
    kept = [section for section in result.order if section not in moved]
    assert kept == [section for section in standing if section not in moved]
