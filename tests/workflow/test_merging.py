"""Two people's changes of one file come together, or are asked about; no marker ever reaches a file."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.errors import ContentError, UsageError
from soh_author.markup.front_matter import split
from soh_author.markup.sections import slice_body
from soh_author.reading.files import read_file
from soh_author.settings.data_files import resources_dir
from soh_author.workflow.together.merging import Answer, MergedFile, merge_file

PATH = "shared/pages/advice/seized-vehicles.en.md"
OWN = "forces/kent/pages/advice/seized-vehicles.en.md"
BASE = """---
title: Seized vehicles
type: advice
url: /advice/seized/
summary: What to do.
owner: national-content
review_by: 2027-04-01
---
If we have seized your vehicle, read on.

## Why {#why}
You were not insured.

## How to reclaim it {#reclaim}
Call us within 7 days.
"""
OVERRIDE = """---
overrides: advice/seized-vehicles
set: {summary: {value: Ours, why: Local}}
ops:
- {op: replace, section: why, base: sha256:1111, why: Named here, owner: kent-web, review_by: 2027-03-01}
- {op: append, section: reclaim, why: Local desk, owner: kent-web, review_by: 2027-03-01}
---
## Why {#why}
Because.

## How to reclaim it {#reclaim}
Or at the desk.
"""
FACTS = """# Fees
fee:
  type: money
  values: [{value: "1.00"}]
days:
  type: days
  values: [{value: "7"}]
