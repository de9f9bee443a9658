"""Where the stories begin: a guarded origin and three people's workspaces, copied at each stage."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from soh_author.domain.ids import PageId, SectionId
from soh_author.gitstore import configuration, sealed
from soh_author.gitstore.addresses import parse_address
from soh_author.trust.keys import find_key
from soh_author.trust.signers import open_signer
from soh_author.workflow.comments.saying import add_comment, suggest
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.drafting import new_draft, save_private, save_version
from soh_author.workflow.gate.installing import install
from soh_author.workflow.release.reviewing import submit
from soh_author.workflow.together.syncing import get_latest
from soh_author.workflow.workspace import CONTENT, Person, Workspace
from tests.support.content import small_content
from tests.support.people import FEES, VEHICLES, Clock, Desk, agree, go_out, office

_HOOK = Path(__file__).with_name("hook_process.py")
_LINE = Path(__file__).with_name("ssh_line.py")
PEOPLE = {
    "nia": Person("Nia Morgan", "nia.morgan@national.example"),
    "sam": Person("Sam Okafor", "sam.okafor@forces.example"),
    "alex": Person("Alex Rees", "alex.rees@publishing.example"),
}
OLD, NEW = "What you pay.", "What you have to pay."
ASKED, LEAD, BETTER = "Is it still so?", "Shorter, perhaps.", "What all this comes to."
WHOLE = "saved"
"""The stage that was damaged."""
MINE = "## What to bring {#bring}\nBring the notice and your licence."


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Lab:
    """A folder with what the stages left, and the one place where everything happens."""

    folder: Path

    @property
    def run(self) -> Path:
        """Where it happens; always the same place, because workspaces know their origin by its path."""
        return self.folder / "run"

    @property
    def plan(self) -> Path:
        """Names the fault that is armed in the origin's hooks."""
        return self.folder / "python.json"

    @property
    def notes(self) -> Path:
        """What a process tells of itself."""
        return self.folder / "notes"

    @property
    def stores(self) -> dict[str, Path]:
        """The repositories: the origin, and everybody's."""
        return {
            "origin": self.run / "origin.git",
            **{name: self.run / name / CONTENT for name in PEOPLE if (self.run / name).exists()},
        }

    def restore(self, stage: str) -> None:
        """Begin again where a stage ended."""
        shutil.rmtree(self.run, ignore_errors=True)
        shutil.copytree(self.folder / stage, self.run, symlinks=True)

    def keep(self, stage: str) -> None:
        """Keep everything as it is now under a name."""
        shutil.copytree(self.run, self.folder / stage, symlinks=True)

    @contextmanager
    def desk(self, name: str, who: str = "") -> Iterator[Desk]:
        """Somebody sits down at their workspace, or ``who`` at one of another name."""
        person = who or name
        with Workspace.open(self.run / name, person=PEOPLE[person], clock=now) as workspace:
            key = find_key(self.run / "keys" / person)
            assert key is not None, "everybody has a key"
            yield Desk(workspace, open_signer(key.path))

    def over_ssh(self, name: str, cut: int) -> None:
        """Let somebody reach the origin over ssh from now on; the line is cut after so many bytes."""
        address = parse_address(f"ssh://localhost{self.run / 'origin.git'}")
        configuration.set_origin(self.run / name / CONTENT, address)
        self._line.write_text(str(cut), encoding="utf-8")

    def mend(self) -> None:
        """Nothing goes wrong from now on."""
        self.plan.unlink(missing_ok=True)
        self._line.unlink(missing_ok=True)

    @property
    def programs(self) -> Path:
        """Folder with the stand-in of ssh."""
        return self.folder / "bin"

    @property
    def _line(self) -> Path:
        return self.programs / "ssh.cut"


def build(folder: Path) -> Lab:
    """Make the stages: ``written``, ``saved``, ``sent``, ``agreed``, ``behind``, ``said``, ``damaged``."""
    lab = build_agreed(folder)
    with lab.desk("alex") as alex:
        go_out(alex, "fees")
    lab.keep("behind")
    lab.restore("sent")
    with lab.desk("sam") as sam:
        spot = Spot(PageId("advice/fees"), SectionId("lead"), NEW)
        add_comment(sam.workspace, "fees", spot, ASKED, sam.signer).run()
        suggest(sam.workspace, "fees", spot, BETTER, sam.signer, text=LEAD).run()
    with lab.desk("nia") as nia:
        get_latest(nia.workspace).run()
    lab.keep("said")
    lab.restore(WHOLE)
    _damage(lab.run / "nia" / CONTENT)
    lab.keep("damaged")
    return lab


def build_agreed(folder: Path) -> Lab:
    """Make the stages up to ``agreed``: Alex may publish what Nia wrote and Sam approved."""
    lab = Lab(folder)
    began = now() - timedelta(hours=1)
    with office(lab.run, clock=Clock(began)):
        pass
    python = _program(folder / "python", f'"{_HOOK}" "$0.json"')
    lab.programs.mkdir()
    _program(lab.programs / "ssh", f'-S -E "{_LINE}" "$0.cut"')
    install(lab.run / "origin.git", now(), str(python))
    for path, text in small_content().items():
        place = lab.run / "content" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    with lab.desk("nia") as nia:
        _write(nia, "own", VEHICLES, "## What to bring {#bring}\nBring the notice.", MINE)
        new_draft(nia.workspace, "fees").run()
    lab.keep("written")
    with lab.desk("nia") as nia:
        _write(nia, "fees", FEES, OLD, NEW)
    lab.keep("saved")
    with lab.desk("nia") as nia:
        submit(nia.workspace, "fees", nia.signer, note="Please look").run()
    with lab.desk("sam") as sam:
        get_latest(sam.workspace).run()
    lab.keep("sent")
    with lab.desk("sam") as sam:
        agree(sam, "fees")
    with lab.desk("alex") as alex:
        get_latest(alex.workspace).run()
    lab.keep("agreed")
    return lab


def _damage(folder: Path) -> None:
    """What was got from the origin is cut short; all names are in one file, and that is lost."""
    got = sorted((folder / "objects" / "pack").glob("*.pack"))
    sealed.run(folder, "pack-refs", "--all")
    (folder / "packed-refs").unlink()
    for pack in got:
        pack.chmod(0o644)
        pack.write_bytes(pack.read_bytes()[: pack.stat().st_size // 2])


def _program(place: Path, words: str) -> Path:
    place.write_text(f'#!/bin/sh\nexec "{sys.executable}" {words} "$@"\n', encoding="utf-8")
    place.chmod(0o755)
    return place


def _write(desk: Desk, draft: str, path: str, old: str, new: str) -> None:
    if draft not in {branch.name.removeprefix("drafts/") for branch in desk.workspace.store.branches()}:
        new_draft(desk.workspace, draft).run()
    text = desk.workspace.snapshot(draft).text(path) or ""
    save_private(desk.workspace, draft, path, text.replace(old, new)).run()
    save_version(desk.workspace, draft, "A change").run()
