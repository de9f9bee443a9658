"""Update from shared: proposals, answers, proofs; refused when the world moved; one undo."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.comparing.rebase import SectionWords
from soh_author.domain.errors import UsageError, WorldMovedError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.workflow.drafting import new_draft, save_private
from soh_author.workflow.overrides.change_sets import undo
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind, answers_for, fitting
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebasing import RebasePlan, RebaseReport, apply, plan
from soh_author.workflow.pinning import new_pins, write_pins
from soh_author.workflow.workspace import Workspace
from tests.support.content import TODAY, VEHICLES, publish, small_content, small_workspace

PAGE = PageId("advice/seized-vehicles")
SHARED_FILE = "shared/pages/advice/seized-vehicles.en.md"
KENT_FILE = "forces/kent/pages/advice/seized-vehicles.en.md"
ESSEX_FILE = "forces/essex/pages/advice/seized-vehicles.en.md"
KENT_TEXT = small_content()[KENT_FILE]
LONG = "Bring the notice. Ask at the desk. We will help you."
KENT_LONG = LONG.replace("the notice", "the notice and your passport")

Edit = Callable[[dict[str, str]], Workspace]


def start(tmp_path: Path, files: dict[str, str]) -> Workspace:
    """Content whose overrides are pinned to the version before, and a draft of it."""
    made = small_workspace(tmp_path, files)
    pin_all(made)
    new_draft(made, "update").run()
    return made


def pin_all(made: Workspace) -> None:
    snapshot = made.snapshot()
    pins = list(new_pins(snapshot, TODAY, saved=snapshot))
    publish(made, dict(write_pins(snapshot, pins).texts), "Pins")


def content(shared_bring: str, kent_bring: str) -> dict[str, str]:
    files = small_content()
    files[SHARED_FILE] = VEHICLES.replace("Bring the notice.", shared_bring)
    files[KENT_FILE] = KENT_TEXT.replace("Bring the notice and your passport.", kent_bring)
    return files


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Kent and Essex say the same instead of a shared text of three sentences."""
    files = content(LONG, KENT_LONG)
    files[ESSEX_FILE] = files[KENT_FILE]
    with start(tmp_path, files) as made:
        yield made


def edit(made: Workspace, old: str, new: str, path: str = SHARED_FILE) -> None:
    """Change a file in the draft, privately."""
    text = made.snapshot("update").text(path) or ""
    assert old in text
    save_private(made, "update", path, text.replace(old, new)).run()


def planned(made: Workspace) -> RebasePlan:
    """What Kent and Essex have to decide; Welsh has tests of its own."""
    layers = [Layer.of_force("kent"), Layer.of_force("essex")]
    return plan(made, "update", TODAY, layers=layers).run().value


def item(made: Workspace, path: str = KENT_FILE) -> RebaseItem:
    return next(each for each in planned(made).items if each.change.place.path == path)


def answered(made: Workspace, *answers: Answer, note: str = "") -> RebaseReport:
    return apply(made, "update", answers, TODAY, note=note).run().value


def drift(made: Workspace, force: str = "kent") -> list[DriftState]:
    effective = made.snapshot("update").effective(PAGE, ForceId(force), Language.EN, TODAY)
    return [drift_of(trace) for trace in effective.ops]


def bring(made: Workspace, force: str = "kent") -> str:
    shown = made.snapshot("update").effective(PAGE, ForceId(force), Language.EN, TODAY)
    found = shown.section(SectionId("bring"))
    return found.body.strip() if found else ""


def test_nothing_asks_for_anything_while_all_is_in_step(workspace: Workspace) -> None:
    found = planned(workspace)
    assert found.items == ()
    assert found.sentence == "Everything is in step with the text above it."


