"""Reading what is stored: names, files, bytes, from several threads."""

import threading
from pathlib import Path

import pytest

from soh_author.domain.errors import InvalidNameError, NotFoundError, OutputError
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Revision
from tests.gitstore.content import BURGLARY, commit_entries, save
from tests.support.repositories import git


def test_a_store_is_an_ordinary_bare_repository_without_files_of_its_own(store: Store) -> None:
    assert git(store.folder, "rev-parse", "--is-bare-repository") == "true"
    assert not (store.folder / "hooks").exists()
    assert not (store.folder / "soh.yml").exists()
    assert git(store.folder, "symbolic-ref", "HEAD") == "refs/heads/published"


def test_a_store_is_not_made_where_something_lies(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="not empty"):
        Store.create(tmp_path)
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_files_are_listed_with_their_bytes(store: Store, live: Revision) -> None:
    files = store.files(live)
    assert sorted(files) == ["forces/gwent/pages/advice/burglary.en.md", BURGLARY, "soh.yml"]
    assert store.read(files["soh.yml"].blob) == b"schema: 1\n"


def test_what_a_save_knows_of_its_files_is_what_git_lists(store: Store, live: Revision) -> None:
    second = save(store, {BURGLARY: None, "shared/pages/a/b/c.en.md": "é\n".encode()}, expected=live)
    with Store.open(store.folder) as fresh:
        assert dict(fresh.files(second)) == dict(store.files(second))


def test_a_version_is_found_by_branch_tag_and_full_and_short_name(store: Store, live: Revision) -> None:
    store.create_branch("drafts/fees", live)
    store.create_tag("release-1", live)
    assert {store.resolve(n) for n in ("published", "drafts/fees", "release-1", live, live[:8])} == {live}


@pytest.mark.parametrize("name", ["drafts/none", "0000000", "f" * 40, "release-9"])
def test_an_unknown_name_is_not_found(store: Store, name: str) -> None:
    with pytest.raises(NotFoundError, match="no version, draft or release"):
        store.resolve(name)


@pytest.mark.parametrize(
    "name",
    ["", "--all", "HEAD:soh.yml", "@{-1}", ":/fix", "a..b", "a b", "x\ny", "published^", "a.lock", "é"],
)
def test_a_name_that_git_would_read_as_more_than_a_name_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidNameError):
        store.resolve(name)


def test_a_branch_wins_over_a_short_name_that_looks_like_it(store: Store, live: Revision) -> None:
    second = save(store, {"a.txt": b"a"}, expected=live)
    store.create_tag("abcdef", live)
    assert store.resolve("abcdef") == live
    assert store.resolve("published") == second


def test_several_files_are_read_at_once_and_unknown_ones_left_out(store: Store, live: Revision) -> None:
    many = {f"shared/media/{number}.txt": b"x" * number for number in range(300)}
    second = save(store, many, expected=live)
    blobs = {path: entry.blob for path, entry in store.files(second).items()}
    read = store.read_many([*blobs.values(), "f" * 40])
    assert {path: read[blobs[path]] for path in many} == many
    assert "f" * 40 not in read


def test_bytes_of_any_kind_come_back_as_they_went_in(store: Store, live: Revision) -> None:
    data = bytes(range(256)) * 300 + b"\r\n\r\n"
    second = save(store, {"shared/media/x.bin": data, "empty.txt": b""}, expected=live)
    assert store.read_path(second, "shared/media/x.bin") == data
    assert store.read_path(second, "empty.txt") == b""
    assert store.read_path(live, "empty.txt") is None


def test_several_threads_read_at_once(store: Store, live: Revision) -> None:
    many = {f"shared/media/{number}.txt": bytes([number]) * 5000 for number in range(120)}
    second = save(store, many, expected=live)
    wrong: list[str] = []

    def read_all() -> None:
        for path, data in many.items():
            if store.read_path(second, path) != data:
                wrong.append(path)

    threads = [threading.Thread(target=read_all) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_a_reader_process_that_was_ended_is_started_again(store: Store, live: Revision) -> None:
    assert store.read_path(live, "soh.yml") == b"schema: 1\n"
    process = store.reader._process
    assert process is not None
    process.kill()
    process.wait()
    assert store.read_path(live, "soh.yml") == b"schema: 1\n"


def test_a_closed_store_leaves_no_process_behind(store: Store, live: Revision) -> None:
    store.read_path(live, "soh.yml")
    process = store.reader._process
    assert process is not None
    store.close()
    assert process.poll() is not None


def test_links_and_submodules_are_told_apart_from_files(store: Store, live: Revision) -> None:
    blob = store.files(live)["soh.yml"].blob
    odd = commit_entries(store.folder, live, f"120000,{blob},link", f"160000,{live},module")
    listing = store.listing(odd)
    assert sorted(listing.files) == sorted(store.files(live))
    assert listing.others == (("link", "120000"), ("module", "160000"))
