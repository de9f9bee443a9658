"""Changing sections and ops; everything else keeps every byte."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from soh_author.domain.errors import ContentError, NotFoundError
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.pins import field_pin
from soh_author.markup.front_matter import split
from soh_author.markup.sections import read_sections, slice_body
from soh_author.markup.write import (
    add_missing_ids,
    add_op,
    change_op,
    new_override,
    new_page,
    remove_change,
    remove_op,
    replace_section,
    section_block,
    set_change,
)

PAGE = """\
---
title: Seized vehicles   # as on the notice
locked: {when: Agreed}
---

Lead text.

## When {#when}

First
text.

## How {#how}
Second.
"""

OVERRIDE = """\
---
overrides: advice/seized
ops:
- {op: replace, section: how, why: Local}
- {op: hide, section: when}
- {op: append, section: how, why: More}
---
## How {#how}
Ours.

## How {#how}
And more.
"""


def sid(text: str) -> SectionId:
    return SectionId(text)


@pytest.mark.parametrize(
    ("section", "old", "new"),
    [
        ("lead", "Lead text.", "Other."),
        ("when", "First\ntext.", "Other."),
        ("how", "Second.", "A\n\n### B\nC"),
    ],
)
def test_a_section_gets_another_text_and_the_rest_stays(section: str, old: str, new: str) -> None:
    assert replace_section(PAGE, sid(section), f"\n{new}\n\n") == PAGE.replace(old, new)


def test_a_heading_gets_other_words_and_keeps_its_id() -> None:
    assert replace_section(PAGE, sid("how"), "Second.", heading="How to") == PAGE.replace(
        "## How", "## How to"
    )


def test_line_ends_of_the_file_are_kept() -> None:
    windows = PAGE.replace("\n", "\r\n")
    assert replace_section(windows, sid("how"), "A\nB") == windows.replace("Second.", "A\r\nB")


def test_an_empty_section_gets_a_text_with_a_blank_line_below() -> None:
    assert replace_section("## A {#a}\n## B {#b}", sid("a"), "x") == "## A {#a}\nx\n\n## B {#b}"
    assert replace_section("## A {#a}\n## B {#b}", sid("b"), "x") == "## A {#a}\n## B {#b}\nx\n"


def test_a_text_may_be_emptied() -> None:
    assert replace_section(PAGE, sid("how"), "") == PAGE.replace("Second.\n", "\n")


@pytest.mark.parametrize("text", ["x\n\n## New {#new}\n", "```\nopen", "~~~\n"])
def test_a_text_that_would_move_other_sections_is_refused(text: str) -> None:
    with pytest.raises(ContentError):
        replace_section(PAGE, sid("when"), text)


def test_a_section_that_is_not_there_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        replace_section(PAGE, sid("nowhere"), "x")


def test_an_op_and_its_block_are_added_at_the_end() -> None:
    block = section_block("Trailers", sid("trailers"), "Bring them.\n")
    op = {"op": "insert-after", "after": "how", "section": "trailers", "why": "Local, for now"}
    changed = add_op(OVERRIDE, op, block)
    expected = OVERRIDE.replace(
        "why: More}\n",
        'why: More}\n- {op: insert-after, after: how, section: trailers, why: "Local, for now"}\n',
    )
    assert changed == expected + "\n## Trailers {#trailers}\nBring them.\n"


def test_an_op_without_text_leaves_the_body_alone() -> None:
    changed = add_op(OVERRIDE, {"op": "hide", "section": "online"}, None)
    assert split(changed).body == split(OVERRIDE).body


def test_a_block_behind_an_open_fence_is_refused() -> None:
    with pytest.raises(ContentError):
        add_op(OVERRIDE + "```\n", {"op": "append", "section": "when"}, "## When {#when}\nx\n")


def test_an_op_gets_other_fields_and_the_right_one_of_two_blocks_another_text() -> None:
    changed = change_op(OVERRIDE, 2, {"base": None, "why": "Newer"}, body="And much more.")
    assert changed == OVERRIDE.replace("why: More", "why: Newer").replace("And more.", "And much more.")


def test_an_op_is_given_back_with_its_block() -> None:
    first = remove_op(OVERRIDE, 0)
    assert first == OVERRIDE.replace("- {op: replace, section: how, why: Local}\n", "").replace(
        "## How {#how}\nOurs.\n\n", ""
    )
    last = remove_op(OVERRIDE, 2)
    assert last == OVERRIDE.replace("- {op: append, section: how, why: More}\n", "").replace(
        "\n## How {#how}\nAnd more.\n", ""
    )
    hidden = remove_op(OVERRIDE, 1)
    assert hidden == OVERRIDE.replace("- {op: hide, section: when}\n", "")


def test_nothing_is_left_when_the_last_change_is_given_back() -> None:
    text = new_override(PageId("advice/a"), [({"op": "hide", "section": "b"}, None)])
    assert remove_op(text, 0) is None
    changed = set_change("---\noverrides: a\n---\n", "title", "T", field_pin("U"))
    assert remove_change(changed, "title") is None


def test_an_unknown_op_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        remove_op(OVERRIDE, 3)


def test_a_field_is_set_changed_and_given_back() -> None:
    pin = field_pin("above")
    changed = set_change(OVERRIDE, "summary", "Ours", pin, {"why": "Local"})
    assert changed == OVERRIDE.replace(
        "why: More}\n", f"why: More}}\nset: {{summary: {{value: Ours, base: {pin}, why: Local}}}}\n"
    )
    again = set_change(changed, "summary", "Theirs", None)
    assert "set: {summary: {value: Theirs, why: Local}}\n" in again
    assert remove_change(changed, "summary") == OVERRIDE


def test_a_new_override_holds_its_ops_and_blocks() -> None:
    block = section_block("How", sid("how"), "Ours.")
    text = new_override(
        PageId("advice/a"),
        [({"op": "replace", "section": "how"}, block), ({"op": "append", "section": "b"}, "## B {#b}\nx")],
    )
    assert text == (
        "---\noverrides: advice/a\nops:\n- {op: replace, section: how}\n"
        "- {op: append, section: b}\n---\n## How {#how}\nOurs.\n\n## B {#b}\nx\n"
    )


def test_a_new_page_has_its_fields_in_their_order() -> None:
    text = new_page(
        {"title": "A: b", "type": "advice", "url": {"en": "/a/"}, "review_by": "2027-04-01"}, "Text\n"
    )
    assert text == '---\ntitle: "A: b"\ntype: advice\nurl: {en: /a/}\nreview_by: 2027-04-01\n---\nText\n'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("## One\ntext\n", "## One {#one}\ntext\n"),
        ("## One ##  \n", "## One {#one} ##  \n"),
        ("## Fee {{ fact.fee }}\n", "## Fee {{ fact.fee }} {#fee}\n"),
        ("One\n---\ntext\n", "One {#one}\n---\ntext\n"),
        ("## One {#Bad Id}\n", "## One {#bad-id}\n"),
        ("## One {#a}\n## Two {#a}\n", "## One {#a}\n## Two {#two}\n"),
        ("##\n", "## {#section}\n"),
        ("```\n## no\n```\n", "```\n## no\n```\n"),
        ("## One {#one}\r\n## Two\r\n", "## One {#one}\r\n## Two {#two}\r\n"),
    ],
)
def test_ids_are_mended_and_nothing_else_changes(before: str, after: str) -> None:
    assert add_missing_ids(before) == after
    assert add_missing_ids(after) == after


def test_blocks_of_an_override_may_share_an_id() -> None:
    assert add_missing_ids(OVERRIDE) == OVERRIDE


def test_welsh_ids_are_not_made_from_welsh_words() -> None:
    assert add_missing_ids("## Pryd\n", language=Language.CY) == "## Pryd\n"


_lines = st.sampled_from(
    [
        "text",
        "## A {#a}",
        "## B",
        "## A {#a} ##",
        "C\n---",
        "```",
        "- i",
        "> q",
        "::: note",
        ":::",
        "",
        "### s",
        "    c",
        "\u2028",
    ]
)
_bodies = st.lists(_lines, max_size=12).map("\n".join)


@given(_bodies)
def test_mended_pages_have_no_fault_left_with_ids_and_the_same_texts(body: str) -> None:
    mended = add_missing_ids(body)
    assert not [f for f in read_sections(mended).diagnostics if f.code.endswith("section-id")]
    assert [piece.body for piece in slice_body(mended)] == [piece.body for piece in slice_body(body)]


@given(_bodies, st.data(), _bodies)
def test_replacing_a_section_changes_no_other_or_is_refused(body: str, data: st.DataObject, new: str) -> None:
    text = add_missing_ids(body)
    before = read_sections(text).texts
    number = data.draw(st.integers(0, len(before) - 1))
    assume(number > 0 or before[0].id == "lead")
    try:
        changed = replace_section(text, before[number].id, new)
    except ContentError:
        return
    after = read_sections(changed).texts
    others = [(t.id, t.canonical) for n, t in enumerate(before) if n != number]
    assert [(t.id, t.canonical) for n, t in enumerate(after) if n != number] == others
    assert after[number].body.strip("\n") == new.strip("\n") or not new.strip()
