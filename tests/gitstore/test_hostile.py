"""Hostile repositories and hosts: plain git runs their programs, we run none."""

import os
import shutil
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from soh_author.domain.errors import SohAuthorError, WorkspaceError
from soh_author.gitstore import origin, upkeep
from soh_author.gitstore.cloning import clone
from soh_author.gitstore.folders import export_files
from soh_author.gitstore.store import Store
from tests.gitstore.content import NOON, is_whole, save
from tests.gitstore.traps import TRAPS, Scene, Trap
from tests.support.repositories import git

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the traps are shell programs")

_NAMES = [trap.name for trap in TRAPS]


@pytest.fixture(scope="session")
def honest_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A working copy of ordinary content with three versions."""
    copy = tmp_path_factory.mktemp("honest") / "copy"
    copy.mkdir()
    git(copy, "init", "-q", "--initial-branch=published")
    git(copy, "config", "user.name", "x")
    git(copy, "config", "user.email", "x@x")
    for number in range(3):
        (copy / "soh.yml").write_text(f"schema: 1\n# {number}\n", encoding="utf-8")
        (copy / "page.md").write_text(f"Page {number}\n", encoding="utf-8")
        git(copy, "add", "-A")
        git(copy, "commit", "-q", "-m", f"Version {number}")
    return copy


@pytest.fixture
def scene(honest_copy: Path, tmp_path: Path) -> Scene:
    """A copy to be made hostile, and a program that leaves a mark when it runs."""
    copy = tmp_path / "copy"
    shutil.copytree(honest_copy, copy)
    marker = tmp_path / "marker"
    program = tmp_path / "program.sh"
    program.write_text(
        f"#!/bin/sh\ntouch '{marker}'\ncat >/dev/null 2>&1 </dev/null\nexit 1\n", encoding="utf-8"
    )
    program.chmod(0o755)
    return Scene(copy, marker, program)


@pytest.mark.parametrize("trap", TRAPS, ids=_NAMES)
def test_no_trap_runs_anything_of_ours(
    trap: Trap, scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap.set_up(scene)
    scene.marker.unlink(missing_ok=True)
    for name, text in scene.variables.items():
        monkeypatch.setenv(name, text)
    _open_in_place(scene)
    assert not scene.sprung, "opened in place"
    _use_a_clone(scene, tmp_path / "mine.git")
    assert not scene.sprung, "cloned and used"
    for name in scene.variables:
        monkeypatch.delenv(name)
    if scene.git_folder.is_dir():
        _behind_the_door(Store(scene.git_folder))
    assert not scene.sprung, "used behind the door, with nothing but the sealed environment"


def test_there_are_many_traps_of_many_kinds() -> None:
    assert len(set(_NAMES)) == len(TRAPS) >= 35


@pytest.mark.parametrize("trap", TRAPS, ids=_NAMES)
def test_every_trap_works_on_plain_git(trap: Trap, scene: Scene) -> None:
    trap.set_up(scene)
    scene.marker.unlink(missing_ok=True)
    for words in trap.spring:
        scene.git_of_the_host(*words)
    assert scene.sprung


def _open_in_place(scene: Scene) -> None:
    for folder in (scene.copy, scene.git_folder):
        with pytest.raises(WorkspaceError):
            Store.open(folder)


def _use_a_clone(scene: Scene, target: Path) -> None:
    """Do everything a person does, in a clone of the hostile copy; some of them can't be cloned."""
    try:
        store = clone(str(scene.copy), target)
    except WorkspaceError:
        assert not target.exists()
        return
    with store:
        _work(store)
        origin.fetch(store)
        export_files(store.reader, store.files(store.resolve("published")), target.parent / "export")
        assert is_whole(store.folder)


def _work(store: Store) -> None:
    live = store.resolve("published")
    store.read_many(entry.blob for entry in store.files(live).values())
    store.create_branch("drafts/x", live)
    tip = save(store, {"page.md": b"mine"}, expected=live, branch="drafts/x")
    save(store, {f"many/{n}": b"x" for n in range(60)}, expected=tip, branch="drafts/x")
    store.history(tip, "page.md")
    store.changed_paths(live, tip)
    store.branches()
    store.discard_branch("drafts/x", NOON)
    upkeep.tidy(store.folder)


def _behind_the_door(store: Store) -> None:
    """Use the hostile repository as if the check at the door had been passed."""
    with ExitStack() as stack:
        stack.enter_context(store)
        stack.enter_context(suppress(SohAuthorError))
        _work(store)


def test_texts_and_versions_that_were_replaced_are_read_as_they_are(scene: Scene, tmp_path: Path) -> None:
    real = scene.git("rev-parse", "HEAD:page.md").strip()
    other = scene.git("rev-parse", "HEAD~1:page.md").strip()
    scene.git("replace", real, other)
    assert scene.git("cat-file", "-p", real) == "Page 1\n"
    with clone(str(scene.copy), tmp_path / "mine.git") as store:
        assert store.read_path(store.resolve("published"), "page.md") == b"Page 2\n"
        assert not git(store.folder, "for-each-ref", "refs/replace")
    with Store(scene.git_folder) as behind:
        assert behind.read_path(behind.resolve("published"), "page.md") == b"Page 2\n"


def test_a_patched_history_is_read_as_it_was(scene: Scene, tmp_path: Path) -> None:
    tip = scene.git("rev-parse", "HEAD").strip()
    (scene.git_folder / "info").mkdir(exist_ok=True)
    (scene.git_folder / "info" / "grafts").write_text(f"{tip}\n", encoding="ascii")
    assert len(scene.git("log", "--format=%h").split()) == 1
    with clone(str(scene.copy), tmp_path / "mine.git") as store:
        assert len(store.history(store.resolve("published"))) == 3
    with Store(scene.git_folder) as behind:
        assert len(behind.history(behind.resolve("published"))) == 3


def test_a_host_that_points_git_elsewhere_is_not_followed(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clone(str(scene.copy), tmp_path / "mine.git") as store:
        live = store.resolve("published")
        for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_INDEX_FILE", "GIT_NAMESPACE"):
            monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
        monkeypatch.setenv("GIT_TRACE", str(tmp_path / "trace"))
        with Store.open(store.folder) as again:
            tip = save(again, {"page.md": b"mine"}, expected=again.resolve("published"))
            assert again.history(tip, "page.md")[1].revision == live
        Store.create(tmp_path / "new.git").close()
    assert (tmp_path / "new.git" / "HEAD").is_file()
    assert not (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "trace").exists()


def test_the_sealed_environment_is_what_keeps_the_traps_shut(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = next(trap for trap in TRAPS if trap.name == "hook: reference-transaction")
    trap.set_up(scene)
    monkeypatch.setattr("soh_author.gitstore.sealed.environment", lambda _settings=None: dict(os.environ))
    _behind_the_door(Store(scene.git_folder))
    assert scene.sprung, "without it the same steps run the program"
