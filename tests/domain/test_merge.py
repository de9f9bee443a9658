"""Three-way merge by words: nothing decided silently, nothing lost, no markers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.domain.comparing.merge import Choice, Merge, Piece, PieceKind, Written, merge
from soh_author.domain.comparing.words import joined, keys, sentences, split_words
from soh_author.domain.errors import UsageError

BASE = "Call us within 7 days. Bring your keys.\n\nIt costs £198.\n\n- one\n- two\n"

# Paragraphs, lists and facts out of few words, so that places meet.
phrase = st.sampled_from(["Call us.", "Pay £198", "Pay {{ fact.fee }} now.", "[Ask](page:a/b) us", "a", "b."])
paragraph = st.lists(phrase, min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from(
        [" ".join(parts), "\n".join(parts), "\n".join(f"- {part}" for part in parts)]
    )
)
markdown = st.lists(paragraph, max_size=4).map("\n\n".join)


def kinds(merged: Merge) -> list[str]:
    return [piece.kind.name for piece in merged.pieces if piece.kind is not PieceKind.SAME]


def told(piece: Piece, choice: Choice) -> str:
    """One side's words of a piece."""
    said = piece.mine if choice is Choice.MINE else piece.theirs
    return said + piece.ending if said else ""


def test_changes_in_different_sentences_are_merged() -> None:
    merged = merge(BASE, BASE.replace("keys", "keys and V5C"), BASE.replace("7", "14"))
    assert merged.is_clean
    assert merged.text() == BASE.replace("keys", "keys and V5C").replace("7", "14")


def test_a_sentence_both_sides_changed_is_merged_and_marked() -> None:
    merged = merge(BASE, BASE.replace("us", "Kent"), BASE.replace("7", "14"))
    assert kinds(merged) == ["CHECK"]
    assert merged.text() == BASE.replace("us", "Kent").replace("7", "14")
    piece = merged.pieces[merged.checks[0]]
    assert (piece.text, piece.mine) == ("Call Kent within 14 days.", "Call Kent within 7 days.")
    assert merged.text({merged.checks[0]: Choice.THEIRS}) == BASE.replace("7", "14")


def test_a_place_both_changed_differently_is_a_choice_of_whole_sentences() -> None:
    merged = merge(BASE, BASE.replace("198", "200"), BASE.replace("198", "210"))
    (number,) = merged.conflicts
    piece = merged.pieces[number]
    assert (piece.base, piece.mine, piece.theirs) == ("It costs £198.", "It costs £200.", "It costs £210.")
    assert merged.text({number: Choice.MINE}) == BASE.replace("198", "200")
    assert merged.text({number: Choice.THEIRS}) == BASE.replace("198", "210")
    assert merged.text({number: Choice.BOTH}) == BASE.replace(
        "It costs £198.", "It costs £200. It costs £210."
    )
    assert merged.text({number: Written("Free.")}) == BASE.replace("It costs £198.", "Free.")


def test_an_open_choice_makes_no_text() -> None:
    with pytest.raises(UsageError, match="has been decided"):
        merge("a", "b", "c").text()


def test_the_same_change_on_both_sides_is_made_once() -> None:
    both = BASE.replace("7", "14")
    merged = merge(BASE, both, both)
    assert (kinds(merged), merged.text()) == (["BOTH"], both)


def test_a_change_above_that_only_wraps_lines_otherwise_changes_nothing() -> None:
    merged = merge(BASE, BASE, BASE.replace("Call us within", "Call us\nwithin"))
    assert (kinds(merged), merged.text()) == ([], BASE)


def test_a_change_above_reaches_a_paragraph_that_is_wrapped_otherwise_here() -> None:
    mine = BASE.replace("Call us within 7", "Call us\nwithin 7").replace("two", "2")
    merged = merge(BASE, mine, BASE.replace("keys", "licence"))
    assert merged.is_clean
    assert merged.text() == mine.replace("keys", "licence")


def test_new_paragraphs_of_both_sides_at_different_places_are_kept() -> None:
    merged = merge(BASE, BASE + "\nMine last.\n", "Theirs first.\n\n" + BASE)
    assert merged.is_clean
    assert merged.text() == "Theirs first.\n\n" + BASE + "\nMine last.\n"


def test_new_paragraphs_of_both_sides_at_one_place_are_a_choice_and_both_is_two_paragraphs() -> None:
    merged = merge("One.\n", "One.\n\nMine.\n", "One.\n\nTheirs.\n")
    (number,) = merged.conflicts
    assert merged.text({number: Choice.BOTH}) == "One.\n\nMine.\n\nTheirs.\n"


def test_new_bullets_of_both_sides_at_one_place_stay_bullets() -> None:
    merged = merge(BASE, BASE.replace("- two", "- two\n- mine"), BASE.replace("- two", "- two\n- theirs"))
    (number,) = merged.conflicts
    assert merged.text({number: Choice.BOTH}) == BASE + "- mine\n- theirs\n"


