"""A differing value becomes a fact: the same words for everybody, proved by reading."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.domain.errors import ContentError, NotFoundError, UsageError
from soh_author.domain.facts import FactType
from soh_author.domain.ids import FactName, ForceId, Language, PageId, SectionId
from soh_author.workflow.drafting import new_draft
from soh_author.workflow.outputs import Audience
from soh_author.workflow.overrides.reading_proofs import words_of
from soh_author.workflow.overrides.written_values import around, differ_in_values_only, written_values
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.wording.fact_making import NewFact, differing_values, plan_facts
from soh_author.workflow.wording.restructuring import apply_move
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES, publish, small_content, small_workspace

PAGE, BRING = PageId("advice/seized-vehicles"), SectionId("bring")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
WELSH_FILE = "shared/pages/advice/seized-vehicles.cy.md"
SAID = "Pay £26 a day, and call 01632 960000 by 5 February 2027."
KENT_SAID = SAID.replace("£26", "£30.50").replace("960000", "960111")
FACT = NewFact(FactName("daily_charge"), "Charge for a day", "https://example.org/charges")
PHONE = NewFact(FactName("pound_phone"), "The pound", "https://example.org/pound")


def files(kent: str = KENT_SAID, essex: str = SAID.replace("£26", "£28")) -> dict[str, str]:
    found = small_content()
    kent_file = found["forces/kent/pages/advice/seized-vehicles.en.md"]
    said = "Bring the notice and your passport."
    found[SHARED_FILE] = VEHICLES.replace("Bring the notice.", SAID)
    found[WELSH_FILE] = found[WELSH_FILE].replace(
        "Dewch â'r hysbysiad.", "Talwch £26 y dydd, ffoniwch 01632 960000."
    )
    found["forces/kent/pages/advice/seized-vehicles.en.md"] = kent_file.replace(said, kent)
    found["forces/essex/pages/advice/seized-vehicles.en.md"] = kent_file.replace(said, essex)
    return found


def start(tmp_path: Path, content: dict[str, str]) -> Workspace:
    made = small_workspace(tmp_path, content)
    snapshot = made.snapshot()
    publish(made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts))
    new_draft(made, "facts").run()
    return made


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Kent has another charge and another number, Essex another charge."""
    with start(tmp_path, files()) as made:
        yield made


def words(made: Workspace, source: str, force: str, language: Language = Language.EN) -> str:
    audience = Audience(made.snapshot(source), ForceId(force), language, TODAY)
    return words_of(audience.render(PAGE, made.renderer)[1].html)


def test_the_places_that_differ_are_found_with_what_each_force_says(workspace: Workspace) -> None:
    charge, phone = differing_values(workspace.snapshot(), PAGE, BRING, TODAY)
    assert (charge.shared.text, charge.shared.type) == ("£26", FactType.MONEY)
    assert {force: value.text for force, value in charge.values.items()} == {"kent": "£30.50", "essex": "£28"}
    assert {force: value.text for force, value in phone.values.items()} == {"kent": "01632 960111"}


def test_everybody_reads_the_same_words_from_one_text(workspace: Workspace) -> None:
    task = plan_facts(workspace, "facts", PAGE, BRING, facts=[FACT, PHONE], on=TODAY)
    plan = task.run().value
    assert plan.is_proved
    assert set(plan.given_back) == {"kent", "essex"}
    apply_move(workspace, "facts", plan).run()
    snapshot = workspace.snapshot("facts")
    assert "Pay {{ fact.daily_charge }} a day" in (snapshot.text(SHARED_FILE) or "")
    assert snapshot.text("forces/kent/pages/advice/seized-vehicles.en.md") is None
    for force in ("kent", "essex", "gwent"):
        assert words(workspace, "facts", force) == words(workspace, "published", force)
    assert "£30.50" in words(workspace, "facts", "kent")


def test_the_facts_are_valid_and_say_where_their_values_come_from(workspace: Workspace) -> None:
    plan = plan_facts(workspace, "facts", PAGE, BRING, facts=[FACT, PHONE], on=TODAY).run().value
    after = workspace.snapshot("facts").with_unsaved(plan.changes)
    for path in ("shared/facts.yml", "forces/kent/facts.yml", "forces/essex/facts.yml"):
        assert after.sources.read(path).diagnostics == ()
    fact = after.facts_of(after.registry.forces[ForceId("kent")].layer)[FactName("daily_charge")]
    assert (fact.type, fact.values[0].value, fact.source) == (FactType.MONEY, "30.50", FACT.source)


def test_the_welsh_follows_and_is_not_outdated(workspace: Workspace) -> None:
    plan = plan_facts(workspace, "facts", PAGE, BRING, facts=[FACT, PHONE], on=TODAY).run().value
    after = workspace.snapshot("facts").with_unsaved(plan.changes)
    welsh = after.effective(PAGE, ForceId("gwent"), Language.CY, TODAY)
    assert not [found for found in welsh.diagnostics if found.code == "outdated-welsh"]
    assert "{{ fact.pound_phone }}" in (after.text(WELSH_FILE) or "")


def test_as_many_facts_as_places_have_to_be_named(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="£26"):
        plan_facts(workspace, "facts", PAGE, BRING, facts=[FACT], on=TODAY).run()


def test_texts_that_differ_in_more_than_values_are_left_alone(tmp_path: Path) -> None:
    with start(tmp_path, files(kent="Bring £30.", essex="Bring £28.")) as made, pytest.raises(NotFoundError):
        plan_facts(made, "facts", PAGE, BRING, facts=[FACT], on=TODAY).run()


def test_a_value_in_an_unusual_form_is_refused_rather_than_shown_differently(tmp_path: Path) -> None:
    content = files(kent=SAID.replace("£26", "£30.00"), essex=SAID)
    with start(tmp_path, content) as made, pytest.raises(ContentError, match=r"£30\.00"):
        plan_facts(made, "facts", PAGE, BRING, facts=[FACT], on=TODAY).run()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Pay £1,250 or £79.50.", ["£1,250", "£79.50"]),
        ("Call 01622 690690, or 101.", ["01622 690690", "101"]),
        ("Write to a.b@kent.example by 5 February 2027.", ["a.b@kent.example", "5 February 2027"]),
        ("See [us](tel:01632960000) and {{ fact.fee }} and `26`.", []),
        ("The A26 road, 50% and 9:30am.", []),
        ("Erbyn 5 Chwefror 2027.", ["5 Chwefror 2027"]),
    ],
)
def test_values_written_out_are_recognised(text: str, values: list[str]) -> None:
    assert [value.text for value in written_values(text)] == values


def test_texts_are_alike_whatever_their_line_breaks() -> None:
    assert around("Pay £2\na day.") == around("Pay £30 a day.")
    assert differ_in_values_only("Pay £2\na day.", "Pay £30 a day.")
    assert not differ_in_values_only("Pay £2 a day.", "Pay 2 a day.")
    assert not differ_in_values_only("Pay.", "Pay.")
