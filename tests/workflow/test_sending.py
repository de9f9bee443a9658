"""Drafts travel: sent, taken over, discarded; a queue without connection; races, refusals and kills."""

import os
import re
import signal
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from soh_author.domain.errors import (
    NetworkError,
    NotFoundError,
    OfflineError,
    RefusedError,
    UsageError,
    WorkspaceError,
    WorldMovedError,
)
from soh_author.gitstore import sealed
from soh_author.gitstore.addresses import parse_address
from soh_author.gitstore.network_words import network_error
from soh_author.gitstore.origin import set_origin
from soh_author.gitstore.store import Store
from soh_author.workflow.drafting import list_drafts, new_draft, recently_discarded, save_private
from soh_author.workflow.together.sending import discard_sent, outgoing, send_draft, send_waiting, take_over
from soh_author.workflow.together.sending_notes import Request, note_of_request, request_of
from soh_author.workflow.together.sending_trust import needs_trust, trust_origin
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import Workspace
from tests.support.content import NOW
from tests.support.content import small_workspace as small
from tests.workflow.two_desks import (
    ALICE,
    BOB,
    PATH,
    Desks,
    changed,
    is_whole,
    make_desks,
    read,
    start_python,
    write,
)

INSURED = ("not insured", "not taxed")
NOTICE = ("Bring the notice.", "Bring the notice and a passport.")
PHOTO = ("Bring the notice.", "Bring the notice and a photo.")
NOBODY = "https://127.0.0.1:9/content.git"
"""An address of this computer at which nobody answers."""
_posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows runs no shell scripts as hooks")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Alice, Bob and the origin."""
    made = make_desks(tmp_path)
    yield made
    made.close()


