"""Two versions of a page side by side."""

from dataclasses import replace

from hypothesis import given

from soh_author.domain.comparing.compare import FieldDifference, RunKind, align, compare_pages, compare_texts
from soh_author.domain.ids import SectionId
from soh_author.domain.page import Page
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import from_page
from tests.domain.strategies import pages
from tests.support.pages import page, text

LONG = "Bring your licence, your insurance certificate and the notice that you were given."
LEFT = page({"lead": "Read this.", "a": "Aaa.", "b": "Bbb.", "papers": LONG, "c": "Ccc."})


def rows(left: Page, right: Page, aliases: dict[SectionId, SectionId] | None = None) -> list[str]:
    """``left>right`` by id, with * for moved and = for equal ones."""
    aligned = align(from_page(left).sections, from_page(right).sections, aliases)
    return [
        f"{row.left.id if row.left else ''}>{row.right.id if row.right else ''}"
        + ("*" if row.is_moved else "")
        + ("=" if row.is_equal else "")
        for row in aligned
    ]


def test_equal_pages_are_equal_row_by_row() -> None:
    assert rows(LEFT, LEFT) == ["lead>lead=", "a>a=", "b>b=", "papers>papers=", "c>c="]
    assert compare_pages(from_page(LEFT), from_page(LEFT)).is_equal


def test_added_and_removed_sections_stand_where_they_stood() -> None:
    right = page({"lead": "Read this.", "new": "New.", "b": "Bbb.", "c": "Changed."})
    assert rows(LEFT, right) == ["lead>lead=", "a>", ">new", "b>b=", "papers>", "c>c"]


def test_the_fewest_possible_sections_count_as_moved() -> None:
    right = page({"lead": "Read this.", "c": "Ccc.", "a": "Aaa.", "b": "Bbb.", "papers": LONG})
    assert rows(LEFT, right) == ["lead>lead=", "c>c*=", "a>a=", "b>b=", "papers>papers="]


def test_a_renamed_section_is_found_by_its_alias_or_by_its_words() -> None:
    by_words = page(
        {"lead": "Read this.", "a": "Aaa.", "b": "Bbb.", "bring": text("bring", LONG, "What to bring")}
    )
    assert rows(LEFT, by_words) == ["lead>lead=", "a>a=", "b>b=", "papers>bring", "c>"]
    by_alias = page({"lead": "Read this.", "other": "Quite different."})
    aliases = {SectionId("a"): SectionId("other")}
    assert rows(LEFT, by_alias, aliases) == ["lead>lead=", "a>other", "b>", "papers>", "c>"]
    renamed = align(from_page(LEFT).sections, from_page(by_alias).sections, aliases)[1]
    assert renamed.left is not None
    assert renamed.right is not None
    assert (renamed.left.id, renamed.right.id) == ("a", "other")


@given(left=pages(), right=pages())
def test_every_section_stands_in_exactly_one_row(left: Page, right: Page) -> None:
    aligned = align(from_page(left).sections, from_page(right).sections)
    assert [row.right.id for row in aligned if row.right] == [each.id for each in from_page(right).sections]
    lefts = [row.left.id for row in aligned if row.left]
    assert sorted(lefts) == sorted(each.id for each in from_page(left).sections)


def test_fields_that_differ_are_told() -> None:
    right: EffectivePage = from_page(
        replace(LEFT, fields={"title": "Other", "summary": "What to do.", "form": "F"})
    )
    assert compare_pages(from_page(LEFT), right).fields == (
        FieldDifference("title", "Seized vehicles", "Other"),
        FieldDifference("url", "/advice/seized-vehicles/", None),
        FieldDifference("form", None, "F"),
    )


def test_words_that_differ_are_told_and_line_breaks_are_not() -> None:
    runs = compare_texts("Call us within\n7 days.\n\nGone.", "Call us\nwithin 14 days.\n\nCome.")
    assert [(run.kind, run.text) for run in runs] == [
        (RunKind.EQUAL, "Call us\nwithin "),
        (RunKind.REMOVED, "7"),
        (RunKind.ADDED, "14"),
        (RunKind.EQUAL, " days.\n\n"),
        (RunKind.REMOVED, "Gone"),
        (RunKind.ADDED, "Come"),
        (RunKind.EQUAL, "."),
    ]
    assert [run.kind for run in compare_texts("Same\ntext.", "Same text.")] == [RunKind.EQUAL]
    assert compare_texts("", "") == ()


def test_a_paragraph_is_never_matched_with_the_words_of_another() -> None:
    old = "Call the police station first.\n\nThen write to the recovery garage about it."
    new = "Pay at once.\n\nThen write to the police station about it."
    removed = [run.text for run in compare_texts(old, new) if run.kind is RunKind.REMOVED]
    assert removed == ["Call the police station first", "recovery garage"]


def test_a_new_paragraph_before_a_reworded_one_is_wholly_new() -> None:
    old = "Bring your licence to the garage."
    new = "Your licence to drive.\n\nBring your licence and papers to the garage."
    added = [run.text for run in compare_texts(old, new) if run.kind is RunKind.ADDED]
    assert added == ["Your licence to drive.\n\n", "and papers "]
