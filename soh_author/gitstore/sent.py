"""Releases that were sent to the origin and of which no answer has come yet: kept by name until one knows."""

from soh_author.gitstore import refs
from soh_author.gitstore.refs import ANYWHERE, RefMove
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision

_SENT = "refs/soh/sent/"


def remember_sent(store: Store, identity: str, revision: str) -> None:
    """Note that a release is about to be sent; durable, so that a killed program knows it afterwards.

    Raises:
        OutputError: when the disk refuses.
    """
    _move(store, identity, revision)


def forget_sent(store: Store, identity: str) -> None:
    """It is known what became of a release that was remembered.

    Raises:
        OutputError: when the disk refuses.
    """
    _move(store, identity, None)


def list_sent(store: Store) -> dict[str, Revision]:
    """The releases of which no answer has come: the version of each, by its id."""
    found = refs.list_refs(store.folder, _SENT)
    return {name.removeprefix(_SENT): Revision(revision) for name, revision in found}


def _move(store: Store, identity: str, revision: str | None) -> None:
    move = RefMove(f"{_SENT}{identity}", ANYWHERE, revision)
    refs.move_refs(store.folder, [move], moved=refs.moved_error(identity))
