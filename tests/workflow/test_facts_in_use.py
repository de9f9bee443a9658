"""Facts: where they are shown, when they change, where they are written by hand, and how they are edited."""

from datetime import date
from pathlib import Path

import pytest

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.facts import FactType
from soh_author.domain.ids import FactName, ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.wording.fact_editing import FactEntry, remove_fact_value, set_fact
from soh_author.workflow.wording.facts_in_use import changes_between, where_used
from soh_author.workflow.wording.stale_literals import LiteralTime, StaleLiteral, stale_literals
from soh_author.workflow.workspace import Workspace
from tests.support.content import FACTS, FEES, TODAY, VEHICLES, small_content, small_workspace

PAGE, FEES_PAGE = PageId("advice/seized-vehicles"), PageId("advice/fees")
FEE, DAYS = FactName("storage_fee"), FactName("reclaim_days")
FEES_FILE = "shared/pages/advice/fees.en.md"
LATER = date(2026, 12, 1)


def test_every_output_that_shows_a_fact_is_listed_with_its_value(workspace: Workspace) -> None:
    uses = where_used(workspace.snapshot(), FEE, TODAY).run().value
    # Gwent publishes in Welsh too; the English stands in there.
    assert [(each.output.force, each.output.language.value, each.value) for each in uses.shown] == [
        ("essex", "en", "£26"),
        ("gwent", "en", "£26"),
        ("gwent", "cy", "£26"),
        ("kent", "en", "£26"),
    ]
    assert uses.sentence == "1 page shows “storage_fee”, in 4 outputs."


def test_a_force_s_own_value_is_told_apart(workspace: Workspace) -> None:
    own = small_content()["forces/kent/facts.yml"] + FACTS.replace('"26.00"', '"20.00"')
    snapshot = workspace.snapshot(unsaved={"forces/kent/facts.yml": own})
    values = where_used(snapshot, FEE, TODAY).run().value.values(FEES_PAGE)
    assert values == {"£26": ("essex", "gwent"), "£20": ("kent",)}


def test_facts_in_titles_count(workspace: Workspace) -> None:
    text = FEES.replace("title: Fees", 'title: "From {{ fact.storage_fee }}"')
    uses = where_used(workspace.snapshot(unsaved={FEES_FILE: text}), FEE, TODAY).run().value
    assert {each.fields for each in uses.shown if each.output.language is Language.EN} == {("title",)}


def test_a_fact_without_a_value_is_listed_as_such(workspace: Workspace) -> None:
    uses = where_used(
        workspace.snapshot(unsaved={"forces/kent/facts.yml": None}), FactName("non_emergency"), TODAY
    )
    assert [each.value for each in uses.run().value.shown if each.output.force == "kent"] == [None]


def test_a_fact_nobody_shows_is_said_so(workspace: Workspace) -> None:
    assert where_used(workspace.snapshot(), FactName("nothing"), TODAY).run().value.sentence == (
        "No page shows “nothing”."
    )


def test_what_changes_on_a_day_is_told_with_who_reads_it(workspace: Workspace) -> None:
    (change,) = changes_between(workspace.snapshot(), TODAY, LATER).run().value
    assert (change.before, change.after, change.day) == ("£26", "£30", LATER)
    assert {output.force for output in change.outputs} == {"essex", "gwent", "kent"}
    assert change.sentence == "2026-12-01, Storage: £26 becomes £30, on 1 page, in 4 outputs."
    assert changes_between(workspace.snapshot(), LATER, date(2027, 1, 1)).run().value == ()


def test_a_force_with_its_own_value_is_not_told_of_the_shared_change(workspace: Workspace) -> None:
    own = small_content()["forces/kent/facts.yml"] + FACTS.replace('{from: 2026-12-01, value: "30.00"}, ', "")
    snapshot = workspace.snapshot(unsaved={"forces/kent/facts.yml": own})
    (change,) = changes_between(snapshot, TODAY, LATER).run().value
    assert {output.force for output in change.outputs} == {"essex", "gwent"}


def literals(
    workspace: Workspace, text: str, on: date = TODAY, path: str = FEES_FILE
) -> tuple[StaleLiteral, ...]:
    return stale_literals(workspace.snapshot(unsaved={path: text}), on).run().value


@pytest.mark.parametrize(
    ("on", "time", "today"),
    [
        (TODAY, LiteralTime.PRESENT, "£26"),
        (LATER, LiteralTime.PAST, "£30"),
        (date(2030, 1, 1), LiteralTime.PAST, "£30"),
    ],
)
def test_a_value_written_by_hand_is_found_and_its_time_told(
    workspace: Workspace, on: date, time: LiteralTime, today: str
) -> None:
    (found,) = literals(workspace, FEES.replace("{{ fact.storage_fee }}", "£26"), on)
    assert (found.text, found.fact.name, found.time, found.today) == ("£26", FEE, time, today)
    line = FEES.split("\n")[found.place.line - 1]
    assert line.startswith("Storage is")


