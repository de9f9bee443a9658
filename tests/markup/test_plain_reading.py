"""What is read without a parser reads just as with one; whatever is in doubt is left to the parser."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from soh_author.markup.canonical import canonical
from soh_author.markup.front_matter import split
from soh_author.markup.plain_canonical import plain_canonical, quick_canonical
from soh_author.markup.plain_yaml import plain_yaml
from soh_author.markup.yaml_reading import read_yaml

LINES = st.sampled_from(
    [
        *(
            "",
            "",
            "",
            "Words of a paragraph.",
            "More  words, {{ fact.fee }}.",
            "**Bold** begins.",
            "{{ fact.x }} days",
        ),
        *("- item", "- another item", "- **bold** item", "- - nested", "-no item", "  - indented", "* star"),
        *("1. one", "2. two", "7. seven", "3) bracket", "10 words", "1.5 hours"),
        *("### Heading", "#### Deeper", "### Heading #", "### A {#id}", "#no heading", "## Two", "###"),
        *(
            "===",
            "---",
            "***",
            "|a|b|",
            "| a | b |\n|---|---|\n| c  d | |",
            "|a|\n|---|\n|b|\n|c|d|",
            "::: note\nWords\nmore\n:::",
            "|-|-|",
            "a | b",
            "> quote",
            "    code",
            "```",
            "~~~",
            ":::",
            "::: note",
        ),
        *(
            "ends hard  ",
            "ends\\",
            "\tcode",
            "[a]: https://x",
            "[link](page:x)",
            "<b>",
            "& amp;",
            "É accent",
            "é",
        ),
        *("“Quoted” words", "£26 a day", "Tab\there", "nul\0", "&amp; x", "Two`ticks`", "A ```x", "o\u0301"),
    ]
)
BODIES = st.lists(LINES, max_size=10).map("\n".join)


@settings(max_examples=600)
@given(BODIES)
def test_plain_text_has_the_normal_form_that_the_parser_finds(body: str) -> None:
    plain = plain_canonical(body)
    assert plain is None or plain == canonical(body)
    assert quick_canonical(body) == canonical(body)


@settings(max_examples=300)
@given(st.text(alphabet="aB1 -.#*|>`~:{}[]()\\\n\té£", max_size=30))
def test_any_text_has_the_normal_form_that_the_parser_finds(body: str) -> None:
    assert quick_canonical(body) == canonical(body)


def test_most_plain_text_needs_no_parser() -> None:
    body = "If we have seized it,\ncall us.\n\n- One\n- Two\n\n### More\n\n1. First\n2. Second\n\nThe end.\n"
    assert plain_canonical(body) == canonical(body)
    assert plain_canonical("::: note Title\nx\n:::") is None
    rich = "| What | How |\n|---|---|\n| a  b | c |\n\n::: warning\nTake care\nof it.\n:::\n"
    assert plain_canonical(rich) == canonical(rich)


VALUES = st.sampled_from(
    [
        *(
            "words",
            "Two words",
            "a, b",
            "2027-03-01",
            "sha256:" + "0" * 64,
            "https://x.example/a",
            "true",
            "null",
        ),
        *('"quoted, {x}"', "'single'", '"esc \\" x"', "''", '""', "~", "- x", "# no", "x # comment", "a: b"),
        *(
            "{a: b, c: d}",
            "{a: {b: c}}",
            "{a: b,}",
            "[x, y]",
            "[]",
            "[x, {a: b}]",
            "{a}",
            "{a: [b, c]}",
            "{}",
        ),
        *(
            "*alias",
            "&anchor x",
            "!tag x",
            "|",
            ">",
            "%x",
            "@x",
            "`x`",
            "x:",
            ":x",
            "?x",
            "ŵy",
            "£26",
            "x\u00a0y",
        ),
        *(
            "{op: replace, section: fees, why: Local practice}",
            "{a: 'it', b: \"x\"}",
            "{a: b c, d: e:f}",
            "a,b,c",
        ),
    ]
)
KEYS = st.sampled_from(["title", "url", "ops", "set", "owner", "a", "Title", "a b"])


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """Front matter, more or less in the usual shape."""
    lines = []
    for _ in range(draw(st.integers(0, 4))):
        key = draw(KEYS)
        shape = draw(st.integers(0, 5))
        if shape < 3:
            lines.append(f"{key}: {draw(VALUES)}")
        elif shape == 3:
            lines += [f"{key}:", *(f"- {draw(VALUES)}" for _ in range(draw(st.integers(0, 2))))]
        elif shape == 4:
            lines += [f"{key}:", *(f"  {draw(KEYS)}: {draw(VALUES)}" for _ in range(draw(st.integers(0, 2))))]
        else:
            lines.append(draw(st.sampled_from(["", "  continued", "# comment", "---", "- x", f"{key}:"])))
    return "\n".join(lines) + "\n"


@settings(max_examples=800)
@given(yaml_texts())
def test_plain_fields_are_what_yaml_says(raw: str) -> None:
    plain = plain_yaml(raw)
    if plain is not None:
        read = read_yaml(raw)
        assert (read.value, read.diagnostics, read.is_whole) == (plain, (), True)


@settings(max_examples=400)
@given(st.text(alphabet="ab: {}[],-\"'\n#1\\&*", max_size=24))
def test_any_fields_are_what_yaml_says(raw: str) -> None:
    plain = plain_yaml(raw)
    if plain is not None:
        read = read_yaml(raw)
        assert (read.value, read.diagnostics) == (plain, ())


def test_the_sample_s_fields_are_what_yaml_says(sample_content: Path) -> None:
    files = sorted(sample_content.rglob("*.md"))
    read = {path: plain_yaml(split(path.read_text(encoding="utf-8")).raw_yaml) for path in files}
    assert sum(fields is not None for fields in read.values()) > len(files) * 0.6
    for path, fields in read.items():
        if fields is not None:
            assert fields == read_yaml(split(path.read_text(encoding="utf-8")).raw_yaml).value


@pytest.mark.parametrize(
    "raw", ["a: x\na: y\n", "a: {b: c, b: d}\n", "a: x\n  b: y\n", "a:\n", "a: yes # no\n"]
)
def test_what_is_in_doubt_is_left_to_the_parser(raw: str) -> None:
    assert plain_yaml(raw) is None