"""


def _merge(
    base: str | None,
    mine: str | None,
    theirs: str | None,
    answers: dict[str, Answer] | None = None,
    path: str = PATH,
) -> MergedFile:
    coded = [None if side is None else side.encode() for side in (base, mine, theirs)]
    return merge_file(path, coded[0], coded[1], coded[2], answers)


def _text(merged: MergedFile) -> str:
    assert merged.conflicts == ()
    assert merged.data is not None
    return merged.data.decode()


def _swap(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def test_different_sections_come_together_without_a_question() -> None:
    mine = _swap(BASE, ("not insured", "not taxed"))
    theirs = _swap(BASE, ("7 days", "14 days"))
    assert _text(_merge(BASE, mine, theirs)) == _swap(mine, ("7 days", "14 days"))


def test_different_fields_and_sections_come_together_line_by_line() -> None:
    mine = _swap(BASE, ("summary: What to do.", "summary: What to do now."))
    theirs = _swap(BASE, ("2027-04-01", "2028-01-01"), ("read on", "read this"))
    both = _swap(mine, ("2027-04-01", "2028-01-01"), ("read on", "read this"))
    assert _text(_merge(BASE, mine, theirs)) == both


def test_the_same_section_becomes_a_card_with_all_that_was_written() -> None:
    mine = _swap(BASE, ("7 days", "10 days"))
    theirs = _swap(BASE, ("7 days", "14 days"))
    (card,) = _merge(BASE, mine, theirs).conflicts
    assert card.title == "The section “How to reclaim it”"
    assert (card.base, card.mine, card.theirs) == (
        "Call us within 7 days.",
        "Call us within 10 days.",
        "Call us within 14 days.",
    )
    assert card.both is not None
    assert "10" in card.both
    assert "14" in card.both


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Choice.MINE, "Call us within 10 days."),
        (Choice.THEIRS, "Call us within 14 days."),
        (Written("Call us soon."), "Call us soon."),
    ],
)
def test_an_answer_is_what_stands_in_the_file(answer: Answer, said: str) -> None:
    mine = _swap(BASE, ("7 days", "10 days"), ("not insured", "not taxed"))
    theirs = _swap(BASE, ("7 days", "14 days"))
    (card,) = _merge(BASE, mine, theirs).conflicts
    text = _text(_merge(BASE, mine, theirs, {card.key: answer}))
    assert text == _swap(BASE, ("not insured", "not taxed"), ("Call us within 7 days.", said))


def test_sections_added_by_both_stay_both_with_mine_first() -> None:
    mine = f"{BASE}\n## Mine {{#mine}}\nMine.\n"
    theirs = f"{BASE}\n## Theirs {{#theirs}}\nTheirs.\n"
    assert _text(_merge(BASE, mine, theirs)) == f"{mine}\n## Theirs {{#theirs}}\nTheirs.\n"


def test_a_section_moved_here_and_reworded_there_is_both() -> None:
    why = "## Why {#why}\nYou were not insured.\n\n"
    mine = BASE.replace(why, "") + "\n" + why.rstrip("\n") + "\n"
    theirs = _swap(BASE, ("not insured", "not taxed"))
    assert _text(_merge(BASE, mine, theirs)) == _swap(mine, ("not insured", "not taxed"))


def test_a_section_taken_out_here_and_changed_there_is_asked_about() -> None:
    mine = _swap(BASE, ("## Why {#why}\nYou were not insured.\n\n", ""))
    theirs = _swap(BASE, ("not insured", "not taxed"))
    (card,) = _merge(BASE, mine, theirs).conflicts
    assert (card.mine, card.theirs) == (None, "You were not taxed.")
    assert _text(_merge(BASE, mine, theirs, {card.key: Choice.MINE})) == mine
    assert _text(_merge(BASE, mine, theirs, {card.key: Choice.THEIRS})) == theirs


def test_a_section_renamed_there_keeps_the_words_written_here() -> None:
    mine = _swap(BASE, ("not insured", "not taxed"))
    theirs = _swap(
        BASE,
        ("## Why {#why}", "## The reasons {#reasons}"),
        ("---\nIf", "section_aliases: {why: reasons}\n---\nIf"),
    )
    assert _text(_merge(BASE, mine, theirs)) == _swap(theirs, ("not insured", "not taxed"))


def test_a_file_deleted_here_and_changed_there_is_asked_about() -> None:
    theirs = _swap(BASE, ("7 days", "14 days"))
    (card,) = _merge(BASE, None, theirs).conflicts
    assert (card.mine, card.theirs) == (None, theirs)
    assert _merge(BASE, None, theirs, {card.key: Choice.MINE}) == MergedFile(None)
    assert _text(_merge(BASE, None, theirs, {card.key: Choice.THEIRS})) == theirs


def test_a_picture_both_changed_is_one_card_without_words() -> None:
    merged = merge_file("shared/media/a.png", b"\x89a\xff", b"\x89b\xff", b"\x89c\xff")
    (card,) = merged.conflicts
    assert not card.may_write
    assert (
        merge_file("shared/media/a.png", b"\xff", b"\xff1", b"\xff2", {card.key: Choice.THEIRS}).data
        == b"\xff2"
    )


def test_the_same_field_is_a_card_and_own_words_are_written_as_a_field() -> None:
    mine = _swap(BASE, ("summary: What to do.", "summary: One"))
    theirs = _swap(BASE, ("summary: What to do.", "summary: Two"))
    (card,) = _merge(BASE, mine, theirs).conflicts
    assert (card.mine, card.theirs, card.both) == ("One", "Two", None)
    text = _text(_merge(BASE, mine, theirs, {card.key: Written("Three: and more")}))
    assert read_file(PATH, text.encode()).value is not None
    assert 'summary: "Three: and more"\n' in text


def test_ops_are_merged_one_by_one() -> None:
    mine = _swap(OVERRIDE, ("Because.", "Because we say so."), ("why: Named here", "why: Named twice"))
    theirs = _swap(
        OVERRIDE,
        ("Or at the desk.", "Or at our desk."),
        ("owner: kent-web, review_by: 2027-03-01}\n---", "owner: kent-desk, review_by: 2027-03-01}\n---"),
    )
    both = _swap(
        mine,
        ("Or at the desk.", "Or at our desk."),
        ("owner: kent-web, review_by: 2027-03-01}\n---", "owner: kent-desk, review_by: 2027-03-01}\n---"),
    )
    assert _text(_merge(OVERRIDE, mine, theirs, path=OWN)) == both


def test_fields_of_one_op_changed_by_each_come_together() -> None:
    mine = _swap(OVERRIDE, ("why: Named here", "why: Named twice"))
    theirs = _swap(OVERRIDE, ("sha256:1111", "sha256:2222"))
    assert _text(_merge(OVERRIDE, mine, theirs, path=OWN)) == _swap(mine, ("sha256:1111", "sha256:2222"))


def test_of_two_new_pins_the_older_stays_so_that_somebody_looks_again() -> None:
    mine = _swap(OVERRIDE, ("sha256:1111", "sha256:2222"))
    theirs = _swap(OVERRIDE, ("sha256:1111", "sha256:3333"))
    assert _text(_merge(OVERRIDE, mine, theirs, path=OWN)) == OVERRIDE


def test_a_section_hidden_here_and_replaced_there_is_one_card() -> None:
    bare = "---\noverrides: advice/seized-vehicles\nops:\n- {op: hide, section: reclaim, why: A}\n---\n"
    mine = bare.replace("---\n", "- {op: hide, section: why, why: B}\n---\n", 2).replace(
        "- {op: hide, section: why, why: B}\n---\n", "---\n", 1
    )
    theirs = bare.removesuffix("---\n") + "- {op: replace, section: why, why: C}\n---\n## Why {#why}\nOurs.\n"
    (card,) = _merge(bare, mine, theirs, path=OWN).conflicts
    assert card.title == "The section “Why”"
    assert _text(_merge(bare, mine, theirs, {card.key: Choice.THEIRS}, path=OWN)) == theirs
    assert _text(_merge(bare, mine, theirs, {card.key: Choice.MINE}, path=OWN)) == mine


def test_an_op_given_back_here_and_reworded_there_is_decided_with_its_text() -> None:
    mine = OVERRIDE.replace(
        OVERRIDE[OVERRIDE.index("- {op: append") : OVERRIDE.index("---\n## Why")], ""
    ).replace("\n## How to reclaim it {#reclaim}\nOr at the desk.\n", "")
    theirs = _swap(OVERRIDE, ("Or at the desk.", "Or at our desk."))
    (card,) = _merge(OVERRIDE, mine, theirs, path=OWN).conflicts
    assert (card.mine, card.theirs) == (None, "Or at our desk.")
    assert _text(_merge(OVERRIDE, mine, theirs, {card.key: Choice.MINE}, path=OWN)) == mine
    assert _text(_merge(OVERRIDE, mine, theirs, {card.key: Choice.THEIRS}, path=OWN)) == theirs


def test_different_facts_come_together_and_the_same_is_a_card() -> None:
    mine = _swap(FACTS, ('"1.00"', '"2.00"'))
    theirs = _swap(FACTS, ('"7"', '"14"'))
    path = "shared/facts.yml"
    assert _text(_merge(FACTS, mine, theirs, path=path)) == _swap(mine, ('"7"', '"14"'))
    (card,) = _merge(FACTS, mine, _swap(FACTS, ('"1.00"', '"3.00"')), path=path).conflicts
    assert card.title == "The field “fee”"


def test_remarks_in_the_fields_are_not_lost() -> None:
    mine = _swap(FACTS, ('"1.00"', '"2.00"'), ("days:\n", "# Agreed in May\ndays:\n"))
    theirs = _swap(FACTS, ("# Fees", "# All fees"), ('"7"', '"14"'), ("days:\n", "# See the order\ndays:\n"))
    text = _text(_merge(FACTS, mine, theirs, path="shared/facts.yml"))
    both = _swap(mine, ("# Fees", "# All fees"), ('"7"', '"14"'), ("in May\n", "in May\n# See the order\n"))
    assert text == both


def _sample_pages() -> list[Path]:
    return sorted(resources_dir().joinpath("sample_content").rglob("pages/**/*.md"))


def test_in_every_page_of_the_sample_other_sections_come_together() -> None:
    merged = 0
    for file in _sample_pages():
        path = file.relative_to(resources_dir() / "sample_content").as_posix()
        base = file.read_text(encoding="utf-8")
        pieces = [piece for piece in slice_body(split(base).body) if piece.body.strip()]
        if len(pieces) < 2:
            continue
        at = split(base).body_start + pieces[0].start + len(pieces[0].source)
        mine = f"{base[:at]}Mine.\n\n{base[at:]}"
        theirs = base.rstrip("\n") + " Theirs.\n"
        both = mine.rstrip("\n") + " Theirs.\n"
        assert _text(_merge(base, mine, theirs, path=path)) == both, path
        merged += 1
    assert merged > 100


def test_line_ends_of_my_file_stay() -> None:
    mine = _swap(BASE, ("not insured", "not taxed")).replace("\n", "\r\n")
    theirs = _swap(BASE, ("7 days", "14 days"))
    assert _text(_merge(BASE, mine, theirs)) == _swap(mine, ("7 days", "14 days"))


def test_an_open_fence_never_swallows_what_the_other_side_added() -> None:
    mine = BASE + "\n```\nopen\n"
    theirs = f"{BASE}\n## New {{#new}}\nNew.\n"
    (card,) = _merge(BASE, mine, theirs).conflicts
    assert (card.key, card.mine, card.theirs) == ("file", mine, theirs)


@pytest.mark.parametrize("words", ["## Another {#why}\nx", "```\nnever closed"])
def test_own_words_that_change_other_sections_are_refused(words: str) -> None:
    mine, theirs = _swap(BASE, ("not insured", "one")), _swap(BASE, ("not insured", "two"))
    (card,) = _merge(BASE, mine, theirs).conflicts
    with pytest.raises(ContentError):
        _merge(BASE, mine, theirs, {card.key: Written(words)})


def test_lines_of_a_merge_program_are_refused_as_own_words() -> None:
    mine, theirs = _swap(BASE, ("not insured", "one")), _swap(BASE, ("not insured", "two"))
    (card,) = _merge(BASE, mine, theirs).conflicts
    with pytest.raises(UsageError):
        _merge(BASE, mine, theirs, {card.key: Written("<<<<<<< mine\nx\n>>>>>>> theirs")})


# -- for any texts -------------------------------------------------------------------------------------------

_WORDS = st.sampled_from(["Call us.", "Come in.\n\nOr write.", "- one\n- two", "{{ fact.fee }} é", ""])
_SECTIONS = st.lists(
    st.tuples(st.sampled_from(["why", "reclaim", "bring", "after"]), _WORDS), unique_by=lambda pair: pair[0]
)


@st.composite
def _pages(draw: st.DrawFn) -> str:
    title, lead = draw(st.sampled_from(["A", "B", "C"])), draw(_WORDS)
    note = draw(st.sampled_from(["", "beta: true\n", "quick_exit: false\n"]))
    blocks = [f"## {name.title()} {{#{name}}}\n{words}\n" for name, words in draw(_SECTIONS)]
    end = draw(st.sampled_from(["", "\n"]))
    return f"---\ntitle: {title}\n{note}owner: x\n---\n" + "\n".join([f"{lead}\n", *blocks]) + end


@given(_pages(), _pages())
def test_an_unchanged_side_gives_the_other_byte_for_byte(base: str, side: str) -> None:
    assert _merge(base, base, side) == MergedFile(side.encode())
    assert _merge(base, side, base) == MergedFile(side.encode())
    assert _merge(base, side, side) == MergedFile(side.encode())


@given(_pages(), _pages(), _pages())
def test_both_ways_round_ask_the_same_and_say_the_same(base: str, mine: str, theirs: str) -> None:
    one, other = _merge(base, mine, theirs), _merge(base, theirs, mine)
    assert {(card.key, card.mine, card.theirs) for card in one.conflicts} == {
        (card.key, card.theirs, card.mine) for card in other.conflicts
    }
    if not one.conflicts and one.data is not None and other.data is not None:
        assert sorted(one.data.split()) == sorted(other.data.split())


@given(_pages(), _pages(), _pages(), st.sampled_from([Choice.MINE, Choice.THEIRS, Written("Own words.")]))
def test_the_result_always_reads_and_never_holds_a_marker(
    base: str, mine: str, theirs: str, choice: Answer
) -> None:
    answers: dict[str, Answer] = {}
    merged = _merge(base, mine, theirs)
    while merged.conflicts:
        answers |= {card.key: choice for card in merged.conflicts}
        answers |= {
            card.key: Choice.MINE
            for card in merged.conflicts
            if isinstance(choice, Written) and not card.may_write
        }
        merged = _merge(base, mine, theirs, answers)
    text = _text(merged)
    file = split(text)
    assert file.has_front_matter
    assert not file.is_unclosed
    assert not any(
        found.code in {"bad-yaml", "doubled-section-id"}
        for found in read_file(PATH, text.encode()).diagnostics
    )
    assert not re.search(r"^(<{7}|={7}|>{7})", text, re.MULTILINE)
