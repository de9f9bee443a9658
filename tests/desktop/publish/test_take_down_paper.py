"""What taking a page down affects, as it is read."""

from soh_author.desktop.publish.take_down_paper import affected_paper
from soh_author.desktop.theme.colours import LIGHT
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.approval import OutputMove
from soh_author.workflow.names import Names
from soh_author.workflow.release.publishing_take_down import Affected
from soh_author.workflow.release.take_down_wish import How, TakeDown

PAGES = (PageId("advice/fees"), PageId("advice/seized-vehicles"))


def test_a_force_is_named_once_with_its_languages_however_many_pages_it_concerns() -> None:
    readers = (("kent", "en"), ("gwent", "en"), ("gwent", "cy"), ("essex", "en"))
    moves = tuple(
        OutputMove(page, ForceId(force), Language(language), "old", "")
        for page in PAGES
        for force, language in readers
    )
    told = affected_paper(Affected(moves, ()), TakeDown(PAGES[0], How.GONE), Names(), LIGHT)
    assert "<p><b>In English:</b> essex, kent</p><p><b>In English and Welsh:</b> gwent</p>" in told
