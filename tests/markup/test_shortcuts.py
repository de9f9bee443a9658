"""What is read by a shortcut reads exactly as it would without one."""

from hypothesis import given
from hypothesis import strategies as st
from markdown_it.token import Token

from soh_author.markup.parser import markdown

LINES = st.sampled_from(
    [
        *(
            "Words.",
            "More words",
            "a | b",
            "--|--",
            "| a |",
            "|---|",
            "---",
            "===",
            "# Title",
            "## Part {#part}",
        ),
        *(
            "- item",
            "  of item",
            "1. first",
            "10) tenth",
            "> quote",
            "lazy",
            "    code",
            "\tcode",
            "   Three",
        ),
        *(
            "```",
            "~~~",
            "::: note",
            ":::",
            "",
            "  ",
            "*emphasis*",
            "<b>bold</b>",
            "[link](page:a)",
            "é",
            "Émile",
        ),
        *("{{ fact.fee }}", "Zed", "[a]: b", "**", "&amp;", "one  ", "two\\", "[is", "![was](media:a.png)"),
    ]
)
TEXTS = st.lists(LINES, max_size=12).map("\n".join)
WORDS = st.text(st.characters(exclude_characters="\n\\`*_[!<&{", codec="utf-8"), min_size=1)


def _told(tokens: list[Token] | None) -> list[object]:
    return [token.as_dict() for token in tokens or ()]


@given(TEXTS)
def test_paragraphs_of_plain_lines_read_as_any_paragraph(text: str) -> None:
    slow = markdown().disable("plain_paragraph")
    assert _told(markdown().parse(text)) == _told(slow.parse(text))


@given(WORDS)
def test_words_without_signs_read_as_any_line(words: str) -> None:
    parser = markdown()
    line = parser.parseInline(words)[0]
    children: list[Token] = []
    parser.inline.parse(line.content, parser, {}, children)
    assert _told(line.children) == _told(children)
