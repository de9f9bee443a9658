"""Two people with a clone each of one origin."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from soh_author.domain.ids import DraftName
from soh_author.gitstore import sealed
from soh_author.gitstore.origin import set_origin
from soh_author.gitstore.store import Store
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.opening import open_address
from soh_author.workflow.together.sending_trust import trust_origin
from soh_author.workflow.workspace import Person, Workspace
from tests.support.content import NOW, VEHICLES, small_content
from tests.support.environment import lasting_folder

ALICE = Person("Alice Reed", "alice@national.example")
BOB = Person("Bob Hughes", "bob@kent.example")
PATH = "shared/pages/advice/seized-vehicles.en.md"
FEES_PATH = "shared/pages/advice/fees.en.md"
ROOT = Path(__file__).parents[2]


@dataclass
class Desks:
    """The origin, and two workspaces got from it."""

    origin: Path
    alice: Workspace
    bob: Workspace

    def close(self) -> None:
        """Close both workspaces."""
        self.alice.close()
        self.bob.close()

    def publish(self, changes: dict[str, str | None], note: str = "Release") -> str:
        """Publish at the origin, as a release does: one version that builds on the one before."""
        coded = {path: None if text is None else text.encode() for path, text in changes.items()}
        with Store.open(self.origin) as store:
            head = store.resolve("published")
            return store.write("published", head, coded, note=note, author=ALICE.author, when=NOW)

    def origin_text(self, branch: str, path: str = PATH) -> str | None:
        """A file at the origin."""
        with Store.open(self.origin) as store:
            data = store.read_path(store.resolve(branch), path)
        return None if data is None else data.decode()

    def origin_has(self, branch: str) -> bool:
        """Whether the origin has a draft."""
        with Store.open(self.origin) as store:
            return branch in {each.name for each in store.branches()}


def make_desks(folder: Path) -> Desks:
    """Make the origin with the small content, and both clones; both trust the origin's folder."""
    origin = folder / "origin.git"
    shutil.copytree(_template(), folder, dirs_exist_ok=True)
    alice, bob = (
        _at_home(folder / person.name.split()[0].lower(), person, origin) for person in (ALICE, BOB)
    )
    return Desks(origin, alice, bob)


@cache
def _template() -> Path:
    """The three folders, made once in each process: copying them is much faster than getting them anew."""
    folder = lasting_folder()
    origin = folder / "origin.git"
    with Store.create(origin) as store:
        files = {path: text.encode() for path, text in small_content().items()}
        store.write("published", None, files, note="First", author=ALICE.author, when=NOW)
    for person in (ALICE, BOB):
        open_desk(origin, folder / person.name.split()[0].lower(), person).close()
    return folder


def _at_home(folder: Path, person: Person, origin: Path) -> Workspace:
    """Open a copied workspace, and tell it where its origin lies now."""
    workspace = Workspace.open(folder, person=person, clock=lambda: NOW)
    set_origin(workspace.store, str(origin))
    trust_origin(workspace)
    return workspace


def open_desk(origin: Path, folder: Path, person: Person) -> Workspace:
    """Get a workspace from the origin, and trust it."""
    workspace = open_address(str(origin), folder, person, lambda: NOW).run().value
    trust_origin(workspace)
    return workspace


def write(workspace: Workspace, draft: str, path: str, text: str | None, note: str = "Change") -> None:
    """Save a version of a draft with one file changed; the draft is started when it is new."""
    if f"drafts/{draft}" not in {branch.name for branch in workspace.store.branches()}:
        new_draft(workspace, DraftName(draft)).run()
    save_private(workspace, draft, path, text).run()
    save_version(workspace, draft, note).run()


def read(workspace: Workspace, source: str, path: str = PATH) -> str | None:
    """A file as a source has it in this workspace."""
    return workspace.snapshot(source).text(path)


def changed(*pairs: tuple[str, str]) -> str:
    """The page with words replaced."""
    text = VEHICLES
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    return text


def is_whole(folder: Path) -> bool:
    """Whether git finds nothing wrong in a repository."""
    try:
        sealed.run(folder, "fsck", "--strict", "--no-dangling")
    except sealed.GitFailedError:
        return False
    return True


def start_python(code: str, *arguments: str) -> subprocess.Popen[bytes]:
    """Run a few lines in a process of its own, which may be killed with all it started."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], cwd=ROOT, start_new_session=True)
