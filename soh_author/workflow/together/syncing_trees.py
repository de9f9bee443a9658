"""All files of two versions put together: what is merged with what, and what a person decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.gitstore.values import Change
from soh_author.markup.front_matter import read, split
from soh_author.reading.paths import classify, page_path
from soh_author.workflow.together.merging import Answer, merge_file
from soh_author.workflow.together.merging_decisions import Conflict
from soh_author.workflow.workspace import Workspace

CardKey = tuple[str, str]
Answers = Mapping[CardKey, Answer]


@dataclass(frozen=True, slots=True)
class Card:
    """A place of one file that a person has to decide. Answers are given by ``key``."""

    path: str
    conflict: Conflict

    @property
    def key(self) -> CardKey:
        """The file and the place in it."""
        return self.path, self.conflict.key


class Merging:
    """Merges files one by one, with a person's answers, and collects the cards of those left open."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self.cards: list[Card] = []

    def merge(self, path: str, base: bytes | None, mine: bytes | None, theirs: bytes | None) -> bytes | None:
        """The merged file; mine while cards are open."""
        given = {place: answer for (file, place), answer in self._answers.items() if file == path}
        merged = merge_file(path, base, mine, theirs, given)
        self.cards += [Card(path, conflict) for conflict in merged.conflicts]
        return mine if merged.conflicts else merged.data


def merge_trees(
    workspace: Workspace, base: str, mine: str, theirs: str, merging: Merging
) -> dict[str, bytes | None]:
    """What has to change in ``mine`` so that it also holds what ``theirs`` changed since ``base``.

    A page that one side moved (``moved_from``) gets what the other side changed at its old place.
    """
    store = workspace.store
    own = {change.path: change for change in store.changed_paths(base, mine)}
    other = {change.path: change for change in store.changed_paths(base, theirs)}
    reading = _Reading(workspace)
    moved_there, moved_here = reading.moves(other), reading.moves(own)
    changes: dict[str, bytes | None] = {}
    done: set[str] = set()
    for path, new in moved_there.items():
        if path in own and own[path].new is not None:
            changes[new] = merging.merge(
                new,
                reading.bytes(other[path].old),
                reading.bytes(own[path].new),
                reading.bytes(other[new].new),
            )
            changes[path] = None
            done |= {path, new}
    for path, change in other.items():
        target = moved_here.get(path, path)
        if path in done:
            continue
        mine_blob = own[target].new if target in own else change.old
        before, after = reading.bytes(change.old), reading.bytes(change.new)
        changes[target] = merging.merge(target, before, reading.bytes(mine_blob), after)
    return changes


class _Reading:
    """Reads stored files, and which pages moved."""

    def __init__(self, workspace: Workspace) -> None:
        self._store = workspace.store

    def bytes(self, blob: str | None) -> bytes | None:
        """Bytes of a file; None where there is none."""
        return None if blob is None else self._store.read(blob)

    def moves(self, changes: Mapping[str, Change]) -> dict[str, str]:
        """New paths of files that went, by their old ones, as the new files themselves say."""
        found: dict[str, str] = {}
        gone = {path for path, change in changes.items() if change.new is None}
        if not gone:
            return found
        for path, change in changes.items():
            place = classify(path)
            if change.old is not None or change.new is None or place is None or not place.page:
                continue
            if place.layer is None or place.language is None:
                continue
            for old in self._former_ids(change.new, path, changes):
                was = f"{place.layer.folder}/pages/{old}.{place.language.value}.md"
                if was in gone:
                    found[was] = page_path(place.layer, place.page, place.language)
        return found

    def _former_ids(self, blob: str, path: str, changes: Mapping[str, Change]) -> list[str]:
        """The ids a page had, which its English file tells for the Welsh one too."""
        english = changes.get(path.removesuffix(".cy.md") + ".en.md") if path.endswith(".cy.md") else None
        known = english.new if english is not None and english.new is not None else blob
        text = self._store.read(known).decode("utf-8", "replace")
        value = read(split(text).raw_yaml).value.get("moved_from")
        return [str(each) for each in value] if isinstance(value, list) else []
