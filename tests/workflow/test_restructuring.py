"""One section across all forces: clusters; a wording promoted or demoted, proved digest for digest."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from soh_author.domain.errors import ContentError, NotFoundError, UsageError, WorldMovedError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.editing import Reason
from soh_author.workflow.outputs import Audience
from soh_author.workflow.overrides.change_sets import undo
from soh_author.workflow.overrides.reading_proofs import Exceptional
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.wording.across_forces import SectionAcross, section_across
from soh_author.workflow.wording.restructuring import MovePlan, apply_move, plan_demote, plan_promote
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, force_files, publish, small_content, small_workspace

PAGE = PageId("advice/seized-vehicles")
BRING, WHY, TRAILERS = SectionId("bring"), SectionId("why"), SectionId("trailers")
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
KENT_TEXT = small_content()[KENT_FILE]
GROUP = Layer.of_group("south-east")
FORCES = ("essex", "gwent", "kent", "surrey", "sussex")
TRAILER = """---
overrides: advice/seized-vehicles
ops:
- {op: insert-after, after: reclaim, section: trailers}
---
## Trailers {#trailers}
Ask for it by name.
"""
REASON = Reason("Moved by the national team", "national-content")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Kent and Surrey word *What to bring* alike, Sussex nearly so; Essex and Gwent have the shared text."""
    files = small_content() | force_files("surrey", "Surrey") | force_files("sussex", "Sussex")
    files["forces/surrey/pages/advice/seized-vehicles.en.md"] = KENT_TEXT.replace("kent-web", "surrey-web")
    files["forces/sussex/pages/advice/seized-vehicles.en.md"] = KENT_TEXT.replace("passport", "licence")
    with small_workspace(tmp_path, files) as made:
        snapshot = made.snapshot()
        publish(made, dict(write_pins(snapshot, list(new_pins(snapshot, TODAY))).texts))
        new_draft(made, "tidy").run()
        yield made


def across(made: Workspace, section: SectionId = BRING) -> SectionAcross:
    return section_across(made.snapshot("tidy"), PAGE, section, TODAY).run().value


def promoted(made: Workspace, to: Layer, section: SectionId = BRING, force: str = "kent") -> MovePlan:
    task = plan_promote(
        made, "tidy", PAGE, section, wording_of=ForceId(force), to=to, on=TODAY, reason=REASON
    )
    return task.run().value


def digests(made: Workspace, source: str) -> dict[str, str]:
    snapshot = made.snapshot(source)
    found = {}
    for force in FORCES:
        for language in Language:
            try:
                audience = Audience(snapshot, ForceId(force), language, TODAY)
                found[f"{force}/{language}"] = audience.render(PAGE, made.renderer)[0].digest
            except NotFoundError:
                continue
    return found


def changed(made: Workspace) -> set[str]:
    before, after = digests(made, "published"), digests(made, "tidy")
    return {name for name in {*before, *after} if before.get(name) != after.get(name)}


def test_wordings_are_clustered_equal_ones_together_and_near_ones_beside(workspace: Workspace) -> None:
    found = across(workspace)
    wordings = {wording.forces: wording for cluster in found.clusters for wording in cluster.wordings}
    assert {frozenset(forces) for forces in wordings} == {
        frozenset({"essex", "gwent"}),
        frozenset({"kent", "surrey"}),
        frozenset({"sussex"}),
    }
    assert [wording.is_shared for wording in wordings.values()].count(True) == 1
    (kent,) = [wording for forces, wording in wordings.items() if "kent" in forces]
    assert [line.marked for line in kent.lines if line.is_changed] == [
        "Bring the notice{+ and your passport+}."
    ]


def test_forces_without_the_section_are_told(workspace: Workspace) -> None:
    publish(workspace, {KENT_FILE: TRAILER})
    found = section_across(workspace.snapshot(), PAGE, TRAILERS, TODAY).run().value
    assert (len(found.without), found.shared) == (4, None)
    assert found.sentence == "Trailers: 1 wording at 1 force; 4 don't have it."


