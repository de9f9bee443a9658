"""Overriding a section and giving it back: pinned, previewed, and undone without a trace."""

import pytest

from soh_author.domain.errors import ContentError, NotFoundError, UsageError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import OpKind
from soh_author.domain.page import PageType
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.workflow.editing import Reason, give_back, override_section, start_page, start_welsh
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES

PAGE = PageId("advice/seized-vehicles")
WHY, BRING = SectionId("why"), SectionId("bring")
ESSEX, KENT = Layer.of_force("essex"), Layer.of_force("kent")


def _digest(workspace: Workspace, unsaved: dict[str, str | None], force: str) -> str:
    effective = workspace.snapshot(unsaved=unsaved).effective(PAGE, ForceId(force), Language.EN, TODAY)
    return str([(section.id, section.pin) for section in effective.sections])


def test_a_fresh_override_says_the_same_is_pinned_and_current(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    change = override_section(snapshot, PAGE, ESSEX, WHY, TODAY, reason=Reason("Local practice", "essex-web"))
    assert change.text is not None
    assert _digest(workspace, {change.path: change.text}, "essex") == _digest(workspace, {}, "essex")
    after = workspace.snapshot(unsaved={change.path: change.text})
    (trace,) = after.effective(PAGE, ForceId("essex"), Language.EN, TODAY).ops
    assert drift_of(trace) is DriftState.REDUNDANT
    assert (trace.op.why, trace.op.owner, trace.op.at) == ("Local practice", "essex-web", snapshot.revision)
    assert change.text.split("\n")[change.line - 1].startswith("## Why we seize vehicles")


def test_overriding_a_second_section_keeps_the_first(workspace: Workspace) -> None:
    change = override_section(workspace.snapshot(), PAGE, KENT, WHY, TODAY)
    assert change.text is not None
    assert "passport" in change.text
    assert change.text.index("{#bring}") < change.text.index("{#why}")


def test_a_section_that_is_overridden_already_is_only_shown(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    change = override_section(snapshot, PAGE, KENT, BRING, TODAY)
    assert change.text == snapshot.text(change.path)


def test_adding_below_a_section_needs_no_pin(workspace: Workspace) -> None:
    change = override_section(workspace.snapshot(), PAGE, ESSEX, WHY, TODAY, kind=OpKind.APPEND)
    assert change.text is not None
    assert "base:" not in change.text


def test_giving_back_the_only_change_removes_the_file(workspace: Workspace) -> None:
    change = give_back(workspace.snapshot(), PAGE, KENT, BRING)
    assert change.text is None
    assert _digest(workspace, {change.path: None}, "kent") == _digest(workspace, {}, "essex")


def test_the_shared_text_overrides_nothing(workspace: Workspace) -> None:
    with pytest.raises(UsageError):
        override_section(workspace.snapshot(), PAGE, SHARED, WHY, TODAY)


def test_an_unknown_section_can_not_be_overridden(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        override_section(workspace.snapshot(), PAGE, ESSEX, SectionId("nowhere"), TODAY)


def test_a_locked_section_can_not_be_overridden_and_why_is_said(workspace: Workspace) -> None:
    path = "shared/pages/advice/seized-vehicles.en.md"
    locked = VEHICLES.replace("related:", "locked: {why: Wording agreed nationally}\nrelated:")
    with pytest.raises(ContentError, match="Wording agreed nationally"):
        override_section(workspace.snapshot(unsaved={path: locked}), PAGE, ESSEX, WHY, TODAY)


def test_a_new_local_page_reads_back_as_one(workspace: Workspace) -> None:
    change = start_page(KENT, PageId("campaigns/lights"), "Lights on", PageType.ABOUT)
    filled_in = "type: about\nsummary: Lights.\nowner: kent-web\nreview_by: 2027-01-01\n"
    text = (change.text or "").replace("type: about\n", filled_in)
    snapshot = workspace.snapshot(unsaved={change.path: text})
    shown = snapshot.effective(PageId("campaigns/lights"), ForceId("kent"), Language.EN, TODAY)
    assert shown.value("title") == "Lights on"
    assert snapshot.sources.read(change.path).diagnostics == ()


def test_a_new_welsh_file_has_the_sections_of_the_english_and_no_words(workspace: Workspace) -> None:
    change = start_welsh(workspace.snapshot(), PageId("advice/fees"), SHARED, TODAY)
    assert change.path == "shared/pages/advice/fees.cy.md"
    assert change.text is not None
    assert "## Amounts {#amounts}" in change.text
    assert "Storage" not in change.text
