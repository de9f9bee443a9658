"""Drafts: started, listed, renamed, thrown away, brought back."""

from datetime import timedelta

import pytest

from soh_author.domain.errors import InvalidNameError, NotFoundError, WorldMovedError
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author, Revision
from tests.gitstore.content import NOON, at, save
from tests.support.repositories import git


def test_drafts_are_listed_with_their_last_version_newest_first(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    store.create_branch("drafts/old", live)
    later = NOON + timedelta(hours=1)
    store.write("drafts/fees", live, {"a": b"a"}, note="Fee raised", author=Author("Bo", "b@x"), when=later)
    listed = store.branches()
    assert listed[0].name == "drafts/fees"
    assert {branch.name for branch in listed} == {"drafts/fees", "drafts/old", "published"}
    assert (listed[0].version.note, listed[0].version.author.name) == ("Fee raised", "Bo")
    assert listed[0].version.when == later
    assert listed[0].revision == store.resolve("drafts/fees")


def test_branches_of_other_programs_are_not_listed(store: Store, live: Revision) -> None:
    git(store.folder, "branch", "main", live)
    git(store.folder, "branch", "drafts/Not-Ours", live)
    assert [branch.name for branch in store.branches()] == ["published"]


def test_two_drafts_can_not_have_one_name(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    with pytest.raises(WorldMovedError, match="already the draft “fees”"):
        store.create_branch("drafts/fees", live)


def test_a_draft_can_not_start_at_a_version_that_is_not_here(store: Store) -> None:
    with pytest.raises(NotFoundError):
        store.create_branch("drafts/fees", "f" * 40)


def test_a_renamed_draft_keeps_its_versions(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    tip = save(store, {"a": b"a"}, expected=live, branch="drafts/fees")
    store.rename_draft("drafts/fees", "drafts/april-fees")
    assert store.resolve("drafts/april-fees") == tip
    with pytest.raises(NotFoundError):
        store.resolve("drafts/fees")


def test_a_draft_is_not_renamed_onto_another(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    store.create_branch("drafts/other", live)
    with pytest.raises(WorldMovedError, match="other"):
        store.rename_draft("drafts/fees", "drafts/other")
    assert {branch.name for branch in store.branches()} == {"drafts/fees", "drafts/other", "published"}


def test_what_is_live_can_not_be_thrown_away_or_renamed(store: Store) -> None:
    with pytest.raises(InvalidNameError):
        store.discard_branch("published", NOON)
    with pytest.raises(InvalidNameError):
        store.rename_draft("published", "drafts/x")
    assert store.branches()[0].name == "published"


def test_a_discarded_draft_is_kept_and_comes_back(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    tip = save(store, {"a": b"a"}, expected=live, branch="drafts/fees")
    store.discard_branch("drafts/fees", at(1))
    (kept,) = store.discarded()
    assert (kept.name, kept.revision, kept.when) == ("fees", tip, at(1))
    store.restore_draft(kept)
    assert store.resolve("drafts/fees") == tip
    assert store.discarded() == []


def test_a_draft_thrown_away_twice_is_kept_twice_and_comes_back_under_another_name(
    store: Store, live: Revision
) -> None:
    for minute in (1, 2):
        store.create_branch("drafts/fees", live)
        store.discard_branch("drafts/fees", at(minute))
    newest, oldest = store.discarded()
    assert (newest.when, oldest.when) == (at(2), at(1))
    store.restore_draft(newest)
    with pytest.raises(WorldMovedError):
        store.restore_draft(oldest)
    store.restore_draft(oldest, "drafts/fees-again")
    assert store.resolve("drafts/fees-again") == live


def test_a_discarded_draft_is_restored_once(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    kept = store.discard_branch("drafts/fees", NOON)
    store.restore_draft(kept)
    with pytest.raises(WorldMovedError):
        store.restore_draft(kept, "drafts/second")


def test_a_release_keeps_its_name_for_good(store: Store, live: Revision) -> None:
    store.create_tag("2026-11-22.1", live)
    second = save(store, {"a": b"a"}, expected=live)
    with pytest.raises(WorldMovedError, match="the release “2026-11-22"):
        store.create_tag("2026-11-22.1", second)
    assert store.resolve("2026-11-22.1") == live
    with pytest.raises(InvalidNameError):
        store.create_tag("../heads/published", second)
