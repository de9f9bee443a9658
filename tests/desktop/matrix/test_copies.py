"""Local pages that nearly repeat a shared section are listed, and open at that section."""

from soh_author.desktop.location import Location, RoomId
from soh_author.desktop.widgets.chooser import Chooser
from soh_author.domain.ids import PageId
from soh_author.workflow.drafting import new_draft, save_private
from tests.desktop.conftest import Desk

WORDS = (
    "If your vehicle was taken by us you have seven days to collect it. Bring the notice, your licence and a"
    " proof of insurance to the yard named on the notice. We can't release it without all three of them."
)
LOCAL = """---
title: Summer roads
type: campaign
kind: local
url: /summer-roads/
summary: Drive safely.
owner: kent-web
review_by: 2027-04-01
---
## Get it back {{#back}}
{words}
"""


def test_a_copy_in_a_campaign_is_listed_and_opened(desk: Desk) -> None:
    new_draft(desk.workspace, "roads").run()
    shared = "shared/pages/advice/seized-vehicles.en.md"
    text = desk.workspace.snapshot("roads").text(shared) or ""
    save_private(desk.workspace, "roads", shared, f"{text}\n## Collect it {{#collect}}\n{WORDS}\n").run()
    local = LOCAL.format(words=WORDS.replace("seven", "ten"))
    save_private(desk.workspace, "roads", "forces/kent/pages/campaigns/summer-roads.en.md", local).run()
    desk.session.go(Location(room=RoomId.MATRIX, draft="roads"))
    desk.settle()
    desk.do("matrix.copies")
    chooser = desk.dialog()
    assert isinstance(chooser, Chooser)
    (line,) = chooser.model.choices
    assert "campaigns/summer-roads: Get it back" in line.title
    assert line.detail.startswith("repeats “Collect it” of advice/seized-vehicles")
    assert line.aside.endswith("% alike")
    chooser.list.clicked.emit(chooser.model.index(0))
    desk.settle()
    assert desk.session.location.page == PageId("campaigns/summer-roads")
    assert desk.session.location.section == "back"


def test_where_nothing_is_copied_that_is_said(desk: Desk) -> None:
    desk.session.go(Location(room=RoomId.MATRIX))
    desk.settle()
    desk.do("matrix.copies")
    assert desk.window.status.currentMessage() == "No local text repeats shared ones."
