"""Changing one value and only its lines."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from soh_author.domain.errors import ContentError
from soh_author.markup.front_matter import set_field, set_op_fields
from soh_author.markup.yaml_editing import append_item, remove_value, set_value
from soh_author.markup.yaml_reading import Yaml, read_yaml, type_of_path
from soh_author.markup.yaml_writing import emit

FILE = """\
# about the page
title: Seized  # a note
url:
summary: |
  Two
  lines

# about locks
locked: {a: 'b', d: "x",}
names:
  cy:
    name: N
moved_from: [one,
  two]
ops:
- {op: hide, section: y}
# about the second
- op: replace
  section: w
  why: v
"""

SETS: list[tuple[type_of_path, Yaml, list[str]]] = [
    (("title",), "A: b", ["-title: Seized  # a note", '+title: "A: b"  # a note']),
    (("url",), "/x/", ["-url:", "+url: /x/"]),
    (("url", "cy"), "/y/", ["-url:", "+url: {cy: /y/}"]),
    (("summary",), "s", ["-summary: |", "-  Two", "-  lines", "+summary: s"]),
    (("locked", "a"), "q, r", ["-locked: {a: 'b', d: \"x\",}", '+locked: {a: "q, r", d: "x",}']),
    (("locked", "n"), "m", ["-locked: {a: 'b', d: \"x\",}", '+locked: {a: \'b\', d: "x", "n": m,}']),
    (("names", "cy", "name"), "M", ["-    name: N", "+    name: M"]),
    (("names", "cy", "short"), "M", ["+    short: M"]),
    (("names", "en", "short"), "M", ["+  en: {short: M}"]),
    (("names",), ["a"], ["-names:", "-  cy:", "-    name: N", "+names: [a]"]),
    (("moved_from",), ["z"], ["-moved_from: [one,", "-  two]", "+moved_from: [z]"]),
    (("ops", 0, "base"), "p", ["-- {op: hide, section: y}", "+- {op: hide, section: y, base: p}"]),
    (("ops", 1, "base"), "p", ["+  base: p"]),
    (("ops", 1, "op"), "hide", ["-- op: replace", "+- op: hide"]),
    (("set", "summary"), {"value": "a"}, ["+set: {summary: {value: a}}"]),
    (("title",), "Seized", []),
]

REMOVALS: list[tuple[type_of_path, list[str]]] = [
    (("title",), ["-title: Seized  # a note"]),
    (("url",), ["-url:"]),
    (("summary",), ["-summary: |", "-  Two", "-  lines"]),
    (("locked", "a"), ["-locked: {a: 'b', d: \"x\",}", '+locked: {d: "x",}']),
    (("locked", "d"), ["-locked: {a: 'b', d: \"x\",}", "+locked: {a: 'b',}"]),
    (("names", "cy", "name"), ["-names:", "-  cy:", "-    name: N"]),
    (("moved_from", 0), ["-moved_from: [one,", "-  two]", "+moved_from: [two]"]),
    (("ops", 0), ["-- {op: hide, section: y}"]),
    (("ops", 1), ["-- op: replace", "-  section: w", "-  why: v"]),
    (("ops", 1, "op"), ["-- op: replace", "-  section: w", "+- section: w"]),
    (("nothing", "here"), []),
]


def difference(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(("path", "value", "lines"), SETS)
def test_setting_a_value_changes_its_lines_only(path: type_of_path, value: Yaml, lines: list[str]) -> None:
    assert difference(FILE, set_value(FILE, path, value)) == lines


@pytest.mark.parametrize(("path", "lines"), REMOVALS)
def test_removing_a_value_changes_its_lines_only(path: type_of_path, lines: list[str]) -> None:
    assert difference(FILE, remove_value(FILE, path)) == lines


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("", "ops:\n- {op: x}\n"),
        ("a: b", "a: b\nops:\n- {op: x}\n"),
        ("a: b\nops: []\n", "a: b\nops: [{op: x}]\n"),
        ("ops: [{op: y}]\na: b\n", "ops: [{op: y}, {op: x}]\na: b\n"),
        ("ops:\n- {op: y}\na: b\n", "ops:\n- {op: y}\n- {op: x}\na: b\n"),
        ("ops:\n  - {op: y}\n\na: b\n", "ops:\n  - {op: y}\n  - {op: x}\n\na: b\n"),
        ("ops:  # none yet\na: b\n", "ops:  # none yet\n- {op: x}\na: b\n"),
        ("a: b\r\nops:\r\n- {op: y}\r\n", "a: b\r\nops:\r\n- {op: y}\r\n- {op: x}\r\n"),
        ("{a: b}", "{a: b, ops: [{op: x}]}"),
    ],
)
def test_an_item_is_added_in_the_style_of_its_list(raw: str, expected: str) -> None:
    assert append_item(raw, "ops", {"op": "x"}) == expected


@pytest.mark.parametrize(
    ("raw", "path"),
    [
        ("a: &x b\nc: *x\n", ("a",)),
        ("a: [\n", ("a",)),
        ("a: b\na: c\n", ("a",)),
        ("a: b\n", ("a", "c")),
        ("a: [b]\n", ("a", "c")),
    ],
)
def test_what_can_not_be_changed_safely_is_refused(raw: str, path: type_of_path) -> None:
    with pytest.raises(ContentError) as refused:
        set_value(raw, path, "z")
    assert refused.value.safe == "Nothing was changed."


def test_fields_are_set_in_a_whole_file() -> None:
    text = "---\r\ntitle: A\r\n---\r\nBody: x\r\n"
    assert set_field(text, "summary", "B") == "---\r\ntitle: A\r\nsummary: B\r\n---\r\nBody: x\r\n"
    assert set_field("Body\n", "title", "A") == "---\ntitle: A\n---\nBody\n"
    assert set_field(set_field(text, "set.title.value", "B"), "set", None) == text


def test_fields_of_an_op_are_set_together() -> None:
    text = "---\nops:\n- {op: hide, section: a, why: b}\n---\n"
    changed = set_op_fields(text, 0, {"base": "sha256:1", "at": "abc1234", "why": None})
    assert changed == "---\nops:\n- {op: hide, section: a, base: sha256:1, at: abc1234}\n---\n"


def test_an_open_front_matter_is_not_touched() -> None:
    with pytest.raises(ContentError):
        set_field("---\ntitle: A\n", "title", "B")


_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_values = st.recursive(
    _texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_texts, inner, max_size=3),
    max_leaves=6,
)


@given(_values, st.booleans())
def test_what_is_written_is_read_back(value: Yaml, in_flow: bool) -> None:
    raw = f"k: [{emit(value, in_flow=True)}]\n" if in_flow else f"k: {emit(value)}\n"
    assert read_yaml(raw).value == {"k": [value] if in_flow else value}


@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=20))
def test_other_readers_see_the_same_text(text: str) -> None:
    seen = YAML(typ="safe").load(f"k: {emit(text)}\n")["k"]
    # Dates, true and false are written bare on purpose; their readers know how to write them back.
    assert seen == text or (not isinstance(seen, str) and str(seen).lower() == text)


_scalars = st.sampled_from(
    ["x", "'y'", '"z: w"', "|\n    two\n    lines", "[a, b]", "{c: d}", "", "x # note", ">-\n    f"]
)
_keys = ["title", "url", "locked", "ops"]


@st.composite
def _files(draw: st.DrawFn) -> str:
    lines = []
    for key in draw(st.permutations(_keys)):
        if draw(st.booleans()):
            lines.append(draw(st.sampled_from(["", "# note", "  # indented"])))
        nested = draw(st.booleans())
        lines.append(f"{key}:\n  inner: {draw(_scalars)}" if nested else f"{key}: {draw(_scalars)}")
    return "\n".join(lines) + draw(st.sampled_from(["\n", "\n\n", "\n# end\n"]))


@given(_files(), st.sampled_from([*_keys, "new"]), _texts)
def test_every_other_value_and_comment_survives_a_change(raw: str, key: str, value: str) -> None:
    before = read_yaml(raw)
    after = set_value(raw, (key,), value)
    assert read_yaml(after).value == {**before.value, key: value}
    kept = {line for line in raw.split("\n") if "note" in line or line == "# end"}
    lost = kept - set(after.split("\n"))
    assert all(line.startswith(f"{key}:") or "inner" in line for line in lost)
