"""Two people, two clones, one origin: what both wrote survives, and who has to decide is asked."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, data, sampled_from, sets

from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.errors import NetworkError, NotFoundError, UsageError, WorkspaceError, WorldMovedError
from soh_author.domain.ids import PageId
from soh_author.gitstore.store import Store
from soh_author.workflow.drafting import list_drafts, new_draft, note_unsaved, save_private, save_version
from soh_author.workflow.together.sending import send_draft
from soh_author.workflow.together.syncing import answer, get_latest
from soh_author.workflow.together.syncing_others import age_words, announcement, who_else_edits
from soh_author.workflow.together.syncing_trees import Card
from tests.support.content import NOW, VEHICLES
from tests.support.content import small_workspace as small
from tests.workflow.two_desks import ALICE, FEES_PATH, PATH, Desks, changed, make_desks, read, write

PAGE = PageId("advice/seized-vehicles")
INSURED = ("not insured", "not taxed")
NOTICE = ("Bring the notice.", "Bring the notice and a passport.")
PHOTO = ("Bring the notice.", "Bring the notice and a photo.")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Alice, Bob and the origin."""
    made = make_desks(tmp_path)
    yield made
    made.close()


def test_different_sections_of_one_page_both_survive_and_nobody_is_asked(desks: Desks) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    desks.publish({PATH: changed(NOTICE)})
    latest = get_latest(desks.bob).run().value
    assert (latest.new_versions, latest.updated, latest.pending) == (1, ("why",), ())
    assert read(desks.bob, "why") == changed(INSURED, NOTICE)
    assert read(desks.bob, "published") == changed(NOTICE)


def test_two_people_in_one_draft_both_survive(desks: Desks) -> None:
    write(desks.alice, "why", PATH, changed(INSURED))
    send_draft(desks.alice, "why", "Bob Hughes", "Please").run()
    get_latest(desks.bob).run()
    new_draft(desks.bob, "why", source="origin/drafts/why").run()
    write(desks.bob, "why", PATH, changed(INSURED, NOTICE))
    send_draft(desks.bob, "why", "", "Done").run()
    write(desks.alice, "why", PATH, changed(INSURED, ("reclaim_days }} days", "reclaim_days }} whole days")))
    assert get_latest(desks.alice).run().value.pending == ()
    expected = changed(INSURED, NOTICE, ("reclaim_days }} days", "reclaim_days }} whole days"))
    assert read(desks.alice, "why") == expected
    send_draft(desks.alice, "why", "", "Both").run()
    assert desks.origin_text("drafts/why") == expected


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice.MINE, "Bring the notice and a passport."),
        (Choice.THEIRS, "Bring the notice and a photo."),
        (Written("Bring everything."), "Bring everything."),
    ],
)
def test_the_same_section_is_a_card_and_nothing_is_written_until_it_is_answered(
    desks: Desks, choice: Choice | Written, said: str
) -> None:
    write(desks.bob, "bring", PATH, changed(NOTICE))
    before = desks.bob.revision_of("bring")
    desks.publish({PATH: changed(PHOTO)})
    (pending,) = get_latest(desks.bob).run().value.pending
    assert desks.bob.revision_of("bring") == before
    (card,) = pending.cards
    assert (card.path, card.conflict.title) == (PATH, "The section “What to bring”")
    brought = answer(desks.bob, pending, {card.key: choice}).run().value
    assert brought.pending is None
    assert read(desks.bob, "bring") == changed(("Bring the notice.", said))
    assert get_latest(desks.bob).run().value.pending == ()


def test_every_card_needs_an_answer(desks: Desks) -> None:
    write(desks.bob, "bring", PATH, changed(NOTICE))
    desks.publish({PATH: changed(PHOTO)})
    (pending,) = get_latest(desks.bob).run().value.pending
    with pytest.raises(UsageError, match="not decided"):
        answer(desks.bob, pending, {}).run()
    assert read(desks.bob, "bring") == changed(NOTICE)


