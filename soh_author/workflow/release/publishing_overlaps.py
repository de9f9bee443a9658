"""Whom else a release concerns: drafts that change the same file, and whose yeses it makes stale."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.ids import DraftName, PersonId
from soh_author.domain.judging.approval import Action
from soh_author.gitstore.names import DRAFTS
from soh_author.trust.records import read_trusted_records
from soh_author.workflow.names import Move, Names
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.release.releasing_content import APPROVALS, copies_of
from soh_author.workflow.release.said_once import names_of
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Overlap:
    """Another draft with a yes to something that the release changes: that yes will be stale.

    ``called`` is what people call what it concerns.
    """

    draft: DraftName
    people: tuple[PersonId, ...]
    subjects: tuple[str, ...]
    called: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """What will happen, in a sentence."""
        others = f", and of {len(self.called) - 1} more," if self.called[1:] else ""
        return f"In the draft “{self.draft}” what was said of {self.called[0]}{others} will be stale."


@dataclass(frozen=True, slots=True)
class Together:
    """A file that several drafts of the release change: what goes out is neither's, but both put together.

    ``called`` is what people call the file.
    """

    draft: DraftName
    others: tuple[DraftName, ...]
    path: str
    called: str

    @property
    def sentence(self) -> str:
        """What was done, and what it takes, in a sentence or two."""
        drafts = " and ".join(f"“{each}”" for each in (self.draft, *self.others))
        return (
            f"{drafts} change {self.called} in different places: they go out put together. "
            "That needs one yes to all of them: send them for review and approve them at once."
        )


def overlaps_of(workspace: Workspace, case: Case) -> tuple[Overlap | Together, ...]:
    """The files that drafts of a release share, and other drafts whose requests and yeses it makes stale."""
    owners = case.candidate.owners.items()
    names = names_of(case)
    met = tuple(
        Together(drafts[0], drafts[1:], path, names.path(path)) for path, drafts in owners if drafts[1:]
    )
    changing = {change.subject: change.move for change in case.proposal.changes()}
    found = (_overlap(workspace, name, changing, case, names) for name in _others(workspace, case))
    return (*met, *(overlap for overlap in found if overlap is not None))


def _others(workspace: Workspace, case: Case) -> list[DraftName]:
    branches = [*workspace.store.branches(), *workspace.store.branches(of_origin=True)]
    names = {branch.name.removeprefix(DRAFTS) for branch in branches if branch.name.startswith(DRAFTS)}
    return sorted(DraftName(name) for name in names - set(case.candidate.drafts))


def _overlap(
    workspace: Workspace, draft: DraftName, changing: Mapping[str, Move], case: Case, names: Names
) -> Overlap | None:
    said: dict[str, set[PersonId]] = defaultdict(set)
    spent = case.candidate.before.sources
    for head in copies_of(workspace, draft):
        files = workspace.store.files(head)
        blobs = {
            path: entry.blob
            for path, entry in files.items()
            if path.startswith(APPROVALS) and not spent.has(path)
        }
        contents = workspace.store.read_many(blobs.values())
        read = read_trusted_records(
            {path: contents[blob] for path, blob in blobs.items() if blob in contents}
        )
        for signed in read.signed:
            if signed.record.action in {Action.SUBMIT, Action.APPROVE}:
                for subject in signed.by_subject.keys() & changing.keys():
                    said[subject].add(signed.record.person)
    if not said:
        return None
    people = tuple(sorted({person for each in said.values() for person in each}))
    subjects = tuple(sorted(said))
    return Overlap(draft, people, subjects, names.moves(changing[each] for each in subjects))
