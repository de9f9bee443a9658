"""The normal form: equal for texts that read the same, different for others."""

import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.markup.canonical import canonical, canonical_of
from soh_author.markup.sections import slices_with_blocks

SAME = [
    ("a re-wrapped paragraph", "One two\nthree.", "One\ntwo three."),
    ("a re-wrapped list item", "- one two\n  three", "- one\n  two three"),
    ("a re-wrapped item without indent", "- one two\n  three", "- one two\nthree"),
    ("a re-wrapped quote", "> one two\n> three", "> one\n> two three"),
    ("a quote in a list", "- a\n\n  > one two\n  > three", "- a\n\n  > one\n  > two three"),
    ("a re-wrapped component", "::: note\none two\nthree\n:::", "::: note\none\ntwo three\n:::"),
    ("a fact wrapped inside", "Call {{ force.phone }}.", "Call {{\nforce.phone }}."),
    ("line ends of Windows", "a\r\nb\r\n\r\nc\r\n", "a\nb\n\nc\n"),
    ("runs of blank lines", "a\n\n\n\nb\n\n", "a\n\nb"),
    ("spaces at line ends", "a \nb\t\n\nc ", "a\nb\n\nc"),
    ("runs of spaces", "a   b\tc", "a b c"),
    ("signs of bullets", "* a\n* b", "- a\n- b"),
    ("numbers of a list", "1. a\n1. b", "1. a\n2. b"),
    ("sign behind a number", "1) a\n2) b", "1. a\n2. b"),
    ("signs of a fence", "```sh\nx\n```", "~~~ sh\nx\n~~~"),
    ("an indented code block", "    x\n    y", "```\nx\ny\n```"),
    ("id of a sub-heading", "### A {#a}", "### A"),
    ("closing signs of a heading", "### A ###", "### A"),
    ("composed letters", "caf\u00e9", "cafe\u0301"),
    ("two ways to break a line", "a  \nb", "a\\\nb"),
    ("width of a table", "|a|b|\n|-|-|\n|c|d|", "| a   | b |\n|-----|---|\n| c | d |"),
    ("more colons", ":::: note\na\n::::", "::: note\na\n:::"),
    ("order of attributes", '::: x {a="1" b="2"}\n:::', '::: x {b="2" a="1"}\n:::'),
    ("signs of a rule", "***", "---"),
]

DIFFERENT = [
    ("words", "a", "b"),
    ("a line break", "a  \nb", "a\nb"),
    ("two paragraphs", "a\n\nb", "a b"),
    ("a quote", "> a", "a"),
    ("a list", "- a\n- b", "a\nb"),
    ("order of a list", "1. a", "- a"),
    ("first number", "1. a", "2. a"),
    ("loose list", "- a\n- b", "- a\n\n- b"),
    ("one list or two", "- a\n- b", "- a\n* b"),
    ("level of a list", "- a\n  - b", "- a\n- b"),
    ("level of a heading", "### a", "#### a"),
    ("lines of code", "```\na\nb\n```", "```\na b\n```"),
    ("spaces in code", "```\na  b\n```", "```\na b\n```"),
    ("language of code", "```sh\na\n```", "```\na\n```"),
    ("code or text", "```\na\n```", "a"),
    ("component or text", "::: note\na\n:::", "a"),
    ("name of a component", "::: note\na\n:::", "::: warning\na\n:::"),
    ("title of a component", "::: details A\na\n:::", "::: details B\na\n:::"),
    ("attribute of a component", '::: x {href="a"}\n:::', '::: x {href="b"}\n:::'),
    ("cells", "|a|b|\n|-|-|\n|c|d|", "|a|b|\n|-|-|\n|c|e|"),
    ("alignment", "|a|\n|-:|\n|c|", "|a|\n|-|\n|c|"),
    ("head and body cells", "|a|\n|-|\n|b|", "|a|\n|-|\n|b|\n|c|"),
    ("a space that does not break", "a\u00a0b", "a b"),
    ("emphasis", "*a*", "a"),
    ("an address", "[a](page:b)", "[a](page:c)"),
    ("a rule or nothing", "a\n\n---\n\nb", "a\n\nb"),
    ("paragraph after a list", "- a\n\nb", "- a\n\n  b"),
    ("backslash at the end", "a\\\nb", "a\\ b"),
]


