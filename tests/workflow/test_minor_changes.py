"""A minor change keeps everybody in step; what is more than minor is refused with the reason."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.domain.errors import ContentError, NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.minor_changes import mark_minor, plan_minor
from soh_author.workflow.overrides.rebase_proofs import digest_of
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES, publish, small_content, small_workspace

PAGE, BRING, WHY = PageId("advice/seized-vehicles"), SectionId("bring"), SectionId("why")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
GROUP_FILE = "groups/south-east/pages/advice/seized-vehicles.en.md"
GROUP_TEXT = """---
overrides: advice/seized-vehicles
ops:
- {op: append, section: bring}
---
## What to bring {#bring}
Ask for the key.
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Kent replaces a section that its group adds to; Gwent has everything in Welsh."""
    with small_workspace(tmp_path, small_content() | {GROUP_FILE: GROUP_TEXT}) as made:
        snapshot = made.snapshot()
        publish(made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts))
        new_draft(made, "typos").run()
        yield made


def edit(made: Workspace, old: str, new: str) -> None:
    save_private(made, "typos", SHARED_FILE, VEHICLES.replace(old, new)).run()


def drift(made: Workspace) -> list[DriftState]:
    effective = made.snapshot("typos").effective(PAGE, ForceId("kent"), Language.EN, TODAY)
    return [drift_of(trace) for trace in effective.ops]


def test_whoever_was_in_step_stays_in_step(workspace: Workspace) -> None:
    edit(workspace, "Bring the notice.", "Please bring the notice.")
    assert drift(workspace) == [DriftState.ADDITIVE, DriftState.OUTDATED]
    mark_minor(workspace, "typos", PAGE, BRING, TODAY).run()
    assert drift(workspace) == [DriftState.ADDITIVE, DriftState.CURRENT]
    (_, trace) = workspace.snapshot("typos").effective(PAGE, ForceId("kent"), Language.EN, TODAY).ops
    assert trace.op.confirmed == "2026-11-22 Jo Bloggs: minor change of the text above"


def test_own_words_written_in_the_same_draft_are_in_step_with_the_shared_words(workspace: Workspace) -> None:
    path = "forces/gwent/pages/advice/seized-vehicles.en.md"
    above = workspace.snapshot().effective(PAGE, ForceId("gwent"), Language.EN, TODAY).section(BRING)
    assert above is not None
    own = (
        f"---\noverrides: {PAGE}\nops:\n- {{op: replace, section: bring, base: {above.pin}}}\n---\n"
        "## What to bring {#bring}\nBring a friend.\n"
    )
    save_private(workspace, "typos", path, own).run()
    edit(workspace, "Bring the notice.", "Please bring the notice.")
    mark_minor(workspace, "typos", PAGE, BRING, TODAY).run()
    effective = workspace.snapshot("typos").effective(PAGE, ForceId("gwent"), Language.EN, TODAY)
    assert [drift_of(trace) for trace in effective.ops] == [DriftState.CURRENT]


def test_the_welsh_stays_in_step_too(workspace: Workspace) -> None:
    edit(workspace, "We seize vehicles", "We take vehicles away")
    plan = plan_minor(workspace, "typos", PAGE, WHY, TODAY).run().value
    assert plan.sentence == "Why we seize vehicles: a minor change, 1 text stays in step."
    mark_minor(workspace, "typos", PAGE, WHY, TODAY).run()
    welsh = workspace.snapshot("typos").effective(PAGE, ForceId("gwent"), Language.CY, TODAY)
    assert [found.code for found in welsh.diagnostics if found.code == "outdated-welsh"] == []


def test_no_digest_changes_by_marking(workspace: Workspace) -> None:
    edit(workspace, "Bring the notice.", "Please bring the notice.")

    def digests() -> list[str]:
        snapshot = workspace.snapshot("typos")
        return [
            digest_of(snapshot, PAGE, ForceId(force), Language.EN, TODAY, workspace.renderer)
            for force in ("kent", "essex", "gwent")
        ]

    before = digests()
    mark_minor(workspace, "typos", PAGE, BRING, TODAY).run()
    assert digests() == before


def test_what_was_outdated_before_stays_outdated(workspace: Workspace) -> None:
    publish(workspace, {SHARED_FILE: VEHICLES.replace("Bring the notice.", "Bring the letter.")})
    new_draft(workspace, "later").run()
    text = VEHICLES.replace("Bring the notice.", "Please bring the letter.")
    save_private(workspace, "later", SHARED_FILE, text).run()
    mark_minor(workspace, "later", PAGE, BRING, TODAY).run()
    effective = workspace.snapshot("later").effective(PAGE, ForceId("kent"), Language.EN, TODAY)
    assert [drift_of(trace) for trace in effective.ops] == [DriftState.ADDITIVE, DriftState.OUTDATED]


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        ("Bring 2 notices.", "numbers"),
        ("You must bring the notice.", "must"),
        ("Bring [the notice](https://example.org/).", "addresses"),
        ("Bring the notice by Monday.", "days"),
        ("Do not bring the notice.", "deny"),
    ],
)
def test_more_than_a_minor_change_is_refused_with_the_reason(
    workspace: Workspace, new: str, reason: str
) -> None:
    edit(workspace, "Bring the notice.", new)
    plan = plan_minor(workspace, "typos", PAGE, BRING, TODAY).run().value
    assert not plan.is_allowed
    with pytest.raises(ContentError, match=reason):
        mark_minor(workspace, "typos", PAGE, BRING, TODAY).run()
    assert drift(workspace) == [DriftState.ADDITIVE, DriftState.OUTDATED]


def test_a_section_that_did_not_change_can_not_be_marked(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="anew"):
        mark_minor(workspace, "typos", PAGE, BRING, TODAY).run()
