"""A force's own Welsh: begun op for op beside its English, pinned to it, never made up."""

import pytest

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import OpKind
from soh_author.workflow.editing import Reason, add_section, give_back, override_section
from soh_author.workflow.editing_welsh import override_welsh, start_own_welsh
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY

PAGE, WHY, BRING = PageId("advice/seized-vehicles"), SectionId("why"), SectionId("bring")
GWENT, KENT = Layer.of_force("gwent"), Layer.of_force("kent")


def _with(workspace: Workspace, *kinds: OpKind) -> Snapshot:
    """Gwent says something of its own in English."""
    snapshot = workspace.snapshot()
    for kind in kinds:
        change = override_section(snapshot, PAGE, GWENT, BRING, TODAY, kind=kind)
        text = (change.text or "").replace("Bring the notice.", "Bring a friend.")
        snapshot = snapshot.with_unsaved(
            {change.path: text if "friend" in text else f"{text}\nBring a friend.\n"}
        )
    return snapshot


def _findings(snapshot: Snapshot, change_text: str, path: str) -> list[str]:
    after = snapshot.with_unsaved({path: change_text})
    assert after.sources.read(path).diagnostics == ()
    welsh = after.effective(PAGE, ForceId("gwent"), Language.CY, TODAY)
    return [found.code for found in welsh.diagnostics if found.section == BRING]


@pytest.mark.parametrize("kind", [OpKind.REPLACE, OpKind.APPEND, OpKind.PREPEND])
def test_welsh_has_the_op_of_its_english_and_is_in_step_with_it(workspace: Workspace, kind: OpKind) -> None:
    snapshot = _with(workspace, kind)
    change = override_welsh(snapshot, PAGE, GWENT, BRING, TODAY)
    assert change.path == f"forces/gwent/pages/{PAGE}.cy.md"
    assert change.text is not None
    assert f"op: {kind.value}" in change.text
    assert "translates: sha256:" in change.text
    assert "friend" not in change.text
    written = f"{change.text.rstrip()}\nDewch â ffrind.\n"
    assert "outdated-welsh" not in _findings(snapshot, written, change.path)
    moved = snapshot.with_unsaved(
        {
            f"forces/gwent/pages/{PAGE}.en.md": (
                snapshot.text(f"forces/gwent/pages/{PAGE}.en.md") or ""
            ).replace("a friend", "two friends")
        }
    )
    assert "outdated-welsh" in _findings(moved, written, change.path)


def test_without_english_of_its_own_it_starts_from_the_welsh_above(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    above = snapshot.effective(PAGE, ForceId("gwent"), Language.CY, TODAY).section(WHY)
    assert above is not None
    assert not above.is_fallback
    change = override_welsh(snapshot, PAGE, GWENT, WHY, TODAY)
    assert change.text is not None
    assert above.body.strip() in change.text
    assert change.text.split("\n")[change.line - 1].startswith("## ")


def test_what_is_said_in_welsh_already_is_only_shown(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    first = override_welsh(snapshot, PAGE, GWENT, WHY, TODAY)
    after = snapshot.with_unsaved({first.path: first.text})
    assert override_welsh(after, PAGE, GWENT, WHY, TODAY).text == first.text
    second = override_welsh(after, PAGE, GWENT, BRING, TODAY)
    assert second.text is not None
    assert second.text.index("{#why}") < second.text.index("{#bring}")


def test_a_force_s_welsh_begins_with_every_section_its_english_words(workspace: Workspace) -> None:
    change = start_own_welsh(_with(workspace, OpKind.REPLACE), PAGE, GWENT, TODAY)
    assert change.text is not None
    assert change.text.startswith("---\noverrides: advice/seized-vehicles\nops:\n- {op: replace")


def test_where_a_force_says_nothing_of_its_own_there_is_nothing_to_render(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError):
        start_own_welsh(workspace.snapshot(), PAGE, GWENT, TODAY)
    with pytest.raises(UsageError):
        override_welsh(workspace.snapshot(), PAGE, SHARED, WHY, TODAY)
    with pytest.raises(NotFoundError):
        override_welsh(workspace.snapshot(), PAGE, GWENT, SectionId("nowhere"), TODAY)


def test_own_welsh_is_given_back_in_welsh_only(workspace: Workspace) -> None:
    snapshot = _with(workspace, OpKind.REPLACE)
    change = override_welsh(snapshot, PAGE, GWENT, BRING, TODAY)
    after = snapshot.with_unsaved({change.path: change.text})
    back = give_back(after, PAGE, GWENT, BRING, Language.CY)
    assert (back.path, back.text) == (change.path, None)


def test_a_section_of_its_own_stands_behind_the_one_chosen(workspace: Workspace) -> None:
    reason = Reason("Local rule", "gwent-web")
    change = add_section(workspace.snapshot(), PAGE, GWENT, WHY, TODAY, heading="Trailers", reason=reason)
    written = f"{(change.text or '').rstrip()}\nHitch it yourself.\n"
    after = workspace.snapshot(unsaved={change.path: written})
    assert not [found for found in after.sources.read(change.path).diagnostics if found.blocks]
    shown = [each.id for each in after.effective(PAGE, ForceId("gwent"), Language.EN, TODAY).sections]
    assert shown.index(SectionId("trailers")) == shown.index(WHY) + 1
    again = add_section(after, PAGE, GWENT, WHY, TODAY, heading="Trailers")
    assert "section: trailers-2" in (again.text or "")


def test_a_new_section_needs_a_heading_and_a_place(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    with pytest.raises(UsageError):
        add_section(snapshot, PAGE, GWENT, WHY, TODAY, heading=" ")
    with pytest.raises(UsageError):
        add_section(snapshot, PAGE, SHARED, WHY, TODAY, heading="Trailers")
    with pytest.raises(NotFoundError):
        add_section(snapshot, PAGE, KENT, SectionId("nowhere"), TODAY, heading="Trailers")
