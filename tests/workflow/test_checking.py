"""Checking finds each fault once, names its line, and says whom it concerns."""

from pathlib import Path

import pytest

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.workflow.checking import check
from soh_author.workflow.outputs import Audience, outputs_of
from soh_author.workflow.workspace import Workspace
from tests.support.content import KENT, TODAY, VEHICLES, force_files, publish, small_content, small_workspace

PATH = "shared/pages/advice/seized-vehicles.en.md"
KENT_PATH = "forces/kent/pages/advice/seized-vehicles.en.md"

BEACH = """---
title: Beaches
type: advice
kind: local
url: /advice/beach/
summary: What to do.
owner: group-web
review_by: 2027-04-01
---
Stay away from the tide.
"""


def _check(workspace: Workspace, *, force: str = "", page: str = "") -> list[Diagnostic]:
    forces = [ForceId(force)] if force else []
    pages = [PageId(page)] if page else []
    found = check(workspace.snapshot(), workspace.renderer, TODAY, forces=forces, pages=pages)
    return found.run().value


def _codes(found: list[Diagnostic]) -> set[str]:
    return {finding.code for finding in found}


def test_a_fault_of_a_shared_page_is_told_once_for_all_who_read_it(workspace: Workspace) -> None:
    publish(workspace, {PATH: VEHICLES.replace("We seize", "{{ fact.nope }} we seize")})
    (finding,) = [finding for finding in _check(workspace) if finding.code == "unknown-fact"]
    assert (finding.place.path, finding.place.line, finding.forces) == (PATH, 13, ())


def test_many_faults_of_a_kind_are_counted_for_all_who_read_them(workspace: Workspace) -> None:
    unknown = "".join(f"{{{{ fact.nope{number} }}}}\n\n" for number in range(300))
    publish(workspace, {PATH: VEHICLES.replace("We seize", f"{unknown}We seize")})
    found = [finding for finding in _check(workspace) if finding.code == "unknown-fact"]
    assert len(found) == 51
    assert found[-1].message == "And 250 more like this, here and below."
    assert {finding.forces for finding in found} == {()}


def test_a_fault_only_some_forces_have_names_them(workspace: Workspace) -> None:
    publish(workspace, {KENT_PATH: KENT.replace("passport", "{{ fact.nope }}")})
    (finding,) = [finding for finding in _check(workspace) if finding.code == "unknown-fact"]
    assert finding.forces == (ForceId("kent"),)
    assert "unknown-fact" not in _codes(_check(workspace, force="essex"))


def test_a_force_hears_nothing_of_faults_in_other_forces_files(workspace: Workspace) -> None:
    publish(workspace, {KENT_PATH: KENT.replace("2027-03-01", "2020-01-01")})
    assert "review-overdue" in _codes(_check(workspace, force="kent"))
    assert "review-overdue" not in _codes(_check(workspace, force="essex"))


def test_an_override_written_for_another_text_is_outdated(workspace: Workspace) -> None:
    publish(
        workspace, {KENT_PATH: KENT.replace("section: bring,", f"section: bring, base: sha256:{'0' * 64},")}
    )
    assert "outdated" in _codes(_check(workspace))


def test_english_without_welsh_blocks_gwent_and_nobody_else(workspace: Workspace) -> None:
    missing = [finding for finding in _check(workspace) if finding.code == "missing-welsh"]
    assert missing
    assert all(finding.forces == (ForceId("gwent"),) and finding.blocks for finding in missing)


def test_one_address_for_two_pages_is_told(workspace: Workspace) -> None:
    publish(workspace, {"shared/pages/advice/again.en.md": VEHICLES})
    found = [finding for finding in _check(workspace) if finding.code == "doubled-url"]
    assert {finding.place.path for finding in found} <= {PATH, "shared/pages/advice/again.en.md"}
    assert found


