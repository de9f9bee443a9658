"""Reading age: plain words are for the young, long ones for nobody."""

import pytest

from soh_author.domain.readability import OLDEST, YOUNGEST, reading_age

PLAIN = (
    "We took your car. You can get it back. Call us on the phone. Tell us who you are. We will help you. " * 3
)
HARD = (
    "Notwithstanding the aforementioned regulations, individuals experiencing confiscation of automobiles "
    "must demonstrate documentation establishing proprietorship, identification and comprehensive insurance "
    "prior to reclamation, irrespective of extenuating circumstances or administrative considerations. " * 2
)


def test_plain_words_are_for_the_young_and_long_ones_for_nobody() -> None:
    assert reading_age(PLAIN) == YOUNGEST
    assert reading_age(HARD) == OLDEST


def test_a_few_words_are_not_judged() -> None:
    assert reading_age("Call us.") is None


def test_names_links_and_components_are_no_words() -> None:
    marked = PLAIN.replace("car.", "[car](page:advice/vehicle-recovery/administration-considerations).")
    assert (
        reading_age(f"::: note Administration\n## Help {{#administrative-consideration}}\n{marked}")
        == YOUNGEST
    )


@pytest.mark.parametrize("mark", ["- ", "1. ", "## "])
def test_items_and_headings_end_a_sentence(mark: str) -> None:
    items = "".join(f"{mark}you must bring your papers\n" for _ in range(20))
    long = "you must bring your papers " * 20
    young, old = reading_age(items), reading_age(long)
    assert young is not None
    assert old is not None
    assert young < old
