"""Cutting text into sections."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.ids import SectionId
from soh_author.markup.front_matter import split
from soh_author.markup.section_ids import suggest_id
from soh_author.markup.sections import read_sections, slice_body


def ids(body: str) -> list[str]:
    return [text.id for text in read_sections(body).texts]


def found(body: str) -> list[tuple[int, str]]:
    return [(fault.place.line, fault.code) for fault in read_sections(body).diagnostics]


def test_the_lead_is_always_first_even_when_empty() -> None:
    read = read_sections("## One {#one}\nText\n")
    texts, faults = read.texts, read.diagnostics
    assert [(text.id, text.heading, text.body, text.line) for text in texts] == [
        ("lead", "", "", 1),
        ("one", "One", "Text\n", 1),
    ]
    assert faults == ()


def test_lines_are_lines_of_the_whole_file() -> None:
    read = read_sections("Lead\n\n## One\n", first_line=9, path="shared/pages/a.en.md")
    texts, faults = read.texts, read.diagnostics
    assert [text.line for text in texts] == [9, 11]
    assert [(fault.place.path, fault.place.line) for fault in faults] == [("shared/pages/a.en.md", 11)]


@pytest.mark.parametrize(
    "body",
    [
        "```\n## no {#no}\n```",
        "~~~~\n~~~\n## no {#no}\n~~~~",
        "    ## no {#no}",
        "- a\n\n  ## no {#no}",
        "> ## no {#no}",
        "::: note\n## no {#no}\n:::",
        "text\n\\## no {#no}",
        "##no {#no}",
    ],
)
def test_signs_inside_code_lists_quotes_and_components_begin_no_section(body: str) -> None:
    assert ids(f"{body}\n\n## Yes {{#yes}}\n") == ["lead", "yes"]


def test_a_component_that_is_never_closed_swallows_no_section() -> None:
    body = "## A {#a}\n::: note\ntext\n\n## B {#b}\n::: warning\nx\n:::\n"
    assert ids(body) == ["lead", "a", "b"]
    assert found(body) == [(2, "unclosed-component")]


def test_an_underlined_heading_is_a_section_too() -> None:
    texts = read_sections("Old style {#old}\n-----\ntext\n").texts
    assert [(text.id, text.heading, text.body) for text in texts][1:] == [("old", "Old style", "text\n")]


def test_headings_lose_marks_and_ids_but_keep_facts() -> None:
    texts = read_sections("##   Pay {{ fact.fee }}  {#pay} \n## Close {#close} ##\n").texts
    assert [text.heading for text in texts] == ["", "Pay {{ fact.fee }}", "Close"]


def test_a_missing_id_is_made_from_the_heading_and_reported_with_it() -> None:
    read = read_sections("## How to reclaim it\n")
    texts, faults = read.texts, read.diagnostics
    assert texts[1].id == "how-to-reclaim-it"
    assert faults[0].code == "missing-section-id"
    assert "{#how-to-reclaim-it}" in faults[0].message


def test_a_made_id_never_takes_one_that_is_written_further_down() -> None:
    assert ids("## Pay\n## Other {#pay}\n") == ["lead", "pay-2", "pay"]


def test_a_doubled_id_is_reported_and_the_second_section_keeps_working() -> None:
    assert ids("## One {#one}\n## Two {#one}\n") == ["lead", "one", "two"]
    assert found("## One {#one}\n## Two {#one}\n") == [(2, "doubled-section-id")]


@pytest.mark.parametrize("written", ["Upper", "1-st", "a--b", "a b", "con", "lead", "", "../x", "a_b"])
def test_a_bad_id_is_reported_and_replaced(written: str) -> None:
    read = read_sections(f"## Words here {{#{written}}}\n")
    texts, faults = read.texts, read.diagnostics
    assert SectionId.is_valid(texts[1].id)
    assert texts[1].heading == "Words here"
    assert [fault.code for fault in faults] == ["bad-section-id"]


def test_lead_is_a_good_id_in_an_override_only() -> None:
    read = read_sections("## Lead {#lead}\ntext\n", is_override=True)
    assert [text.id for text in read.texts] == ["lead", "lead"]
    assert read.diagnostics == ()


@pytest.mark.parametrize(
    ("heading", "made"),
    [
        ("How to reclaim it", "how-to-reclaim-it"),
        ("101 or 999?", "section-101-or-999"),
        ("Sut i’w hawlio: tŷ", "sut-iw-hawlio-ty"),
        ("Don't wait", "dont-wait"),
        ("Pay {{ fact.fee }} now", "pay-now"),
        ("[Report](page:report/crime) it", "report-it"),
        ("???", "section"),
        ("Lead", "lead-2"),
        ("Con", "con-section"),
        ("word " * 40, "word-word-word-word-word-word-word-word-word-word-word-word"),
    ],
)
def test_ids_are_made_from_the_words_of_a_heading(heading: str, made: str) -> None:
    assert suggest_id(heading) == made


_lines = st.sampled_from(
    [
        "---",
        "title: x",
        "## H {#h}",
        "##",
        "# T",
        "text\u00a0here",
        "a\u2028b",
        "a\u0085b",
        "```",
        "~~~",
        "> q",
        "- i",
        "::: note",
        ":::",
        "| a |",
        "|---|",
        "",
        " ",
        "\t",
        "===",
        "\ufeff",
        "{{ fact.x }}",
        "\x00",
        "\x0c",
        "    x",
    ]
)
_ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n", ""])
_texts = st.one_of(
    st.text(), st.lists(st.tuples(_lines, _ends)).map(lambda rows: "".join(a + b for a, b in rows))
)


@given(_texts)
def test_front_matter_and_sections_put_together_are_the_file_byte_for_byte(text: str) -> None:
    file = split(text)
    pieces = slice_body(file.body, file.body_line)
    again = f"{file.opening}{file.raw_yaml}{file.closing}" + "".join(p.source + p.body for p in pieces)
    assert again == text
    assert all(file.body[piece.start : piece.end] == piece.source + piece.body for piece in pieces)


@given(_texts)
def test_every_section_begins_on_the_line_it_says(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for piece in slice_body(text)[1:]:
        assert piece.source.splitlines()[0].strip() in lines[piece.line - 1]


@given(_texts)
def test_ids_are_good_and_different_whatever_the_text(text: str) -> None:
    texts = read_sections(text).texts
    assert len({section.id for section in texts}) == len(texts)
    assert all(SectionId.is_valid(section.id) for section in texts)
