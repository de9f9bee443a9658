"""Comments and suggestions of three people at their desks: they travel, follow edits, and lose nothing."""

from dataclasses import replace

import pytest

from soh_author.domain.comment import ThreadState
from soh_author.domain.errors import (
    ContentError,
    NotAllowedError,
    NotFoundError,
    UsageError,
    WorldMovedError,
)
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.gitstore.origin import set_origin
from soh_author.gitstore.values import Stamp
from soh_author.trust.errors import KeyFileError
from soh_author.trust.keys import create_key
from soh_author.trust.remarks import FOLDER
from soh_author.trust.signers import open_signer
from soh_author.workflow.comments.discussing import Discussion, discuss
from soh_author.workflow.comments.placing import Placed, Standing
from soh_author.workflow.comments.sayable import sayable_in_review
from soh_author.workflow.comments.saying import accept, add_comment, reopen, reply, resolve, suggest
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.drafting import apply_folder, find_draft, new_draft, save_private, went_out
from soh_author.workflow.gate.dry_run import judge_named
from soh_author.workflow.release.reviewing import approve, review, submit
from soh_author.workflow.task import Outcome
from soh_author.workflow.together.sending import outgoing, take_over
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import LIVE
from tests.support.people import FEES, VEHICLES, Desk, Office, agree, go_out, send, write

_AMOUNTS = Spot(PageId("advice/fees"), SectionId("amounts"), "Storage is")
_WHY = Spot(PageId("advice/seized-vehicles"), SectionId("why"), "vehicles that are not insured")


def _sent(people: Office) -> None:
    """Nia's draft waits for review, and Sam has it."""
    write(people.nia, "april", FEES, "a day", "each day")
    send(people, "april")
    get_latest(people.sam.workspace).run()


def _look(desk: Desk) -> Discussion:
    return discuss(desk.workspace, "april").run().value


def _only(desk: Desk) -> Placed:
    (placed,) = _look(desk).placed
    return placed


def _edit(desk: Desk, path: str, old: str, new: str) -> None:
    write(desk, "april", path, old, new)


def test_a_comment_travels_with_the_draft_and_is_answered_and_resolved(people: Office) -> None:
    _sent(people)
    done = add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it still £26?", people.sam.signer).run()
    assert done.value.is_sent
    get_latest(people.nia.workspace).run()
    placed = _only(people.nia)
    assert (placed.standing, placed.section, placed.heading) == (Standing.EXACT, "amounts", "Amounts")
    assert _look(people.nia).who(placed.thread.root) == "Sam Okafor"
    people.clock.pass_time(minutes=1)
    reply(people.nia.workspace, "april", placed.thread.id, people.nia.signer, "It is.").run()
    people.clock.pass_time(minutes=1)
    resolve(people.nia.workspace, "april", placed.thread.id[:8], people.nia.signer).run()
    get_latest(people.sam.workspace).run()
    thread = _only(people.sam).thread
    assert [each.remark.text for each in thread.later] == ["It is.", ""]
    assert thread.state is ThreadState.RESOLVED
    people.clock.pass_time(minutes=1)
    reopen(people.sam.workspace, "april", thread.id, people.sam.signer, "From when on?").run()
    assert _look(people.sam).open_count == 1


def test_two_who_speak_offline_meet_without_a_question(people: Office) -> None:
    _sent(people)
    for desk, words in ((people.nia, "One."), (people.sam, "Two.")):
        set_origin(desk.workspace.store, "https://127.0.0.1:9/content.git")
        outcome = add_comment(desk.workspace, "april", _AMOUNTS, words, desk.signer).run()
        assert not outcome.value.is_sent
        assert "waits" in outcome.notice
        set_origin(desk.workspace.store, str(people.origin))
        people.clock.pass_time(minutes=1)
    assert [each.draft for each in outgoing(people.sam.workspace)] == ["april"]
    submit(people.nia.workspace, "april", people.nia.signer).run()
    latest = get_latest(people.sam.workspace).run().value
    assert latest.pending == ()
    assert {each.thread.root.remark.text for each in _look(people.sam).placed} == {"One.", "Two."}