def test_a_name_windows_keeps_for_itself_is_a_bad_path(workspace: Workspace) -> None:
    publish(workspace, {"shared/pages/con/page.en.md": VEHICLES})
    (finding,) = [finding for finding in _check(workspace) if finding.code == "bad-path"]
    assert finding.place.path == "shared/pages/con/page.en.md"


def test_two_groups_that_replace_one_section_are_an_error(tmp_path: Path) -> None:
    group = "id: {0}\nname: Group\nmembers:\n- {{force: kent}}\n"
    text = KENT.replace("kent-web", "group-web")
    files = {
        **small_content(),
        "groups/one/group.yml": group.format("one"),
        "groups/two/group.yml": group.format("two"),
        "groups/one/pages/advice/seized-vehicles.en.md": text,
        "groups/two/pages/advice/seized-vehicles.en.md": text.replace("passport", "visa"),
    }
    with small_workspace(tmp_path, files) as workspace:
        found = [finding for finding in _check(workspace) if finding.code == "ambiguous-group"]
        assert {finding.forces for finding in found} == {(ForceId("kent"),)}


def test_a_group_that_touches_a_page_it_may_not_is_told_and_not_applied(workspace: Workspace) -> None:
    group = "id: south-east\nname: South East\nmembers:\n- {force: essex}\npages: [report/*]\n"
    path = "groups/south-east/pages/advice/seized-vehicles.en.md"
    publish(workspace, {"groups/south-east/group.yml": group, path: KENT.replace("passport", "visa")})
    assert "group-page" in _codes(_check(workspace))


def test_a_groups_own_page_that_it_may_no_longer_touch_is_told_and_all_else_goes_on(
    workspace: Workspace,
) -> None:
    group = "id: south-east\nname: South East\nmembers:\n- {force: kent}\npages: [report/*]\n"
    path = "groups/south-east/pages/advice/beach.en.md"
    publish(workspace, {"groups/south-east/group.yml": group, path: BEACH})
    (found,) = (finding for finding in _check(workspace) if finding.code == "group-page")
    assert (found.place.path, found.place.line, found.forces) == (path, 1, (ForceId("kent"),))
    assert "“pages” of “groups/south-east/group.yml”" in found.message
    snapshot, page = workspace.snapshot(), PageId("advice/beach")
    assert outputs_of(snapshot, page, TODAY) == []
    with pytest.raises(NotFoundError) as refused:
        Audience(snapshot, ForceId("kent"), Language.EN, TODAY).effective(page)
    assert refused.value.todo == f"Add it to “pages” of “groups/south-east/group.yml”, or move “{path}”."


def test_an_unknown_force_in_a_group_is_told(workspace: Workspace) -> None:
    group = (
        "id: south-east\nname: South East\nmembers:\n- {force: sussex}\n- {force: kent}\n- {force: kent}\n"
    )
    publish(workspace, {"groups/south-east/group.yml": group})
    assert {"unknown-force", "doubled-member"} <= _codes(_check(workspace))


def test_a_closed_force_is_left_out(tmp_path: Path) -> None:
    closed = {path: text.replace("live", "closed") for path, text in force_files("sussex", "Sussex").items()}
    override = {
        "forces/sussex/pages/advice/seized-vehicles.en.md": KENT.replace("passport", "{{ fact.nope }}")
    }
    with small_workspace(tmp_path, {**small_content(), **closed, **override}) as workspace:
        assert "unknown-fact" not in _codes(_check(workspace))


def test_overrides_of_a_page_that_was_deleted_nationally_are_told_and_block(tmp_path: Path) -> None:
    files = small_content()
    del files["shared/pages/advice/seized-vehicles.en.md"]
    with small_workspace(tmp_path, files) as workspace:
        found = check(workspace.snapshot(), workspace.renderer, TODAY).run().value
    (left,) = [each for each in found if each.code == "unknown-override-target"]
    assert left.place.path == "forces/kent/pages/advice/seized-vehicles.en.md"
    assert left.blocks
    assert left.forces == ("kent",)