def test_a_value_to_come_is_told_too(workspace: Workspace) -> None:
    (found,) = literals(workspace, FEES.replace("{{ fact.storage_fee }}", "£30"))
    assert found.time is LiteralTime.FUTURE
    assert "not yet the value" in found.sentence


def test_needless_pence_hide_nothing(workspace: Workspace) -> None:
    assert len(literals(workspace, FEES.replace("{{ fact.storage_fee }}", "£26.00"))) == 1


def test_days_count_only_where_the_page_shows_the_fact(workspace: Workspace) -> None:
    path = "shared/pages/advice/seized-vehicles.en.md"
    text = VEHICLES.replace("Bring the notice.", "Within 7 days.")
    assert [found.fact.name for found in literals(workspace, text, path=path)] == [DAYS]
    assert literals(workspace, FEES + "Within 7 days.\n") == ()


def test_another_force_s_value_is_nothing_to_a_force(workspace: Workspace) -> None:
    own = small_content()["forces/essex/facts.yml"] + FACTS.replace('"26.00"', '"77.00"')
    kent = small_content()["forces/kent/pages/advice/seized-vehicles.en.md"].replace("passport", "£77")
    snapshot = workspace.snapshot(
        unsaved={"forces/essex/facts.yml": own, "forces/kent/pages/advice/seized-vehicles.en.md": kent}
    )
    assert stale_literals(snapshot, TODAY).run().value == ()


def test_text_without_values_is_clean(workspace: Workspace) -> None:
    assert (
        stale_literals(workspace.snapshot(), TODAY).run().notice == "No fact's value is written out by hand."
    )


def test_a_value_is_added_from_a_day_on_and_all_else_stays(workspace: Workspace) -> None:
    change = set_fact(workspace.snapshot(), SHARED, FEE, FactEntry("35.00", date(2027, 4, 1)))
    assert change.text is not None
    after = workspace.snapshot(unsaved={change.path: change.text})
    fact = after.facts_of(SHARED)[FEE]
    assert [(value.value, value.start) for value in fact.values] == [
        ("26.00", None),
        ("30.00", LATER),
        ("35.00", date(2027, 4, 1)),
    ]
    assert change.text.split("\n")[:4] == FACTS.split("\n")[:4]
    assert change.line == 6


def test_the_value_of_a_day_is_replaced(workspace: Workspace) -> None:
    change = set_fact(
        workspace.snapshot(), SHARED, FEE, FactEntry("31.00", LATER), source="https://example.org/new"
    )
    after = workspace.snapshot(unsaved={change.path: change.text})
    fact = after.facts_of(SHARED)[FEE]
    assert ([value.value for value in fact.values], fact.source) == (
        ["26.00", "31.00"],
        "https://example.org/new",
    )


def test_a_new_fact_needs_its_type_and_label(workspace: Workspace) -> None:
    name, essex = FactName("towing_fee"), Layer.of_force("essex")
    with pytest.raises(UsageError, match="new fact"):
        set_fact(workspace.snapshot(), essex, name, FactEntry("150"))
    change = set_fact(
        workspace.snapshot(), essex, name, FactEntry("150"), kind=FactType.MONEY, label="Towing"
    )
    after = workspace.snapshot(unsaved={change.path: change.text})
    assert after.facts_of(essex)[name].label == "Towing"
    assert FactName("non_emergency") in after.facts_of(essex)


def test_a_value_of_the_wrong_type_is_refused(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="amount"):
        set_fact(workspace.snapshot(), SHARED, FEE, FactEntry("a lot"))


def test_a_value_can_be_taken_out_again(workspace: Workspace) -> None:
    change = remove_fact_value(workspace.snapshot(), SHARED, FEE, LATER)
    after = workspace.snapshot(unsaved={change.path: change.text})
    assert [value.value for value in after.facts_of(SHARED)[FEE].values] == ["26.00"]
    gone = remove_fact_value(workspace.snapshot(), SHARED, DAYS, None)
    assert DAYS not in workspace.snapshot(unsaved={gone.path: gone.text}).facts_of(SHARED)
    with pytest.raises(NotFoundError):
        remove_fact_value(workspace.snapshot(), SHARED, FEE, date(1999, 1, 1))


def test_facts_are_made_where_there_was_no_file(tmp_path: Path) -> None:
    files = small_content()
    del files["forces/essex/facts.yml"]
    with small_workspace(tmp_path, files) as made:
        layer = Layer.of_force("essex")
        change = set_fact(
            made.snapshot(),
            layer,
            FactName("desk"),
            FactEntry("01245 491491"),
            kind=FactType.PHONE,
            label="Desk",
        )
        after = made.snapshot(unsaved={change.path: change.text})
        assert after.sources.read(change.path).diagnostics == ()
        assert (
            after.facts_of(after.registry.forces[ForceId("essex")].layer)[FactName("desk")].type
            is FactType.PHONE
        )
