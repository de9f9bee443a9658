"""What makes a reviewer see something else than the public reads is found, and ordinary writing is not."""

import pytest

from soh_author.domain.layers import Place
from soh_author.markup.hidden_signs import hidden_signs
from soh_author.markup.link_checks import doubts_about_link

_WALES = "\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"


def _codes(text: str, yaml_end: int | None = 0) -> list[tuple[int, str]]:
    return [(found.place.line, found.code) for found in hidden_signs(text, "a.md", yaml_end)]


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
@pytest.mark.parametrize("written", ["{}", "&#{};", "&#x{:x};", "\\u{:04x}"])
def test_what_turns_words_around_is_an_error_however_it_is_written(sign: str, written: str) -> None:
    text = f"One\r\ntwo {written.format(sign if written == '{}' else ord(sign))} three\r\n"
    assert _codes(text, None) == [(2, "hidden-sign")]


@pytest.mark.parametrize("sign", "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u3164\u034f\u2800")
def test_what_cannot_be_seen_is_told_with_the_words_around_it(sign: str) -> None:
    (found,) = hidden_signs(f"Fine.\n\nPay the po{sign}lice at once.", "a.md", 0)
    assert (found.code, found.blocks, found.place) == ("unseen-sign", False, Place("a.md", 3))
    assert "“Pay the po▮lice at once”" in found.message


def test_words_hidden_in_tags_are_one_error() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "evil words")
    assert _codes(f"Pay{hidden} now") == [(1, "hidden-sign")]
    assert _codes(f"Cymru {_WALES}") == []
    assert _codes(f"Cymru {_WALES[1:]}") == [(1, "hidden-sign")]


@pytest.mark.parametrize(
    "word", ["p\u043elice", "\u0420olice", "\u0391dvice", "\U0001d429olice", "\uff50olice"]
)
def test_a_word_of_two_alphabets_is_told(word: str) -> None:
    assert _codes(f"The {word} said.") == [(1, "mixed-letters")]


@pytest.mark.parametrize(
    "text",
    [
        "Sut i’w hawlio: ŵy, tŷ, â, ï, W\u0302.",
        "“Café” – naïve… £30, 20 °C, 5 µm, ½, x²",
        "👩\u200d✈️ 👨\u200d👩\u200d👧 🏳️\u200d🌈 👮🏽\u200d♀️ ❤️ 1️⃣",
        "α-radiation, Ω, Москва, Ελλάδα",
        "شرطة \u200fویب\u200cسایت क्\u200dष",
        "\ufeffThe first sign of a file.",
        "Q&A, R&D; AT&amp;T, &copy; &nbsp; \\u00e9 \\_ C:\\users",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert _codes(text, None) == []


def test_a_backslash_in_running_text_is_no_sign() -> None:
    assert _codes("---\ntitle: T\n---\nWrite \\u202e.", yaml_end=17) == []


@pytest.mark.parametrize(
    ("words", "address", "code"),
    [
        ("www.kent.police.uk", "https://evil.example/", "misleading-link"),
        ("kent.police.uk/fees", "https://kent.police.uk.evil.example/", "misleading-link"),
        ("See https://police.uk/x here", "https://kentpolice.uk/", "misleading-link"),
        ("Our site", "https://www.police.uk@evil.example/", "misleading-link"),
        ("Our site", "https://xn--polce-1ta.uk/", "doubtful-link"),
        ("a@kent.police.uk", "mailto:a@evil.example", "misleading-link"),
        ("Call 101", "tel:0900123", "doubtful-link"),
        ("broken", "https://[::1/", "misleading-link"),
    ],
)
def test_a_link_that_says_one_address_and_goes_to_another_is_told(
    words: str, address: str, code: str
) -> None:
    assert [found for found, _ in doubts_about_link(words, address)] == [code]


@pytest.mark.parametrize(
    ("words", "address"),
    [
        ("www.kent.police.uk", "https://www.kent.police.uk/fees?a=b#c"),
        ("kent.police.uk", "https://WWW.KENT.POLICE.UK:443/"),
        ("police.uk", "https://www.kent.police.uk/"),
        ("Kent Police", "https://www.kent.police.uk/"),
        ("Node.js", "https://nodejs.example/"),
        ("01622 690690", "tel:+441622690690"),
        ("+44 (0)1622 690690 or (01622) 690-690", "tel:01622690690"),
        ("101 (24 hours, 365 days)", "tel:101"),
        ("24 hours", "tel:101"),
        ("A@kent.police.uk", "mailto:a@kent.police.uk?subject=b@c.example"),
        ("www.kent.police.uk", "page:advice/fees"),
    ],
)
def test_a_link_that_goes_where_it_says_is_left_alone(words: str, address: str) -> None:
    assert list(doubts_about_link(words, address)) == []