@pytest.mark.parametrize(("title", "one", "other"), SAME, ids=[row[0] for row in SAME])
def test_texts_that_read_the_same_have_one_normal_form(title: str, one: str, other: str) -> None:
    assert canonical(one) == canonical(other), title


@pytest.mark.parametrize(("title", "one", "other"), DIFFERENT, ids=[row[0] for row in DIFFERENT])
def test_texts_that_read_differently_have_different_normal_forms(title: str, one: str, other: str) -> None:
    assert canonical(one) != canonical(other), title


def test_the_normal_form_is_as_the_contract_shows_it() -> None:
    text = textwrap.dedent("""\
        Call {{ force.recovery_phone }}
        within 7 days.

        ### What to bring {#bring}
        - your licence
        - money\\
          or a card

        ::: details More
        ```sh
        a  b
        ```
        :::
        """)
    assert canonical(text) == textwrap.dedent("""\
        p Call {{ force.recovery_phone }} within 7 days.
        h3 What to bring
        ul
         li
          t your licence
         li
          t money
          |or a card
        component details More
         code sh
         |a  b""")


def test_an_empty_text_has_an_empty_normal_form() -> None:
    assert canonical("") == canonical(" \n\t\n") == ""


# Words that mean something at the beginning of a line would make another text when wrapped there.
_words = st.lists(
    st.from_regex(r"[A-Za-z\u00e0-\u017f\u00a0,.*_`\[\]!()'\"{}]{1,9}", fullmatch=True).filter(
        lambda word: not re.match(r"[-+*>#|=~`:{\[!_.]|\d+[.)]|\u00a0", word) and not word.endswith("\u00a0")
    ),
    min_size=1,
    max_size=25,
)
_frames = st.sampled_from(["", "- ", "> ", "1. ", "- > ", "> - ", "> > "])


def _wrapped(words: list[str], width: int, frame: str) -> str:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    later = re.sub(r"[-1.]", " ", frame)
    return "\n".join((frame if number == 0 else later) + line for number, line in enumerate(lines))


@given(_words, st.integers(5, 60), st.integers(5, 60), _frames)
def test_rewrapping_changes_nothing_in_any_frame(words: list[str], one: int, other: int, frame: str) -> None:
    assert canonical(_wrapped(words, one, frame)) == canonical(_wrapped(words, other, frame))


_blocks = st.lists(
    st.sampled_from(
        [
            "text",
            "- a\n- b",
            "* a\n\n* b",
            "1. x\n   y",
            "> q\nlazy",
            "```\n## no\n```",
            "## H {#h}",
            "## G",
            "### s",
            "::: note\nx\n:::",
            "::: note",
            ":::",
            "| a |\n|---|\n| b |",
            "    code",
            "---",
            "U\n---",
            "~~~",
            "\\",
            "",
        ]
    ),
    max_size=12,
)


@given(_blocks, st.sampled_from(["\n", "\n\n", "\r\n"]))
def test_a_section_read_alone_has_the_form_it_has_on_its_page(blocks: list[str], between: str) -> None:
    for piece, tokens in slices_with_blocks(between.join(blocks)):
        assert canonical(piece.body) == canonical_of(tokens)


def test_a_line_breaks_hard_behind_an_odd_number_of_backslashes_but_never_at_the_end_of_the_text() -> None:
    said = {count: canonical("a" + "\\" * count + "\nb\n") for count in range(1, 5)}
    assert said == {1: "p a\n|b", 2: "p a\\\\ b", 3: "p a\\\\\n|b", 4: "p a\\\\\\\\ b"}
    assert canonical("a\nb\\\n") == "p a b\\"
    assert canonical("a  \nb  \n") == "p a\n|b"
    assert canonical("- a\\\n  b\n") == "ul\n li\n  t a\n  |b"
