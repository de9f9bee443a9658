"""What is copied from Word and from the web keeps its form, loses its looks, and says the same."""

from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from soh_author.markup.parser import strict_parser
from soh_author.markup.pasted import markdown_of

WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><head><style>p {margin: 0}</style></head>
<!--StartFragment--><h2>How to complain<o:p></o:p></h2>
<p class=MsoNormal>You can <b>complain </b>by <i style='mso-bidi-font-style:normal'>post</i><span
style='mso-spacerun:yes'>\u00a0 </span>or at a <a href="https://www.gov.uk/complain">station</a>.<del>No.</del></p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>\u00a0\u00a0 </span></span><![endif]>Bring this:</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>\u00a0</span></span><![endif]>a letter</p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>\u00a0</span></span><![endif]>a photo</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>\u00a0</span></span><![endif]>Or call.</p>
<table class=MsoTableGrid><tr><td><p><b>Fee</b></p></td><td><p><b>Amount</b></p></td></tr>
<tr><td><p>Car</p></td><td><p>£192 | day</p></td></tr></table>
<p class=MsoNormal><img src="file:///C:/x.png"><script>alert(1)</script></p><!--EndFragment--></html>"""

MADE = """## How to complain

You can **complain** by _post_ or at a [station](https://www.gov.uk/complain).

- Bring this:
  1. a letter
  2. a photo
- Or call.

| Fee | Amount |
|---|---|
| Car | £192 \\| day |"""


def made_of(html: str) -> str:
    """The Markdown made of what was copied."""
    found = markdown_of(html)
    assert found is not None
    return found.text


def test_a_text_from_word_keeps_headings_lists_links_and_tables_and_nothing_else() -> None:
    found = markdown_of(WORD)
    assert found is not None
    assert found.text == MADE
    assert (found.is_inline, found.left_out) == (False, 1)


def test_a_text_from_google_is_not_bold_all_over() -> None:
    html = (
        '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">Bold</span>'
        '<span style="font-style:italic"> it</span></p><ul><li><p>one</p></li><ul><li>two</li></ul></ul></b>'
    )
    assert made_of(html) == "**Bold** _it_\n\n- one\n  - two"


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ("<b>a</b><br>b", "**a**\\\nb"),
        ("x<b>y</b>z", "x**y**z"),
        ("<i>mid</i>dle", "*mid*dle"),
        ("<b> a </b>b", "**a** b"),
        ('<a href="https://x.y/a b(1)"><b>Our</b> page</a>', "[**Our** page](https://x.y/a%20b%281%29)"),
        ('<a href="javascript:alert(1)">a</a>', "a"),
        ('<a href="#top">a</a>', "a"),
        ('<a href="https://[">a</a>', "a"),
        ("<code>{{ fact.x }}</code>", "`{{ fact.x }}`"),
        ("<h1>A</h1><h3>B</h3><h6>C</h6>", "## A\n\n### B\n\n#### C"),
        ("<p class=MsoHeading1>A</p><b>b</b>", "## A\n\n**b**"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<ol><li>a<ul><li>b</ul><li>c</ol>", "1. a\n   - b\n2. c"),
        ("<ul>a<li>b</ul>", "- a\n- b"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\n  b"),
        ("<pre>a\n  b</pre><b>c</b>", "```\na\n  b\n```\n\n**c**"),
        ("<table><tr><td>laid out</td></tr></table><b>b</b>", "laid out\n\n**b**"),
        (
            "<table><caption>Fees</caption>x<tr><th>a<th>b<tr><td>c<td>d</table>",
            "Fees\n\nx\n\n| a | b |\n|---|---|\n| c | d |",
        ),
        ("<table><tr><th>a<th>b<tr><td colspan=2>c</table>", "| a | b |\n|---|---|\n| c |  |"),
        ("<table><tr><td>a<td><p>b</p><p>c</p><tr><td>d</table>", "| a | b c |\n|---|---|\n| d |  |"),
        ("<p>Now!<a href='https://x.y/'>b</a>", "Now\\![b](https://x.y/)"),
        ("<p><i>:__1</i> a_b", "_:\\_\\_1_ a_b"),
        ("<p>1. a<p># b<p>- c<p>{{ x }} &lt;b> *d* _e_ [f] `g`<p><b>h</b>", None),
    ],
)
def test_each_form_is_written_as_markdown_writes_it(html: str, made: str | None) -> None:
    wanted = "1\\. a\n\n\\# b\n\n\\- c\n\n\\{{ x }} \\<b> \\*d\\* \\_e\\_ \\[f\\] \\`g\\`\n\n**h**"
    assert made_of(html) == (wanted if made is None else made)


@pytest.mark.parametrize(
    "html",
    [
        "<p>mere <span style='color:red'>words</span></p>",
        "<div style='font-family: Menlo; white-space: pre;'><div><b>## code</b></div></div>",
        "<![x[<b>",
        "<b></b>",
        "",
        "<b>x</b>" + "x" * 500_000,
    ],
)
def test_what_has_no_form_is_left_to_its_words(html: str) -> None:
    assert markdown_of(html) is None


def test_what_is_nested_without_end_is_still_read() -> None:
    assert made_of("<b>" * 5_000 + "<div>" * 5_000 + "x") == "x"
    assert "x" in made_of("<ul><li>" * 3_000 + "x")


def said(tokens: list[Token]) -> str:
    """The words that Markdown says, without their form."""
    words = [
        said(token.children)
        if token.children
        else "{{" + token.content + "}}"
        if token.type == "fact"
        else token.content
        for token in tokens
    ]
    return "".join(words)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "b", "i", "a href='https://x.y/'"]),
            st.text("ab _*`[](){}<>&;#!\\|~:+-=.1%", min_size=1),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_the_words_stay_what_they_were(pieces: list[tuple[str, str]]) -> None:
    html = "".join(
        f"<{tag}>{escape(text)}</{tag.split()[0]}>" if tag else escape(text) for tag, text in pieces
    )
    made = markdown_of(f"<p>{html}</p><h2>.</h2>")
    assert made is not None
    words = said(strict_parser().parse(made.text)).replace(" ", "")
    assert words == "".join(text for _, text in pieces).replace(" ", "") + "."
