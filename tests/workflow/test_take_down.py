"""Taking pages down, on real workspaces of three people with keys."""

import pytest

from soh_author.domain.errors import UsageError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.release import ReleaseKind
from soh_author.workflow.outputs import Audience
from soh_author.workflow.release.publishing import Published
from soh_author.workflow.release.publishing_emergency import publish_in_emergency
from soh_author.workflow.release.publishing_take_down import How, TakeDown, inbound_links, prepare_take_down
from soh_author.workflow.release.reviewing import review
from tests.support.content import TODAY
from tests.support.people import Desk, Office

PAGE = PageId("advice/fees")
VEHICLES = PageId("advice/seized-vehicles")
REASON = "Ordered by the commissioner, case 12"


def at_once(desk: Desk, what: TakeDown) -> Published:
    """Prepare and publish by the emergency route."""
    made = prepare_take_down(desk.workspace, what).run().value
    names = [made.draft.name]
    task = publish_in_emergency(desk.workspace, names, desk.signer, REASON, ReleaseKind.TAKE_DOWN)
    return task.run().value


def read(desk: Desk, page: PageId, force: str, language: Language = Language.EN) -> str:
    """What a public reads now."""
    audience = Audience(desk.workspace.snapshot(), ForceId(force), language, TODAY)
    return audience.render(page, desk.workspace.renderer)[1].html


def test_a_banner_stands_on_the_page_for_all_at_once(people: Office) -> None:
    done = at_once(people.alex, TakeDown(VEHICLES, How.BANNER, "Do not call.", "Peidiwch â ffonio."))
    assert done.is_sent
    assert done.release.kind is ReleaseKind.TAKE_DOWN
    assert done.release.reason == REASON
    for force in ("kent", "essex", "gwent"):
        assert "Do not call." in read(people.alex, VEHICLES, force)
    assert "Peidiwch â ffonio." in read(people.alex, VEHICLES, "gwent", Language.CY)


def test_a_banner_for_one_force_is_read_by_nobody_else(people: Office) -> None:
    what = TakeDown(PAGE, How.BANNER, "Do not call.", force=ForceId("kent"))
    made = prepare_take_down(people.alex.workspace, what).run().value
    found = review(people.alex.workspace, made.draft.name).run().value
    assert {move.force for group in found.groups for move in group.outputs} == {"kent"}
    task = publish_in_emergency(people.alex.workspace, [made.draft.name], people.alex.signer, REASON)
    assert task.run().value.is_sent
    assert "Do not call." in read(people.alex, PAGE, "kent")
    assert "Do not call." not in read(people.alex, PAGE, "essex")


def test_a_banner_has_to_be_said_in_welsh_where_the_page_is_welsh(people: Office) -> None:
    with pytest.raises(UsageError, match="isn't said in Welsh"):
        prepare_take_down(people.alex.workspace, TakeDown(VEHICLES, How.BANNER, "Do not call.")).run()


def test_a_page_that_others_link_to_does_not_just_go(people: Office) -> None:
    live = people.alex.workspace.snapshot()
    assert inbound_links(live, PAGE) == ("shared/pages/advice/seized-vehicles.en.md",)
    with pytest.raises(UsageError, match="would link to a page that is gone"):
        prepare_take_down(people.alex.workspace, TakeDown(PAGE, How.GONE)).run()


def test_a_page_that_nobody_links_to_goes_for_everybody(people: Office) -> None:
    done = at_once(people.alex, TakeDown(VEHICLES, How.GONE))
    assert set(done.release.outputs.values()) == {""}
    assert VEHICLES not in people.alex.workspace.snapshot().page_ids()


def test_links_to_a_page_that_goes_lead_to_the_other_one(people: Office) -> None:
    made = prepare_take_down(people.alex.workspace, TakeDown(PAGE, How.REDIRECT, target=VEHICLES)).run().value
    text = people.alex.workspace.snapshot(made.draft.name).text(made.inbound[0]) or ""
    assert "(page:advice/seized-vehicles)" in text
    assert "related: [advice/seized-vehicles]" in text
    assert "advice/fees" not in text
    with pytest.raises(UsageError, match="which other page"):
        prepare_take_down(people.alex.workspace, TakeDown(PAGE, How.REDIRECT, target=PAGE)).run()
