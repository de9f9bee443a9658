"""Fetching and sending: over https, to folders, and every way it can fail."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from soh_author.domain.errors import (
    CertificateError,
    InvalidNameError,
    NetworkError,
    NotFoundError,
    OfflineError,
    RefusedError,
    SignInError,
    SohAuthorError,
    WorkspaceError,
    WorldMovedError,
)
from soh_author.gitstore import origin
from soh_author.gitstore.addresses import parse_address
from soh_author.gitstore.cloning import clone
from soh_author.gitstore.network import Push
from soh_author.gitstore.network_words import network_error
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, save
from tests.gitstore.https_origin import HttpsOrigin, https_origin
from tests.support.repositories import git


@pytest.fixture
def mine(store: Store, live: Revision, tmp_path: Path) -> Iterator[Store]:
    """A clone of the store, which is its origin."""
    assert live
    with clone(str(store.folder), tmp_path / "mine.git") as made:
        yield made


@pytest.fixture
def https(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HttpsOrigin]:
    """The store served over https, with a certificate this host trusts."""
    with https_origin(store.folder.parent, tmp_path) as served:
        monkeypatch.setenv("SSL_CERT_FILE", str(served.certificate))
        yield served


def test_fetching_learns_what_is_new_and_moves_nothing_of_ours(
    store: Store, mine: Store, live: Revision
) -> None:
    theirs = save(store, {BURGLARY: b"theirs"}, expected=live)
    store.create_branch("drafts/fees", live)
    store.create_tag("release-2", theirs)
    origin.fetch(mine)
    assert mine.resolve("published") == live
    assert mine.resolve("origin/published") == theirs
    assert mine.resolve("release-2") == theirs
    assert mine.read_path(theirs, BURGLARY) == b"theirs"
    mine.advance_branch("published", live, theirs)
    assert mine.resolve("published") == theirs


def test_a_draft_that_is_gone_at_the_origin_is_no_longer_listed_and_our_releases_stay(
    store: Store, mine: Store, live: Revision
) -> None:
    store.create_branch("drafts/fees", live)
    origin.fetch(mine)
    mine.create_tag("not-sent-yet", live)
    git(store.folder, "update-ref", "-d", "refs/heads/drafts/fees")
    origin.fetch(mine)
    assert [branch.name for branch in mine.branches(of_origin=True)] == ["published"]
    assert mine.resolve("not-sent-yet") == live


def test_a_release_that_was_changed_at_the_origin_is_told(store: Store, mine: Store, live: Revision) -> None:
    store.create_tag("release-1", live)
    origin.fetch(mine)
    theirs = save(store, {"a": b"a"}, expected=live)
    git(store.folder, "tag", "--force", "release-1", theirs)
    with pytest.raises(WorkspaceError, match="changed a release"):
        origin.fetch(mine)
    assert mine.resolve("release-1") == live
    assert mine.resolve("origin/published") == live, "nothing was taken over"


def test_a_draft_is_sent_moved_on_and_taken_away(store: Store, mine: Store, live: Revision) -> None:
    mine.create_branch("drafts/fees", live)
    first = save(mine, {"a": b"a"}, expected=live, branch="drafts/fees")
    origin.push(mine, [Push("drafts/fees", first, None)], trust_folder=True)
    assert store.resolve("drafts/fees") == mine.resolve("origin/drafts/fees") == first
    second = save(mine, {"a": b"b"}, expected=first, branch="drafts/fees")
    origin.push(mine, [Push("drafts/fees", second, first)], trust_folder=True)
    assert store.resolve("drafts/fees") == second
    origin.push(mine, [Push("drafts/fees", None, second)], trust_folder=True)
    assert [branch.name for branch in store.branches()] == ["published"]
    assert [branch.name for branch in mine.branches(of_origin=True)] == ["published"]


def test_what_is_live_and_its_release_are_sent_together_or_not_at_all(
    store: Store, mine: Store, live: Revision
) -> None:
    release = save(mine, {BURGLARY: b"new"}, expected=live)
    both = [Push("published", release, live), Push("tags/release-1", release, None)]
    store.create_tag("release-1", live)
    with pytest.raises(SohAuthorError):
        origin.push(mine, both, trust_folder=True)
    assert store.resolve("published") == live
    git(store.folder, "tag", "-d", "release-1")
    origin.push(mine, both, trust_folder=True)
    assert store.resolve("published") == store.resolve("release-1") == release


def test_somebody_who_was_faster_is_not_overwritten(store: Store, mine: Store, live: Revision) -> None:
    theirs = save(store, {BURGLARY: b"theirs"}, expected=live)
    ours = save(mine, {"other": b"ours"}, expected=live)
    with pytest.raises(WorldMovedError, match="first"):
        origin.push(mine, [Push("published", ours, live)], trust_folder=True)
    assert store.resolve("published") == theirs


def test_what_does_not_build_on_the_origin_is_not_sent(store: Store, mine: Store, live: Revision) -> None:
    theirs = save(store, {BURGLARY: b"theirs"}, expected=live)
    origin.fetch(mine)
    ours = save(mine, {"other": b"ours"}, expected=live)
    with pytest.raises(WorldMovedError, match="do not have yet"):
        origin.push(mine, [Push("published", ours, theirs)], trust_folder=True)
    assert store.resolve("published") == theirs


def test_a_folder_that_is_not_trusted_is_sent_nothing(store: Store, mine: Store, live: Revision) -> None:
    ours = save(mine, {"other": b"ours"}, expected=live)
    with pytest.raises(RefusedError, match="may run programs"):
        origin.push(mine, [Push("published", ours, live)])
    assert store.resolve("published") == live


def test_a_refusal_of_the_origins_own_check_is_told_in_its_words(
    store: Store, mine: Store, live: Revision
) -> None:
    hook = store.folder / "hooks" / "pre-receive"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\necho 'Gwent: nobody approved “Burglary”.' >&2\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)
    ours = save(mine, {"other": b"ours"}, expected=live)
    with pytest.raises(RefusedError, match="nobody approved “Burglary”"):
        origin.push(mine, [Push("published", ours, live)], trust_folder=True)
    assert store.resolve("published") == live
    assert mine.resolve("origin/published") == live


@pytest.mark.parametrize(
    "name", ["main", "tags/../heads/published", "tags/", "refs/heads/x", "-x", "drafts/a:b"]
)
def test_only_drafts_what_is_live_and_releases_are_sent(mine: Store, live: Revision, name: str) -> None:
    with pytest.raises(InvalidNameError):
        origin.push(mine, [Push(name, live, None)], trust_folder=True)


def test_a_workspace_without_origin_says_so(store: Store) -> None:
    assert origin.origin_of(store) is None
    with pytest.raises(NotFoundError, match="no origin"):
        origin.fetch(store)


def test_the_origin_can_be_set_and_is_checked(store: Store) -> None:
    origin.set_origin(store, "git@code.example:soh/content.git")
    assert str(origin.origin_of(store)) == "git@code.example:soh/content.git"
    with pytest.raises(InvalidNameError):
        origin.set_origin(store, "ext::sh -c x")
    git(store.folder, "config", "remote.origin.url", "ext::sh -c x")
    with pytest.raises(InvalidNameError):
        origin.fetch(store)


def test_a_workspace_is_got_and_sent_over_https(
    store: Store, https: HttpsOrigin, live: Revision, tmp_path: Path
) -> None:
    with clone(f"{https.url}/content.git", tmp_path / "mine.git") as mine:
        ours = save(mine, {BURGLARY: b"ours"}, expected=mine.resolve("published"))
        origin.push(mine, [Push("published", ours, live)])
        assert store.resolve("published") == ours
        theirs = save(store, {BURGLARY: b"theirs"}, expected=ours)
        origin.fetch(mine)
        assert mine.resolve("origin/published") == theirs


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("401/x", SignInError),
        ("403/x", RefusedError),
        ("404/x", RefusedError),
        ("none.git", RefusedError),
        ("503/x", OfflineError),
    ],
)
def test_what_the_server_answers_is_told_apart(
    https: HttpsOrigin, tmp_path: Path, path: str, kind: type[NetworkError]
) -> None:
    with pytest.raises(kind) as caught:
        clone(f"{https.url}/{path}", tmp_path / "mine.git")
    assert caught.value.todo
    assert not (tmp_path / "mine.git").exists()


def test_a_certificate_nobody_trusts_is_told(
    https: HttpsOrigin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(CertificateError, match="could not prove"):
        clone(f"{https.url}/content.git", tmp_path / "mine.git")


def test_a_server_that_does_not_answer_is_offline(tmp_path: Path) -> None:
    with pytest.raises(OfflineError, match="can't be reached"):
        clone("https://127.0.0.1:1/content.git", tmp_path / "mine.git")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param(
            "remote: “Firearms certificate”: nobody approved it. Permission denied to its author.\n"
            "! refs/heads/published:refs/heads/published [remote rejected] (pre-receive hook declined)",
            RefusedError,
            id="a page about certificates is refused",
        ),
        pytest.param(
            "! refs/heads/drafts/certificate:refs/heads/drafts/certificate [rejected] (stale info)",
            WorldMovedError,
            id="a draft about certificates is behind",
        ),
        pytest.param(
            "fatal: unable to access 'https://certificates.example/x/': "
            "Could not resolve host: certificates.example",
            OfflineError,
            id="a computer for certificates is away",
        ),
        pytest.param(
            "remote: Repository not found.\nfatal: Could not read from remote repository.",
            RefusedError,
            id="only the origin's words tell it",
        ),
    ],
)
def test_names_and_the_origins_own_words_are_not_taken_for_gits(
    said: str, kind: type[SohAuthorError]
) -> None:
    assert type(network_error(said, parse_address("https://certificates.example/x"))) is kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (
            "ssh: Could not resolve hostname x: Name or service not known\nfatal: hung up unexpectedly",
            OfflineError,
        ),
        ("fatal: unable to access 'x': Could not resolve host: x", OfflineError),
        ("ssh: connect to host x port 22: Connection timed out", OfflineError),
        ("fatal: unable to access: Operation too slow. Less than 1000 bytes/sec", OfflineError),
        ("git@x: Permission denied (publickey).\nfatal: Could not read from remote repository.", SignInError),
        ("fatal: could not read Username for 'https://x': terminal prompts disabled", SignInError),
        ("fatal: Authentication failed for 'https://x/'", SignInError),
        ("Host key verification failed.\nfatal: the remote end hung up unexpectedly", CertificateError),
        ("fatal: unable to access: SSL certificate problem: self-signed certificate", CertificateError),
        ("schannel: SEC_E_UNTRUSTED_ROOT (0x80090325)", CertificateError),
        ("ERROR: Repository not found.\nfatal: Could not read from remote repository.", RefusedError),
        ("remote: Large files detected.\n ! [remote rejected] x (pre-receive hook declined)", RefusedError),
        ("error: failed to push\n ! [rejected] x (non-fast-forward)", WorldMovedError),
        (
            (
                "remote: error: cannot lock ref 'refs/heads/published': is at 00883f but expected e63ee6\n"
                "!\tx:refs/heads/published\t[remote rejected] (atomic transaction failed)"
            ),
            WorldMovedError,
        ),
        (
            (
                "remote: error: cannot lock ref 'refs/heads/published': no room on the disk.\n"
                "!\tx:refs/heads/published\t[remote rejected] (atomic transaction failed)"
            ),
            RefusedError,
        ),
        (
            "Connection to x closed by remote host.\nfatal: Could not read from remote repository.",
            OfflineError,
        ),
        ("fatal: something never seen before", NetworkError),
        ("", NetworkError),
    ],
)
def test_what_git_says_becomes_one_of_our_errors(said: str, kind: type[SohAuthorError]) -> None:
    error = network_error(said, parse_address("https://code.example/x"))
    assert type(error) is kind
    assert error.what.endswith((".", ")."))
    assert error.safe
    assert error.todo