def test_what_is_said_offline_goes_by_itself_with_the_next_latest(people: Office) -> None:
    _sent(people)
    get_latest(people.sam.workspace).run()
    set_origin(people.sam.workspace.store, "https://127.0.0.1:9/content.git")
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Two.", people.sam.signer).run()
    (waiting,) = outgoing(people.sam.workspace)
    assert waiting.sentence == (
        "“april” holds what was said of it without a connection. It goes when you next get the latest."
    )
    set_origin(people.sam.workspace.store, str(people.origin))
    get_latest(people.sam.workspace).run()
    assert outgoing(people.sam.workspace) == []
    get_latest(people.nia.workspace).run()
    assert {each.thread.root.remark.text for each in _look(people.nia).placed} == {"Two."}


def test_a_comment_in_a_draft_nobody_has_sent_stays_here(people: Office) -> None:
    write(people.nia, "april", FEES, "a day", "each day")
    outcome = add_comment(people.nia.workspace, "april", _AMOUNTS, "Ask.", people.nia.signer).run()
    assert not outcome.value.is_sent
    assert "when you send" in outcome.notice
    get_latest(people.sam.workspace).run()
    with pytest.raises(NotFoundError):
        _look(people.sam)


def test_a_comment_does_not_send_what_its_author_is_still_writing(people: Office) -> None:
    _sent(people)
    _edit(people.nia, FEES, "What you pay.", "Half a thought")
    outcome = add_comment(people.nia.workspace, "april", _AMOUNTS, "Ask.", people.nia.signer).run()
    assert not outcome.value.is_sent
    get_latest(people.sam.workspace).run()
    assert "Half a thought" not in (people.sam.workspace.snapshot("origin/drafts/april").text(FEES) or "")


def test_a_comment_makes_no_approval_stale_and_moves_nothing_while_somebody_reads(people: Office) -> None:
    _sent(people)
    seen = review(people.sam.workspace, "april").run().value
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it?", people.sam.signer).run()
    people.clock.pass_time(minutes=1)
    again = review(people.sam.workspace, "april").run().value
    assert again.mark == seen.mark
    approve(people.sam.workspace, "april", seen.seen, people.sam.signer).run()
    get_latest(people.nia.workspace).run()
    add_comment(people.nia.workspace, "april", _AMOUNTS, "It is.", people.nia.signer).run()
    get_latest(people.alex.workspace).run()
    looked = review(people.alex.workspace, "april").run().value
    assert (looked.is_ready, looked.stale) == (True, ())


def test_a_release_holds_no_comments_and_the_draft_keeps_them(people: Office) -> None:
    _sent(people)
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it?", people.sam.signer).run()
    agree(people.sam, "april")
    go_out(people.alex, "april")
    get_latest(people.nia.workspace).run()
    live = people.nia.workspace.store.files(people.nia.workspace.revision_of("published"))
    assert not [path for path in live if path.startswith(FOLDER)]
    assert "each day" in (people.nia.workspace.snapshot().text(FEES) or "")
    assert len(_look(people.nia).placed) == 1


@pytest.mark.parametrize(
    ("old", "new", "standing"),
    [
        ("## Amounts", "Before.\n\n## Amounts", Standing.EXACT),
        ("Storage is {{", "Storage and towing are {{", Standing.ALIKE),
        ("## Amounts {#amounts}\n", "## Costs {#costs}\nMore.\n\n", Standing.ORPHANED),
        (
            "Storage is {{ fact.storage_fee }} each day.",
            "Nobody pays anything here any more.",
            Standing.ORPHANED,
        ),
    ],
)
def test_a_comment_follows_edits_and_an_orphan_stays_listed(
    people: Office, old: str, new: str, standing: Standing
) -> None:
    _sent(people)
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it?", people.sam.signer).run()
    _edit(people.sam, FEES, old, new)
    placed = _only(people.sam)
    assert placed.standing is standing, placed
    assert bool(placed.reason) is placed.is_orphaned


def test_a_comment_follows_a_section_that_got_another_id_and_words_that_moved(people: Office) -> None:
    _sent(people)
    long = Spot(_AMOUNTS.page, _AMOUNTS.section, "Storage is {{ fact.storage_fee }} each day.")
    add_comment(people.sam.workspace, "april", _AMOUNTS, "One", people.sam.signer).run()
    add_comment(people.sam.workspace, "april", long, "Two", people.sam.signer).run()
    _edit(people.sam, FEES, "{#amounts}", "{#costs}")
    _edit(people.sam, FEES, "owner: national", "section_aliases: {amounts: costs}\nowner: national")
    assert {each.section for each in _look(people.sam).placed} == {"costs"}
    _edit(people.sam, FEES, "Storage is {{ fact.storage_fee }} each day.", "It depends.")
    _edit(people.sam, FEES, "What you pay.", "Storage is {{ fact.storage_fee }} each day.")
    by_text = {each.thread.root.remark.text: each for each in _look(people.sam).placed}
    assert by_text["Two"].section == "lead"
    assert by_text["Two"].standing is Standing.EXACT
    assert by_text["One"].is_orphaned


