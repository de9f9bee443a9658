"""The tree of pages."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from soh_author.desktop.pages.tree_model import Badges, PageTree
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.snapshot import PageInfo

SEIZED, HATE = PageId("advice/cars/seized"), PageId("report/hate-crime")
TOP = PageId("home")
LAYERS = (SHARED, Layer.of_group("wales"), Layer.of_force("gwent"), Layer.of_force("kent"))
INFOS = {
    SEIZED: PageInfo(SEIZED, "Seized vehicles", "advice", "/seized/", LAYERS, (Language.EN,)),
    HATE: PageInfo(HATE, "Hate crime", "report", "/hate/", (SHARED,), (Language.EN,)),
    TOP: PageInfo(TOP, "Home", "about", "/", (SHARED,), (Language.EN,)),
}


@pytest.fixture
def tree(qapp: object) -> PageTree:
    """The tree, watched by Qt for what a model must never do."""
    del qapp
    made = PageTree()
    QAbstractItemModelTester(made, QAbstractItemModelTester.FailureReportingMode.Fatal, made)
    made.show_pages(INFOS, INFOS)
    return made


def names(tree: PageTree, above: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """All rows, indented by their depth."""
    above = above or QModelIndex()
    found = []
    for row in range(tree.rowCount(above)):
        index = tree.index(row, 0, above)
        found.append("  " * depth + str(tree.data(index)))
        found += names(tree, index, depth + 1)
    return found


def test_pages_stand_below_their_folders_and_folders_come_first(tree: PageTree) -> None:
    assert names(tree) == ["Advice", "  Cars", "    Seized vehicles", "Report", "  Hate crime", "Home"]


def test_a_page_can_be_found_and_tells_its_way_up(tree: PageTree) -> None:
    index = tree.index_of(SEIZED)
    assert tree.page_at(index) == SEIZED
    assert tree.data(index.parent()) == "Cars"
    assert tree.page_at(index.parent()) is None
    assert not tree.index_of(PageId("not/here")).isValid()


def test_badges_count_groups_forces_and_problems(tree: PageTree) -> None:
    tree.show_problems({SEIZED: 3})
    tree.show_unsaved(frozenset({SEIZED}))
    assert tree.badges(SEIZED) == Badges(groups=1, forces=2, problems=3, is_unsaved=True)
    assert tree.badges(HATE) == Badges()


def test_a_screen_reader_hears_what_the_badges_show(tree: PageTree) -> None:
    tree.show_unsaved(frozenset({SEIZED}))
    said = tree.data(tree.index_of(SEIZED), Qt.ItemDataRole.AccessibleTextRole)
    assert said == (
        "Seized vehicles, 1 group with words of its own, 2 forces with words of its own, not saved"
    )
    advice = tree.index_of(SEIZED).parent().parent()
    assert tree.data(advice, Qt.ItemDataRole.AccessibleTextRole) == "Advice, 1 page"


def test_a_page_that_is_a_folder_too_is_both(tree: PageTree) -> None:
    request = PageId("report")
    tree.show_pages([*INFOS, request], INFOS)
    assert tree.page_at(tree.index_of(request)) == request
    assert tree.rowCount(tree.index_of(request)) == 1


def test_thousands_of_pages_are_all_there(tree: PageTree) -> None:
    pages = [PageId(f"area-{number % 40}/part-{number % 7}/page-{number}") for number in range(5000)]
    tree.show_pages(pages, {})
    assert sum(1 for line in names(tree) if line.strip().startswith("Page ")) == 5000


def test_an_empty_list_is_no_error(tree: PageTree) -> None:
    tree.show_pages([], {})
    tree.learned({})
    assert names(tree) == []
