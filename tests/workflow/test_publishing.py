"""Review and publishing on real workspaces of three people with keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.domain.errors import NotAllowedError, WorldMovedError
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.publishing import Published, Wish, dry_run, plan, publish
from soh_author.workflow.reviewing import approve, ask_for_changes, review, submit, withdraw
from soh_author.workflow.syncing import get_latest
from tests.support.people import Desk, Office, office

FEES = "shared/pages/advice/fees.en.md"


@pytest.fixture
def people(tmp_path: Path) -> Iterator[Office]:
    """Three people with one origin."""
    with office(tmp_path) as made:
        yield made


def write(desk: Desk, draft: str, path: str, old: str, new: str) -> None:
    """Change a file in a draft, which is started when it is new."""
    workspace = desk.workspace
    if all(branch.name != f"drafts/{draft}" for branch in workspace.store.branches()):
        new_draft(workspace, draft).run()
    text = workspace.snapshot(draft).text(path) or ""
    assert old in text
    save_private(workspace, draft, path, text.replace(old, new)).run()
    save_version(workspace, draft, "A change").run()


def agree(desk: Desk, draft: str) -> None:
    """Get the latest, look, and say yes to what is seen."""
    get_latest(desk.workspace).run()
    seen = review(desk.workspace, draft).run().value.seen
    approve(desk.workspace, draft, seen, desk.signer).run()


def go_out(desk: Desk, *drafts: str) -> Published:
    """Get the latest, plan and publish."""
    get_latest(desk.workspace).run()
    planned = plan(desk.workspace, Wish(drafts), desk.signer).run().value
    assert planned.is_ready, [each.sentence for each in planned.unmet]
    assert dry_run(desk.workspace, planned, desk.signer).run().value == ()
    return publish(desk.workspace, planned, desk.signer).run().value


def test_a_change_that_one_wrote_another_approved_and_a_third_published_is_live(people: Office) -> None:
    write(people.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    sent = submit(people.nia.workspace, "fees", people.nia.signer, reviewer="Sam", note="Please look").run()
    assert sent.value.said.is_sent, sent.notice
    people.clock.pass_time(minutes=5)
    agree(people.sam, "fees")
    people.clock.pass_time(minutes=5)
    done = go_out(people.alex, "fees")
    assert done.is_sent
    get_latest(people.nia.workspace).run()
    assert "What you have to pay." in (people.nia.workspace.snapshot().text(FEES) or "")
    assert {str(force) for _, force, _ in done.release.outputs} == {"kent", "essex", "gwent"}
