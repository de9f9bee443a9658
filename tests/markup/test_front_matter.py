"""Reading the fields at the head of a file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.markup.front_matter import read, split
from soh_author.markup.yaml_reading import read_yaml


@pytest.mark.parametrize(
    ("text", "raw", "body", "line"),
    [
        ("---\na: b\n---\nText\n", "a: b\n", "Text\n", 4),
        ("---\n---\nText", "", "Text", 3),
        ("---  \r\na: b\r\n---\t\r\nText", "a: b\r\n", "Text", 4),
        ("---\ra: b\r---\rText", "a: b\r", "Text", 4),
        ("\ufeff---\na: b\n---\n", "a: b\n", "", 4),
        ("---\na: b\n---", "a: b\n", "", 3),
        ("---\na: b\n--- # no\n---\n", "a: b\n--- # no\n", "", 5),
        ("---\na: b\n---\n---\nx", "a: b\n", "---\nx", 4),
    ],
)
def test_the_fields_are_cut_off_at_the_second_line_of_dashes(
    text: str, raw: str, body: str, line: int
) -> None:
    file = split(text)
    assert (file.raw_yaml, file.body, file.body_line) == (raw, body, line)
    assert file.with_yaml(raw) == file.with_body(body) == text


@pytest.mark.parametrize("text", ["", "Text\n", " ---\na: b\n---\n", "----\na\n----\n", "\n---\na: b\n---\n"])
def test_a_file_without_fields_is_all_body(text: str) -> None:
    file = split(text)
    assert not file.has_front_matter
    assert (file.body, file.body_line, file.is_unclosed) == (text, 1, False)


def test_fields_that_are_never_closed_are_reported_as_such() -> None:
    file = split("---\ntitle: A\nText\n")
    assert file.is_unclosed
    assert file.body == "---\ntitle: A\nText\n"


def test_everything_is_text() -> None:
    read_ = read("a: 12:30\nb: NO\nc: 2026-11-22\nd: 1e3\ne: ~\nf:\ng: 'x'\nh: [1, {i: true}]\n")
    assert read_.value == {
        "a": "12:30",
        "b": "NO",
        "c": "2026-11-22",
        "d": "1e3",
        "e": "~",
        "f": "",
        "g": "x",
        "h": ["1", {"i": "true"}],
    }
    assert read_.diagnostics == ()


def test_every_value_knows_its_line() -> None:
    lines = read("title: A\n\nops:\n- {op: x}\n- op: y\n  why: z\n").lines
    assert [lines.of(path) for path in [("title",), ("ops",), ("ops", 0), ("ops", 1), ("ops", 1, "why")]] == [
        2,
        4,
        5,
        6,
        7,
    ]
    assert lines.of(("ops", 1, "base")) == 6
    assert lines.of(("nothing",)) == 2


def test_lines_are_those_of_editors_even_behind_exotic_line_ends() -> None:
    assert read('a: "b\u2028c"\nd: e\n').lines.of(("d",)) == 3


BAD = [
    ("two colons", "a: b\nb: c: d\ne: f\n", [(3, "bad-yaml")], {"a": "b", "e": "f"}),
    ("an open quote", 'a: "b\nc: d\n', [(2, "bad-yaml")], {"c": "d"}),
    ("an open bracket", "a: [b\nc: d\n", [(2, "bad-yaml")], {"c": "d"}),
    (
        "several at once",
        "a: [b\nc: d: e\nf: *g\nh: i\n",
        [(2, "bad-yaml"), (3, "bad-yaml"), (4, "bad-yaml")],
        {"h": "i"},
    ),
    ("a doubled key", "a: b\nc: d\na: e\n", [(4, "doubled-key")], {"a": "b", "c": "d"}),
    ("a doubled key within", "a: {b: c, b: d}\n", [(2, "doubled-key")], {"a": {"b": "c"}}),
    ("a doubled key beside a fault", "a: b\nc: [\na: d\n", [(3, "bad-yaml"), (4, "doubled-key")], {"a": "b"}),
    ("a tab", "a:\n\tb: c\n", [(3, "bad-yaml")], {}),
    ("a list", "- a\n", [(2, "bad-yaml")], {}),
    ("a word", "a\n", [(2, "bad-yaml")], {}),
    ("a control character", "a: b\nc: \x01\n", [(3, "bad-yaml")], {"a": "b"}),
    ("a key that is a list", "? [a]\n: b\nc: d\n", [(2, "bad-yaml")], {"c": "d"}),
    ("an unknown alias", "a: *b\n", [(2, "bad-yaml")], {}),
    ("an alias to itself", "a: &b [*b]\n", [(2, "too-deep")], {}),
    ("deep lists", "a: " + "[" * 30 + "]" * 30 + "\n", [(2, "too-deep")], {}),
    ("very deep lists", "a: " + "[" * 100_000, [(2, "too-deep")], {}),
    ("very deep mappings", "{a: " * 100_000, [(2, "too-deep")], {}),
    ("very deep dashes", "- " * 100_000, [(2, "too-deep")], {}),
    ("very deep question marks", "? " * 100_000, [(2, "too-deep")], {}),
]


@pytest.mark.parametrize(("title", "raw", "expected", "value"), BAD, ids=[case[0] for case in BAD])
def test_faults_are_found_on_their_lines_and_the_rest_is_read(
    title: str, raw: str, expected: list[tuple[int, str]], value: dict[str, object]
) -> None:
    known = read(raw)
    assert [(fault.place.line, fault.code) for fault in known.diagnostics] == expected, title
    assert known.value == value


def test_an_alias_is_read_as_what_it_stands_for() -> None:
    assert read("a: &x [b]\nc: *x\n").value == {"a": ["b"], "c": ["b"]}


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [" + ",".join(["x"] * 10) + "]"]
    lines += [f"a{n}: &a{n} [" + ",".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 9)]
    known = read("\n".join(lines))
    assert [fault.code for fault in known.diagnostics] == ["too-deep"]


_pieces = st.lists(
    st.sampled_from(
        [
            "a",
            "b: ",
            ": ",
            "- ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&x ",
            "*x",
            "!t ",
            "|",
            ">",
            "'",
            '"',
            "#",
            "\n",
            " ",
            "  ",
            "\t",
            "\\",
            "%",
            "@",
            "---",
            "...",
            "\u2028",
            "\x85",
            "\ufeff",
            "\x00",
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(_pieces, st.text()))
def test_reading_never_raises_whatever_the_text(raw: str) -> None:
    known = read_yaml(raw)
    assert known.is_whole or known.diagnostics