def test_an_outdated_text_comes_with_what_was_said_then_is_said_now_and_ours(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    found = item(workspace)
    assert found.then is not None
    assert found.now is not None
    assert found.ours is not None
    assert found.then.body.strip() == LONG
    assert found.now.body.strip().endswith("We are open until 6pm.")
    assert found.ours.body.strip() == KENT_LONG
    assert not found.is_two_way
    assert found.sentence == "Kent, What to bring: replaced, outdated"


def test_a_clean_merge_is_still_a_proposal_and_written_when_accepted(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    found = item(workspace)
    assert found.proposal is not None
    assert found.proposal.is_clean
    assert drift(workspace) == [DriftState.OUTDATED]
    answered(workspace, Answer(found, AnswerKind.ACCEPT))
    assert bring(workspace) == KENT_LONG.replace("We will help you.", "We are open until 6pm.")
    assert drift(workspace) == [DriftState.CURRENT]


def test_a_conflict_without_a_choice_is_refused(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    found = item(workspace)
    assert found.conflicts == 1
    with pytest.raises(UsageError, match="decided"):
        answered(workspace, Answer(found, AnswerKind.ACCEPT))
    assert drift(workspace) == [DriftState.OUTDATED]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice.MINE, KENT_LONG),
        (Written("Bring all papers."), "Bring all papers. Ask at the desk. We will help you."),
    ],
)
def test_a_conflict_is_decided_by_a_person(workspace: Workspace, choice: Choice | Written, said: str) -> None:
    edit(workspace, "the notice", "two notices")
    found = item(workspace)
    assert found.proposal is not None
    choices = dict.fromkeys(found.proposal.body.conflicts, choice)
    answered(workspace, Answer(found, AnswerKind.ACCEPT, body=choices))
    assert bring(workspace) == said


