"""Whom a change reaches: exactly who sees what, in sentences; alarms where safety or law doesn't arrive."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.resolving.impact import Reach
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.reaching import Marks, ReachedPage, ReachReport, reach, reach_between
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.workspace import Workspace
from tests.support.content import (
    FACTS,
    FEES,
    TODAY,
    VEHICLES,
    force_files,
    publish,
    small_content,
    small_workspace,
)

PAGE, FEES_PAGE = PageId("advice/seized-vehicles"), PageId("advice/fees")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
FEES_FILE = "shared/pages/advice/fees.en.md"
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """The small content with its pins, and two forces more."""
    files = small_content() | force_files("surrey", "Surrey") | force_files("sussex", "Sussex")
    with small_workspace(tmp_path, files) as made:
        snapshot = made.snapshot()
        publish(made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts))
        yield made


def changed(made: Workspace, texts: dict[str, str | None], marks: Marks | None = None) -> ReachReport:
    before, after = made.snapshot(), made.snapshot(unsaved=texts)
    return reach_between(before, after, TODAY, made.renderer, marks=marks)


def page(report: ReachReport, wanted: PageId = PAGE) -> ReachedPage:
    return next(each for each in report.pages if each.page == wanted)


def who(found: ReachedPage, kind: Reach, language: Language = Language.EN) -> set[str]:
    return {each.output.force for each in found.impact.of(kind) if each.output.language is language}


def test_a_shared_section_reaches_those_who_read_it_and_is_shadowed_elsewhere(workspace: Workspace) -> None:
    report = changed(workspace, {SHARED_FILE: VEHICLES.replace("Bring the notice.", "Bring two notices.")})
    found = page(report)
    assert who(found, Reach.CHANGES) == {"essex", "gwent", "surrey", "sussex"}
    assert who(found, Reach.SHADOWED) == {"kent"}
    assert report.sentence.startswith(
        "Essex, Gwent, Surrey and Sussex see this same change; Kent keeps its own text and becomes outdated"
    )


def test_the_same_change_is_one_group_to_look_at(workspace: Workspace) -> None:
    found = page(changed(workspace, {SHARED_FILE: VEHICLES.replace("not insured", "not taxed")}))
    (group, *_) = found.groups
    assert (group.reach, len(group.forces)) == (Reach.CHANGES, 5)
    assert group.sentence == "5 forces see this same change"


def test_welsh_whose_english_changes_becomes_outdated(workspace: Workspace) -> None:
    found = page(changed(workspace, {SHARED_FILE: VEHICLES.replace("not insured", "not taxed")}))
    assert [each.sentence for each in found.groups if each.language is Language.CY] == [
        "Gwent becomes outdated (Welsh)"
    ]


def test_a_force_that_shows_another_number_is_told_apart(workspace: Workspace) -> None:
    facts = FACTS.replace('[{from: 2026-12-01, value: "30.00"}, {value: "26.00"}]', '[{value: "20.00"}]')
    publish(workspace, {"forces/essex/facts.yml": small_content()["forces/essex/facts.yml"] + facts})
    text = VEHICLES.replace("not insured.", "not insured. It costs {{ fact.storage_fee }}.")
    found = page(changed(workspace, {SHARED_FILE: text}))
    assert "Essex sees it with a different value" in found.sentence


def test_a_fact_reaches_exactly_the_pages_that_show_it(workspace: Workspace) -> None:
    report = changed(workspace, {"shared/facts.yml": FACTS.replace('"26.00"', '"28.00"')})
    assert [each.page for each in report.pages] == [FEES_PAGE]
    assert who(page(report, FEES_PAGE), Reach.CHANGES) == {"essex", "gwent", "kent", "surrey", "sussex"}


def test_a_value_that_starts_later_reaches_whoever_will_read_it(workspace: Workspace) -> None:
    report = changed(workspace, {"shared/facts.yml": FACTS.replace('"30.00"', '"31.00"')})
    assert [each.page for each in report.pages] == [FEES_PAGE]
    assert changed(workspace, {"shared/facts.yml": FACTS.replace("Storage", "Keeping")}).pages == ()


def test_a_new_address_reaches_the_pages_that_link_there(workspace: Workspace) -> None:
    report = changed(workspace, {FEES_FILE: FEES.replace("url: /advice/fees/", "url: /advice/all-fees/")})
    assert [each.page for each in report.pages] == [FEES_PAGE, PAGE]


def test_a_force_s_new_name_is_looked_for_on_every_page(workspace: Workspace) -> None:
    profile = small_content()["forces/essex/force.yml"].replace("www.essex.example", "www.essex2.example")
    text = VEHICLES.replace("not insured.", "not insured. See {{ force.host }}.")
    publish(workspace, {SHARED_FILE: text})
    report = changed(workspace, {"forces/essex/force.yml": profile})
    # Every page tells machines where it stands.
    assert {each.page: who(each, Reach.CHANGES) for each in report.pages} == {
        PAGE: {"essex"},
        FEES_PAGE: {"essex"},
    }


def test_a_page_that_comes_or_goes_is_told(workspace: Workspace) -> None:
    gone = changed(workspace, {FEES_FILE: None})
    assert "lose the page" in page(gone, FEES_PAGE).sentence
    new = changed(workspace, {"shared/pages/advice/new.en.md": FEES.replace("/advice/fees/", "/advice/new/")})
    assert "5 forces get the page" in page(new, PageId("advice/new")).sentence


def test_a_moved_page_is_still_the_same_page(workspace: Workspace) -> None:
    moved = FEES.replace("type: advice", "type: advice\nmoved_from: [advice/fees]")
    report = changed(workspace, {FEES_FILE: None, "shared/pages/advice/costs.en.md": moved})
    assert "get the page" not in page(report, PageId("advice/costs")).sentence


MARKED = VEHICLES.replace("related:", "importance: {bring: safety}\nrelated:")


def test_local_text_that_hides_a_change_marked_as_safety_is_an_alarm(workspace: Workspace) -> None:
    publish(workspace, {SHARED_FILE: MARKED})
    report = changed(workspace, {SHARED_FILE: MARKED.replace("Bring the notice.", "Do not drive.")})
    (alarm,) = report.alarms
    assert alarm.forces == (ForceId("kent"),)
    assert (
        alarm.sentence
        == "Kent won't see a change marked as safety: own text stands instead of “What to bring”."
    )


def test_a_change_of_another_section_raises_no_alarm(workspace: Workspace) -> None:
    publish(workspace, {SHARED_FILE: MARKED})
    assert changed(workspace, {SHARED_FILE: MARKED.replace("not insured", "not taxed")}).alarms == ()


@pytest.mark.parametrize("section", ["bring", "page"])
def test_a_change_can_be_marked_for_one_draft(workspace: Workspace, section: str) -> None:
    marks = {PAGE: {SectionId(section): "law"}}
    text = VEHICLES.replace("Bring the notice.", "Bring two notices.")
    assert [alarm.shadow.alarm for alarm in changed(workspace, {SHARED_FILE: text}, marks).alarms] == ["law"]


def test_a_whole_page_taken_over_hides_everything(workspace: Workspace) -> None:
    taken = VEHICLES.replace("type: advice", "type: advice\nkind: page\noverrides: advice/seized-vehicles")
    publish(workspace, {"forces/surrey/pages/advice/seized-vehicles.en.md": taken, SHARED_FILE: MARKED})
    report = changed(workspace, {SHARED_FILE: MARKED.replace("Bring the notice.", "Do not drive.")})
    assert {force for alarm in report.alarms for force in alarm.forces} == {"kent", "surrey"}


def test_a_draft_is_looked_at_against_what_it_started_from(workspace: Workspace) -> None:
    new_draft(workspace, "mine").run()
    save_private(workspace, "mine", SHARED_FILE, VEHICLES.replace("not insured", "not taxed")).run()
    publish(workspace, {FEES_FILE: FEES.replace("What you pay.", "What it costs.")}, "Somebody else's")
    report = reach(workspace, "mine", TODAY).run().value
    assert [each.page for each in report.pages] == [PAGE]


def test_a_change_that_nobody_reads_reaches_nobody(workspace: Workspace) -> None:
    text = VEHICLES.replace("owner: national-content", "owner: somebody-else").replace(
        "vehicles that are", "vehicles\nthat are"
    )
    assert changed(workspace, {SHARED_FILE: text}).pages == ()