def test_a_section_nobody_has_is_not_found(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        across(workspace, SectionId("nowhere"))


def test_promoting_to_a_group_changes_only_members_that_had_no_words_of_their_own(
    workspace: Workspace,
) -> None:
    plan = promoted(workspace, GROUP)
    assert plan.is_proved
    assert plan.gaining == (ForceId("essex"),)
    assert plan.given_back == (ForceId("kent"),)
    apply_move(workspace, "tidy", plan).run()
    assert changed(workspace) == {"essex/en"}
    assert workspace.snapshot("tidy").text(KENT_FILE) is None


def test_promoting_to_shared_changes_only_those_who_read_the_shared_text(workspace: Workspace) -> None:
    plan = promoted(workspace, SHARED)
    assert set(plan.gaining) == {"essex", "gwent"}
    assert set(plan.given_back) == {"kent", "surrey"}
    apply_move(workspace, "tidy", plan).run()
    assert changed(workspace) == {"essex/en", "gwent/en"}
    assert "passport" in (workspace.snapshot("tidy").text("shared/pages/advice/seized-vehicles.en.md") or "")


def test_a_local_section_can_be_promoted_to_all(workspace: Workspace) -> None:
    save_private(workspace, "tidy", KENT_FILE, TRAILER).run()
    publish(workspace, {KENT_FILE: TRAILER})
    plan = promoted(workspace, SHARED, TRAILERS)
    assert plan.is_proved
    assert plan.given_back == (ForceId("kent"),)
    after = workspace.snapshot("tidy").with_unsaved(plan.changes)
    shown = after.effective(PAGE, ForceId("essex"), Language.EN, TODAY)
    assert [each.id for each in shown.sections] == ["lead", "why", "reclaim", "trailers", "bring"]


def test_demoting_from_shared_leaves_every_reader_with_the_same_page(workspace: Workspace) -> None:
    plan = plan_demote(workspace, "tidy", PAGE, WHY, at=SHARED, on=TODAY, reason=REASON).run().value
    assert plan.is_proved
    assert plan.gaining == ()
    apply_move(workspace, "tidy", plan).run()
    assert changed(workspace) == set()
    snapshot = workspace.snapshot("tidy")
    assert "{#why}" not in (snapshot.text("shared/pages/advice/seized-vehicles.en.md") or "")
    assert "{#why}" not in (snapshot.text("shared/pages/advice/seized-vehicles.cy.md") or "")
    assert "Pam" in (snapshot.text("forces/gwent/pages/advice/seized-vehicles.cy.md") or "")


def test_demoting_to_some_forces_lists_the_others_as_exceptions(workspace: Workspace) -> None:
    plan = plan_demote(
        workspace, "tidy", PAGE, WHY, at=SHARED, on=TODAY, forces=[ForceId("kent")], reason=REASON
    ).run().value  # fmt: skip
    assert set(plan.gaining) == {"essex", "gwent", "surrey", "sussex"}
    assert plan.is_proved


def test_demoting_a_group_gives_its_words_to_the_members(workspace: Workspace) -> None:
    apply_move(workspace, "tidy", promoted(workspace, GROUP)).run()
    before = digests(workspace, "tidy")
    plan = plan_demote(workspace, "tidy", PAGE, BRING, at=GROUP, on=TODAY, reason=REASON).run().value
    assert plan.gaining == ()
    apply_move(workspace, "tidy", plan).run()
    assert digests(workspace, "tidy") == before
    assert "passport" in (workspace.snapshot("tidy").text(KENT_FILE) or "")


def test_a_plan_is_refused_when_a_file_changed_since(workspace: Workspace) -> None:
    plan = promoted(workspace, SHARED)
    save_private(workspace, "tidy", KENT_FILE, KENT_TEXT.replace("passport", "logbook")).run()
    with pytest.raises(WorldMovedError):
        apply_move(workspace, "tidy", plan).run()


def test_a_broken_proof_is_never_accepted(workspace: Workspace) -> None:
    plan = promoted(workspace, GROUP)
    exceptions = tuple(_unexpected(each) for each in plan.proof.exceptions)
    broken = _with_proof(plan, exceptions)
    assert not broken.is_proved
    with pytest.raises(ContentError, match="would change and should not"):
        apply_move(workspace, "tidy", broken).run()
    assert changed(workspace) == set()


def test_a_promotion_is_one_undo(workspace: Workspace) -> None:
    saved = apply_move(workspace, "tidy", promoted(workspace, SHARED), note="Passports for all").run().value
    assert saved.revision
    undo(workspace, saved).run()
    assert changed(workspace) == set()


def test_a_wording_is_not_promoted_to_a_force(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        promoted(workspace, Layer.of_force("essex"))


def test_only_what_a_layer_says_can_be_demoted(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        plan_demote(workspace, "tidy", PAGE, BRING, at=GROUP, on=TODAY).run()


def _unexpected(each: Exceptional) -> Exceptional:
    return replace(each, is_expected=False)


def _with_proof(plan: MovePlan, exceptions: tuple[Exceptional, ...]) -> MovePlan:
    return replace(plan, proof=replace(plan.proof, exceptions=exceptions))
