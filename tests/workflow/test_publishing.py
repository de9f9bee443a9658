"""Review and publishing on real workspaces of three people with keys."""

import json
import re
import sys
from contextlib import closing
from html import escape
from pathlib import Path

import pytest

from soh_author.desktop.publish.paper import plan_paper
from soh_author.desktop.review.paper import review_paper
from soh_author.desktop.theme.colours import LIGHT
from soh_author.domain.errors import (
    NotAllowedError,
    NotFoundError,
    RefusedError,
    UsageError,
    WorldMovedError,
)
from soh_author.domain.ids import DraftName, ForceId, Language, PageId
from soh_author.gitstore.store import Store
from soh_author.trust.errors import KeyFileError
from soh_author.trust.keys import create_key
from soh_author.trust.signers import open_signer
from soh_author.workflow.release.auditing import Wanted, audit
from soh_author.workflow.release.publishing import Wish, plan, publish
from soh_author.workflow.release.publishing_emergency import (
    emergencies,
    publish_in_emergency,
    review_emergency,
    waiting_emergencies,
)
from soh_author.workflow.release.receipts import receipt
from soh_author.workflow.release.reviewing import approve, ask_for_changes, review, submit, withdraw
from soh_author.workflow.release.reviewing_queue import QueueState, queue
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import Person, Workspace
from tests.support.people import FEES, VEHICLES, Desk, Office, agree, go_out, office, send, write


