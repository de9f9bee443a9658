"""Who saved what and when."""

import pytest

from soh_author.domain.errors import WorkspaceError
from soh_author.gitstore import upkeep
from soh_author.gitstore.store import Store
from soh_author.gitstore.values import Author, Revision
from tests.gitstore.content import BURGLARY, at, save
from tests.support.repositories import git


def _twenty(store: Store, live: Revision) -> list[Revision]:
    """Twenty versions; every fourth touches the page, the others touch files of their own."""
    made = [live]
    for number in range(20):
        path = BURGLARY if number % 4 == 0 else f"other/{number}.txt"
        changes = {path: b"%d" % number}
        made.append(save(store, changes, expected=made[-1], note=f"Note {number}", when=at(number)))
    return made


def test_versions_come_newest_first_and_in_pages(store: Store, live: Revision) -> None:
    made = _twenty(store, live)
    assert [version.revision for version in store.history(made[-1])] == made[::-1]
    assert [version.revision for version in store.history(made[-1], limit=3, skip=2)] == made[-3:-6:-1]


def test_the_history_of_a_page_holds_the_versions_that_touched_it(store: Store, live: Revision) -> None:
    made = _twenty(store, live)
    notes = [version.note for version in store.history(made[-1], BURGLARY)]
    assert notes == ["Note 16", "Note 12", "Note 8", "Note 4", "Note 0", "Change"]


@pytest.mark.parametrize("indexed", [False, True])
def test_the_history_of_a_page_that_moved_holds_both_paths(
    store: Store, live: Revision, indexed: bool
) -> None:
    made = _twenty(store, live)
    if indexed:
        upkeep.index_history(store.folder)
    paths = ("other/1.txt", BURGLARY, "other/19.txt", "no/such.txt")
    notes = [version.note for version in store.history(made[-1], paths)]
    assert notes[:3] == ["Note 19", "Note 16", "Note 12"]
    assert notes[-1] == "Change"
    assert notes[3:5] == [version.note for version in store.history(made[-1], paths, limit=2, skip=3)]


def test_a_path_is_taken_literally(store: Store, live: Revision) -> None:
    second = save(store, {"a*.txt": b"1"}, expected=live, note="star")
    third = save(store, {"ab.txt": b"1", "--all": b"2"}, expected=second, note="other")
    assert [version.note for version in store.history(third, "a*.txt")] == ["star"]
    assert [version.note for version in store.history(third, "--all")] == ["other"]
    assert store.history(third, ":(glob)**") == []


def test_notes_of_many_lines_and_letters_come_back(store: Store, live: Revision) -> None:
    note = "Ffi wedi’i chodi £198 \x1f %H\n\nCyflwynwyd: 1 Chwefror\n\nparent x"
    second = store.write(
        "published", live, {"a": b"a"}, note=note, author=Author("Siân Ŵyn", "s@x"), when=at(0)
    )
    assert store.history(second, limit=1) == [store.version(second)]
    assert store.version(second).note == note
    assert store.version(second).author.name == "Siân Ŵyn"


def test_a_version_by_another_program_is_shown_whatever_its_date(store: Store, live: Revision) -> None:
    tree = git(store.folder, "rev-parse", f"{live}^{{tree}}")
    raw = f"tree {tree}\nauthor  <> 99999999999999 +9999\ncommitter X <x> 1 +0000\n\nodd\n"
    (store.folder / "raw").write_text(raw, encoding="utf-8")
    odd = git(store.folder, "hash-object", "-t", "commit", "-w", "--literally", "raw")
    version = store.version(Revision(odd))
    assert (version.note, version.author.name, version.when.year) == ("odd", "", 1970)


def test_a_damaged_index_of_history_is_passed_over(store: Store, live: Revision) -> None:
    made = _twenty(store, live)
    upkeep.index_history(store.folder)
    (graph,) = (store.folder / "objects" / "info").rglob("*commit-graph*")
    graph.chmod(0o644)
    graph.write_bytes(graph.read_bytes()[:300] + b"\xff" * 300)
    assert len(store.history(made[-1], BURGLARY)) == 6


def test_missing_versions_are_told(store: Store, live: Revision) -> None:
    with pytest.raises(WorkspaceError):
        store.history("f" * 40)
    with pytest.raises(WorkspaceError):
        store.changed_paths("f" * 40, live)


def test_the_page_as_it_was_at_any_version(store: Store, live: Revision) -> None:
    made = _twenty(store, live)
    texts = [store.read_path(version.revision, BURGLARY) for version in store.history(made[-1], BURGLARY)]
    assert texts == [b"16", b"12", b"8", b"4", b"0", store.read_path(live, BURGLARY)]
