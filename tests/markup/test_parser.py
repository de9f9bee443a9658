"""The Markdown of pages, as tokens, and what a text uses."""

import re
from pathlib import Path

import pytest
from markdown_it.token import Token

from soh_author.domain.facts import Reference
from soh_author.markup.attributes import Attributes, read_attributes, split_attributes
from soh_author.markup.components import COMPONENTS
from soh_author.markup.parser import MOST_BRACKETS, block_parser, lenient_parser, markdown, strict_parser
from soh_author.markup.references import Link, MediaUse, links, media, references, uses

README = Path(__file__).resolve().parents[2] / "content_schema" / "README.md"


def inline(text: str) -> list[Token]:
    token = next(token for token in markdown().parse(text) if token.type == "inline")
    return token.children or []


def types(text: str) -> list[str]:
    return [token.type for token in markdown().parse(text)]


@pytest.mark.parametrize(
    ("text", "scope", "name"),
    [
        ("{{ fact.fee }}", "fact", "fee"),
        ("{{force.public_name}}", "force", "public_name"),
        ("{{\tfact.a_1 }}", "fact", "a_1"),
        ("{{\nfact.a }}", "fact", "a"),
    ],
)
def test_facts_are_tokens_of_their_own(text: str, scope: str, name: str) -> None:
    [token] = inline(text)
    assert (token.type, token.meta["scope"], token.meta["name"], token.content) == ("fact", scope, name, text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }}",
        "{% x %}",
        "{# y #}",
        "\\{{ fact.a }}",
        "{ fact.a }",
        "{{ fact.A }}",
        "{{ fact.a.b }}",
        "{{ fact.a }",
        "{{ other.a }}",
        "{{ fact. a }}",
        "{{ fact.a_ }}",
    ],
)
def test_all_other_braces_are_text(text: str) -> None:
    assert {token.type for token in inline(text)} == {"text"}


@pytest.mark.parametrize("text", ["`{{ fact.a }}`", "```\n{{ fact.a }}\n```", "    {{ fact.a }}"])
def test_facts_in_code_are_code(text: str) -> None:
    assert "fact" not in {
        child.type for token in markdown().parse(text) for child in [token, *(token.children or [])]
    }


@pytest.mark.parametrize("address", ["page:a/b#c", "https://a.b/", "tel:101", "mailto:a@b.c"])
def test_allowed_addresses_make_links(address: str) -> None:
    assert inline(f"[a]({address})")[0].attrGet("href") == address


@pytest.mark.parametrize(
    "address",
    ["http://a.b", "javascript:alert(1)", "JavaScript:x", "data:x", "/a/", "#a", "//a.b", "vbscript:x"],
)
def test_other_addresses_stay_text(address: str) -> None:
    assert {token.type for token in inline(f"[a]({address})")} == {"text"}


def test_html_is_text() -> None:
    assert types("<script>alert(1)</script>\n") == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in inline("a <b>c</b> <!-- d -->")} == {"text"}


def test_link_definitions_are_text() -> None:
    assert "link_open" not in {token.type for token in inline("[a]\n\n[a]: https://b.c\n")}


def test_a_component_keeps_its_title_and_attributes() -> None:
    tokens = markdown().parse(':::  details  A {{ fact.b }}  {c="d e" f=g}\ntext\n:::\n')
    assert tokens[0].meta == {
        "name": "details",
        "title": "A {{ fact.b }}",
        "attributes": {"c": "d e", "f": "g"},
    }
    assert [token.type for token in tokens] == [
        "component_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "component_close",
    ]
    assert (tokens[0].map, tokens[-1].meta) == ([0, 3], {"name": "details"})


def test_an_address_of_a_component_may_hold_a_fact() -> None:
    [opening, *_] = markdown().parse('::: start-button {href="{{ fact.url }}"}\nGo\n:::\n')
    assert (opening.meta["title"], opening.meta["attributes"]) == ("", {"href": "{{ fact.url }}"})


def test_a_component_may_end_a_paragraph_but_one_never_closed_does_not() -> None:
    assert types("a\n::: note\nb\n:::\n").count("paragraph_open") == 2
    assert types("a\n::: note\nb\n").count("paragraph_open") == 1