def test_answers_to_what_moved_meanwhile_are_refused(desks: Desks) -> None:
    write(desks.bob, "bring", PATH, changed(NOTICE))
    desks.publish({PATH: changed(PHOTO)})
    (pending,) = get_latest(desks.bob).run().value.pending
    write(desks.bob, "bring", PATH, changed(("Bring the notice.", "Bring a pen.")))
    with pytest.raises(WorldMovedError, match="while you were deciding"):
        answer(desks.bob, pending, {card.key: Choice.THEIRS for card in pending.cards}).run()
    assert "a pen" in (read(desks.bob, "bring") or "")


def test_text_saved_privately_follows_what_is_live(desks: Desks) -> None:
    new_draft(desks.bob, "why").run()
    save_private(desks.bob, "why", PATH, changed(INSURED)).run()
    desks.publish({PATH: changed(NOTICE)})
    get_latest(desks.bob).run()
    assert read(desks.bob, "why") == changed(INSURED, NOTICE)
    assert save_version(desks.bob, "why", "Say taxed").run().value is not None
    assert read(desks.bob, "why") == changed(INSURED, NOTICE)


def test_private_text_of_the_same_section_is_a_card_too(desks: Desks) -> None:
    new_draft(desks.bob, "bring").run()
    save_private(desks.bob, "bring", PATH, changed(NOTICE)).run()
    desks.publish({PATH: changed(PHOTO)})
    (pending,) = get_latest(desks.bob).run().value.pending
    assert read(desks.bob, "bring") == changed(NOTICE)
    answer(desks.bob, pending, {card.key: Choice.MINE for card in pending.cards}).run()
    assert desks.bob.saved_texts("bring") == {PATH: changed(NOTICE)}
    assert save_version(desks.bob, "bring", "Passport").run().value is not None


def test_text_being_typed_is_never_touched(desks: Desks) -> None:
    new_draft(desks.bob, "bring").run()
    note_unsaved(desks.bob, "bring", PATH, changed(NOTICE))
    desks.publish({PATH: changed(PHOTO)})
    get_latest(desks.bob).run()
    (entry,) = desks.bob.journal.entries("bring")
    assert (entry.text, entry.saved_text) == (changed(NOTICE), None)


def test_a_page_that_moved_keeps_what_the_draft_wrote_at_its_old_place(desks: Desks) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    new = "shared/pages/advice/vehicles.en.md"
    moved = VEHICLES.replace("related:", "moved_from: [advice/seized-vehicles]\nrelated:")
    desks.publish({PATH: None, new: moved})
    assert get_latest(desks.bob).run().value.pending == ()
    assert read(desks.bob, "why") is None
    assert read(desks.bob, "why", new) == moved.replace(*INSURED)


def test_a_page_the_draft_moved_keeps_what_became_live_at_its_old_place(desks: Desks) -> None:
    new = "shared/pages/advice/vehicles.en.md"
    moved = VEHICLES.replace("related:", "moved_from: [advice/seized-vehicles]\nrelated:")
    write(desks.bob, "move", PATH, None)
    write(desks.bob, "move", new, moved)
    desks.publish({PATH: changed(INSURED)})
    assert get_latest(desks.bob).run().value.pending == ()
    assert read(desks.bob, "move") is None
    assert read(desks.bob, "move", new) == moved.replace(*INSURED)


def test_a_draft_without_own_versions_just_moves_on(desks: Desks) -> None:
    new_draft(desks.bob, "later").run()
    released = desks.publish({PATH: changed(NOTICE)})
    get_latest(desks.bob).run()
    assert desks.bob.revision_of("later") == released


def test_one_draft_with_cards_does_not_hold_up_the_others(desks: Desks) -> None:
    write(desks.bob, "bring", PATH, changed(NOTICE))
    write(desks.bob, "fees", FEES_PATH, "---\ntitle: Fees\n---\nNew.\n")
    desks.publish({PATH: changed(PHOTO)})
    latest = get_latest(desks.bob).run().value
    assert latest.updated == ("fees",)
    assert [each.draft for each in latest.pending] == ["bring"]