def test_a_comment_on_a_section_on_a_page_and_on_a_forces_own_text(people: Office) -> None:
    _sent(people)
    kent = Layer.of_force("kent")
    for spot in (
        Spot(PageId("advice/fees")),
        Spot(PageId("advice/fees"), SectionId("lead")),
        Spot(PageId("advice/seized-vehicles"), SectionId("bring"), "your passport", kent),
        Spot(PageId("advice/seized-vehicles"), SectionId("why"), "yswiriant", language=Language.CY),
    ):
        add_comment(people.sam.workspace, "april", spot, "Look", people.sam.signer).run()
    placed = _look(people.sam).placed
    assert [each.standing for each in placed].count(Standing.WHOLE) == 2
    assert [each.standing for each in placed].count(Standing.EXACT) == 2
    assert len(_look(people.sam).on_page(PageId("advice/fees"))) == 2
    _edit(people.sam, FEES, "What you pay.\n\n## Amounts", "What you pay.\n\n## Amounts")
    people.sam.workspace.store.write(
        "drafts/april",
        people.sam.workspace.revision_of("april"),
        {FEES: None},
        note="Gone",
        author=people.sam.workspace.person.author,
        when=people.clock(),
    )
    assert [each.is_orphaned for each in _look(people.sam).placed].count(True) == 2


@pytest.mark.parametrize(
    ("spot", "words"),
    [
        (Spot(PageId("advice/nothing")), "has no text"),
        (Spot(PageId("advice/fees"), SectionId("nothing")), "no section"),
        (Spot(PageId("advice/fees"), SectionId("amounts"), "never written"), "aren't in"),
        (Spot(PageId("advice/fees"), layer=Layer.of_force("kent")), "text of kent"),
    ],
)
def test_nothing_is_said_of_what_is_not_there(people: Office, spot: Spot, words: str) -> None:
    _sent(people)
    before = people.sam.workspace.store.resolve("origin/drafts/april")
    with pytest.raises(NotFoundError, match=words):
        add_comment(people.sam.workspace, "april", spot, "Look", people.sam.signer).run()
    with pytest.raises(UsageError):
        add_comment(people.sam.workspace, "april", _AMOUNTS, " ", people.sam.signer).run()
    assert people.sam.workspace.store.resolve("origin/drafts/april") == before
    assert not _look(people.sam).placed


def test_whoever_is_not_in_the_policy_says_nothing(people: Office) -> None:
    _sent(people)
    stranger = open_signer(create_key(people.folder / "stranger", "Eve").path)
    with pytest.raises(KeyFileError, match="not in the policy"):
        add_comment(people.sam.workspace, "april", _AMOUNTS, "Look", stranger).run()


def _suggested(people: Office, quote: str, words: str, spot: Spot = _AMOUNTS) -> str:
    _sent(people)
    there = Spot(spot.page, spot.section, quote, spot.layer)
    done = suggest(people.sam.workspace, "april", there, words, people.sam.signer, text="Shorter").run()
    get_latest(people.nia.workspace).run()
    people.clock.pass_time(minutes=1)
    return done.value.signed[0].id


def _accept(people: Office, comment: str) -> Outcome[object]:
    outcome: Outcome[object] = accept(people.nia.workspace, "april", comment, people.nia.signer).run()  # type: ignore[assignment]  # only looked at
    people.clock.pass_time(minutes=1)
    return outcome


@pytest.mark.parametrize(
    ("quote", "words", "old", "new"),
    [
        ("Storage is", "Keeping it costs", "Storage is {{", "Keeping it costs {{"),
        ("", "All new.\n\n- One", "Storage is {{ fact.storage_fee }} each day.", "All new.\n\n- One"),
        ("Amounts", "What it costs", "## Amounts {#", "## What it costs {#"),
        (" each day", "", "{{ fact.storage_fee }} each day.", "{{ fact.storage_fee }} ."),
    ],
)
def test_an_accepted_suggestion_is_one_edit_and_nothing_else_changes(
    people: Office, quote: str, words: str, old: str, new: str
) -> None:
    comment = _suggested(people, quote, words)
    before = people.nia.workspace.snapshot("april").text(FEES) or ""
    head = people.nia.workspace.revision_of("april")
    outcome = _accept(people, comment)
    assert people.nia.workspace.snapshot("april").text(FEES) == before.replace(old, new)
    assert PageId("advice/fees") in outcome.effects.pages
    version = people.nia.workspace.store.version(people.nia.workspace.revision_of("april"))
    assert (version.parents, version.author.name) == ((head,), "Nia Morgan")
    thread = _only(people.nia).thread
    assert thread.state is ThreadState.ACCEPTED
    with pytest.raises(UsageError, match="already"):
        _accept(people, comment)