def test_what_is_sent_arrives_with_reviewer_and_note(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    outcome = send_draft(desks.alice, "april", "Bob Hughes", "By Friday").run()
    assert "Bob Hughes is asked" in outcome.notice
    (other,) = get_latest(desks.bob).run().value.others
    assert other.request == Request("Bob Hughes", "By Friday")
    assert other.author == ALICE.name
    assert desks.origin_text("drafts/april") == changed(INSURED)
    assert outgoing(desks.alice) == []


def test_private_text_is_in_what_is_sent(desks: Desks) -> None:
    new_draft(desks.alice, "april").run()
    save_private(desks.alice, "april", PATH, changed(INSURED)).run()
    send_draft(desks.alice, "april").run()
    assert desks.origin_text("drafts/april") == changed(INSURED)
    assert desks.alice.saved_texts("april") == {}


def test_a_draft_that_changes_nothing_is_not_sent(desks: Desks) -> None:
    new_draft(desks.alice, "april").run()
    with pytest.raises(UsageError, match="nothing to review"):
        send_draft(desks.alice, "april").run()
    assert not desks.origin_has("drafts/april")


def test_sending_again_sends_no_second_wish(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april", "Bob", "Now").run()
    before = desks.alice.revision_of("april")
    send_draft(desks.alice, "april", "Bob", "Now").run()
    assert desks.alice.revision_of("april") == before


def test_offline_a_draft_waits_visibly_and_goes_later(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    set_origin(desks.alice.store, NOBODY)
    with pytest.raises(OfflineError) as raised:
        send_draft(desks.alice, "april", "Bob Hughes", "By Friday").run()
    assert "waits to be sent" in raised.value.safe
    (waiting,) = outgoing(desks.alice)
    assert (waiting.draft, waiting.request) == ("april", Request("Bob Hughes", "By Friday"))
    with pytest.raises(OfflineError):
        get_latest(desks.alice).run()
    set_origin(desks.alice.store, str(desks.origin))
    assert send_waiting(desks.alice).run().value == ("april",)
    assert outgoing(desks.alice) == []
    assert desks.origin_text("drafts/april") == changed(INSURED)


def test_what_was_sent_offline_goes_with_the_next_latest(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    set_origin(desks.alice.store, NOBODY)
    with pytest.raises(OfflineError):
        send_draft(desks.alice, "april", "Bob Hughes", "By Friday").run()
    set_origin(desks.alice.store, str(desks.origin))
    desks.publish({PATH: changed(NOTICE)})
    outcome = get_latest(desks.alice).run()
    assert (outcome.value.sent, outcome.value.outgoing) == (("april",), ())
    assert "Sent, after it had waited: “april”." in outcome.notice
    assert desks.origin_text("drafts/april") == changed(INSURED, NOTICE)
    (other,) = get_latest(desks.bob).run().value.others
    assert other.request == Request("Bob Hughes", "By Friday")
    assert get_latest(desks.alice).run().value.sent == ()


def test_what_was_only_changed_since_it_was_sent_waits_for_its_author(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    write(desks.alice, "april", PATH, changed(INSURED, NOTICE))
    latest = get_latest(desks.alice).run().value
    assert latest.sent == ()
    assert [(each.draft, each.is_asked) for each in latest.outgoing] == [("april", False)]
    assert desks.origin_text("drafts/april") == changed(INSURED)


def test_what_waits_for_decisions_or_trust_is_not_sent_with_the_latest(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(PHOTO))
    set_origin(desks.alice.store, NOBODY)
    with pytest.raises(OfflineError):
        send_draft(desks.alice, "april").run()
    set_origin(desks.alice.store, str(desks.origin))
    (desks.alice.folder / "private/trusted-origin").unlink()
    assert get_latest(desks.alice).run().value.sent == ()
    trust_origin(desks.alice)
    desks.publish({PATH: changed(NOTICE)})
    latest = get_latest(desks.alice).run().value
    assert (latest.sent, [each.draft for each in latest.outgoing]) == ((), ["april"])
    assert not desks.origin_has("drafts/april")


def test_a_draft_nobody_sent_is_not_outgoing(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    assert outgoing(desks.alice) == []
    assert send_waiting(desks.alice).run().value == ()
    assert not desks.origin_has("drafts/april")


def test_changes_after_sending_wait_to_be_sent(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    write(desks.alice, "april", PATH, changed(INSURED, NOTICE))
    (waiting,) = outgoing(desks.alice)
    assert (waiting.draft, waiting.versions) == ("april", 1)


def test_of_two_who_send_the_same_draft_one_is_told_to_get_the_latest(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    get_latest(desks.bob).run()
    new_draft(desks.bob, "april", source="origin/drafts/april").run()
    write(desks.bob, "april", PATH, changed(INSURED, NOTICE))
    send_draft(desks.bob, "april", "", "Bob's").run()
    write(desks.alice, "april", PATH, changed(INSURED, ("the fees", "our fees")))
    with pytest.raises(WorldMovedError) as raised:
        send_draft(desks.alice, "april", "", "Alice's").run()
    assert "Get the latest" in raised.value.todo
    assert desks.origin_text("drafts/april") == changed(INSURED, NOTICE)
    get_latest(desks.alice).run()
    send_draft(desks.alice, "april", "", "Both").run()
    assert "passport" in (desks.origin_text("drafts/april") or "")


def test_a_draft_is_taken_over_in_a_copy_and_its_author_is_told(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    get_latest(desks.bob).run()
    taken = take_over(desks.bob, "april", words="I add\nthe passport.").run().value
    assert taken.name == "april-bob"
    write(desks.bob, taken.name, PATH, changed(INSURED, NOTICE))
    latest = get_latest(desks.alice).run()
    assert [(each.name, each.taken_from, each.author) for each in latest.value.taken] == [
        ("april-bob", "april", BOB.name)
    ]
    assert "Bob Hughes took your draft “april” over as “april-bob”; yours stays as it is." in latest.notice
    assert "They say: “I add the passport.”" in latest.notice
    assert get_latest(desks.alice).run().value.taken == ()
    assert read(desks.alice, "april") == changed(INSURED)
    assert desks.origin_text("drafts/april") == changed(INSURED)


def test_a_draft_stays_its_owners_when_somebody_else_saves_in_it(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    get_latest(desks.bob).run()
    new_draft(desks.bob, "april", source="origin/drafts/april").run()
    write(desks.bob, "april", PATH, changed(INSURED, NOTICE))
    send_draft(desks.bob, "april", "", "Bob's").run()
    desks.bob.store.discard_branch("drafts/april", NOW)
    (other,) = get_latest(desks.bob).run().value.others
    assert other.author == ALICE.name


def test_a_draft_is_taken_over_offline_and_told_later(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    get_latest(desks.bob).run()
    set_origin(desks.bob.store, NOBODY)
    assert "once you are online" in take_over(desks.bob, "april", "mine").run().notice
    assert [each.draft for each in outgoing(desks.bob)] == ["mine"]


@pytest.mark.parametrize("name", ["nobody", "april"])
def test_only_what_somebody_sent_can_be_taken_over(desks: Desks, name: str) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    with pytest.raises(NotFoundError, match="Nobody has sent"):
        take_over(desks.alice, name).run()


@pytest.mark.parametrize("is_own", [True, False])
def test_a_sent_draft_is_discarded_with_a_copy_kept(desks: Desks, is_own: bool) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    get_latest(desks.bob).run()
    who = desks.alice if is_own else desks.bob
    discard_sent(who, "april").run()
    assert not desks.origin_has("drafts/april")
    (kept,) = recently_discarded(who)
    assert who.store.read_path(kept.revision, PATH) == changed(INSURED).encode()


def test_a_draft_others_saved_in_meanwhile_is_not_discarded(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    send_draft(desks.alice, "april").run()
    get_latest(desks.bob).run()
    write(desks.alice, "april", PATH, changed(INSURED, NOTICE))
    send_draft(desks.alice, "april", "", "More").run()
    with pytest.raises(WorldMovedError):
        discard_sent(desks.bob, "april").run()
    assert desks.origin_text("drafts/april") == changed(INSURED, NOTICE)
    assert list_drafts(desks.bob).run().value == []


def test_a_folder_nobody_trusts_is_sent_nothing(desks: Desks, tmp_path: Path) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    (desks.alice.folder / "private/trusted-origin").unlink()
    assert needs_trust(desks.alice)
    before = desks.alice.revision_of("april")
    with pytest.raises(RefusedError, match="is a folder"):
        send_draft(desks.alice, "april").run()
    assert desks.alice.revision_of("april") == before
    trust_origin(desks.alice)
    send_draft(desks.alice, "april").run()
    set_origin(desks.alice.store, str(tmp_path / "elsewhere.git"))
    assert needs_trust(desks.alice)


@_posix
def test_an_origin_folder_of_another_account_receives_once_it_is_trusted(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = sealed.environment
    stranger = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}  # git's own way to try its check without root
    monkeypatch.setattr(sealed, "environment", lambda extra=None: own(extra) | stranger)
    odd = desks.origin.rename(desks.origin.with_name('shared "drive".git'))
    set_origin(desks.alice.store, str(odd))
    write(desks.alice, "april", PATH, changed(INSURED))
    with pytest.raises(RefusedError, match="is a folder"):
        send_draft(desks.alice, "april").run()
    trust_origin(desks.alice)
    send_draft(desks.alice, "april").run()
    with Store.open(odd) as store:
        assert store.read_path(store.resolve("drafts/april"), PATH) == changed(INSURED).encode()
    with pytest.raises(sealed.GitFailedError) as raised:
        sealed.run(None, "-C", str(odd), "-c", "safe.directory=", "upload-pack", ".")
    assert "dubious ownership" in raised.value.text  # the check was on all the time


def test_a_workspace_without_an_origin_is_told(tmp_path: Path) -> None:
    with small(tmp_path) as alone, pytest.raises(NotFoundError, match="no origin"):
        send_draft(alone, "april").run()


@_posix
def test_what_the_origin_refuses_is_said_in_its_words_and_kept(desks: Desks) -> None:
    hook = desks.origin / "hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'Drafts are closed today.' >&2\nexit 1\n")
    hook.chmod(hook.stat().st_mode | stat.S_IXUSR)
    write(desks.alice, "april", PATH, changed(INSURED))
    with pytest.raises(RefusedError, match="Drafts are closed today"):
        send_draft(desks.alice, "april").run()
    assert read(desks.alice, "april") == changed(INSURED)
    assert [each.draft for each in outgoing(desks.alice)] == ["april"]
    hook.unlink()
    send_waiting(desks.alice).run()
    assert desks.origin_text("drafts/april") == changed(INSURED)


@pytest.mark.parametrize(
    "said",
    [
        "error: remote unpack failed: unable to create\n ! [remote rejected] a -> a (unpacker error)",
        "fatal: detected dubious ownership in repository at 'x'\nfatal: Could not read from remote",
    ],
)
def test_a_folder_one_may_not_write_in_is_said_to_refuse(said: str) -> None:
    error = network_error(said, parse_address("/srv/content.git"))
    assert isinstance(error, RefusedError)
    assert error.safe
    assert error.todo
    assert not re.search(r"repository|unpack", str(error))


def test_an_origin_that_is_gone_keeps_the_draft_waiting(desks: Desks) -> None:
    write(desks.alice, "april", PATH, changed(INSURED))
    desks.origin.rename(desks.origin.with_name("elsewhere.git"))
    with pytest.raises((NetworkError, WorkspaceError, NotFoundError)):
        send_draft(desks.alice, "april").run()
    assert [each.draft for each in outgoing(desks.alice)] == ["april"]
    assert is_whole(desks.alice.store.folder)


@pytest.mark.parametrize(
    "request_",
    [
        Request("", ""),
        Request("Bob", ""),
        Request("", "Look\n\nat: this"),
        Request("Bo O’Neil", "a\nReviewer: x"),
        Request("Bob", "Look", ("april", "may-fees")),
        Request("", "Look\n\nTogether with: you", ("april",)),
    ],
)
def test_a_wish_for_review_reads_back_as_it_was_written(request_: Request) -> None:
    read_back = request_of(note_of_request(request_))
    assert read_back is not None
    assert read_back.note == request_.note or request_.note.startswith("a\n")
    assert read_back.reviewer == (request_.reviewer or "")
    assert read_back.together == request_.together


def test_other_notes_are_no_wish_for_review() -> None:
    assert request_of("New fees") is None


# -- kills ---------------------------------------------------------------------------------------------------

_DO = """
import sys
from pathlib import Path
from soh_author.workflow.together.sending import send_draft
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import Workspace
from tests.support.content import NOW
from tests.workflow.two_desks import BOB
with Workspace.open(Path(sys.argv[1]), person=BOB, clock=lambda: NOW) as workspace:
    Path(sys.argv[2]).touch()
    {work}
"""
_GET = _DO.format(work="get_latest(workspace).run()")
_SEND = _DO.format(work='send_draft(workspace, "why", "Alice", "Now").run()')


def _kill_after(code: str, folder: Path, ready: Path, seconds: float) -> None:
    """Start a step in its own process, and kill it with all it started a moment after it began."""
    process = start_python(code, str(folder), str(ready))
    while not ready.exists() and process.poll() is None:
        time.sleep(0.005)
    time.sleep(seconds)
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    ready.unlink(missing_ok=True)


def _age_locks(folder: Path) -> None:
    """Let the locks of the killed process look as old as they are after a restart."""
    for top, _folders, names in os.walk(folder):  # what goes meanwhile is passed over
        for name in names:
            if name.endswith(".lock"):
                with suppress(FileNotFoundError):
                    os.utime(Path(top, name), (time.time() - 600, time.time() - 600))


@pytest.mark.slow
@_posix
@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.02, 0.04, 0.06, 0.1])
def test_a_kill_while_getting_the_latest_leaves_old_or_new(
    desks: Desks, tmp_path: Path, seconds: float
) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    folder = desks.bob.folder
    desks.publish({PATH: changed(NOTICE)})
    desks.bob.close()
    _kill_after(_GET, folder, tmp_path / "ready", seconds)
    _age_locks(folder)
    after = desks.bob = Workspace.open(folder, person=BOB, clock=lambda: NOW)
    assert read(after, "why") in (changed(INSURED), changed(INSURED, NOTICE))
    assert is_whole(after.store.folder)
    get_latest(after).run()
    assert read(after, "why") == changed(INSURED, NOTICE)


@pytest.mark.slow
@_posix
@pytest.mark.parametrize("seconds", [0.0, 0.02, 0.04, 0.08])
def test_a_kill_while_sending_leaves_it_sent_or_waiting(desks: Desks, tmp_path: Path, seconds: float) -> None:
    write(desks.bob, "why", PATH, changed(INSURED))
    folder = desks.bob.folder
    desks.bob.close()
    _kill_after(_SEND, folder, tmp_path / "ready", seconds)
    _age_locks(folder)
    _age_locks(desks.origin)
    after = desks.bob = Workspace.open(folder, person=BOB, clock=lambda: NOW)
    assert read(after, "why") == changed(INSURED)
    assert is_whole(after.store.folder)
    get_latest(after).run()
    send_draft(after, "why", "Alice", "Now").run()
    assert outgoing(after) == []
    assert desks.origin_text("drafts/why") == changed(INSURED)
    assert is_whole(desks.origin)