def test_taking_all_of_the_shared_text_gives_the_section_back(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    found = item(workspace)
    assert found.proposal is not None
    choices = dict.fromkeys(found.proposal.body.conflicts, Choice.THEIRS)
    report = answered(workspace, Answer(found, AnswerKind.ACCEPT, body=choices))
    assert workspace.snapshot("update").text(KENT_FILE) is None
    assert report.notes == ("What to bring: nothing differs any more, so it is given back.",)


def test_still_right_pins_anew_changes_no_word_and_says_who_and_why(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    report = answered(
        workspace, Answer(item(workspace), AnswerKind.STILL_RIGHT, why="Our desk has its own hours")
    )
    assert drift(workspace) == [DriftState.CURRENT]
    assert bring(workspace) == KENT_LONG
    (trace,) = workspace.snapshot("update").effective(PAGE, ForceId("kent"), Language.EN, TODAY).ops
    assert trace.op.confirmed == "2026-11-22 Jo Bloggs: Our desk has its own hours"
    assert trace.op.why == "Local practice"
    (proof,) = report.proofs
    assert proof.is_proved
    assert proof.before == proof.after


def test_giving_back_restores_the_shared_text_and_proves_it(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    report = answered(workspace, Answer(item(workspace), AnswerKind.GIVE_BACK))
    (proof,) = report.proofs
    assert proof.is_proved
    assert proof.sentence == "What to bring reads as the text above does."
    assert bring(workspace) == LONG.replace("We will help you.", "We are open until 6pm.")
    assert workspace.snapshot("update").text(KENT_FILE) is None


def test_own_words_replace_both(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    answered(
        workspace, Answer(item(workspace), AnswerKind.WRITE, words=SectionWords("What to take", "Take all."))
    )
    shown = workspace.snapshot("update").effective(PAGE, ForceId("kent"), Language.EN, TODAY)
    found = shown.section(SectionId("bring"))
    assert found is not None
    assert (found.heading, found.body.strip()) == ("What to take", "Take all.")
    assert drift(workspace) == [DriftState.CURRENT]


def test_one_answer_serves_all_forces_with_the_same_three_texts(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    found = planned(workspace)
    mine = item(workspace)
    assert {each.layer_label for each in found.same_as(mine)} == {"Kent", "Essex"}
    assert mine.proposal is not None
    answer = Answer(mine, AnswerKind.ACCEPT, body=dict.fromkeys(mine.proposal.body.conflicts, Choice.BOTH))
    report = answered(workspace, *answers_for(answer, found.items))
    assert report.answered == 2
    assert bring(workspace) == bring(workspace, "essex")
    assert drift(workspace) == drift(workspace, "essex") == [DriftState.CURRENT]


def test_an_answer_is_refused_when_the_shared_text_moved_on_since_the_plan(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    stale = Answer(item(workspace), AnswerKind.ACCEPT)
    edit(workspace, "until 6pm", "until 8pm")
    with pytest.raises(WorldMovedError, match="changed since you looked"):
        answered(workspace, stale)
    assert bring(workspace) == KENT_LONG


def test_an_answer_is_refused_when_the_override_moved_on_since_the_plan(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    stale = Answer(item(workspace), AnswerKind.ACCEPT)
    edit(workspace, "passport", "logbook", KENT_FILE)
    with pytest.raises(WorldMovedError):
        answered(workspace, stale)


def test_of_several_answers_all_are_written_or_none(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    good = Answer(item(workspace), AnswerKind.STILL_RIGHT)
    bad = Answer(item(workspace, ESSEX_FILE), AnswerKind.ACCEPT)
    with pytest.raises(UsageError):
        answered(workspace, good, bad)
    assert drift(workspace) == [DriftState.OUTDATED]


def test_answering_twice_is_refused(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    once = Answer(item(workspace), AnswerKind.STILL_RIGHT)
    with pytest.raises(UsageError, match="twice"):
        answered(workspace, once, once)


def test_one_undo_brings_everything_back_byte_for_byte(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    before = {path: workspace.snapshot("update").text(path) for path in (KENT_FILE, ESSEX_FILE)}
    answers = [Answer(item(workspace, path), AnswerKind.GIVE_BACK) for path in (KENT_FILE, ESSEX_FILE)]
    report = answered(workspace, *answers)
    undo(workspace, report.saved).run()
    assert {path: workspace.snapshot("update").text(path) for path in before} == before


def test_an_undo_never_overwrites_what_was_written_since(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    report = answered(workspace, Answer(item(workspace), AnswerKind.ACCEPT))
    edit(workspace, "passport", "logbook", KENT_FILE)
    with pytest.raises(WorldMovedError):
        undo(workspace, report.saved).run()
    assert "logbook" in bring(workspace)


def test_with_a_note_the_answers_are_one_version_and_private_text_stays_private(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    report = answered(workspace, Answer(item(workspace), AnswerKind.STILL_RIGHT), note="Kent looked")
    assert report.saved.revision
    assert workspace.store.version(report.saved.revision).note == "Kent looked"
    assert set(workspace.saved_texts("update")) == {SHARED_FILE}


def test_what_is_live_is_never_written(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    answer = Answer(item(workspace), AnswerKind.STILL_RIGHT)
    with pytest.raises(UsageError, match="draft"):
        apply(workspace, "", [answer], TODAY).run()


def test_a_lost_base_is_told_and_the_texts_are_compared_two_ways(workspace: Workspace) -> None:
    edit(workspace, "We will help you.", "We are open until 6pm.")
    text = workspace.snapshot("update").text(KENT_FILE) or ""
    start_at = text.index("sha256:")
    lost = text.replace(text[start_at : start_at + 71], "sha256:" + "0" * 64)
    save_private(workspace, "update", KENT_FILE, lost).run()
    found = item(workspace)
    assert found.then is None
    assert found.is_two_way
    assert "can't be found" in found.sentence


def test_the_base_is_found_without_its_version_in_the_history(workspace: Workspace) -> None:
    text = workspace.snapshot("update").text(KENT_FILE) or ""
    revision = workspace.snapshot().effective(PAGE, ForceId("kent"), Language.EN, TODAY).ops[0].op.at
    assert revision
    save_private(workspace, "update", KENT_FILE, text.replace(revision, "1234567")).run()
    edit(workspace, "We will help you.", "We are open until 6pm.")
    found = item(workspace)
    assert found.then is not None
    assert found.then.body.strip() == LONG


ORPHANED = "## What to bring {#bring}\n" + LONG + "\n"


def test_an_orphan_is_kept_as_a_local_section_or_dropped(workspace: Workspace) -> None:
    edit(workspace, ORPHANED, "")
    found = item(workspace)
    assert fitting(found) == (AnswerKind.KEEP_LOCAL, AnswerKind.DROP)
    answered(
        workspace,
        Answer(found, AnswerKind.KEEP_LOCAL),
        Answer(item(workspace, ESSEX_FILE), AnswerKind.DROP),
    )
    assert drift(workspace) == [DriftState.ADDITIVE]
    assert bring(workspace) == KENT_LONG
    assert workspace.snapshot("update").text(ESSEX_FILE) is None


def test_an_orphan_can_not_be_called_still_right(workspace: Workspace) -> None:
    edit(workspace, ORPHANED, "")
    with pytest.raises(UsageError, match="no answer for"):
        answered(workspace, Answer(item(workspace), AnswerKind.STILL_RIGHT))


HIDING = """---
overrides: advice/seized-vehicles
set: {summary: {value: Kent says so.}}
ops:
- {op: hide, section: why}
- {op: replace, section: bring}
---
## What to bring {#bring}
Bring it.
"""


@pytest.fixture
def hiding(tmp_path: Path) -> Iterator[Workspace]:
    """Kent hides a section, replaces another and sets the summary."""
    files = small_content()
    files[KENT_FILE] = HIDING
    with start(tmp_path, files) as made:
        edit(made, "not insured", "not taxed")
        edit(made, "Bring the notice.", "Bring two notices.")
        edit(made, "What to do if we have taken", "What to do when we have taken")
        yield made


def test_hidden_sections_and_fields_ask_too_and_can_be_confirmed(hiding: Workspace) -> None:
    found = planned(hiding).items
    assert [each.change.sentence for each in found] == [
        "Why we seize vehicles: hidden, outdated",
        "What to bring: replaced, outdated",
        "The summary: set, outdated",
    ]
    assert found[0].then is not None
    assert found[0].then.body.strip() == "We seize vehicles that are not insured."
    assert found[2].then == SectionWords("", "What to do if we have taken your vehicle.")
    answered(hiding, *(Answer(each, AnswerKind.STILL_RIGHT) for each in found))
    assert planned(hiding).items == ()


def test_several_answers_in_one_file_do_not_disturb_each_other(hiding: Workspace) -> None:
    hide, replace, field = planned(hiding).items
    answered(
        hiding,
        Answer(hide, AnswerKind.GIVE_BACK),
        Answer(replace, AnswerKind.WRITE, words=SectionWords("What to bring", "Bring both.")),
        Answer(field, AnswerKind.GIVE_BACK),
    )
    shown = hiding.snapshot("update").effective(PAGE, ForceId("kent"), Language.EN, TODAY)
    assert bring(hiding) == "Bring both."
    assert shown.section(SectionId("why")) is not None
    assert shown.value("summary") == "What to do when we have taken your vehicle."


TAKEOVER = (
    VEHICLES.replace(
        "type: advice",
        "type: advice\nkind: page\noverrides: advice/seized-vehicles\nwhy: Ours\n"
        "owner: kent-web\nreview_by: 2027-01-01",
    )
    .replace("owner: national-content\nreview_by: 2027-04-01\n", "")
    .replace("not insured", "not insured in Kent")
)


def test_a_page_taken_over_is_merged_section_by_section(tmp_path: Path) -> None:
    files = small_content()
    files[KENT_FILE] = TAKEOVER
    with start(tmp_path, files) as made:
        edit(made, "Bring the notice.", "Bring two notices.\n\n## Trailers {#trailers}\nAsk by name.")
        found = item(made)
        assert found.page_proposal is not None
        assert [each.section for each in found.page_proposal.merges] == ["why", "bring"]
        assert [each.id for each in found.page_proposal.added] == ["trailers"]
        answered(made, Answer(found, AnswerKind.ACCEPT, added=(SectionId("trailers"),)))
        shown = made.snapshot("update").effective(PAGE, ForceId("kent"), Language.EN, TODAY)
        assert [each.id for each in shown.sections] == ["lead", "why", "reclaim", "bring", "trailers"]
        assert bring(made) == "Bring two notices."
        assert "in Kent" in (made.snapshot("update").text(KENT_FILE) or "")
        assert planned(made).items == ()


def test_the_plan_can_be_narrowed_to_a_layer(workspace: Workspace) -> None:
    edit(workspace, "the notice", "two notices")
    found = plan(workspace, "update", TODAY, pages=[PAGE], layers=[Layer.of_force("essex")]).run().value
    assert [each.layer_label for each in found.items] == ["Essex"]
