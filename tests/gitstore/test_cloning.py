"""A workspace from an address: what comes along, what stays behind, and what is told when it can't be had."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from soh_author.domain.errors import Cancelled, InvalidNameError, OutputError, WorkspaceError
from soh_author.gitstore import origin
from soh_author.gitstore.addresses import parse_address
from soh_author.gitstore.cloning import clone
from soh_author.gitstore.network import Push
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, commit_entries, is_whole, save
from tests.support.repositories import git, make_bare_repository


def test_a_clone_has_what_is_live_the_releases_and_knows_the_drafts(
    store: Store, live: Revision, tmp_path: Path
) -> None:
    store.create_tag("release-1", live)
    store.create_branch("drafts/fees", live)
    draft = save(store, {"a": b"a"}, expected=live, branch="drafts/fees")
    with clone(str(store.folder), tmp_path / "mine.git") as mine:
        assert [(branch.name, branch.revision) for branch in mine.branches()] == [("published", live)]
        assert mine.resolve("release-1") == live
        assert mine.resolve("origin/drafts/fees") == draft
        assert {branch.name for branch in mine.branches(of_origin=True)} == {"published", "drafts/fees"}
        assert origin.origin_of(mine) == parse_address(str(store.folder))
        mine.create_branch("drafts/fees", draft)
        assert mine.read_path(mine.resolve("drafts/fees"), "a") == b"a"
        assert is_whole(mine.folder)


def test_a_clone_stands_on_its_own(store: Store, live: Revision, tmp_path: Path) -> None:
    with clone(str(store.folder), tmp_path / "mine.git") as mine:
        store.folder.rename(tmp_path / "gone.git")
        assert mine.read_path(live, "soh.yml") == b"schema: 1\n"
        assert not (mine.folder / "objects" / "info" / "alternates").exists()


@pytest.mark.parametrize("form", ["working copy", "worktree", "packed", "file address", "odd name"])
def test_every_form_of_local_repository_can_be_cloned(
    store: Store, live: Revision, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / ("ö 'odd' $name" if form == "odd name" else "copy")
    git(tmp_path, "clone", "-q", "-b", "published", str(store.folder), str(folder))
    address = folder.as_uri() if form == "file address" else str(folder)
    if form == "worktree":
        git(folder, "worktree", "add", "-q", "--detach", str(tmp_path / "tree"))
        address = str(tmp_path / "tree")
    if form == "packed":
        git(folder, "gc", "-q")
        git(folder, "pack-refs", "--all")
    with clone(address, tmp_path / "mine.git") as mine:
        assert mine.resolve("published") == live


def test_a_clone_may_fill_an_empty_folder_and_no_other(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    clone(str(store.folder), tmp_path / "empty").close()
    with pytest.raises(OutputError, match="not empty"):
        clone(str(store.folder), tmp_path / "empty")


def _nothing(_folder: Path) -> None:
    """Leave the repository without a version."""


def _main_branch(folder: Path) -> None:
    git(folder, "update-ref", "refs/heads/main", commit_entries(folder, _empty_tree(folder)))


def _no_manifest(folder: Path) -> None:
    git(folder, "update-ref", "refs/heads/published", commit_entries(folder, _empty_tree(folder)))


def _empty_tree(folder: Path) -> str:
    return git(folder, "hash-object", "-t", "tree", "-w", "/dev/null")


def _sha256(folder: Path) -> None:
    git(folder, "config", "core.repositoryformatversion", "1")
    git(folder, "config", "extensions.objectFormat", "sha256")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_nothing, "is empty"),
        (_main_branch, "nothing is published there"),
        (_no_manifest, "no file “soh.yml”"),
        (_sha256, "can't read"),
    ],
)
def test_what_is_no_content_repository_is_told_and_leaves_nothing(
    tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    folder = make_bare_repository(tmp_path / "other.git")
    spoil(folder)
    (tmp_path / "in").mkdir()
    with pytest.raises(WorkspaceError, match=said):
        clone(str(folder), tmp_path / "in" / "mine.git")
    assert list((tmp_path / "in").iterdir()) == []


def test_a_folder_that_is_no_repository_or_not_there_is_told(tmp_path: Path) -> None:
    for address in (tmp_path, tmp_path / "none", Path(__file__)):
        with pytest.raises(WorkspaceError, match="not a content repository"):
            clone(str(address), tmp_path / "mine.git")


def test_a_shallow_or_partial_copy_is_told(store: Store, live: Revision, tmp_path: Path) -> None:
    save(store, {"a": b"a"}, expected=live)
    git(tmp_path, "clone", "-q", "--bare", "--depth=1", store.folder.as_uri(), "shallow.git")
    git(store.folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", "--bare", "--filter=blob:none", store.folder.as_uri(), "partial.git")
    for name, said in (("shallow", "older versions"), ("partial", "fetched from elsewhere")):
        with pytest.raises(WorkspaceError, match=said) as caught:
            clone(str(tmp_path / f"{name}.git"), tmp_path / "mine.git")
        assert "complete copy" in caught.value.todo


@pytest.mark.parametrize("kind", ["missing", "damaged"])
def test_a_damaged_origin_is_told_and_nothing_is_taken(
    store: Store, live: Revision, tmp_path: Path, kind: str
) -> None:
    blob = store.files(live)[BURGLARY].blob
    place = store.folder / "objects" / blob[:2] / blob[2:]
    place.chmod(0o644)
    place.write_bytes(b"not what it was")
    if kind == "missing":
        place.unlink()
    with pytest.raises(WorkspaceError, match="damaged"):
        clone(str(store.folder), tmp_path / "mine.git")
    assert not (tmp_path / "mine.git").exists()


def test_names_git_refuses_in_trees_do_not_come_in(store: Store, live: Revision, tmp_path: Path) -> None:
    blob = bytes.fromhex(store.files(live)["soh.yml"].blob)
    tree = b"100644 soh.yml\0" + blob + b"100644 \xe2\x80\x8c.git\0" + blob
    written = subprocess.run(
        ["git", "hash-object", "-t", "tree", "-w", "--literally", "--stdin"],
        cwd=store.folder, input=tree, capture_output=True, check=True,
    ).stdout.decode().strip()  # fmt: skip
    git(store.folder, "config", "user.name", "x")
    git(store.folder, "config", "user.email", "x@x")
    git(
        store.folder,
        "update-ref",
        "refs/heads/published",
        git(store.folder, "commit-tree", "-m", "x", written),
    )
    with pytest.raises(WorkspaceError, match="damaged or forbidden"):
        clone(str(store.folder), tmp_path / "mine.git")


def test_progress_is_told_in_plain_words(store: Store, live: Revision, tmp_path: Path) -> None:
    tip = live
    for number in range(30):
        tip = save(store, {f"{number}/{n}": b"%d" % n * number for n in range(55)}, expected=tip)
    said: list[tuple[int, int, str]] = []
    clone(str(store.folder), tmp_path / "mine.git", report=lambda *step: said.append(step)).close()
    words = {text for _, _, text in said}
    assert words
    assert not {word for word in words if "object" in word or "delta" in word}
    assert all(done <= total for done, total, _ in said if total)


def test_a_cancelled_clone_leaves_nothing_behind(store: Store, live: Revision, tmp_path: Path) -> None:
    save(store, {f"{n}": b"x" * n for n in range(300)}, expected=live)
    (tmp_path / "in").mkdir()
    with pytest.raises(Cancelled):
        clone(str(store.folder), tmp_path / "in" / "mine.git", is_cancelled=lambda: True)
    assert list((tmp_path / "in").iterdir()) == []


def test_a_report_may_stop_the_clone_too(store: Store, tmp_path: Path) -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    (tmp_path / "in").mkdir()
    with pytest.raises(Cancelled):
        clone(str(store.folder), tmp_path / "in" / "mine.git", report=stop)
    assert list((tmp_path / "in").iterdir()) == []


@pytest.mark.parametrize(
    "name",
    ["with spaces", 'd\'Or "x"', "Heddlu ŵ", "back\\slash", "-x #;", os.fsdecode(b"l\xe9 \xff"), "$HOME `x`"],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no folder there has such a name")
def test_folders_of_any_name_are_origins_and_workspaces(
    store: Store, live: Revision, tmp_path: Path, name: str
) -> None:
    assert live
    place = tmp_path / name / "origin.git"
    shutil.copytree(store.folder, place)
    with clone(str(place), tmp_path / name / "mine.git") as mine:
        found = origin.origin_of(mine)
        assert found is not None
        assert found.folder == place
        origin.fetch(mine)
        ours = save(mine, {BURGLARY: b"ours"}, expected=live)
        origin.push(mine, [Push("published", ours, live)], trust_folder=True)
    with Store.open(place) as there:
        assert there.resolve("published") == ours


def test_a_folder_with_a_line_break_in_its_name_is_no_origin(store: Store, tmp_path: Path) -> None:
    store.folder.rename(tmp_path / "a\nb.git")
    with pytest.raises(InvalidNameError):
        clone(str(tmp_path / "a\nb.git"), tmp_path / "mine.git")
    assert not (tmp_path / "mine.git").exists()
