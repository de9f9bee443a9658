"""What may be called a minor change, and what never."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import Language
from soh_author.domain.judging.minor_change import Refusal, Weight, why_not_minor

ENGLISH = (
    "You must call {{ force.recovery_phone }} within 7 days, by 5 February 2025. It costs £198.50.\n\n"
    "Do not drive. [Pay here](https://pay.example/x) or write to desk@kent.example.\n\n"
    "::: warning\nYou may lose your car.\n:::\n"
)
WELSH = (
    "Rhaid i chi ffonio o fewn saith diwrnod. Gallwch ysgrifennu. "
    "Dylech ddod â'ch trwydded. Peidiwch â gyrru."
)


def weights(before: str, after: str, language: Language = Language.EN) -> list[Weight]:
    return [refusal.weight for refusal in why_not_minor(before, after, language)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("call", "ring"),
        ("within 7 days", "within 7 days of today"),
        ("Do not drive", "Do **not** drive"),
        ("You must", "You *must*"),
        ("lose your car", "lose your vehicle"),
        ("You must call", "You\nmust call"),
        ("Pay here", "Pay on this page"),
        ("You must", "YOU MUST"),
    ],
)
def test_rewording_that_changes_nothing_of_weight_is_minor(old: str, new: str) -> None:
    assert weights(ENGLISH, ENGLISH.replace(old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("7 days", "14 days", Weight.NUMBERS),
        ("£198.50", "£198.51", Weight.NUMBERS),
        ("7 days", "seven days", Weight.NUMBERS),
        ("£198.50", "€198.50", Weight.NUMBERS),
        ("5 February", "5 March", Weight.DATES),
        ("7 days", "7 weeks", Weight.MEASURES),
        ("within 7", "after 7", Weight.COMPARISONS),
        ("Do not drive.", "Do not drive or call.", Weight.COMPARISONS),
        ("must", "should", Weight.DUTIES),
        ("may", "will", Weight.DUTIES),
        ("must call", "call", Weight.DUTIES),
        ("Do not drive", "Do drive", Weight.DENIALS),
        ("Do not drive", "Don't drive", Weight.DENIALS),
        ("pay.example/x", "pay.example/y", Weight.TARGETS),
        ("desk@kent", "desk@essex", Weight.TARGETS),
        ("force.recovery_phone", "force.other_phone", Weight.FACTS),
        ("::: warning", "::: note", Weight.COMPONENTS),
    ],
)
def test_a_change_of_weight_is_refused_with_its_reason(old: str, new: str, weight: Weight) -> None:
    assert weight in weights(ENGLISH, ENGLISH.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "weight"),
    [
        ("Rhaid i chi", "Gofynnir i chi", Weight.DUTIES),
        ("Gallwch", "Dylech", Weight.DUTIES),
        ("Dylech ddod", "Dewch", Weight.DUTIES),
        ("saith", "wyth", Weight.NUMBERS),
        ("Peidiwch â gyrru", "Gyrrwch", Weight.DENIALS),
    ],
)
def test_the_same_holds_in_welsh(old: str, new: str, weight: Weight) -> None:
    assert weight in weights(WELSH, WELSH.replace(old, new), Language.CY)


def test_welsh_rewording_is_minor() -> None:
    assert weights(WELSH, WELSH.replace("ffonio", "alw"), Language.CY) == []


def test_mutated_words_of_duty_are_known() -> None:
    assert weights("Fe allwch fynd.", "Fe ewch.", Language.CY) == [Weight.DUTIES]
    assert weights("Ni ddylech fynd.", "Ni ewch.", Language.CY) == [Weight.DUTIES]


def test_two_amounts_that_change_places_are_no_minor_change() -> None:
    found = why_not_minor("£198 for a grant, £79.50 for a renewal", "£79.50 for a grant, £198 for a renewal")
    assert found == (Refusal(Weight.NUMBERS, ("£198", "£79.50"), ("£79.50", "£198")),)


def test_a_phone_number_grouped_otherwise_is_told() -> None:
    assert weights("Call 0800 40 50 40.", "Call 0800 405 040.") == [Weight.NUMBERS]
    assert weights("Call 0800 40\n50 40.", "Call 0800 40 50 40.") == []


WORDS = ("please", "talk", "to", "the", "officer", "at", "our", "desk", "with", "your", "letter", "kindly")
WEIGHTY = (
    "7", "£5", "99%", "seven", "Monday", "weeks", "pm", "must", "may", "should", "cannot", "not", "unless",
    "before", "over", "or", "01632 960001", "[x](page:a/b)", "desk@kent.example", "{{ fact.fee }}",
)  # fmt: skip
HIDDEN = ("{0}", "**{0}**", "{1}**{2}**", "{1}\u200b{2}", "{1}\u00ad{2}", "_{0}_", "{3}")


@given(
    words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=30),
    at=st.integers(0, 30),
    weighty=st.sampled_from(WEIGHTY),
    spelling=st.sampled_from(HIDDEN),
)
def test_nothing_of_weight_comes_or_goes_in_a_minor_change_however_it_is_spelled(
    words: list[str], at: int, weighty: str, spelling: str
) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else sign for sign in weighty)
    is_word = weighty.isalpha()
    spelled = spelling.format(weighty, weighty[:1], weighty[1:], wide) if is_word else weighty
    before, after = " ".join(words), " ".join([*words[:at], spelled, *words[at:]])
    assert why_not_minor(before, after)
    assert why_not_minor(after, before)


@given(
    words=st.lists(st.sampled_from(WORDS + WEIGHTY), max_size=30), breaks=st.randoms(use_true_random=False)
)
def test_wrapping_and_stressing_is_always_minor(words: list[str], breaks: random.Random) -> None:
    stressed = [f"**{word}**" if word.isalpha() and breaks.random() < 0.3 else word for word in words]
    respelled = "".join(word + breaks.choice((" ", "\n")) for word in stressed)
    assert not why_not_minor(" ".join(words), respelled)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("It costs £5.", "It costs &pound;5 or more."),
        ("Call us.", "Call us by 9&nbsp;am."),
        ("You can call.", "You &#109;ust call."),
        ("Call at 9 am.", "Call at 9 pm."),
        ("If you are over 18", "If you are under 18"),
        ("[Call](tel:101)", "[Call](tel:999)"),
        ("[Call][a]", "[Call](page:a/b)"),
        ("![Map](media:a.png)", "![Map](media:b.png)"),
    ],
)
def test_what_somebody_might_try_is_refused(before: str, after: str) -> None:
    assert why_not_minor(before, after)
