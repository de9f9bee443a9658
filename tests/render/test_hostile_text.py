"""Nothing an editor, or somebody who sends an editor text, writes can run, load or hide in a page."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from soh_author.domain.facts import FactType
from soh_author.markup.canonical import canonical
from soh_author.render.clean import TAGS
from soh_author.render.fragments import Fragments
from soh_author.render.holes import CLOSE, OPEN
from soh_author.render.setting import Setting
from tests.render.building import FACTS, context, effective, part, rendered, section, text_html

_ATTRIBUTES = {
    *("alt", "aria-label", "class", "data-line", "href", "lang", "loading", "role", "scope", "src", "start"),
    "tabindex",
}
_HREF = re.compile(
    rf"(?:https|tel|mailto):[^{OPEN}{CLOSE}]*|{OPEN}(?:link|fact-href) [^{OPEN}{CLOSE}]+{CLOSE}"
)
_SRC = re.compile(rf"{OPEN}media [^{OPEN}{CLOSE}]+{CLOSE}")

_SNIPPETS = st.sampled_from(
    [
        *(
            "<script>",
            "</p>",
            "<img src=x onerror=alert(1)>",
            "<!--",
            "&lt;",
            "&#106;avascript:",
            "\x00",
            "\ufdd0",
        ),
        *("[a](javascript:alert(1))", "[a](page:x)", "[a](data:text/html,x)", "![a](media:../x)", "[a]("),
        *(
            '"',
            "'",
            "`",
            "```",
            "{{ fact.fee }}",
            "{{ 7*7 }}",
            "{{",
            "::: note",
            ":::",
            "::: details <b>",
            "\\",
        ),
        *(
            '::: start-button {href="javascript:x"}',
            ':::: contact " onclick="',
            "{#id}",
            "{lang=cy}",
            "[w]{lang='>'}",
        ),
        *(
            "| a | b |\n|---|--:|\n",
            "Table: <i>",
            "# h",
            "- ",
            "1. ",
            "> ",
            "    ",
            "\n",
            "\n\n",
            "  \n",
            "*",
            "_",
        ),
        *("\ufdd0fact force.x\ufdd1", "\ufdd1", "\u2028", "é", "e\u0301", "ŵ", "\U0001f600"),
    ]
)
_TEXTS = st.lists(st.one_of(_SNIPPETS, st.text(max_size=6)), max_size=25).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](JaVaScRiPt:alert(1))",
        "[click](&#106;avascript:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "[click](vbscript:x)",
        "[click](//example.org/x)",
        "![x](javascript:alert(1))",
        "![x](https://example.org/spy.png)",
        '[click](page:x" onclick="alert(1))',
        "<svg/onload=alert(1)>",
        '::: start-button {href="data:text/html,x"}\nGo\n:::',
        '::: details x" onclick="alert(1)\ntext\n:::',
    ],
)
def test_nothing_hostile_becomes_a_tag_an_attribute_or_an_address(text: str) -> None:
    _check(text_html(text))


@settings(max_examples=300, deadline=None)
@given(_TEXTS)
def test_any_markdown_gives_only_known_tags_attributes_and_addresses(text: str) -> None:
    _check(Fragments().body(text, Setting(annotate=True)))


@settings(max_examples=200, deadline=None)
@given(_TEXTS)
def test_texts_with_one_normal_form_give_the_same_html(text: str) -> None:
    fragments, setting = Fragments(), Setting()
    wrapped = re.sub(r"(?<=\w) (?=\w)", "\n", text)
    if canonical(wrapped) == canonical(text):
        assert fragments.body(wrapped, setting) == fragments.body(text, setting)


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_no_hole_of_a_text_is_left_open_or_made_by_the_text(text: str) -> None:
    page = effective(
        text, section("s", text.replace("\n", " "), part(text)), fields={"title": text, "form": text}
    )
    html = rendered(page, annotate=True).html
    assert OPEN not in html
    assert CLOSE not in html


def test_the_clean_up_takes_nothing_away_that_the_renderer_makes() -> None:
    html = text_html(
        "::: warning\nA [b](page:contact/complaints) ![c](media:notice.png)\n:::\n\n|a|\n|--:|\n|1|\n"
    )
    assert 'class="warning"' in html
    assert 'href="/contact/complaints/"' in html
    assert 'class="to-right"' in html
    assert 'tabindex="0"' in html


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FactType.URL, "javascript:alert(1)"),
        (FactType.URL, 'https://example.org/" onclick="alert(1)'),
        (FactType.EMAIL, "a@example.org?bcc=b@example.org"),
        (FactType.PHONE, "<b>"),
        (FactType.TEXT, '"><script>'),
        (FactType.ADDRESS, "1 <b>\n2"),
    ],
)
def test_a_value_that_is_no_address_is_shown_but_not_linked(kind: FactType, value: str) -> None:
    facts = {**FACTS, "fact.odd": (kind, value)}
    html = rendered(effective("{{ fact.odd }}"), context(facts=facts)).html
    body = html[html.index('id="lead"') : html.index("</section>")]
    assert "<a " not in body
    assert "<script" not in body
    assert "<b>" not in body


def test_a_start_button_whose_fact_holds_no_address_is_reported() -> None:
    page = effective('::: start-button {href="{{ fact.reclaim_days }}"}\nGo\n:::')
    assert [reference.key for reference in rendered(page).missing] == ["fact.reclaim_days"]


def _check(html: str) -> None:
    for element in lxml_html.fragment_fromstring(html, create_parent="main").iterdescendants():
        assert element.tag in TAGS
        assert set(element.attrib) <= _ATTRIBUTES
        if "href" in element.attrib:
            href = str(element.attrib["href"])
            assert _HREF.fullmatch(href) or href.startswith("/")
        if "src" in element.attrib:
            assert _SRC.fullmatch(str(element.attrib["src"])) or not element.attrib["src"]
