"""Comparing one page from two places: layers, forces, versions, days; said in sentences."""

from datetime import UTC, date, datetime

import pytest

from soh_author.domain.comparing.compare import RunKind
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.comparing import (
    PageComparison,
    Row,
    RowKind,
    RowState,
    compare,
    compare_views,
)
from soh_author.workflow.viewpoints import Viewpoint, view_of
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES, publish, small_content

PAGE, FEES = PageId("advice/seized-vehicles"), PageId("advice/fees")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
KENT, ESSEX = Layer.of_force("kent"), Layer.of_force("essex")
ALL_OPS = """---
overrides: advice/seized-vehicles
set: {summary: {value: Essex says so.}}
ops:
- {op: append, section: why}
- {op: hide, section: bring}
- {op: insert-after, after: reclaim, section: trailers}
---
## Why {#why}
Nor those without tax.

## Trailers {#trailers}
Ask for it by name.
"""


def compared(workspace: Workspace, left: Viewpoint, right: Viewpoint, page: PageId = PAGE) -> PageComparison:
    return compare(workspace, page, left, right).run().value


def unsaved(workspace: Workspace, texts: dict[str, str | None], layer: Layer = SHARED) -> PageComparison:
    before = view_of(workspace.snapshot(), PAGE, layer, Language.EN, TODAY, when="live")
    after = view_of(workspace.snapshot(unsaved=texts), PAGE, layer, Language.EN, TODAY, when="here")
    return compare_views(before, after)


def row(found: PageComparison, name: str) -> Row:
    return next(each for each in found.rows if each.name == name)


def sentences(found: PageComparison) -> list[str]:
    return [each.sentence for each in found.differences]


def test_shared_against_a_force_tells_what_the_force_did(workspace: Workspace) -> None:
    found = compared(workspace, Viewpoint(SHARED), Viewpoint(KENT))
    assert sentences(found) == ["What to bring: replaced"]
    assert found.sentence == "1 difference between the shared text and Kent."
    assert [line.marked for line in row(found, "bring").lines if line.is_changed] == [
        "Bring the notice{+ and your passport+}."
    ]


def test_every_kind_of_change_has_its_word(workspace: Workspace) -> None:
    publish(workspace, {"forces/essex/pages/advice/seized-vehicles.en.md": ALL_OPS})
    found = compared(workspace, Viewpoint(SHARED), Viewpoint(ESSEX))
    assert sentences(found) == [
        "The summary: worded differently",
        "Why we seize vehicles: added to",
        "What to bring: hidden",
        "Trailers: inserted",
    ]
    assert not any("##" in said or "line" in said for said in sentences(found))


def test_two_forces_are_compared_with_each_other_and_so_are_their_facts(workspace: Workspace) -> None:
    facts = small_content()["forces/kent/facts.yml"].replace('"101"', '"01622 690690"')
    publish(workspace, {"forces/kent/facts.yml": facts})
    found = compared(workspace, Viewpoint(ESSEX), Viewpoint(KENT))
    assert (found.left_label, found.right_label) == ("Essex", "Kent")
    assert "The fact “non_emergency”: 101 in Essex, 01622 690690 in Kent" in sentences(found)


def test_a_layer_is_compared_with_a_layer(workspace: Workspace) -> None:
    group = KENT_TEXT.replace("passport", "logbook")
    publish(workspace, {"groups/south-east/pages/advice/seized-vehicles.en.md": group})
    found = compared(workspace, Viewpoint(Layer.of_group("south-east")), Viewpoint(KENT))
    assert (found.left_label, sentences(found)) == ("South East", ["What to bring: worded differently"])


KENT_TEXT = small_content()[KENT_FILE]


def test_then_is_compared_with_now_by_version_and_by_day(workspace: Workspace) -> None:
    before = workspace.revision_of("published")
    data = VEHICLES.replace("not insured", "not taxed").encode()
    later = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
    workspace.store.write(
        "published", before, {SHARED_FILE: data}, note="Tax", author=workspace.person.author, when=later
    )
    by_version = compared(workspace, Viewpoint(source=before), Viewpoint())
    by_day = compared(workspace, Viewpoint(source="2026-12-04"), Viewpoint(source="2026-12-05"))
    assert sentences(by_version) == sentences(by_day) == ["Why we seize vehicles: worded differently"]
    assert (by_day.left_label, by_day.left.on) == ("as on 2026-12-04", date(2026, 12, 4))


def test_before_anything_was_published_there_is_nothing_to_compare(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="Nothing was published by 1999-01-01"):
        compared(workspace, Viewpoint(source="1999-01-01"), Viewpoint())


