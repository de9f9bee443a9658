"""A history of versions in a real repository, looked at through the matrix as people see it."""

import random
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Self

from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.resolving.cells import CellKind
from soh_author.workflow.opening import init_workspace
from soh_author.workflow.overrides.matrix import matrix
from soh_author.workflow.overrides.matrix_rows import PageRow
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import CONTENT, Workspace
from tests.histories.edits import Authors
from tests.histories.generated import generated_site, group_file
from tests.histories.second_opinion import Said, read_page
from tests.histories.second_opinion_welsh import Lack, welsh_of
from tests.histories.site import SharedPage, Site
from tests.histories.written import files_of
from tests.support.content import NOW, PERSON, TODAY, write_folder
from tests.support.repositories import git

Seen = tuple[Counter[Said], set[Lack] | None, set[str]]
"""Of one force and page: what its layers change, what its Welsh lacks, the urgent states of its cell."""


class History:
    """Authors at work on a generated site; every version is one in git.

    Attributes:
        steps: how many edits have been made.
        looked: how many pairs of page and force have been compared with the second opinion.
        states: how often each kind of change was in each state.
    """

    def __init__(self, folder: Path, *, pages: int, seed: int) -> None:
        site, rest = generated_site(pages, seed)
        self.folder = folder
        self.authors = Authors(site, random.Random(seed))
        self.steps = 0
        self.looked = 0
        self.states: Counter[str] = Counter()
        self._by_page: dict[int, dict[str, bytes]] = {}
        self._groups: dict[str, bytes] = {}
        first = {**rest, **self.changes(site.pages)}
        texts = {path: data.decode() for path, data in first.items() if data is not None}
        content = write_folder(folder / "content", texts)
        self.workspace = init_workspace(folder / "workspace", content, PERSON, lambda: NOW).run().value
        self.authors.revision = self.workspace.store.resolve("published")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.workspace.close()

    def changes(self, pages: Iterable[SharedPage]) -> dict[str, bytes | None]:
        """The files of some pages, and of the groups, changed since the last version."""
        found: dict[str, bytes | None] = {}
        for page in pages:
            files = files_of(page)
            known = self._by_page.get(id(page), {})
            found.update({path: None for path in known if path not in files})
            found.update({path: data for path, data in files.items() if known.get(path) != data})
            self._by_page[id(page)] = files
        found.update(self._changed_groups())
        return found

    def _changed_groups(self) -> dict[str, bytes]:
        groups = _group_files(self.authors.site)
        changed = {path: data for path, data in groups.items() if self._groups.get(path) != data}
        self._groups = groups
        return changed

    def live_on(self, edits: int) -> list[str]:
        """One version with so many edits, seen before it is saved and after; what was done."""
        done = [self.authors.act() for _ in range(edits)]
        self.steps += edits
        pages = self._touched()
        changes = self.changes(pages)
        if self.authors.chance.random() < 0.1:
            unsaved = {path: None if data is None else data.decode() for path, data in changes.items()}
            self.look(self.workspace.snapshot(unsaved=unsaved), pages, f"unsaved {done}")
        self.save(changes)
        self.look(self.workspace.snapshot(), pages, str(done))
        return done

    def _touched(self) -> list[SharedPage]:
        is_all = self.authors.all_touched
        touched = self.authors.site.pages if is_all else self.authors.touched
        self.authors.touched, self.authors.all_touched = [], False
        return list({page.id: page for page in touched}.values())

    def save(self, changes: dict[str, bytes | None]) -> None:
        """One version of what is live."""
        store, head = self.workspace.store, self.authors.revision
        made = store.write("published", head, changes, note="Change", author=PERSON.author, when=NOW)
        self.authors.revision = made

    def squash(self) -> None:
        """All versions become one without a past; every ``at`` then names a version that nobody can reach."""
        content = self.workspace.folder / CONTENT
        tree = git(content, "rev-parse", "published^{tree}")
        author = ["-c", "user.name=Kim", "-c", "user.email=kim@kent.example"]
        one = git(content, *author, "commit-tree", tree, "-m", "Everything until today")
        git(content, "update-ref", "refs/heads/published", one)
        self.authors.revision = one

    def shallow_copy(self, name: str) -> Workspace:
        """A workspace made from a clone that has only the newest version."""
        origin = (self.workspace.folder / CONTENT).absolute().as_uri()
        clone = self.folder / f"{name}-clone"
        git(self.folder, "clone", "--quiet", "--depth", "1", "--branch", "published", origin, str(clone))
        assert git(clone, "rev-parse", "--is-shallow-repository") == "true"
        return init_workspace(self.folder / name, clone, PERSON, lambda: NOW).run().value

    def look(self, snapshot: Snapshot, pages: Iterable[SharedPage], after: str) -> None:
        """Compare the matrix with the second opinion."""
        rows = {row.page: row for row in matrix(snapshot, TODAY).run().value.rows}
        for page in pages:
            expected = opinions(self.authors.site, page)
            found = shown(self.authors.site, rows[PageId(page.id)])
            self.looked += len(expected)
            for said, lacks, _ in expected.values():
                self.states.update(f"{kind} {state}" for _, kind, _, state in said)
                self.states.update(f"welsh {state}" for _, state in lacks or ())
            different = {
                force: (found[force], expected[force])
                for force in expected
                if found[force] != expected[force]
            }
            assert not different, f"after {after}, {page.id}: shown, remembered: {different}"

    def look_everywhere(self, workspace: Workspace | None = None) -> None:
        """Compare all pages, in this workspace or in another copy of it."""
        snapshot = (workspace or self.workspace).snapshot()
        self.look(snapshot, self.authors.site.pages, "everything")


def _group_files(site: Site) -> dict[str, bytes]:
    return {f"groups/{name}/group.yml": group_file(name, members) for name, members in site.groups.items()}


def opinions(site: Site, page: SharedPage) -> dict[str, Seen]:
    """The second opinion on a page, by force; chains in which nobody speaks are all alike."""
    found: dict[str, Seen] = {}
    for force, chain in site.readers():
        said = read_page(page, chain).said if any(layer in page.own for layer in chain) else []
        states = {state for *_, state in said}
        urgent = {"orphaned"} & states | {"outdated" for state in states if state.endswith("outdated")}
        found[force.name] = (Counter(said), welsh_of(page, chain, force), urgent)
    return found


def shown(site: Site, row: PageRow) -> dict[str, Seen]:
    """What the matrix shows of a page, by force."""
    found: dict[str, Seen] = {}
    for force in site.forces:
        cells = {language: row.cells.get((ForceId(force.name), language)) for language in Language}
        english, welsh = cells[Language.EN], cells[Language.CY]
        changes = english.changes if english else ()
        said = Counter(
            (each.layer.folder, each.kind.value, each.section or each.field, each.state) for each in changes
        )
        lacks = {(each.section or "", each.state) for each in welsh.changes} if welsh else set()
        kinds = english.state.kinds if english else frozenset()
        urgent = {kind.value for kind in (CellKind.ORPHANED, CellKind.OUTDATED) if kind in kinds}
        has_welsh = force.name in row.welsh_readers
        found[force.name] = (said, lacks if has_welsh else None, urgent)
    return found
