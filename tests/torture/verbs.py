"""What people do while something goes wrong: where it begins, what is done, and when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from soh_author.domain.errors import NotFoundError, WorkspaceError
from soh_author.gitstore.repairing import is_damaged
from soh_author.gitstore.upkeep import tidy
from soh_author.workflow.drafting import discard_draft, new_draft, note_unsaved, save_private, save_version
from soh_author.workflow.opening import init_workspace, open_address
from soh_author.workflow.release.publishing import Wish, plan, publish
from soh_author.workflow.release.releasing_case import case_of
from soh_author.workflow.release.releasing_content import candidate
from soh_author.workflow.release.reviewing import approve, review, submit
from soh_author.workflow.repairing import repair_workspace
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import CONTENT, LIVE, Workspace
from tests.support.people import FEES, Desk
from tests.torture.remarking import DEEDS, has_all
from tests.torture.stages import NEW, OLD, now

TYPED = "What you have to pay, in words typed just now."


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing somebody does.

    ``is_done`` tells whether it needn't be done again; ``is_typed``: words are typed before
    (:func:`type_words`), and nobody may lose them; ``reaches_origin``: the origin and its hooks take part;
    ``mends``: Nia's workspace is damaged when it begins, and is looked at once it was repaired.
    """

    name: str
    stage: str
    who: str
    run: Callable[[Desk], object]
    is_done: Callable[[Desk], bool]
    is_typed: bool = False
    reaches_origin: bool = True
    mends: bool = False

    @property
    def uses_line(self) -> bool:
        """Whether it talks to the origin by a line that can be cut."""
        return self.reaches_origin and self.name not in {"discard", "get the workspace"}


def _text(workspace: Workspace, draft: str, path: str = FEES) -> str:
    try:
        return workspace.snapshot(draft).text(path) or ""
    except NotFoundError:
        return ""


def type_words(desk: Desk) -> None:
    """Type, and leave it to the journal."""
    text = _text(desk.workspace, "fees").replace(OLD, TYPED)
    note_unsaved(desk.workspace, "fees", FEES, text)


def _save(desk: Desk) -> None:
    text = _text(desk.workspace, LIVE).replace(OLD, TYPED)
    save_private(desk.workspace, "fees", FEES, text).run()
    save_version(desk.workspace, "fees", "New words").run()


def _is_saved(desk: Desk) -> bool:
    workspace = desk.workspace
    return TYPED in (workspace.published_snapshot(workspace.revision_of("fees")).text(FEES) or "")


def _actions(desk: Desk) -> set[str]:
    """What people have said of the draft, in records that hold."""
    case = case_of(desk.workspace, candidate(desk.workspace, ["fees"]))
    return {signed.record.action.value for signed in case.proposal.records}


def _is_sent(desk: Desk) -> bool:
    return "submit" in _actions(desk) and has_all(desk)


def _approve(desk: Desk) -> None:
    seen = review(desk.workspace, "fees").run().value.seen
    approve(desk.workspace, "fees", seen, desk.signer).run()


def _is_approved(desk: Desk) -> bool:
    return "approve" in _actions(desk) and has_all(desk)


def _publish(desk: Desk) -> None:
    planned = plan(desk.workspace, Wish(("fees",), name="2026-fees"), desk.signer).run().value
    publish(desk.workspace, planned, desk.signer).run()


def _is_published(desk: Desk) -> bool:
    store = desk.workspace.store
    is_here = NEW in _text(desk.workspace, LIVE)
    return is_here and store.resolve("origin/published") == store.resolve("published")


def _latest(desk: Desk) -> None:
    get_latest(desk.workspace).run()


def _has_latest(desk: Desk) -> bool:
    return NEW in _text(desk.workspace, LIVE) and NEW in _text(desk.workspace, "own")


def _discard(desk: Desk) -> None:
    discard_draft(desk.workspace, "fees").run()


def _is_discarded(desk: Desk) -> bool:
    return "drafts/fees" not in {branch.name for branch in desk.workspace.store.branches()}


def _start(desk: Desk) -> None:
    new_draft(desk.workspace, "another").run()


def _is_started(desk: Desk) -> bool:
    return "drafts/another" in {branch.name for branch in desk.workspace.store.branches()}


def _newcomer(desk: Desk) -> Path:
    return desk.workspace.folder.parent / "newcomer"


def _open(desk: Desk) -> None:
    address = str(desk.workspace.folder.parent / "origin.git")
    open_address(address, _newcomer(desk), desk.workspace.person, now).run().value.close()


def _is_open(desk: Desk) -> bool:
    try:
        with Workspace.open(_newcomer(desk), person=desk.workspace.person, clock=now) as mine:
            return OLD in _text(mine, LIVE)
    except WorkspaceError:
        return False


def _make(desk: Desk) -> None:
    content = desk.workspace.folder.parent / "content"
    init_workspace(_newcomer(desk), content, desk.workspace.person, now).run().value.close()


def _tidy(desk: Desk) -> None:
    tidy(desk.workspace.store.folder)


def _is_tidy(desk: Desk) -> bool:
    return not any((desk.workspace.store.folder / "objects").glob("??")) and not any(
        desk.workspace.store.folder.rglob("*.lock")
    )


def _rename(desk: Desk) -> None:
    desk.workspace.store.rename_draft("drafts/fees", "drafts/prices")


def _is_renamed(desk: Desk) -> bool:
    names = {branch.name for branch in desk.workspace.store.branches()}
    return "drafts/prices" in names and "drafts/fees" not in names


def _damaged(desk: Desk) -> Path:
    return desk.workspace.folder.parent / "nia"


def _repair(desk: Desk) -> None:
    repair_workspace(_damaged(desk), now).run()


def _is_repaired(desk: Desk) -> bool:
    return not is_damaged(_damaged(desk) / CONTENT)


VERBS = (
    Verb("save", "written", "nia", _save, _is_saved, is_typed=True, reaches_origin=False),
    Verb("new draft", "written", "nia", _start, _is_started, is_typed=True, reaches_origin=False),
    Verb("send", "saved", "nia", lambda desk: submit(desk.workspace, "fees", desk.signer).run(), _is_sent),
    Verb("approve", "sent", "sam", _approve, _is_approved),
    Verb("publish", "agreed", "alex", _publish, _is_published),
    Verb("get the latest", "behind", "nia", _latest, _has_latest),
    Verb("get the workspace", "written", "nia", _open, _is_open),
    Verb("make a workspace", "written", "nia", _make, _is_open, reaches_origin=False),
    Verb("rename", "saved", "nia", _rename, _is_renamed, reaches_origin=False),
    Verb("tidy", "saved", "nia", _tidy, _is_tidy, reaches_origin=False),
    Verb("repair", "damaged", "sam", _repair, _is_repaired, reaches_origin=False, mends=True),
    Verb("discard", "sent", "nia", _discard, _is_discarded),
    *(Verb(name, "said", who, run, is_done) for name, (who, run, is_done) in DEEDS.items()),
)
