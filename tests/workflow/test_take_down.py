"""Taking pages down, on real workspaces of three people with keys."""

import pytest

from soh_author.domain.errors import UsageError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.page import Page
from soh_author.workflow.outputs import Audience
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.release.publishing import Published
from soh_author.workflow.release.publishing_emergency import publish_in_emergency
from soh_author.workflow.release.publishing_take_down import look_at_take_down, prepare_take_down
from soh_author.workflow.release.reviewing import review
from soh_author.workflow.release.take_down_for_all import inbound_links, texts_for_all
from soh_author.workflow.release.take_down_wish import How, TakeDown
from tests.support.content import TODAY
from tests.support.people import Desk, Office, write

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


def test_welsh_that_was_in_step_stays_so_when_links_lead_elsewhere(people: Office) -> None:
    live = people.alex.workspace.snapshot()
    pinned = live.with_unsaved(write_pins(live, new_pins(live, TODAY)).texts)
    what = TakeDown(PAGE, How.REDIRECT, target=VEHICLES)
    after = pinned.with_unsaved(texts_for_all(pinned, what, inbound_links(pinned, PAGE), TODAY))
    reclaim = SectionId("reclaim")
    before, now = (each.effective_of_layers(VEHICLES, (), Language.EN) for each in (pinned, after))
    old, new = before.section(reclaim), now.section(reclaim)
    welsh = after.sources.read("shared/pages/advice/seized-vehicles.cy.md").value
    assert old is not None
    assert new is not None
    assert old.pin != new.pin, "the link is part of the English words"
    assert isinstance(welsh, Page)
    assert welsh.translates[reclaim] == new.pin


KENT, GWENT = ForceId("kent"), ForceId("gwent")


def affected(desk: Desk, what: TakeDown) -> set[tuple[str, str]]:
    """Whose public would read the page otherwise, in which language."""
    found = look_at_take_down(desk.workspace, what).run().value
    return {(str(move.force), move.language.value) for move in found.outputs if move.page == what.page}


def test_a_page_goes_for_one_force_and_stays_at_its_address_with_a_notice(people: Office) -> None:
    what = TakeDown(VEHICLES, How.GONE, "We no longer seize vehicles.", force=KENT)
    assert affected(people.alex, what) == {("kent", "en")}
    assert at_once(people.alex, what).is_sent
    kent, essex = (read(people.alex, VEHICLES, force) for force in ("kent", "essex"))
    assert "We no longer seize vehicles." in kent
    assert "passport" not in kent, "its own words are gone"
    assert "Heb yswiriant" not in kent
    assert "not insured" not in kent
    assert "not insured" in essex


def test_readers_of_one_force_are_led_to_another_page_in_both_of_its_languages(people: Office) -> None:
    what = TakeDown(VEHICLES, How.REDIRECT, "See the fees.", "Gweler y ffioedd.", PAGE, GWENT)
    assert affected(people.alex, what) == {("gwent", "en"), ("gwent", "cy")}
    assert at_once(people.alex, what).is_sent
    english, welsh = (read(people.alex, VEHICLES, "gwent", language) for language in Language)
    assert "See the fees." in english
    assert 'href="/advice/fees/"' in english
    assert "Gweler y ffioedd." in welsh
    assert "Heb yswiriant" not in welsh
    assert "not insured" in read(people.alex, VEHICLES, "kent")


def test_one_force_that_publishes_in_welsh_has_to_be_told_in_welsh(people: Office) -> None:
    for what in (
        TakeDown(VEHICLES, How.GONE, "Gone.", force=GWENT),
        TakeDown(VEHICLES, How.BANNER, "Do not call.", force=GWENT),
    ):
        with pytest.raises(UsageError, match="in Welsh"):
            prepare_take_down(people.alex.workspace, what).run()


def test_a_banner_for_a_force_that_publishes_in_welsh_stands_on_both_pages(people: Office) -> None:
    done = at_once(people.alex, TakeDown(VEHICLES, How.BANNER, "Wait.", "Arhoswch.", force=GWENT))
    assert {(force, language.value) for _, force, language in done.release.outputs} == {
        ("gwent", "en"),
        ("gwent", "cy"),
    }
    assert "Wait." in read(people.alex, VEHICLES, "gwent")
    assert "Arhoswch." in read(people.alex, VEHICLES, "gwent", Language.CY)
    assert "diwrnod" in read(people.alex, VEHICLES, "gwent", Language.CY)


@pytest.mark.parametrize("force", [None, GWENT])
def test_a_banner_in_one_language_leaves_the_other_as_it_is(people: Office, force: ForceId | None) -> None:
    what = TakeDown(VEHICLES, How.BANNER, "", "Arhoswch.", force=force, language=Language.CY)
    assert affected(people.alex, what) == {("gwent", "cy")}
    assert at_once(people.alex, what).is_sent
    assert "Arhoswch." in read(people.alex, VEHICLES, "gwent", Language.CY)


def test_an_english_banner_leaves_the_welsh_page_whole_and_right(people: Office) -> None:
    what = TakeDown(VEHICLES, How.BANNER, "Wait.", language=Language.EN)
    assert {language for _, language in affected(people.alex, what)} == {"en"}
    assert at_once(people.alex, what).is_sent
    assert "Wait." in read(people.alex, VEHICLES, "gwent")
    assert "Wait." not in read(people.alex, VEHICLES, "gwent", Language.CY)


def test_a_banner_keeps_what_a_force_has_added_at_the_head_of_the_page(people: Office) -> None:
    for number, text in enumerate(("First.", "Second.")):
        what = TakeDown(PAGE, How.BANNER, text, force=KENT)
        made = prepare_take_down(people.alex.workspace, what).run().value
        task = publish_in_emergency(people.alex.workspace, [made.draft.name], people.alex.signer, REASON)
        assert task.run().value.is_sent
        people.clock.pass_time(minutes=1)
        assert number == 0 or "First." in read(people.alex, PAGE, "kent")


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (TakeDown(VEHICLES, How.GONE, language=Language.CY), "Gwent: both languages are published together"),
        (TakeDown(VEHICLES, How.GONE, language=Language.EN), "neither goes alone"),
        (TakeDown(VEHICLES, How.GONE, "x", "x", force=GWENT, language=Language.CY), "in both languages"),
        (TakeDown(VEHICLES, How.BANNER, "x", "x", force=KENT, language=Language.CY), "no such page in that"),
        (TakeDown(VEHICLES, How.GONE, force=KENT), "not told why"),
        (TakeDown(VEHICLES, How.REDIRECT, "x", force=KENT, target=VEHICLES), "which other page"),
    ],
)
def test_what_one_force_or_language_can_not_have_alone_is_refused_in_words(
    people: Office, what: TakeDown, why: str
) -> None:
    before = {branch.name for branch in people.alex.workspace.store.branches()}
    with pytest.raises(UsageError, match=why):
        prepare_take_down(people.alex.workspace, what).run()
    assert {branch.name for branch in people.alex.workspace.store.branches()} == before


def test_the_welsh_page_goes_alone_where_no_force_publishes_both_or_none(people: Office) -> None:
    write(people.nia, "loose", "forces/gwent/force.yml", "welsh_parity: true\n", "")
    workspace = people.nia.workspace
    live = workspace.snapshot("loose")
    texts = texts_for_all(live, TakeDown(VEHICLES, How.GONE, language=Language.CY), (), TODAY)
    assert texts == {"shared/pages/advice/seized-vehicles.cy.md": None}