def test_a_suggestion_in_a_forces_own_text_goes_there(people: Office) -> None:
    spot = Spot(PageId("advice/seized-vehicles"), SectionId("bring"), layer=Layer.of_force("kent"))
    _accept(people, _suggested(people, "your passport", "a passport or licence", spot))
    text = people.nia.workspace.snapshot("april").text("forces/kent/pages/advice/seized-vehicles.en.md") or ""
    assert "the notice and a passport or licence." in text


def test_whoever_suggested_accepted_words_does_not_approve_them(people: Office) -> None:
    _accept(people, _suggested(people, "Storage is", "Keeping it costs"))
    submit(people.nia.workspace, "april", people.nia.signer).run()
    people.clock.pass_time(minutes=1)
    get_latest(people.sam.workspace).run()
    seen = review(people.sam.workspace, "april").run().value.seen
    with pytest.raises(NotAllowedError, match="Sam Okafor wrote some of"):
        approve(people.sam.workspace, "april", seen, people.sam.signer).run()
    agree(people.alex, "april")
    assert "sam" in go_out(people.alex, "april").release.authors


def test_words_edited_since_are_not_written_over(people: Office) -> None:
    comment = _suggested(people, "Storage is", "Keeping it costs")
    _edit(people.nia, FEES, "Storage is {{", "Storage and towing are {{")
    before = people.nia.workspace.revision_of("april")
    with pytest.raises(WorldMovedError, match="edited since"):
        _accept(people, comment)
    assert people.nia.workspace.revision_of("april") == before
    assert _only(people.nia).thread.is_open


@pytest.mark.parametrize("words", ["A.\n\n## New {#new}\nB", "Storage is\n\n## Amounts {#amounts}\n"])
def test_a_suggestion_that_would_make_sections_is_refused(people: Office, words: str) -> None:
    comment = _suggested(people, "Storage is", words)
    before = people.nia.workspace.revision_of("april")
    with pytest.raises(ContentError, match="where sections begin"):
        _accept(people, comment)
    assert people.nia.workspace.revision_of("april") == before


def test_what_is_saved_privately_becomes_a_version_before_a_suggestion_is_taken_over(people: Office) -> None:
    comment = _suggested(people, "Storage is", "Keeping it costs")
    text = people.nia.workspace.snapshot("april").text(FEES) or ""
    save_private(people.nia.workspace, "april", FEES, text.replace("What you pay.", "What it costs.")).run()
    _accept(people, comment)
    now = people.nia.workspace.snapshot("april").text(FEES) or ""
    assert "What it costs." in now
    assert "Keeping it costs {{" in now
    assert people.nia.workspace.saved_texts("april") == {}


def test_a_reviewer_who_may_not_edit_takes_nothing_over(people: Office) -> None:
    comment = _suggested(people, "Storage is", "Keeping it costs")
    get_latest(people.alex.workspace).run()
    with pytest.raises(NotAllowedError, match="Alex Rees may not edit"):
        accept(people.alex.workspace, "april", comment, people.alex.signer).run()


def test_a_comment_is_not_accepted_and_nothing_is_resolved_twice(people: Office) -> None:
    _sent(people)
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it?", people.sam.signer).run()
    thread = _only(people.sam).thread
    with pytest.raises(UsageError, match="no other words"):
        accept(people.sam.workspace, "april", thread.id, people.sam.signer).run()
    with pytest.raises(UsageError, match="open already"):
        reopen(people.sam.workspace, "april", thread.id, people.sam.signer).run()
    people.clock.pass_time(minutes=1)
    resolve(people.sam.workspace, "april", thread.id, people.sam.signer).run()
    with pytest.raises(UsageError, match="resolved already"):
        resolve(people.sam.workspace, "april", thread.id, people.sam.signer).run()
    for start in ("", "0" * 8):
        with pytest.raises(NotFoundError):
            resolve(people.sam.workspace, "april", start, people.sam.signer).run()