def test_what_one_wrote_another_approved_and_a_third_published_is_live_for_all(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    sent = send(people, "fees")
    assert sent.said.is_sent
    agree(people.sam, "fees")
    done = go_out(people.alex, "fees")
    assert done.is_sent
    get_latest(people.nia.workspace).run()
    assert "What you have to pay." in (people.nia.workspace.snapshot().text(FEES) or "")
    assert {str(force) for _, force, _ in done.release.outputs} == {"kent", "essex", "gwent"}


def test_nobody_approves_what_they_wrote(people: Office) -> None:
    write(people.sam, "fees", FEES, "What you pay.", "What you have to pay.")
    submit(people.sam.workspace, "fees", people.sam.signer).run()
    seen = review(people.sam.workspace, "fees").run().value.seen
    with pytest.raises(NotAllowedError) as refused:
        approve(people.sam.workspace, "fees", seen, people.sam.signer).run()
    assert "Sam Okafor wrote some of" in refused.value.what
    assert "Alex Rees" in refused.value.todo


def test_whoever_edits_a_draft_that_waits_becomes_its_author(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    get_latest(people.sam.workspace).run()
    write(people.sam, "fees", FEES, "What you have to pay.", "What it costs you.")
    submit(people.sam.workspace, "fees", people.sam.signer).run()
    seen = review(people.sam.workspace, "fees").run().value.seen
    with pytest.raises(NotAllowedError, match="Sam Okafor wrote some of"):
        approve(people.sam.workspace, "fees", seen, people.sam.signer).run()
    agree(people.alex, "fees")
    assert go_out(people.alex, "fees").release.authors == ("nia", "sam")


def test_an_editor_without_a_reviewers_role_can_approve_nothing(people: Office) -> None:
    write(people.sam, "fees", FEES, "What you pay.", "What you have to pay.")
    submit(people.sam.workspace, "fees", people.sam.signer).run()
    get_latest(people.nia.workspace).run()
    seen = review(people.nia.workspace, "fees").run().value.seen
    with pytest.raises(NotAllowedError, match="no role as reviewer"):
        approve(people.nia.workspace, "fees", seen, people.nia.signer).run()


def test_an_approval_is_refused_when_something_moved_while_reading(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    get_latest(people.sam.workspace).run()
    seen = review(people.sam.workspace, "fees").run().value.seen
    write(people.nia, "fees", FEES, "What you have to pay.", "What it costs you.")
    send(people, "fees")
    get_latest(people.sam.workspace).run()
    with pytest.raises(WorldMovedError, match="While you were reading"):
        approve(people.sam.workspace, "fees", seen, people.sam.signer).run()


def test_a_yes_is_stale_for_exactly_the_outputs_that_moved(people: Office) -> None:
    write(people.nia, "two", FEES, "What you pay.", "What you have to pay.")
    write(people.nia, "two", VEHICLES, "We seize vehicles that", "We may seize vehicles that")
    send(people, "two")
    agree(people.sam, "two")
    get_latest(people.nia.workspace).run()
    write(people.nia, "two", FEES, "What you have to pay.", "What it costs you.")
    found = review(people.nia.workspace, "two").run().value
    assert {stale.subject for stale in found.stale} == {
        FEES,
        "advice/fees · kent · en",
        "advice/fees · essex · en",
        "advice/fees · gwent · en",
        "advice/fees · gwent · cy",
    }
    assert all("Sam Okafor approved" in stale.sentence for stale in found.stale)


def test_a_changed_fact_makes_stale_only_the_outputs_that_show_it(people: Office) -> None:
    facts = "shared/facts.yml"
    write(people.nia, "days", facts, 'values: [{value: "7"}]', 'values: [{value: "14"}]')
    send(people, "days")
    found = review(people.nia.workspace, "days").run().value
    assert {move.page for group in found.groups for move in group.outputs} == {"advice/seized-vehicles"}
    assert {passage.title for group in found.groups for passage in group.passages} == {"fact.reclaim_days"}


def test_equal_differences_are_shown_once_for_all_who_read_them(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    found = review(people.nia.workspace, "fees").run().value
    first = found.groups[0]
    assert [move.force for move in first.outputs] == ["essex", "gwent", "kent"]
    assert (first.passages[0].before, first.passages[0].after) == ("What you pay.", "What you have to pay.")


def test_what_is_not_approved_does_not_go_out(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    get_latest(people.alex.workspace).run()
    live = people.alex.workspace.revision_of("published")
    planned = plan(people.alex.workspace, Wish(("fees",)), people.alex.signer).run().value
    with pytest.raises(NotAllowedError, match="is not approved yet by somebody who may"):
        publish(people.alex.workspace, planned, people.alex.signer).run()
    assert people.alex.workspace.revision_of("published") == live


def test_only_a_publisher_publishes(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    planned = plan(people.sam.workspace, Wish(("fees",)), people.sam.signer).run().value
    assert [each.sentence for each in planned.unmet] == ["Sam Okafor is no publisher."]


def test_of_two_publishers_at_once_one_is_told_and_nothing_of_theirs_is_live(people: Office) -> None:
    for draft, path, old, new in (
        ("fees", FEES, "What you pay.", "What you have to pay."),
        ("cars", VEHICLES, "We seize vehicles that", "We may seize vehicles that"),
    ):
        write(people.nia, draft, path, old, new)
        send(people, draft)
        agree(people.sam, draft)
    get_latest(people.alex.workspace).run()
    get_latest(people.nia.workspace).run()
    early = plan(people.nia.workspace, Wish(("cars",)), people.alex.signer).run().value
    go_out(people.alex, "fees")
    before = people.nia.workspace.revision_of("published")
    with pytest.raises(WorldMovedError):
        publish(people.nia.workspace, early, people.alex.signer).run()
    assert people.nia.workspace.revision_of("published") == before
    assert go_out(people.alex, "cars").is_sent


def test_two_drafts_that_meet_in_one_output_need_a_yes_to_both_at_once(people: Office) -> None:
    write(people.nia, "words", VEHICLES, "We seize vehicles that", "We may seize vehicles that")
    write(people.nia, "days", "shared/facts.yml", 'values: [{value: "7"}]', 'values: [{value: "14"}]')
    for draft in ("words", "days"):
        send(people, draft)
        agree(people.sam, draft)
    get_latest(people.alex.workspace).run()
    wish = Wish(("words", "days"))
    planned = plan(people.alex.workspace, wish, people.alex.signer).run().value
    assert not planned.is_ready
    get_latest(people.nia.workspace).run()
    submit(people.nia.workspace, ("words", "days"), people.nia.signer).run()
    get_latest(people.sam.workspace).run()
    seen = review(people.sam.workspace, ("words", "days")).run().value.seen
    approve(people.sam.workspace, ("words", "days"), seen, people.sam.signer).run()
    assert go_out(people.alex, "words", "days").release.drafts == ("words", "days")


def _two_drafts_of_one_page(people: Office, first: tuple[str, str], second: tuple[str, str]) -> None:
    """Two drafts that change one file, each sent and approved for itself."""
    for draft, words in (("words", first), ("bring", second)):
        write(people.nia, draft, VEHICLES, *words)
        send(people, draft)
        agree(people.sam, draft)
    get_latest(people.alex.workspace).run()


def test_two_approved_drafts_of_one_page_go_out_together_once_somebody_says_yes_to_both(
    people: Office,
) -> None:
    insured, notice = ("not insured", "not taxed"), ("the notice.", "the notice and a passport.")
    _two_drafts_of_one_page(people, insured, notice)
    both, alex = ("words", "bring"), people.alex
    planned = plan(alex.workspace, Wish(both), alex.signer).run().value
    assert not planned.is_ready
    assert planned.case.candidate.owners[VEHICLES] == ("bring", "words")
    assert planned.overlaps[0].sentence.startswith(
        "“bring” and “words” change the shared text of “Seized vehicles” in different places"
    )
    assert "not together with" in review(alex.workspace, both).run().value.stale[0].sentence
    with pytest.raises(NotAllowedError):
        publish(alex.workspace, planned, alex.signer).run()
    get_latest(people.nia.workspace).run()
    people.clock.pass_time(minutes=1)
    submit(people.nia.workspace, both, people.nia.signer, reviewer="Sam Okafor").run()
    get_latest(people.sam.workspace).run()
    waiting = queue(people.sam.workspace).run().value
    assert {each.draft: (each.together, each.state) for each in waiting} == {
        "words": (("bring",), QueueState.WAITING),
        "bring": (("words",), QueueState.WAITING),
    }
    assert {each.reviewer for each in waiting} == {"Sam Okafor"}
    seen = review(people.sam.workspace, both[::-1]).run().value.seen
    approve(people.sam.workspace, both, seen, people.sam.signer).run()
    assert {each.state for each in queue(people.sam.workspace).run().value} == {QueueState.APPROVED}
    assert go_out(alex, *both[::-1]).release.drafts == ("bring", "words")
    live = alex.workspace.snapshot().text(VEHICLES) or ""
    assert "not taxed" in live
    assert "a passport" in live


def test_a_draft_that_changes_after_it_was_sent_with_another_is_told_of_both(people: Office) -> None:
    words, bring = ("not insured", "not taxed"), ("the notice.", "the notice and a passport.")
    _two_drafts_of_one_page(people, words, bring)
    get_latest(people.nia.workspace).run()
    people.clock.pass_time(minutes=1)
    submit(people.nia.workspace, ("words", "bring"), people.nia.signer).run()
    write(people.nia, "bring", VEHICLES, "a passport.", "a passport or a visa.")
    assert {each.state for each in queue(people.nia.workspace).run().value} == {QueueState.CHANGED}
    people.clock.pass_time(minutes=1)
    send(people, "bring")
    waiting = {each.draft: each for each in queue(people.nia.workspace).run().value}
    again = waiting[DraftName("bring")]
    assert (again.together, again.state) == ((), QueueState.WAITING)


def test_two_drafts_that_change_one_section_are_told_before_anything_moves(people: Office) -> None:
    _two_drafts_of_one_page(people, ("the notice.", "the notice and a photo."), ("the notice.", "a pen."))
    live = people.alex.workspace.revision_of("published")
    with pytest.raises(WorldMovedError, match=r"same place of .*: the section “What to bring”") as raised:
        plan(people.alex.workspace, Wish(("words", "bring")), people.alex.signer).run()
    assert "Publish one of them" in raised.value.todo
    assert people.alex.workspace.revision_of("published") == live
    assert go_out(people.alex, "words").release.drafts == ("words",)


def test_a_yes_that_was_taken_back_does_not_count(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    people.clock.pass_time(minutes=1)
    withdraw(people.sam.workspace, "fees", people.sam.signer, note="Not sure any more").run()
    get_latest(people.alex.workspace).run()
    assert not review(people.alex.workspace, "fees").run().value.is_ready
    with pytest.raises(NotFoundError):
        withdraw(people.sam.workspace, "fees", people.sam.signer).run()


def test_whoever_asks_for_changes_says_what_and_takes_their_yes_back(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    people.clock.pass_time(minutes=1)
    with pytest.raises(UsageError):
        ask_for_changes(people.sam.workspace, "fees", people.sam.signer, " ").run()
    ask_for_changes(people.sam.workspace, "fees", people.sam.signer, "Say how much").run()
    assert not review(people.sam.workspace, "fees").run().value.is_ready
    get_latest(people.nia.workspace).run()
    (queued,) = queue(people.nia.workspace).run().value
    assert (queued.state, queued.author) == (QueueState.CHANGES_ASKED, "Nia Morgan")


def test_the_queue_tells_what_waits_and_forgets_what_went_out(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    assert queue(people.nia.workspace).run().value == []
    send(people, "fees", reviewer="Sam")
    (queued,) = queue(people.nia.workspace).run().value
    assert (queued.state, queued.reviewer) == (QueueState.WAITING, "Sam")
    agree(people.sam, "fees")
    (queued,) = queue(people.sam.workspace).run().value
    assert queued.state is QueueState.APPROVED
    write(people.nia, "fees", FEES, "What you have to pay.", "What it costs you.")
    (queued,) = queue(people.nia.workspace).run().value
    assert queued.state is QueueState.CHANGED
    go_out(people.alex, "fees")
    assert queue(people.alex.workspace).run().value == []


def test_the_audit_and_the_receipt_name_everybody_behind_an_output(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    done = go_out(people.alex, "fees")
    wanted = Wanted(PageId("advice/fees"), ForceId("kent"))
    found = audit(people.alex.workspace, wanted).run().value
    (entry,) = found.entries
    assert (entry.authors, entry.approvers, entry.release.publisher) == (("nia",), ("sam",), "alex")
    assert entry.digest == done.release.outputs[PageId("advice/fees"), ForceId("kent"), Language.EN]
    made = receipt(people.alex.workspace, done.release.id).run().value
    assert entry.digest in made.as_html()
    assert "Sam Okafor" in made.as_html()
    assert made.as_data()["version"] == done.revision
    said = made.as_html()
    data = json.loads(made.as_json())
    named = {each["digest"] for each in data["outputs"]}
    for each in data["sources"]:
        named |= {each["path"], each["content"]}
    assert named == set(re.findall(r"<code>([^<]+)", said)) - set(done.release.records)
    assert all(name in said for name in (done.revision, *done.release.records))


def test_an_emergency_goes_out_at_once_and_waits_for_its_review(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "Do not pay anybody.")
    send(people, "fees")
    get_latest(people.alex.workspace).run()
    with pytest.raises(UsageError, match="needs a reason"):
        publish_in_emergency(people.alex.workspace, ["fees"], people.alex.signer, "Now").run()
    reason = "Fraudsters are using our page"
    publish_in_emergency(people.alex.workspace, ["fees"], people.alex.signer, reason).run()
    (waiting,) = waiting_emergencies(people.alex.workspace)
    assert waiting.record.note == reason
    told = audit(people.alex.workspace).run().value
    assert {entry.authors for entry in told.entries} == {("nia",)}
    alone = "published in an emergency by Alex Rees"
    assert {told.emergency(entry) for entry in told.entries} == {f"{alone}, not yet reviewed"}
    write(people.nia, "next", VEHICLES, "We seize vehicles that", "We may seize vehicles that")
    get_latest(people.nia.workspace).run()
    send(people, "next")
    get_latest(people.sam.workspace).run()
    agree(people.sam, "next")
    review_emergency(people.sam.workspace, waiting.id, "next", people.sam.signer).run()
    go_out(people.alex, "next")
    assert waiting_emergencies(people.alex.workspace) == ()
    told = audit(people.alex.workspace, Wanted(page=PageId("advice/fees"))).run().value
    reviewed = f"{alone}, reviewed afterwards by Sam Okafor on 22 November 2026"
    assert {told.emergency(entry) for entry in told.entries} == {reviewed}
    assert f',{reason},"{reviewed}",yes' in told.as_csv()
    assert told.faults == {}


def test_nobody_reviews_an_emergency_that_brought_their_own_words(people: Office) -> None:
    write(people.sam, "fees", FEES, "What you pay.", "Do not pay anybody.")
    submit(people.sam.workspace, "fees", people.sam.signer).run()
    get_latest(people.alex.workspace).run()
    reason = "Fraudsters are using our page"
    publish_in_emergency(people.alex.workspace, ["fees"], people.alex.signer, reason).run()
    get_latest(people.sam.workspace).run()
    (waiting,) = waiting_emergencies(people.sam.workspace)
    assert waiting.record.authors == ("sam",)
    with pytest.raises(NotAllowedError, match="words of their own"):
        review_emergency(people.sam.workspace, waiting.id, "", people.sam.signer).run()
    (told,) = emergencies(people.sam.workspace).run().value.waiting
    assert "Sam Okafor" not in told.able


def test_an_emergency_of_several_drafts_names_them_all_and_the_origin_has_them(people: Office) -> None:
    workspace = people.alex.workspace
    write(people.alex, "fees", FEES, "What you pay.", "Do not pay anybody.")
    write(people.alex, "vehicles", VEHICLES, "We seize vehicles that", "We may seize vehicles that")
    reason = "Fraudsters are using our pages"
    done = publish_in_emergency(workspace, ["fees", "vehicles"], people.alex.signer, reason).run().value
    assert (done.release.drafts, done.release.authors) == (("fees", "vehicles"), ("alex",))
    with Store.open(people.origin) as origin:
        assert {"drafts/fees", "drafts/vehicles"} <= {branch.name for branch in origin.branches()}


def test_a_release_names_no_draft_of_which_the_origin_knows_nothing(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    get_latest(people.alex.workspace).run()
    write(people.alex, "mine", FEES, "What you pay.", "What you have to pay.")
    wish = Wish(("fees", "mine"))
    planned = plan(people.alex.workspace, wish, people.alex.signer).run().value
    assert planned.release.drafts == ("fees",)


def test_a_draft_that_changes_nothing_is_not_sent_for_review(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    write(people.nia, "fees", FEES, "What you have to pay.", "What you pay.")
    with pytest.raises(UsageError, match="nothing to review"):
        submit(people.nia.workspace, "fees", people.nia.signer).run()


@pytest.mark.skipif(sys.platform == "win32", reason="the hook is a shell script")
def test_what_the_origin_refuses_is_live_nowhere(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    agree(people.sam, "fees")
    get_latest(people.alex.workspace).run()
    workspace = people.alex.workspace
    planned = plan(workspace, Wish(("fees",)), people.alex.signer).run().value
    hook = people.origin / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Not on a Sunday.' >&2\nexit 1\n", encoding="ascii")
    hook.chmod(0o755)
    live = workspace.revision_of("published")
    with pytest.raises(RefusedError, match="Not on a Sunday"):
        publish(workspace, planned, people.alex.signer).run()
    hook.unlink()
    get_latest(workspace).run()
    assert workspace.revision_of("published") == live
    with pytest.raises(NotFoundError):
        workspace.store.resolve(f"releases/{planned.release.id}")
    assert publish(workspace, planned, people.alex.signer).run().value.is_sent


def test_a_key_that_the_policy_does_not_know_signs_nothing(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    stranger = open_signer(create_key(people.folder / "stranger", "somebody").path)
    head = people.nia.workspace.revision_of("fees")
    with pytest.raises(KeyFileError, match="not in the policy"):
        submit(people.nia.workspace, "fees", stranger).run()
    assert people.nia.workspace.revision_of("fees") == head


def test_a_second_key_makes_nobody_a_second_person(tmp_path: Path) -> None:
    with office(tmp_path, second_key_of="sam") as people:
        write(people.sam, "fees", FEES, "What you pay.", "What you have to pay.")
        submit(people.sam.workspace, "fees", people.sam.signer).run()
        other = open_signer(people.keys / "sam-too" / "soh_author_ed25519")
        assert other.line != people.sam.signer.line
        seen = review(people.sam.workspace, "fees").run().value.seen
        with pytest.raises(NotAllowedError, match="Sam Okafor wrote some of"):
            approve(people.sam.workspace, "fees", seen, other).run()


def test_who_saved_under_another_address_is_known_by_their_name_and_that_is_said(people: Office) -> None:
    elsewhere = Person("sam  OKAFOR", "sam@home.example")
    _write_as(people, elsewhere)
    found = review(people.sam.workspace, "fees").run().value
    (said,) = found.case.doubtful_writers
    assert said.startswith("sam  OKAFOR (sam@home.example) saved some of it, under an address that")
    assert said.endswith("it counts as written by sam  OKAFOR.")
    with pytest.raises(NotAllowedError, match="Sam Okafor wrote some of"):
        approve(people.sam.workspace, "fees", found.seen, people.sam.signer).run()
    people.clock.pass_time(minutes=1)
    agree(people.alex, "fees")
    assert go_out(people.alex, "fees").release.authors == ("nia", "sam")


def test_somebody_whom_the_policy_does_not_know_is_named_to_whoever_reviews_and_publishes(
    people: Office,
) -> None:
    _write_as(people, Person("Rhys Bowen", ""))
    found = review(people.sam.workspace, "fees").run().value
    (said,) = found.case.doubtful_writers
    assert said.startswith(
        "Rhys Bowen (without an address) saved some of it, and the policy doesn’t know them."
    )
    assert escape(said) in review_paper(found, LIGHT)
    planned = plan(people.alex.workspace, Wish(("fees",)), people.alex.signer).run().value
    assert escape(said) in plan_paper(planned, LIGHT, None)


def _write_as(people: Office, person: Person) -> None:
    """Somebody saves a version on Nia's computer; she sends it for review, and all have it."""
    with closing(Workspace.open(people.folder / "nia", person=person, clock=people.clock)) as desk:
        write(Desk(desk, people.nia.signer), "fees", FEES, "What you pay.", "What you have to pay.")
    send(people, "fees")
    for each in (people.sam, people.alex):
        get_latest(each.workspace).run()