def test_headings_carry_their_ids() -> None:
    tokens = markdown().parse("### A {#b}\n")
    assert (tokens[0].attrGet("id"), tokens[1].content) == ("b", "A")


def test_a_picture_may_be_decorative_and_words_in_welsh() -> None:
    [picture] = inline("![](media:a.png){.decorative}")
    assert picture.meta["decorative"]
    opening, words, closing = inline("[Heddlu]{lang=cy}")
    assert (opening.type, opening.attrGet("lang"), words.content, closing.type) == (
        "span_open",
        "cy",
        "Heddlu",
        "span_close",
    )
    assert {token.type for token in inline("[a]{.b}")} == {"text"}
    assert [token.type for token in inline("![a](media:b.png){.wide}")] == ["image", "text"]


def test_quotes_and_bare_addresses_stay_as_written() -> None:
    assert inline('"a" -- https://b.c (c) ...')[0].content == '"a" -- https://b.c (c) ...'


def test_beyond_the_cap_brackets_stay_text() -> None:
    many = "[a](page:b) " * (MOST_BRACKETS + 1)
    assert [token.type for token in inline(many)] == ["text"]


def test_the_shared_parsers_agree_on_blocks() -> None:
    text = "## A {#a}\n\n- b\n\n::: note\n> c\n:::\n"
    blocks = [
        [token.type for token in parser.parse(text)]
        for parser in (block_parser(), strict_parser(), lenient_parser())
    ]
    assert blocks[0] == blocks[1] == blocks[2]


def test_uses_are_found_with_their_lines() -> None:
    text = (
        "A {{ fact.a }} and\n[b {{ force.b }}](page:c#d).\n\n### {{ fact.h }}\n"
        '::: start-button {href="{{ fact.u }}"}\nGo\n:::\n'
        "::: contact {{ force.n }}\n- <https://e.f>\n- `{{ fact.no }}`\n:::\n"
        '![x {{ fact.i }}](media:g.png "Words")\n\n![](media:h.png){.decorative}\n\n'
        "| a |\n|---|\n| {{ fact.t }} |\n"
        '\n::: start-button {href="page:z"}\nGo\n:::\n'
    )
    assert references(text) == (
        Reference("fact", "a", 1),
        Reference("force", "b", 2),
        Reference("fact", "h", 4),
        Reference("fact", "u", 5),
        Reference("force", "n", 8),
        Reference("fact", "i", 12),
        Reference("fact", "t", 18),
    )
    assert links(text) == (Link("page:c#d", 2), Link("https://e.f", 9), Link("page:z", 20))
    assert media(text) == (MediaUse("g.png", "x {{ fact.i }}", 12), MediaUse("h.png", "", 14))


def test_a_text_without_any_uses_nothing() -> None:
    assert uses("Plain *text*.\n").facts == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{#a .b c="d e" f=g}', Attributes("a", ("b",), {"c": "d e", "f": "g"})),
        ("{}", Attributes()),
        ("{ .a }", Attributes(None, ("a",))),
        ('{a=""}', Attributes(None, (), {"a": ""})),
    ],
)
def test_attributes_are_read(text: str, expected: Attributes) -> None:
    assert read_attributes(text) == (expected, len(text))


@pytest.mark.parametrize("text", ["{a}", "{a=}", "{# b #}", "{{a=b}}", "{a=b", "{a='b'}", '{a="b}', "a"])
def test_other_braces_hold_no_attributes(text: str) -> None:
    assert read_attributes(text) is None


def test_attributes_are_cut_off_the_end_of_a_line_only() -> None:
    assert split_attributes("A {{ fact.b }}") == ("A {{ fact.b }}", None)
    assert split_attributes("A {b=c} d") == ("A {b=c} d", None)
    assert split_attributes("A{b=c}") == ("A{b=c}", None)
    assert split_attributes("A {b=c}") == ("A", Attributes(None, (), {"b": "c"}))


def test_the_contract_lists_every_component() -> None:
    listed = set(re.findall(r"`::: ([a-z-]+)", README.read_text(encoding="utf-8")))
    assert listed == set(COMPONENTS)