def test_a_paragraph_deleted_above_that_was_reworded_here_is_a_choice() -> None:
    merged = merge(BASE, BASE.replace("198", "200"), BASE.replace("It costs £198.\n\n", ""))
    (number,) = merged.conflicts
    assert merged.pieces[number].theirs == ""
    assert merged.text({number: Choice.THEIRS}) == BASE.replace("It costs £198.\n\n", "")


def test_a_paragraph_deleted_above_that_nobody_touched_here_goes() -> None:
    mine = BASE.replace("keys", "papers")
    assert merge(BASE, mine, BASE.replace("It costs £198.\n\n", "")).text() == mine.replace(
        "It costs £198.\n\n", ""
    )


def test_a_fact_or_the_target_of_a_link_is_never_a_mixture() -> None:
    base = "Pay {{ fact.fee }} [here](https://a.example/b)."
    merged = merge(base, base.replace("fact.fee", "fact.my_fee"), base.replace("fact.fee", "fact.new_fee"))
    (number,) = merged.conflicts
    assert merged.pieces[number].theirs == "Pay {{ fact.new_fee }} [here](https://a.example/b)."


def test_without_the_text_both_came_from_every_difference_is_a_choice() -> None:
    merged = merge(None, BASE, BASE.replace("7", "14").replace("one", "1"))
    assert merged.is_two_way
    assert kinds(merged) == ["CONFLICT", "CONFLICT"]
    assert {piece.base for piece in merged.pieces if piece.kind is PieceKind.CONFLICT} == {None}
    assert merged.text(dict.fromkeys(merged.conflicts, Choice.MINE)) == BASE


def test_code_keeps_its_lines_and_blanks() -> None:
    base = "```\na  b\n\nc\n```\n\nText."
    merged = merge(base, base.replace("Text", "Words"), base.replace("a  b", "a b"))
    assert merged.text() == base.replace("Text", "Words").replace("a  b", "a b")


@given(base=markdown, mine=markdown)
def test_a_text_that_changed_on_one_side_only_is_that_side(base: str, mine: str) -> None:
    assert merge(base, mine, base).text() == mine
    assert merge(mine, mine, base).is_clean
    assert keys(split_words(merge(mine, mine, base).text().strip("\n"))) == keys(split_words(base))
    assert merge(base, mine, mine).text() == mine


@given(base=markdown | st.none(), mine=markdown, theirs=markdown)
def test_choosing_mine_or_theirs_everywhere_loses_nothing(base: str | None, mine: str, theirs: str) -> None:
    merged = merge(base, mine, theirs)
    for choice, text in ((Choice.MINE, mine), (Choice.THEIRS, theirs)):
        side = "".join(told(piece, choice) for piece in merged.pieces)
        assert keys(split_words(side.rstrip("\n"))) == keys(split_words(text))
    chosen = merged.text(dict.fromkeys(merged.conflicts, Choice.BOTH))
    for piece in merged.pieces:
        wanted = [piece.mine, piece.theirs] if piece.kind is PieceKind.CONFLICT else [piece.text]
        assert all(text.strip() in chosen for text in wanted)


@given(base=markdown, mine=markdown, theirs=markdown)
def test_it_does_not_matter_who_is_who(base: str, mine: str, theirs: str) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert len(one.conflicts) == len(other.conflicts)
    assert [one.pieces[n].mine.split() for n in one.conflicts] == [
        other.pieces[n].theirs.split() for n in other.conflicts
    ]


@given(text=st.text(alphabet="aB1. \n-|`:{}[]()£\\", max_size=60))
def test_splitting_into_words_loses_nothing(text: str) -> None:
    words = split_words(text)
    assert joined(words) == text
    spans = sentences(words)
    assert all(start < end for start, end in spans)
    assert not any(
        words[n].text.strip() for n in set(range(len(words))) - {n for s, e in spans for n in range(s, e)}
    )


def test_sentences_end_at_full_stops_and_lines_but_not_at_abbreviations() -> None:
    words = split_words("Bring papers, e.g. a licence. Pay £1.50 now!\n\n- One\n- Two.  “Three.” Four")
    said = [joined(words[start:end]) for start, end in sentences(words)]
    assert said == ["Bring papers, e.g. a licence.", "Pay £1.50 now!", "- One", "- Two.", "“Three.”", "Four"]


def test_a_bullet_made_above_of_a_paragraph_deleted_here_is_a_choice() -> None:
    assert merge("Call us.", "", "- Call us.").conflicts


def test_a_paragraph_rewritten_here_and_deleted_above_leaves_no_gap_whatever_is_chosen() -> None:
    base = "One.\n\nPay £198 at once.\n\nThree."
    merged = merge(base, base.replace("Pay £198 at once.", "Ring our desk."), "One.\n\nThree.")
    (number,) = merged.conflicts
    assert merged.text({number: Choice.THEIRS}) == "One.\n\nThree."
    assert merged.text({number: Choice.MINE}) == "One.\n\nRing our desk.\n\nThree."
    assert merged.text({number: Written("Own words.")}) == "One.\n\nOwn words.\n\nThree."
