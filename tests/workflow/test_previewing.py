"""The preview shows any force's page from text that is not saved yet, and says whose words they are."""

from datetime import date

import pytest

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.workflow.outputs import Audience
from soh_author.workflow.previewing import Preview, PreviewRequest, preview, who_else
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace
from tests.support.content import KENT, TODAY, VEHICLES

VEHICLES_PAGE = PageId("advice/seized-vehicles")
FEES_PAGE = PageId("advice/fees")
PATH = "shared/pages/advice/seized-vehicles.en.md"


def _show(
    workspace: Workspace,
    snapshot: Snapshot,
    force: str,
    page: PageId = VEHICLES_PAGE,
    *,
    language: Language = Language.EN,
    on: date = TODAY,
) -> Preview:
    return preview(snapshot, PreviewRequest(page, ForceId(force), language, on), workspace.renderer)


def test_unsaved_text_is_shown_to_the_forces_that_read_it(workspace: Workspace) -> None:
    typed = workspace.snapshot(unsaved={PATH: VEHICLES.replace("Bring the notice.", "Bring a torch.")})
    assert "Bring a torch" in _show(workspace, typed, "essex").html
    assert "Bring a torch" not in _show(workspace, typed, "kent").html
    assert "Bring a torch" not in _show(workspace, workspace.snapshot(), "essex").html


def test_a_new_override_that_is_only_typed_is_shown(workspace: Workspace) -> None:
    path = "forces/essex/pages/advice/seized-vehicles.en.md"
    typed = workspace.snapshot(unsaved={path: KENT.replace("passport", "library card")})
    assert "library card" in _show(workspace, typed, "essex").html


def test_what_is_previewed_has_the_digest_of_what_is_built(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    for force in ("gwent", "kent", "essex"):
        audience = Audience(snapshot, ForceId(force), Language.EN, TODAY)
        output, _html = audience.render(VEHICLES_PAGE, workspace.renderer)
        assert _show(workspace, snapshot, force).digest == output.digest


def test_a_day_in_the_future_shows_the_facts_of_that_day(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    assert "£26" in _show(workspace, snapshot, "kent", FEES_PAGE).html
    assert "£30" in _show(workspace, snapshot, "kent", FEES_PAGE, on=date(2026, 12, 1)).html


def test_welsh_words_and_furniture_stand_on_the_welsh_page(workspace: Workspace) -> None:
    shown = _show(workspace, workspace.snapshot(), "gwent", language=Language.CY)
    assert "Dewch â'r hysbysiad" in shown.html or "Dewch â&#x27;r hysbysiad" in shown.html
    assert '<html lang="cy"' in shown.html
    assert shown.output.url == "/cy-GB/cyngor/cerbydau/"


def test_a_page_without_welsh_is_an_error_where_both_languages_are_owed(workspace: Workspace) -> None:
    shown = _show(workspace, workspace.snapshot(), "gwent", FEES_PAGE, language=Language.CY)
    assert any(finding.code == "missing-welsh" and finding.blocks for finding in shown.diagnostics)


def test_a_force_that_never_publishes_in_welsh_has_no_welsh_page(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="Welsh"):
        _show(workspace, workspace.snapshot(), "kent", language=Language.CY)


def test_an_unknown_fact_is_visible_and_reported_with_its_line(workspace: Workspace) -> None:
    text = VEHICLES.replace("We seize", "Since {{ fact.never_heard_of }} we seize")
    shown = _show(workspace, workspace.snapshot(unsaved={PATH: text}), "essex")
    (finding,) = [finding for finding in shown.diagnostics if finding.code == "unknown-fact"]
    assert "never_heard_of" in shown.html
    assert text.split("\n")[finding.place.line - 1].startswith("Since {{ fact.never_heard_of")


def test_template_text_is_shown_as_written_and_never_run(workspace: Workspace) -> None:
    text = VEHICLES.replace("We seize", "{{ 7*7 }} {% if x %} {# gone? #} we seize")
    html = _show(workspace, workspace.snapshot(unsaved={PATH: text}), "essex").html
    assert "{{ 7*7 }} {% if x %} {# gone? #} we seize" in html
    assert "49 we seize" not in html


def test_who_else_reads_a_section_is_told_in_words(workspace: Workspace) -> None:
    snapshot = workspace.snapshot()
    bring, why = SectionId("bring"), SectionId("why")
    assert (
        who_else(snapshot, VEHICLES_PAGE, bring, ForceId("kent"), TODAY)
        == "Only Kent Police reads these words."
    )
    assert who_else(snapshot, VEHICLES_PAGE, bring, ForceId("essex"), TODAY).startswith("2 forces")
    assert who_else(snapshot, VEHICLES_PAGE, why, ForceId("kent"), TODAY).startswith("3 forces")


def test_a_broken_page_still_shows_what_can_be_read(workspace: Workspace) -> None:
    broken = VEHICLES.replace("title: Seized vehicles", "title: [Seized vehicles")
    shown = _show(workspace, workspace.snapshot(unsaved={PATH: broken}), "essex")
    assert "Bring the notice." in shown.html
    assert any(finding.code == "bad-yaml" for finding in shown.diagnostics)
