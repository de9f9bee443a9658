"""Which pages fit what was typed."""

import pytest

from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED
from soh_author.workflow.searching import PageIndex
from soh_author.workflow.snapshot import PageInfo


def page(name: str, title: str, url: str = "", *others: str) -> PageInfo:
    """A page in a list."""
    return PageInfo(PageId(name), title, "advice", url, (SHARED,), (Language.EN,), others)


PAGES = [
    page("advice/seized-vehicles", "Seized vehicles", "/advice/vr/seized/", "Cerbydau wedi'u hatafaelu"),
    page("advice/impounded", "Impounded vehicles", "/advice/vr/impounded/"),
    page("report/vehicle-crime", "Report vehicle crime", "/ro/report/vc/"),
    page("about/wylfa", "Tŷ'r Wylfa", "/about/"),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("seized", ["Seized vehicles"]),
        ("SEIZED", ["Seized vehicles"]),
        ("vehicles seized", ["Seized vehicles"]),
        ("report/vehicle", ["Report vehicle crime"]),
        ("/ro/report", ["Report vehicle crime"]),
        ("cerbydau", ["Seized vehicles"]),
        ("ty", ["Tŷ'r Wylfa"]),
        ("tŷ", ["Tŷ'r Wylfa"]),
        ("nothing like it", []),
    ],
)
def test_title_name_address_and_welsh_title_are_looked_through(typed: str, found: list[str]) -> None:
    assert [page.title for page in PageIndex(PAGES).find(typed)] == found


def test_a_title_that_begins_so_comes_before_one_that_only_holds_it() -> None:
    pages = [*PAGES, page("advice/v", "Vehicles in general")]
    titles = [page.title for page in PageIndex(pages).find("vehicle")]
    assert titles == ["Vehicles in general", "Impounded vehicles", "Report vehicle crime", "Seized vehicles"]


def test_nothing_typed_fits_everything() -> None:
    assert PageIndex(PAGES).find("  ") == PAGES
    assert PageIndex(PAGES).find("", 2) == PAGES[:2]


def test_a_slip_of_the_pen_finds_the_word_that_was_meant() -> None:
    assert [page.title for page in PageIndex(PAGES).find("vehcile crime")] == ["Report vehicle crime"]
    assert [page.title for page in PageIndex(PAGES).find("siezed")] == ["Seized vehicles"]