def test_a_draft_is_compared_with_what_is_live_private_texts_included(workspace: Workspace) -> None:
    new_draft(workspace, "tax").run()
    save_private(workspace, "tax", SHARED_FILE, VEHICLES.replace("insured", "taxed")).run()
    found = compared(workspace, Viewpoint(), Viewpoint(source="tax"))
    assert (found.left_label, found.right_label) == ("what is live", "the draft “tax”")
    assert sentences(found) == ["Why we seize vehicles: worded differently"]


def test_a_moved_section_is_recognised_and_not_taken_for_two(workspace: Workspace) -> None:
    why = "## Why we seize vehicles {#why}\nWe seize vehicles that are not insured.\n\n"
    found = unsaved(workspace, {SHARED_FILE: VEHICLES.replace(why, "").rstrip("\n") + "\n\n" + why})
    assert [(each.name, each.state) for each in found.differences] == [("why", RowState.MOVED)]
    assert sentences(found) == ["Why we seize vehicles: stands elsewhere"]


def test_a_renamed_section_is_compared_with_itself(workspace: Workspace) -> None:
    found = unsaved(
        workspace,
        {
            SHARED_FILE: VEHICLES.replace("What to bring {#bring}", "Bring these {#take}").replace(
                "related:", "section_aliases: {bring: take}\nrelated:"
            )
        },
    )
    assert sentences(found) == ["Bring these: worded differently"]
    assert row(found, "take").lines[0].marked == "### [-What to bring-]{+Bring these+}"


def test_wrapping_a_paragraph_otherwise_is_no_difference(workspace: Workspace) -> None:
    found = unsaved(workspace, {SHARED_FILE: VEHICLES.replace("vehicles that are", "vehicles\nthat are")})
    assert found.differences == ()
    assert found.sentence == "Live and here read the same."


def test_tables_are_compared_cell_by_cell(workspace: Workspace) -> None:
    table = "| What | Cost |\n|---|---|\n| Storage | £20 |\n| Towing | £150 |\n"
    old = workspace.snapshot(unsaved={SHARED_FILE: VEHICLES.replace("Bring the notice.\n", table)})
    new_text = VEHICLES.replace("Bring the notice.\n", table.replace("£20", "£26") + "| Letter | £5 |\n")
    new = workspace.snapshot(unsaved={SHARED_FILE: new_text})
    found = compare_views(*(view_of(each, PAGE, SHARED, Language.EN, TODAY) for each in (old, new)))
    lines = [(line.mark, line.marked) for line in row(found, "bring").lines if line.is_changed]
    assert lines == [("~", "Storage | [-£20-]{+£26+}"), ("+", "Letter | £5")]


def test_links_and_facts_that_changed_are_told_in_sentences(workspace: Workspace) -> None:
    text = VEHICLES.replace("page:advice/fees#amounts", "https://example.org/fees").replace(
        "{{ force.non_emergency }}", "101"
    )
    assert row(unsaved(workspace, {SHARED_FILE: text}), "reclaim").notes == (
        "Shows the fact “force.non_emergency” no longer.",
        "Links to “page:advice/fees#amounts” no longer.",
        "Links to “https://example.org/fees” now.",
    )


def test_what_differs_can_be_heard(workspace: Workspace) -> None:
    found = compared(workspace, Viewpoint(SHARED), Viewpoint(KENT))
    assert row(found, "bring").lines[-1].spoken == "Bring the notice [added: and your passport] ."


def test_a_page_that_is_new_is_all_on_one_side(workspace: Workspace) -> None:
    before = view_of(
        workspace.snapshot(unsaved={SHARED_FILE: None, KENT_FILE: None}), PAGE, SHARED, Language.EN, TODAY
    )
    found = compare_views(before, view_of(workspace.snapshot(), PAGE, SHARED, Language.EN, TODAY))
    assert {each.state for each in found.rows} == {RowState.ONLY_RIGHT}
    assert RowKind.FIELD in {each.kind for each in found.rows}


def test_a_page_nobody_has_can_not_be_compared(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="Neither side"):
        compared(workspace, Viewpoint(), Viewpoint(KENT), PageId("advice/nothing"))


def test_languages_are_compared_too(workspace: Workspace) -> None:
    gwent = Layer.of_force("gwent")
    found = compared(workspace, Viewpoint(gwent), Viewpoint(gwent, language=Language.CY))
    assert (found.left_label, found.right_label) == ("English", "Welsh")
    assert row(found, "why").lines[0].runs[0].kind is RunKind.EQUAL
    assert found.left.force == ForceId("gwent")