def test_two_drafts_that_happen_to_have_one_name_are_kept_apart(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    write(desks.bob, "april", PATH, changed(NOTICE))
    latest = get_latest(desks.bob).run().value
    assert latest.clashes == ("april",)
    assert read(desks.bob, "april") == changed(NOTICE)
    with pytest.raises(WorldMovedError, match="Somebody else has sent"):
        send_draft(desks.bob, "april").run()
    assert desks.origin_text("drafts/april") == changed(INSURED)


def test_somebody_elses_draft_of_a_page_is_announced_with_its_age(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED), note="Say taxed")
    send_draft(desks.alice, "april", "Bob Hughes", "By Friday").run()
    get_latest(desks.bob).run()
    (other,) = who_else_edits(desks.bob, PAGE)
    assert (other.name, other.author) == ("april", ALICE.name)
    assert other.request is not None
    assert (other.request.reviewer, other.request.note) == ("Bob Hughes", "By Friday")
    told = announcement("Seized vehicles", [other], NOW + timedelta(days=2))
    assert told == "“Seized vehicles” is also being changed by Alice Reed in the draft “april” (2 days ago)."
    assert who_else_edits(desks.bob, PageId("advice/fees")) == []
    assert who_else_edits(desks.alice, PAGE) == []


@pytest.mark.parametrize(
    ("ago", "words"),
    [(-5, "just now"), (0, "just now"), (1, "1 minute ago"), (120, "2 hours ago"), (1440 * 3, "3 days ago")],
)
def test_ages_are_said_in_words(ago: int, words: str) -> None:
    assert age_words(NOW, NOW + timedelta(minutes=ago)) == words


def test_getting_the_latest_twice_changes_nothing(desks: Desks) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    desks.publish({PATH: changed(NOTICE)})
    get_latest(desks.bob).run()
    before = desks.bob.revision_of("why")
    outcome = get_latest(desks.bob).run()
    assert (desks.bob.revision_of("why"), outcome.notice) == (before, "You have the latest.")


def test_an_origin_that_is_gone_leaves_everything_as_it_was(desks: Desks) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    desks.origin.rename(desks.origin.with_name("elsewhere.git"))
    before = desks.bob.revision_of("why")
    with pytest.raises((NetworkError, WorkspaceError, NotFoundError)) as raised:
        get_latest(desks.bob).run()
    assert raised.value.safe
    assert raised.value.todo
    assert desks.bob.revision_of("why") == before
    desks.origin.with_name("elsewhere.git").rename(desks.origin)
    get_latest(desks.bob).run()


def test_an_origin_whose_history_was_rewritten_is_told_and_moves_nothing(desks: Desks) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    live, draft = desks.bob.revision_of("published"), desks.bob.revision_of("why")
    _rewrite_live(desks)
    with pytest.raises(WorkspaceError, match="rewritten"):
        get_latest(desks.bob).run()
    assert (desks.bob.revision_of("published"), desks.bob.revision_of("why")) == (live, draft)


def _rewrite_live(desks: Desks) -> None:
    """Put another first version where the origin's history was."""
    with Store.open(desks.origin) as store:
        files = {
            path: store.read(entry.blob) for path, entry in store.files(store.resolve("published")).items()
        }
        store.write("drafts/other", None, files, note="Rewritten", author=ALICE.author, when=NOW)
        other = store.resolve("drafts/other")
    (desks.origin / "refs/heads/published").write_text(f"{other}\n")


def test_a_workspace_without_an_origin_is_told(tmp_path: Path) -> None:
    with small(tmp_path) as alone, pytest.raises(NotFoundError, match="no origin"):
        get_latest(alone).run()


