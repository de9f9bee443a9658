"""One answer for many cells: what it touches, what it leaves out and why, and who may not."""

from pathlib import Path

from soh_author.domain.ids import ForceId, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.many_cells import ManyPlan, apply_many, plan_many, why_not_edit
from soh_author.workflow.overrides.rebase_answers import AnswerKind
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES, publish, small_content, small_workspace
from tests.support.people import Office
from tests.workflow.test_rebasing import ESSEX_FILE, KENT_FILE, PAGE, SHARED_FILE, pin_all

CELLS = [(PAGE, ForceId("kent")), (PAGE, ForceId("essex")), (PAGE, ForceId("gwent"))]


def _made(folder: Path) -> Workspace:
    files = small_content()
    files[ESSEX_FILE] = files[KENT_FILE]
    made = small_workspace(folder, files)
    pin_all(made)
    new_draft(made, "update").run()
    return made


def _planned(made: Workspace, kind: AnswerKind) -> ManyPlan:
    return plan_many(made, "update", CELLS, kind, TODAY).run().value


def test_what_is_in_step_needs_no_answer(tmp_path: Path) -> None:
    with _made(tmp_path) as made:
        found = _planned(made, AnswerKind.STILL_RIGHT)
        assert found.items == ()
        assert "it is in step already" in dict(found.left_out)
        assert found.sentence == "None of these cells can be answered so."


def test_what_fell_behind_is_still_right_for_every_force_together(tmp_path: Path) -> None:
    with _made(tmp_path) as made:
        publish(made, {SHARED_FILE: VEHICLES.replace("Bring the notice.", "Bring the letter.")}, "Now")
        new_draft(made, "later").run()
        found = plan_many(made, "later", CELLS, AnswerKind.STILL_RIGHT, TODAY).run().value
        assert {str(item.change.layer) for item in found.items} == {"force:kent", "force:essex"}
        report = apply_many(made, "later", found, TODAY, why="Same rule").run().value
        assert set(report.saved.after) == {KENT_FILE, ESSEX_FILE}
        assert all(proof.is_proved for proof in report.proofs)


def test_a_text_of_a_group_is_left_out_at_each_of_its_forces(tmp_path: Path) -> None:
    with _made(tmp_path) as made:
        path = f"groups/south-east/pages/{PAGE}.en.md"
        text = made.snapshot("update").text(KENT_FILE) or ""
        save_private(made, "update", path, text).run()
        found = _planned(made, AnswerKind.GIVE_BACK)
        assert dict(found.left_out)["a group’s text, which other forces read too"] == 2


def test_giving_back_leaves_its_reason_in_the_version(tmp_path: Path) -> None:
    with _made(tmp_path) as made:
        found = _planned(made, AnswerKind.GIVE_BACK)
        report = apply_many(made, "update", found, TODAY, why="It says so now").run().value
        assert report.saved.revision
        assert made.snapshot("update").text(KENT_FILE) is None


def test_who_the_policy_knows_without_the_role_is_told_so(people: Office) -> None:
    page = PageId("advice/fees")
    assert why_not_edit(people.nia.workspace, SHARED, page) == ""
    said = why_not_edit(people.alex.workspace, Layer.of_force("kent"), page)
    assert said.startswith("Alex Rees may not edit the text of kent")


def test_where_nothing_may_be_done_the_rule_is_said(people: Office) -> None:
    made = people.alex.workspace
    new_draft(made, "try").run()
    found = plan_many(made, "try", CELLS, AnswerKind.GIVE_BACK, TODAY).run()
    assert found.value.items == ()
    assert found.notice.startswith(
        "None of these cells can be answered so. 1 left out: Alex Rees may not edit"
    )
    assert found.notice.endswith("they have no role as editor.")


def test_without_a_policy_everybody_may_try(workspace: Workspace) -> None:
    assert why_not_edit(workspace, SHARED, PAGE) == ""
