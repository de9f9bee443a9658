"""What the drafts a server keeps tell about a release: who wrote what, and what was taken back there."""

import re
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.writers import Authorship
from soh_author.gitstore.incoming import Incoming, TreeFile
from soh_author.workflow.gate.refusals import Refusal, RefusedError

PLACES = ("refs/heads/drafts/", "refs/remotes/origin/drafts/", "refs/discarded/")
"""Where drafts are: those of the server or workspace, the origin's as last got, those thrown away."""

_NAMES = tuple(re.compile(rf"{place}(?P<name>[^/]+)(?:/[^/]+)?") for place in PLACES)
_APPROVALS = "approvals"
_MOST_BYTES = 64 * 1024 * 1024
_FEW = 2_000


def other_drafts(incoming: Incoming, name: str) -> dict[str, tuple[DraftName, str]]:
    """The drafts here but one, and all that were thrown away: by their ref, the name and newest version."""
    own = {f"{place}{name}" for place in PLACES}
    found = {}
    for ref, tip in incoming.drafts(PLACES).items():
        other = _name_of(ref)
        if ref not in own and other is not None:
            found[ref] = other, tip
    return found


def drafts_changing(
    incoming: Incoming,
    live: str,
    drafts: Iterable[tuple[str, str]],
    paths: AbstractSet[str],
    names: AbstractSet[DraftName],
) -> frozenset[DraftName]:
    """Those of some drafts in which one of some paths was changed since they left what is live.

    Args:
        incoming: where the drafts are.
        live: what is live.
        drafts: refs of drafts, each with a version of it.
        paths: the paths.
        names: the drafts that are asked about; the others aren't looked at.
    """
    named = ((_name_of(ref), tip) for ref, tip in drafts)
    return frozenset(
        name
        for name, tip in named
        if name is not None and name in names and not paths.isdisjoint(incoming.editors(live, tip))
    )


def _name_of(ref: str) -> DraftName | None:
    """The draft that a ref is of; None where it is of none."""
    matched = next(filter(None, (pattern.fullmatch(ref) for pattern in _NAMES)), None)
    return DraftName(matched["name"]) if matched and DraftName.is_valid(matched["name"]) else None


def records_elsewhere(
    incoming: Incoming, tips: Iterable[str], *known: Mapping[str, TreeFile]
) -> dict[str, bytes]:
    """Files of records that drafts hold and that are in none of the known revisions, by path."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    unique = list(dict.fromkeys(tips))
    folders = incoming.objects_at([(tip, _APPROVALS) for tip in unique])
    for tip, tree in zip(unique, folders, strict=True):
        if not tree or tree in seen:
            continue
        seen.add(tree)
        for path, file in incoming.files_below(tip, _APPROVALS).items():
            if not any(path in files for files in known):
                found[path] = file.blob
    measured = incoming.measure(found.values())
    sizes = {path: measured.get(blob, ("", 0))[1] for path, blob in found.items()}
    if sum(sizes.values()) > _MOST_BYTES:
        text = "The records in drafts here are more than can be read, so nobody can tell what was taken back."
        raise RefusedError(Refusal("drafts", text, "Throw drafts away that nobody needs.", "many-records"))
    texts = incoming.texts(found.values())
    return {path: texts[blob] for path, blob in found.items() if blob in texts}


def editors_of(
    incoming: Incoming,
    live: str,
    tips: Iterable[str],
    changed: Mapping[str, str],
    policy: Policy,
) -> dict[str, frozenset[PersonId]]:
    """Who saved versions of drafts that brought what a release brings.

    Args:
        incoming: where the drafts are.
        live: what is live.
        tips: the newest versions of the drafts.
        changed: the objects a release brings, by path; empty where a file goes.
        policy: tells whose names and e-mail addresses they are.
    """
    authorship = Authorship(policy)
    found: dict[str, set[PersonId]] = {}
    for tip in dict.fromkeys(tips):
        brought = brought_by(incoming, tip, changed)
        if not brought:
            continue
        editors = incoming.editors(live, tip)
        for path in brought:
            found.setdefault(path, set()).update(authorship.people(editors.get(path, ())))
    return {path: frozenset(people) for path, people in found.items() if people}


def brought_by(incoming: Incoming, tip: str, changed: Mapping[str, str]) -> Sequence[str]:
    """The paths at which a draft has what the release brings."""
    if len(changed) <= _FEW:
        there = incoming.objects_at([(tip, path) for path in changed])
        return [path for path, blob in zip(changed, there, strict=True) if blob == changed[path]]
    files = incoming.files(tip)
    return [path for path, blob in changed.items() if (files[path].blob if path in files else "") == blob]