def test_comments_stay_when_a_draft_is_taken_over_or_its_files_come_from_an_older_folder(
    people: Office,
) -> None:
    _sent(people)
    write(people.nia, "april", VEHICLES, "What to bring", "What you bring")
    submit(people.nia.workspace, "april", people.nia.signer).run()
    folder = people.folder / "files"
    for path, entry in people.nia.workspace.store.files(people.nia.workspace.revision_of("april")).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(people.nia.workspace.store.read(entry.blob))
    add_comment(people.nia.workspace, "april", _WHY, "Is it?", people.nia.signer).run()
    apply_folder(people.nia.workspace, "april", folder, "From a folder").run()
    assert len(_look(people.nia).placed) == 1
    get_latest(people.sam.workspace).run()
    taken = take_over(people.sam.workspace, "april").run().value
    assert len(discuss(people.sam.workspace, taken.name).run().value.placed) == 1


def _files_said(desk: Desk, draft: str) -> dict[str, bytes | None]:
    store = desk.workspace.store
    files = store.files(store.resolve(f"drafts/{draft}"))
    return {path: store.read(entry.blob) for path, entry in files.items() if path.startswith(FOLDER)}


def test_what_was_said_goes_along_when_a_draft_is_renamed_gone_on_from_or_merged(people: Office) -> None:
    _sent(people)
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it?", people.sam.signer).run()
    get_latest(people.nia.workspace).run()
    workspace = people.nia.workspace
    new_draft(workspace, "from-it", source="april").run()
    new_draft(workspace, "merged").run()
    store = workspace.store
    live, april = store.resolve("drafts/merged"), store.resolve("drafts/april")
    said = _files_said(people.nia, "april")
    stamp = Stamp("Both", workspace.person.author, workspace.clock())
    store.write_version("drafts/merged", live, said, stamp, merging=april)
    store.rename_draft("drafts/april", "drafts/spring")
    for draft in ("from-it", "merged", "spring"):
        found = discuss(workspace, draft).run().value
        assert len(found.placed) == 1, draft
        assert not found.refused
        assert not judge_named(workspace, draft, workspace.clock())


def test_what_was_said_of_another_draft_and_is_copied_is_refused_with_its_reason(people: Office) -> None:
    _sent(people)
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it?", people.sam.signer).run()
    get_latest(people.nia.workspace).run()
    workspace = people.nia.workspace
    new_draft(workspace, "other").run()
    stamp = Stamp("Copied", workspace.person.author, workspace.clock())
    live = workspace.store.resolve("drafts/other")
    workspace.store.write_version("drafts/other", live, _files_said(people.nia, "april"), stamp)
    found = discuss(workspace, "other").run().value
    assert not found.placed
    assert "said of the draft “april”, and did not come here with it" in found.refused[0].reason
    refusals = judge_named(workspace, "other", workspace.clock())
    assert [refusal.rule for refusal in refusals] == ["comment-draft"]
    assert not judge_named(workspace, "april", workspace.clock())


def test_a_comment_on_a_draft_that_went_out_leaves_nothing_to_publish(people: Office) -> None:
    _sent(people)
    add_comment(people.sam.workspace, "april", _AMOUNTS, "Is it still £26?", people.sam.signer).run()
    agree(people.sam, "april")
    people.clock.pass_time(minutes=1)
    go_out(people.alex, "april")
    get_latest(people.nia.workspace).run()
    live = people.nia.workspace.revision_of(LIVE)
    assert went_out(people.nia.workspace, live, find_draft(people.nia.workspace, "april").revision)
    empty = new_draft(people.nia.workspace, "empty").run().value
    assert not went_out(people.nia.workspace, live, empty.revision), "it holds nothing yet"


def test_what_a_force_adds_to_a_shared_section_can_be_said_something_of(people: Office) -> None:
    path = "forces/kent/pages/advice/seized-vehicles.en.md"
    write(people.nia, "april", path, "op: replace", "op: append")
    write(people.nia, "april", path, "your passport", "two passports")
    send(people, "april")
    found = sayable_in_review(review(people.nia.workspace, "april").run().value, "april")
    holding = [each for each in found if each.holds("Bring the notice and two passports.")]
    assert [each.title for each in holding] == ["What to bring · Kent, English"]
    assert holding[0].is_changed
    spot = replace(holding[0].spot, quote="two passports")
    add_comment(people.nia.workspace, "april", spot, "Two?", people.nia.signer).run()
    assert _only(people.nia).standing is Standing.EXACT
