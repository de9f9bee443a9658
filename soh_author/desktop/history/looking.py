"""What the versions room asks for, as tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from soh_author.desktop.widgets.difference import Row, rows_of
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import LayerKind
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.history import PageVersion, history, text_at
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace

PAGE_OF_VERSIONS = 40


@dataclass(frozen=True, slots=True)
class Looked:
    """Versions of a page and the files that hold its words; ``labels`` say whose those are."""

    page: PageId
    versions: list[PageVersion]
    title: str
    files: tuple[PageFile, ...]
    labels: tuple[str, ...]
    has_more: bool


def look(workspace: Workspace, source: str, page: PageId, skip: int = 0) -> Task[Looked]:
    """Some versions of a page, newest first."""

    def work(progress: Progress) -> Outcome[Looked]:
        wanted = history(workspace, source, page, limit=PAGE_OF_VERSIONS + 1, skip=skip)
        versions = wanted.run(progress).value
        snapshot = workspace.snapshot(source)
        files = tuple(sorted(snapshot.files_of(page), key=_order))
        shown, has_more = versions[:PAGE_OF_VERSIONS], len(versions) > PAGE_OF_VERSIONS
        labels = tuple(_label_of(file, snapshot) for file in files)
        return Outcome(Looked(page, shown, snapshot.page_info(page).title, files, labels, has_more))

    return Task("Looking up versions", work)


def pick_file(
    workspace: Workspace, files: Sequence[PageFile], first: int, left: str | None, right: str
) -> Task[int]:
    """Which file of a page to show between two versions: ``first`` if it differs, else one that does."""

    def work(_progress: Progress) -> Outcome[int]:
        order = sorted(range(len(files)), key=lambda row: row != first)
        for row in order:
            path = files[row].path
            before = text_at(workspace, left, path) if left else None
            if before != text_at(workspace, right, path):
                return Outcome(row)
        return Outcome(first)

    return Task("Looking up what a version changed", work)


def compare_texts(workspace: Workspace, path: str, left: str | None, right: str) -> Task[list[Row]]:
    """One file at two versions (left None: there was nothing before), laid side by side."""

    def work(_progress: Progress) -> Outcome[list[Row]]:
        before = text_at(workspace, left, path) if left else None
        after = text_at(workspace, right, path)
        return Outcome(rows_of(before or "", after or ""))

    return Task("Comparing two versions", work)


def _order(file: PageFile) -> tuple[tuple[int, str], bool]:
    return file.layer.order, file.language is not Language.EN


def _label_of(file: PageFile, snapshot: Snapshot) -> str:
    name = file.layer.name
    if file.layer.kind is LayerKind.FORCE:
        force = snapshot.registry.forces.get(ForceId(name))
        name = force.name() if force else name
    elif file.layer.kind is LayerKind.GROUP:
        group = snapshot.registry.groups.get(GroupId(name))
        name = group.name if group else name
    return f"{name or 'Shared text'}, {file.language.label}"
