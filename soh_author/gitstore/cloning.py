"""A workspace of our own from somebody else's repository. Foreign repositories are never opened in place."""

import shutil
import tempfile
from pathlib import Path

from soh_author.domain.errors import NotFoundError, OutputError, WorkspaceError
from soh_author.gitstore import network, refs, upkeep
from soh_author.gitstore.addresses import Address, parse_address
from soh_author.gitstore.configuration import set_origin
from soh_author.gitstore.names import PUBLISHED, branch_ref
from soh_author.gitstore.refs import RefMove
from soh_author.gitstore.store import MANIFEST, Store
from soh_author.gitstore.values import IsCancelled, Report
from soh_author.gitstore.watched import never, no_report


def clone(
    address: str, folder: Path, *, report: Report = no_report, is_cancelled: IsCancelled = never
) -> Store:
    """Make a workspace at ``folder`` from an https or ssh address or a folder on this computer.

    It holds what is live and all releases, and knows the origin's drafts as ``origin/drafts/…``. Half a copy
    is never left behind.

    Raises:
        InvalidNameError: for an address that is not allowed.
        NetworkError: offline, sign-in, certificate, refused.
        WorkspaceError: when the origin is empty, no content repository, shallow or damaged.
        OutputError: when ``folder`` is not empty or can't be written.
        Cancelled: when asked to stop.
    """
    origin = parse_address(address)
    target = folder.absolute()
    _check_target(target)
    try:
        place = tempfile.TemporaryDirectory(
            prefix=f".{target.name}-", dir=target.parent, ignore_cleanup_errors=True
        )
        with place as name:
            aside = Path(name) / "workspace"
            with Store.create(aside) as store:
                set_origin(aside, origin)
                network.fetch(aside, origin, report=report, is_cancelled=is_cancelled)
                _take_published(store, origin)
                report(0, 0, "Indexing the history")
                upkeep.index_history(aside, is_cancelled=is_cancelled)
            if target.exists():
                target.rmdir()
            shutil.move(aside, target)
    except OSError as error:
        raise OutputError(
            f"“{target}” can't be made ({error.strerror}).",
            safe="Nothing was changed.",
            todo="Make room, or choose a folder that you may write to.",
        ) from error
    return Store.open(target)


def _check_target(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise OutputError(
                f"“{target}” is not empty.", safe="Nothing was changed.", todo="Choose a new folder."
            )
    except OSError as error:
        raise OutputError(
            f"“{target}” can't be made ({error.strerror}).", todo="Choose a folder you may write to."
        ) from error


def _take_published(store: Store, origin: Address) -> None:
    if not refs.list_refs(store.folder, "refs/remotes/origin/"):
        raise WorkspaceError(
            f"“{origin}” is empty: nothing was saved there yet.",
            todo="Make a new workspace instead, and send it there.",
        )
    try:
        revision = store.resolve(f"origin/{PUBLISHED}")
    except NotFoundError as error:
        raise _not_ours(origin, "nothing is published there") from error
    if MANIFEST not in store.files(revision):
        raise _not_ours(origin, f"it has no file “{MANIFEST}”")
    moves = [RefMove(branch_ref(PUBLISHED), None, revision)]
    refs.move_refs(store.folder, moves, moved=refs.moved_error(PUBLISHED))


def _not_ours(origin: Address, why: str) -> WorkspaceError:
    return WorkspaceError(
        f"“{origin}” is not a content repository of SOH Author: {why}.",
        safe="Nothing was changed.",
        todo="Check the address, or ask who looks after it.",
    )
