"""Policies, records, releases and drafts that SOH Author never wrote are told by name, and nothing moves."""

import json
from collections.abc import Callable

import pytest

from soh_author.domain.errors import ContentError, SohAuthorError, WorkspaceError
from soh_author.trust.policies import POLICY_PATH
from soh_author.workflow.approvals.releasing_files import release_path
from soh_author.workflow.release.publishing import Wish, plan
from soh_author.workflow.release.reviewing import review
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import Workspace
from tests.support.people import FEES, Office, agree, go_out, send, write
from tests.support.repositories import git

OLD, NEW = "What you pay.", "What you have to pay."


def _live(people: Office, path: str, edit: Callable[[bytes], bytes]) -> None:
    """Alter a file of what is live in Alex' workspace, past everything that would refuse it."""
    workspace = people.alex.workspace
    tip = workspace.store.resolve("published")
    data = edit(workspace.store.read_path(tip, path) or b"")
    workspace.store.write(
        "published", tip, {path: data}, note="By hand", author=workspace.person.author, when=people.clock()
    )


def _other_key(data: bytes) -> bytes:
    value = json.loads(data)
    value["keys"][0]["key"] = "ssh-dss AAAAB3NzaC1kc3MAAACBAP"
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _waiting(people: Office) -> None:
    write(people.nia, "fees", FEES, OLD, NEW)
    send(people, "fees")
    agree(people.sam, "fees")
    get_latest(people.alex.workspace).run()


def _stands(workspace: Workspace) -> dict[str, str]:
    return {branch.name: str(branch.revision) for branch in workspace.store.branches()}


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        pytest.param(lambda _data: b"{", "policy", id="half a policy"),
        pytest.param(lambda data: data + b" ", "policy", id="a policy in another form"),
        pytest.param(lambda _data: b"\xff\xfe", "policy", id="a policy that is no text"),
        pytest.param(_other_key, "key", id="a key of a kind nobody takes"),
    ],
)
def test_under_a_policy_that_cannot_be_read_nothing_is_planned_or_reviewed(
    people: Office, edit: Callable[[bytes], bytes], words: str
) -> None:
    _waiting(people)
    _live(people, POLICY_PATH, edit)
    before = _stands(people.alex.workspace)
    for task in (
        plan(people.alex.workspace, Wish(("fees",)), people.alex.signer),
        review(people.alex.workspace, "fees"),
    ):
        with pytest.raises(SohAuthorError) as refused:
            task.run()
        assert words in str(refused.value).casefold()
    assert _stands(people.alex.workspace) == before


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"{}", id="an empty record"),
        pytest.param(b"nonsense", id="nonsense"),
        pytest.param(b"[" * 5_000, id="a record nested too deep"),
    ],
)
def test_a_record_that_cannot_be_read_is_named_with_its_reason_and_counts_for_nothing(
    people: Office, data: bytes
) -> None:
    write(people.nia, "fees", FEES, OLD, NEW)
    store = people.nia.workspace.store
    name = "ab" + "0" * 62
    path = f"approvals/ab/{name}.json"
    author = people.nia.workspace.person.author
    tip = store.resolve("drafts/fees")
    store.write("drafts/fees", tip, {path: data}, note="By hand", author=author, when=people.clock())
    found = review(people.nia.workspace, "fees").run().value
    assert [(each.path, bool(each.reason)) for each in found.case.refused] == [(path, True)]
    assert not found.case.proposal.records


def test_a_release_file_edited_by_hand_is_named_when_its_page_is_published_again(people: Office) -> None:
    _waiting(people)
    done = go_out(people.alex, "fees")
    get_latest(people.nia.workspace).run()
    path = release_path(done.release.id)
    _live(people, path, lambda data: data.replace(b"note: ", b"note: By hand, "))
    people.clock.pass_time(minutes=1)
    workspace = people.alex.workspace
    write(people.alex, "again", FEES, NEW, "What you will pay.")
    before = _stands(workspace)
    assert plan(workspace, Wish(("again",)), people.alex.signer).run().value.unmet
    _live(people, path, lambda data: data.replace(b"sources:\n", b"sources: \n"))
    with pytest.raises(ContentError) as refused:
        plan(workspace, Wish(("again",)), people.alex.signer).run()
    assert path in refused.value.what
    assert _stands(workspace) | {"published": ""} == before | {"published": ""}


def test_a_draft_whose_base_vanished_is_told_and_kept(people: Office) -> None:
    write(people.nia, "fees", FEES, OLD, NEW)
    store = people.nia.workspace.store
    text = people.nia.workspace.snapshot("fees").text(FEES)
    tree = git(people.origin, "rev-parse", "published^{tree}")
    other = git(people.origin, "-c", "user.name=x", "-c", "user.email=x@x", "commit-tree", tree, "-m", "Anew")
    git(people.origin, "update-ref", "refs/heads/published", other)
    before = _stands(people.nia.workspace)
    with pytest.raises(WorkspaceError) as refused:
        get_latest(people.nia.workspace).run()
    assert "live" in refused.value.what
    assert _stands(people.nia.workspace) == before
    assert people.nia.workspace.snapshot("fees").text(FEES) == text
    assert store.resolve("origin/published") == other