def test_a_draft_discarded_at_the_origin_goes_here_with_a_copy_kept(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    with Store.open(desks.origin) as store:
        store.discard_branch("drafts/april", NOW)
    latest = get_latest(desks.alice).run().value
    assert latest.discarded == ("april",)
    assert list_drafts(desks.alice).run().value == []
    assert [kept.name for kept in desks.alice.store.discarded()] == ["april"]


def test_a_sent_draft_that_was_rewritten_at_the_origin_is_kept_apart(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    with Store.open(desks.origin) as store:
        store.discard_branch("drafts/april", NOW)
        store.create_branch("drafts/april", store.resolve("published"))
        store.write(
            "drafts/april",
            store.resolve("published"),
            {PATH: changed(NOTICE).encode()},
            note="Another",
            author=ALICE.author,
            when=NOW,
        )
    assert get_latest(desks.alice).run().value.clashes == ("april",)
    assert read(desks.alice, "april") == changed(INSURED)


def test_a_draft_without_a_version_in_common_stays_and_holds_nobody_up(desks: Desks) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    desks.bob.store.write(
        "drafts/strange", None, {"soh.yml": b"schema: 1\n"}, note="x", author=ALICE.author, when=NOW
    )
    desks.publish({PATH: changed(NOTICE)})
    latest = get_latest(desks.bob).run().value
    assert [name for name, _ in latest.faults] == ["strange"]
    assert latest.updated == ("why",)


_CHANGES = [
    INSURED,
    NOTICE,
    ("Call {{", "Ring {{"),
    ("have {{", "only have {{"),
    ("summary: What", "summary: All"),
]


@given(data())
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_two_people_wrote_in_different_places_is_never_lost(
    tmp_path_factory: pytest.TempPathFactory, data: DataObject
) -> None:
    mine = data.draw(sets(sampled_from(range(len(_CHANGES))), min_size=1))
    theirs = data.draw(sets(sampled_from(range(len(_CHANGES))), min_size=1))
    desks = make_desks(tmp_path_factory.mktemp("desks"))
    try:
        write(desks.bob, "mine", PATH, changed(*(_CHANGES[n] for n in sorted(mine))))
        desks.publish({PATH: changed(*(_CHANGES[n] for n in sorted(theirs)))})
        assert get_latest(desks.bob).run().value.pending == ()
        assert read(desks.bob, "mine") == changed(*(_CHANGES[n] for n in sorted(mine | theirs)))
    finally:
        desks.close()


_PIECES = ["a", "é ", "\n", "\n\n", "\n<<<<<<< x\n", "\n=======\n", "\n## H\n", "- ", "\u00a0", "\n```\n"]
_RANDOM = st.lists(st.sampled_from(_PIECES), max_size=6).map("".join)


@given(_RANDOM, _RANDOM, _RANDOM, st.sampled_from(Choice))
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_two_people_wrote_no_marker_of_ours_is_in_it_and_every_version_stays(
    tmp_path_factory: pytest.TempPathFactory, mine: str, theirs: str, other: str, choice: Choice
) -> None:
    own = changed(("Bring the notice.", f"{mine}Bring the notice.{other}"))
    live = changed(("Bring the notice.", f"Bring the notice.{theirs}"), INSURED)
    desks = make_desks(tmp_path_factory.mktemp("desks"))
    try:
        write(desks.bob, "mine", PATH, own)
        was = desks.bob.revision_of("mine")
        released = desks.publish({PATH: live})
        waiting = list(get_latest(desks.bob).run().value.pending)
        taken: set[Choice] = set()
        while waiting:
            pending = waiting.pop()
            answers = {card.key: _fitting(card, choice) for card in pending.cards}
            taken |= set(answers.values())
            more = answer(desks.bob, pending, answers).run().value.pending
            waiting += [more] if more else []
        text = read(desks.bob, "mine") or ""
        for marker in ("<<<<<<<", "=======", ">>>>>>>"):
            assert text.count(marker) <= own.count(marker) + live.count(marker)
        head = desks.bob.revision_of("mine")
        assert all(desks.bob.store.is_ancestor(each, head) for each in (was, released))
        assert "not taxed" in text or Choice.MINE in taken
    finally:
        desks.close()


def _fitting(card: Card, choice: Choice) -> Choice:
    """The choice, where the card offers it."""
    return Choice.MINE if choice is Choice.BOTH and card.conflict.both is None else choice
