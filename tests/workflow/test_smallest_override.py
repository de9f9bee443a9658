"""The smallest override is offered: append instead of replace, a fact instead of a number, nothing at all."""

import pytest

from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.workflow.overrides.smallest_override import Offer, Suggestion, suggestions
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES, small_content

PAGE = PageId("advice/seized-vehicles")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
KENT = Layer.of_force("kent")
ABOVE = "Bring the notice.\n\n- Your key\n- £26 in cash\n"


def with_texts(workspace: Workspace, own: str) -> Snapshot:
    kent = small_content()[KENT_FILE].replace("Bring the notice and your passport.\n", own)
    shared = VEHICLES.replace("Bring the notice.\n", ABOVE)
    return workspace.snapshot(unsaved={SHARED_FILE: shared, KENT_FILE: kent})


def offered(snapshot: Snapshot) -> list[Suggestion]:
    return list(suggestions(snapshot, PAGE, KENT, TODAY))


def pin(snapshot: Snapshot) -> str:
    found = snapshot.effective(PAGE, ForceId("kent"), Language.EN, TODAY).section(SectionId("bring"))
    return str(found.pin) if found else ""


@pytest.mark.parametrize(
    ("own", "offer"),
    [
        (f"{ABOVE}\nAsk at the desk.\n", Offer.APPEND),
        (f"Read this first.\n\n{ABOVE}", Offer.PREPEND),
        (ABOVE.replace("Bring the notice.", "Bring\nthe notice."), Offer.GIVE_BACK),
    ],
)
def test_a_smaller_override_reads_the_very_same(workspace: Workspace, own: str, offer: Offer) -> None:
    snapshot = with_texts(workspace, own)
    (found,) = offered(snapshot)
    assert found.offer is offer
    assert found.change is not None
    after = snapshot.with_unsaved({found.change.path: found.change.text})
    assert pin(after) == pin(snapshot)
    states = [drift_of(trace) for trace in after.effective(PAGE, ForceId("kent"), Language.EN, TODAY).ops]
    assert states == ([] if offer is Offer.GIVE_BACK else [DriftState.ADDITIVE])
    assert offered(after) == []


def test_a_value_that_differs_is_offered_as_a_fact(workspace: Workspace) -> None:
    (found,) = offered(with_texts(workspace, ABOVE.replace("£26", "£30")))
    assert (found.offer, found.change) == (Offer.FACT, None)
    assert [(above.text, own.text) for above, own in found.values] == [("£26", "£30")]
    assert found.sentence == "What to bring differs in a value only (“£26” and “£30”). Make it a fact?"


@pytest.mark.parametrize(
    "own",
    [
        "Bring nothing.\n",
        ABOVE.replace("notice", "letter") + "\nAsk at the desk.\n",
        ABOVE.rstrip("\n") + " and coins\n",
        ABOVE + "- A pen\n",
    ],
)
def test_a_text_that_says_something_else_is_left_alone(workspace: Workspace, own: str) -> None:
    assert offered(with_texts(workspace, own)) == []


def test_another_heading_is_something_else(workspace: Workspace) -> None:
    snapshot = with_texts(workspace, f"{ABOVE}\nAsk at the desk.\n")
    text = (snapshot.text(KENT_FILE) or "").replace("## What to bring", "## Bring this")
    assert offered(snapshot.with_unsaved({KENT_FILE: text})) == []


def test_an_unpinned_file_without_replaced_sections_offers_nothing(workspace: Workspace) -> None:
    assert suggestions(workspace.snapshot(), PAGE, Layer.of_force("essex"), TODAY) == ()
    assert suggestions(workspace.snapshot(), PageId("advice/nothing"), KENT, TODAY) == ()
