"""Opening a workspace: ours, and what is not."""

from pathlib import Path

import pytest

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore import sealed
from soh_author.gitstore.configuration import read_settings
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import save
from tests.support.repositories import git, make_bare_repository


def test_a_workspace_opens_again(store: Store, live: Revision) -> None:
    with Store.open(store.folder) as again:
        assert again.resolve("published") == live


def test_a_workspace_another_git_worked_in_opens_again(store: Store, live: Revision) -> None:
    for words in (
        ("config", "user.name", "Ann"),
        ("config", "gc.auto", "1"),
        ("gc", "-q"),
        ("pack-refs", "--all"),
    ):
        git(store.folder, *words)
    git(store.folder, "config", "remote.origin.url", "https://code.example/x")
    with Store.open(store.folder) as again:
        assert again.read_path(live, "soh.yml") == b"schema: 1\n"


def test_no_folder_and_no_repository_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="There is no folder"):
        Store.open(tmp_path / "none")
    with pytest.raises(WorkspaceError, match="is not a workspace"):
        Store.open(tmp_path)


def test_an_empty_workspace_is_told_and_opens_when_it_may_be_empty(empty_store: Store) -> None:
    with pytest.raises(WorkspaceError, match="is empty"):
        Store.open(empty_store.folder)
    with Store.open(empty_store.folder, may_be_empty=True) as opened:
        assert opened.branches() == []


def test_a_repository_without_content_is_not_ours(empty_store: Store) -> None:
    save(empty_store, {"README.md": b"hello"}, expected=None)
    with pytest.raises(WorkspaceError, match=r"no file “soh.yml”"):
        Store.open(empty_store.folder)


def test_a_working_copy_is_not_opened(store: Store, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(store.folder), "copy")
    with pytest.raises(WorkspaceError, match="working copy") as caught:
        Store.open(tmp_path / "copy")
    assert "your own copy" in caught.value.todo


def test_a_shallow_copy_is_not_opened(store: Store, live: Revision, tmp_path: Path) -> None:
    save(store, {"a": b"a"}, expected=live)
    git(tmp_path, "clone", "-q", "--bare", "--depth=1", store.folder.as_uri(), "copy.git")
    git(tmp_path / "copy.git", "config", "--remove-section", "remote.origin")
    with pytest.raises(WorkspaceError, match="older versions were left out"):
        Store.open(tmp_path / "copy.git")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("core.fsmonitor", "x"),
        ("core.sshCommand", "x"),
        ("include.path", "x"),
        ("includeIf.gitdir:/.path", "x"),
        ("alias.log", "!x"),
        ("filter.x.smudge", "x"),
        ("diff.x.textconv", "x"),
        ("credential.helper", "!x"),
        ("url.ext::sh.insteadOf", "https://"),
        ("remote.origin.uploadpack", "x"),
        ("remote.origin.vcs", "x"),
        ("remote.other.url", "ext::x"),
        ("core.worktree", "/"),
        ("extensions.partialClone", "origin"),
        ("extensions.worktreeConfig", "true"),
        ("some.futureSetting", "x"),
    ],
)
def test_a_workspace_whose_configuration_says_more_than_ours_is_not_opened(
    store: Store, key: str, value: str
) -> None:
    git(store.folder, "config", "--file", str(store.folder / "config"), key, value)
    with pytest.raises(WorkspaceError, match="configuration"):
        Store.open(store.folder)


@pytest.mark.parametrize("text", ["[core\nbare", "\x00\xff\xfe", "[core]\n\tbare = false\n", ""])
def test_a_workspace_with_a_broken_configuration_is_not_opened(store: Store, text: str) -> None:
    (store.folder / "config").write_text(text, encoding="latin-1")
    with pytest.raises(WorkspaceError):
        Store.open(store.folder)


@pytest.mark.parametrize(
    "path",
    ["objects/info/alternates", "info/grafts", "info/attributes", "commondir", "config.worktree", "hooks/x"],
)
def test_a_workspace_with_foreign_additions_is_not_opened(store: Store, path: str) -> None:
    place = store.folder / path
    place.parent.mkdir(exist_ok=True)
    place.write_text("x\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="not made by SOH Author"):
        Store.open(store.folder)


def test_a_plain_bare_repository_with_hooks_is_not_opened(tmp_path: Path) -> None:
    folder = make_bare_repository(tmp_path / "other.git")
    (folder / "hooks").mkdir(exist_ok=True)
    (folder / "hooks" / "post-update").write_text("#!/bin/sh\n", encoding="utf-8")
    with pytest.raises(WorkspaceError, match="hooks"):
        Store.open(folder)


def test_a_computer_without_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sealed.check_git.cache_clear()
    try:
        with pytest.raises(WorkspaceError, match="git was not found") as caught:
            Store.open(tmp_path)
        assert "Install git" in caught.value.todo
    finally:
        sealed.check_git.cache_clear()


def test_a_git_that_is_too_old_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "git"
    old.write_text("#!/bin/sh\necho git version 2.20.1\n", encoding="utf-8")
    old.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    sealed.check_git.cache_clear()
    try:
        with pytest.raises(WorkspaceError, match=r"2\.20\.1.* too old"):
            Store.create(tmp_path / "new")
    finally:
        sealed.check_git.cache_clear()


def test_an_ordinary_configuration_says_the_same_without_gitpython(store: Store) -> None:
    git(store.folder, "config", "remote.origin.url", "https://code.example/a-b/x.git")
    git(store.folder, "config", "branch.drafts/new-fees.remote", "origin")
    git(store.folder, "config", "gc.auto", "1")
    plain = read_settings(store.folder)
    config = store.folder / "config"
    config.write_text(config.read_text("utf-8") + "# GitPython reads what has a remark.\n", encoding="utf-8")
    assert read_settings(store.folder) == plain
    assert plain['branch "drafts/new-fees".remote'] == "origin"
    assert plain["core.bare"] == "true"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[soh]\n\tx = 1\n\tx = 2\n", "2"),
        ('[soh]\n\tx = "a b"\n', "a b"),
        ("[soh]\n\tx = 1 # once\n", "1"),
        ("[Soh]\nX=1\n", "1"),
    ],
)
def test_a_configuration_somebody_wrote_is_read_by_git_s_rules(
    store: Store, text: str, expected: str
) -> None:
    config = store.folder / "config"
    config.write_text(config.read_text("utf-8") + text, encoding="utf-8")
    assert read_settings(store.folder)["soh.x"] == expected
