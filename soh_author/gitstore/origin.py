"""A store and where it came from: fetch, send, and where that is."""

from collections.abc import Sequence

from soh_author.domain.errors import NotFoundError
from soh_author.gitstore import configuration, network, refs
from soh_author.gitstore.addresses import Address, parse_address
from soh_author.gitstore.network import Push
from soh_author.gitstore.refs import ANYWHERE, RefMove
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import IsCancelled, Report
from soh_author.gitstore.watched import never, no_report


def origin_of(store: Store) -> Address | None:
    """The origin's address; None when the workspace has none."""
    return configuration.origin_of(store.folder)


def set_origin(store: Store, address: str) -> Address:
    """Say where to fetch from and send to.

    Raises:
        InvalidNameError: for an address that is not allowed.
    """
    parsed = parse_address(address)
    configuration.set_origin(store.folder, parsed)
    return parsed


def fetch(store: Store, *, report: Report = no_report, is_cancelled: IsCancelled = never) -> None:
    """Learn what the origin has: its branches as ``origin/…``, its releases. Nothing of ours moves.

    Raises:
        NotFoundError: when the workspace has no origin.
        NetworkError: offline, sign-in, certificate, refused.
        WorkspaceError: when the origin is damaged, shallow, or changed a release.
        Cancelled: when asked to stop.
    """
    network.fetch(store.folder, _address(store), report=report, is_cancelled=is_cancelled)


def push(
    store: Store,
    pushes: Sequence[Push],
    *,
    trust_folder: bool = False,
    report: Report = no_report,
    is_cancelled: IsCancelled = never,
) -> str:
    """Send branches and releases, all or none; answer what the origin said.

    Args:
        trust_folder: whether an origin that is a folder may run its own checks on this computer.

    Raises:
        NotFoundError: when the workspace has no origin.
        WorldMovedError: when the origin has what we do not know of.
        RefusedError: when the origin's checks refuse, with their words.
        NetworkError: offline, sign-in, certificate.
        UnsureError: when the connection was lost meanwhile, so that nobody knows whether the origin took it.
        Cancelled: when asked to stop.
    """
    address = _address(store)
    for item in pushes:
        if item.expected and item.revision and not store.is_ancestor(item.expected, item.revision):
            raise network.behind_error(item.name)
    said = network.push(
        store.folder, address, pushes, trust_folder=trust_folder, report=report, is_cancelled=is_cancelled
    )
    seen = [
        RefMove(f"refs/remotes/origin/{item.name}", ANYWHERE, item.revision)
        for item in pushes
        if not item.name.startswith("tags/")
    ]
    if seen:
        refs.move_refs(store.folder, seen, moved=network.behind_error(pushes[0].name))
    return said


def _address(store: Store) -> Address:
    address = origin_of(store)
    if address is None:
        raise NotFoundError(
            "This workspace has no origin to exchange work with.",
            safe="Everything is kept here.",
            todo="Enter the origin's address in the settings.",
        )
    return address
