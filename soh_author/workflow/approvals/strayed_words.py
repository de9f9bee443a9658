"""Comments that were said of another draft: they belong here only when they came with it.

A draft may be renamed, taken over under another name, or merged into another: then it brings the versions
along in which things were said of it. Whoever copies a comment's files brings none of them. What nobody here
ever had can't be told from what was said before its draft was renamed and sent; it is taken where no draft
of the name it gives is known.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.ids import DraftName
from soh_author.gitstore.incoming import Incoming

_FOLDER = "comments"


Said = Mapping[str, tuple[str, DraftName]]
"""Comments by path: their object, and the draft each says it was said of."""

Others = Mapping[str, tuple[DraftName, str]]
"""Drafts by their ref: name and newest version."""


@dataclass(frozen=True, slots=True)
class Tip:
    """A draft as it stands: its name, its newest version, and what is live (nobody's draft)."""

    name: DraftName
    version: str
    live: str


def strayed_words(incoming: Incoming, tip: Tip, said: Said, others: Others) -> dict[str, DraftName]:
    """The comments of a draft that did not come with the draft they were said of.

    Args:
        incoming: where the drafts are.
        tip: the draft.
        said: its comments.
        others: the other drafts, thrown away ones too.

    Returns:
        The draft each of them was said of, by path.
    """
    own = incoming.versions_since(tip.live, tip.version)
    holders = _holders(incoming, said, others)
    found: dict[str, DraftName] = {}
    brought: dict[str, dict[str, set[str]]] = {}
    for path, (_, name) in said.items():
        for ref in holders[path]:
            if ref not in brought:
                brought[ref] = incoming.added_since(tip.live, others[ref][1], _FOLDER)
        if holders[path]:
            is_ours = any(not own.isdisjoint(brought[ref].get(path, ())) for ref in holders[path])
        else:
            is_ours = name == tip.name or _may_go_on_from(incoming, tip, own, others, name)
        if not is_ours:
            found[path] = name
    return found


def _holders(incoming: Incoming, said: Said, others: Others) -> dict[str, list[str]]:
    """The other drafts that hold each comment."""
    places = [(ref, path) for ref in others for path in said]
    blobs = incoming.objects_at([(others[ref][1], path) for ref, path in places])
    holders: dict[str, list[str]] = {path: [] for path in said}
    for (ref, path), blob in zip(places, blobs, strict=True):
        if blob == said[path][0]:
            holders[path].append(ref)
    return holders


def _may_go_on_from(
    incoming: Incoming, tip: Tip, own: frozenset[str], others: Others, name: DraftName
) -> bool:
    """Whether a draft goes on from the one of a name, as far as that is known."""
    tips = [version for other, version in others.values() if other == name]
    return not tips or any(not own.isdisjoint(incoming.versions_since(tip.live, each)) for each in tips)
