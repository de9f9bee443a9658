"""Roll back: a draft that brings back what a release changed, for everybody, one page or one force.

History is never rewritten: the draft is reviewed and goes out like any other change, in a release of its own.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from soh_author.domain.errors import ContentError, NotFoundError
from soh_author.domain.ids import DraftName, ForceId, Language, PageId
from soh_author.domain.judging.release import Release, ReleaseKind
from soh_author.domain.layers import Layer
from soh_author.gitstore.names import DRAFTS
from soh_author.gitstore.values import Stamp
from soh_author.reading.paths import FileKind, classify
from soh_author.workflow.approvals.releasing_files import find_release
from soh_author.workflow.drafting import Draft, find_draft
from soh_author.workflow.effects import EVERYTHING
from soh_author.workflow.release.releasing_content import head_of
from soh_author.workflow.release.rolling_back_force import Restoring, restored_for_force
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.together.merging import merge_file
from soh_author.workflow.workspace import LIVE, Workspace

_DAY = re.compile(r"^\d{4}-\d\d-\d\d-(?=.)")
_NOTE = re.compile(r"^Roll back of the release “([a-z0-9.-]+)”", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RollBack:
    """What to bring back: a release's changes, or only those of one page, one force, or one language."""

    release: str
    page: PageId | None = None
    force: ForceId | None = None
    language: Language | None = None
    draft: str = ""

    @property
    def name(self) -> DraftName:
        """Name of the draft that is made."""
        ending = f"-{self.force}" if self.force else ""
        ending += f"-{self.language}" if self.language else ""
        what = _DAY.sub("", self.release).replace(".", "-")
        return DraftName(self.draft or f"roll-back-{what}{ending}"[:100])


def roll_back(workspace: Workspace, what: RollBack) -> Task[Draft]:
    """Start a draft that brings back what was live before a release.

    What was changed since in other places stays.

    Raises (when run):
        NotFoundError: when there is no such release, or it changed nothing of that.
        ContentError: when the same passage was changed again since; names the file.
        WorldMovedError: when there is a draft of that name.
    """

    def work(_progress: Progress) -> Outcome[Draft]:
        live = workspace.snapshot()
        release = find_release(live, what.release)
        changes = _changes(workspace, release, what)
        if not changes:
            raise NotFoundError(
                f"Nothing that “{what.release}” changed there is live any more.",
                safe="Nothing was changed.",
                todo="Look at the receipt of the release.",
            )
        branch, tip = DRAFTS + what.name, workspace.revision_of(LIVE)
        workspace.store.create_branch(branch, tip)
        note = f"Roll back of the release “{release.id}”"
        stamp = Stamp(note, workspace.person.author, workspace.clock())
        workspace.store.write_version(branch, tip, changes, stamp)
        told = f"The draft “{what.name}” brings it back. Send it for review."
        return Outcome(find_draft(workspace, what.name), EVERYTHING, told)

    return Task("Rolling back", work, writes=True)


def kind_of_drafts(workspace: Workspace, drafts: Sequence[str]) -> tuple[ReleaseKind, str]:
    """Why drafts go out, and the release they take back: an ordinary one takes back none."""
    live = workspace.revision_of(LIVE)
    for draft in drafts:
        for version in workspace.store.versions_between(live, head_of(workspace, draft)):
            found = _NOTE.search(version.note)
            if found:
                return ReleaseKind.ROLL_BACK, found[1]
    return ReleaseKind.ORDINARY, ""


def _changes(workspace: Workspace, release: Release, what: RollBack) -> dict[str, bytes | None]:
    revision = workspace.store.resolve(f"releases/{release.id}")
    before = str(workspace.store.version(revision).parents[0])
    changes: dict[str, bytes | None] = {}
    for path in _paths(release, what):
        old, made, live = (workspace.store.read_path(at, path) for at in (before, revision, _tip(workspace)))
        merged = merge_file(path, made, live, old)
        if merged.conflicts:
            raise ContentError(
                f"“{path}” was changed in the same place since “{release.id}” went out.",
                safe="Nothing was changed.",
                todo="Roll back what went out since first, or mend the page by hand.",
            )
        if merged.data != live:
            changes[path] = merged.data
    if what.force is not None:
        restoring = Restoring(what.force, _pages(release, what), with_facts=_has_facts(release, what))
        changes.update(restored_for_force(workspace, before, restoring, changes))
    return changes


def _pages(release: Release, what: RollBack) -> dict[PageId, list[Language]]:
    """The pages that a force reads again, with their languages."""
    found: dict[PageId, list[Language]] = {}
    for page, force, language in sorted(release.outputs):
        is_wanted = what.page in {None, page} and what.language in {None, language}
        if force == what.force and is_wanted:
            found.setdefault(page, []).append(language)
    return found


def _has_facts(release: Release, what: RollBack) -> bool:
    """Whether values of facts come back, too: they stand on other pages and in both languages."""
    places = filter(None, map(classify, release.sources))
    return what.page is None and what.language is None and any(each.kind is FileKind.FACTS for each in places)


def _tip(workspace: Workspace) -> str:
    return workspace.revision_of(LIVE)


def _paths(release: Release, what: RollBack) -> Iterator[str]:
    """The files to bring back: of everybody, or a force's own."""
    for path in release.sources:
        place = classify(path)
        if path.startswith("policy/") or place is None:
            continue
        is_of_page = what.page is None or place.page == what.page
        is_of_force = what.force is None or place.layer == Layer.of_force(what.force)
        is_of_language = what.language is None or place.language == what.language
        if is_of_page and is_of_force and is_of_language:
            yield path
