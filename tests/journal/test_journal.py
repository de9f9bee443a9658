"""The journal: nothing typed is lost, and no window harms another."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from soh_author.domain.errors import OutputError, WorkspaceError, WorldMovedError
from soh_author.journal.borrowed import is_in_use
from soh_author.journal.entries import JournalEntry
from soh_author.journal.journal import KEPT, Journal

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BLOB = "b" * 40
PAGE = "shared/pages/advice/burglary.en.md"
_ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the journal lies."""
    return tmp_path / "private" / "journal.sqlite"


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    """The journal of one window."""
    with Journal(path, NOW) as opened:
        yield opened


def type_in(journal: Journal, text: str, *, page: str = PAGE, draft: str = "fees", minutes: int = 0) -> None:
    """Type a text; minutes after noon."""
    when = NOW + timedelta(minutes=minutes)
    journal.record_unsaved(draft, page, text, base_blob=BLOB, when=when)


def save(journal: Journal, text: str, *, page: str = PAGE, draft: str = "fees", minutes: int = 0) -> None:
    """Save a text privately."""
    journal.save(draft, page, text, base_blob=BLOB, when=NOW + timedelta(minutes=minutes))


def only(entries: list[JournalEntry]) -> JournalEntry:
    """The one entry there is."""
    (entry,) = entries
    return entry


def test_what_was_typed_is_kept_with_where_it_came_from(journal: Journal) -> None:
    type_in(journal, "Lock the d")
    type_in(journal, "Lock the door.", minutes=1)
    entry = only(journal.entries())
    assert (entry.draft, entry.path, entry.text, entry.base_blob) == ("fees", PAGE, "Lock the door.", BLOB)
    assert (entry.saved_text, entry.is_unsaved, entry.session) == (None, True, journal.session)
    assert entry.changed == NOW + timedelta(minutes=1)


def test_saved_and_typed_text_are_told_apart(journal: Journal) -> None:
    save(journal, "saved")
    assert not only(journal.entries()).is_unsaved
    type_in(journal, "saved and more", minutes=1)
    entry = only(journal.entries())
    assert (entry.saved_text, entry.text, entry.is_unsaved) == ("saved", "saved and more", True)
    save(journal, "saved and more", minutes=2)
    assert not only(journal.entries()).is_unsaved


@pytest.mark.parametrize(
    "text", ["", "\r\n \t\n", "Ŵyn £ 👮", "half a pair \ud83d", "nul \x00", "x" * 1_000_000]
)
def test_every_text_comes_back_as_it_was(journal: Journal, text: str) -> None:
    type_in(journal, text)
    assert only(journal.entries()).text == text


def test_drafts_and_files_are_kept_apart(journal: Journal) -> None:
    type_in(journal, "1", draft="fees", page="a")
    type_in(journal, "2", draft="fees", page="b")
    type_in(journal, "3", draft="other", page="a")
    assert [entry.text for entry in journal.entries("fees")] == ["1", "2"]
    assert [entry.text for entry in journal.entries()] == ["1", "2", "3"]
    found = journal.entry("other", "a")
    assert found is not None
    assert found.text == "3"
    assert journal.entry("other", "b") is None


def test_what_is_in_a_version_is_forgotten(journal: Journal) -> None:
    save(journal, "1", page="a")
    save(journal, "2", page="b")
    assert journal.clear("fees", {"a": "1", "not/there": "x"}) == ()
    assert only(journal.entries()).path == "b"


def test_what_was_typed_while_a_version_was_made_stays(journal: Journal) -> None:
    save(journal, "in the version")
    type_in(journal, "in the version, and more", minutes=1)
    assert journal.clear("fees", {PAGE: "in the version"}, {PAGE: "c" * 40}) == (PAGE,)
    entry = only(journal.entries())
    assert (entry.text, entry.saved_text, entry.base_blob) == ("in the version, and more", None, "c" * 40)


def test_texts_wait_for_the_next_window(path: Path) -> None:
    with Journal(path, NOW) as first:
        save(first, "saved", page="a")
        type_in(first, "typed", page="b")
    with Journal(path, NOW) as second:
        assert [(entry.path, entry.text) for entry in second.entries()] == [("a", "saved"), ("b", "typed")]
        assert second.recovered() == []
        assert {entry.session for entry in second.entries()} == {second.session}


def test_two_windows_write_the_same_file_and_neither_loses_a_word(path: Path, journal: Journal) -> None:
    with Journal(path, NOW) as other:
        type_in(journal, "mine")
        type_in(other, "theirs", minutes=1)
        assert only(journal.entries()).text == "mine"
        assert only(other.entries()).text == "theirs"
        conflict = only(journal.elsewhere("fees"))
        assert (conflict.path, conflict.text, conflict.session) == (PAGE, "theirs", other.session)
        assert journal.elsewhere("other") == []
        assert journal.recovered() == []
        journal.clear("fees", {PAGE: "mine"})
        assert only(other.entries()).text == "theirs"
    assert journal.elsewhere() == []


def test_when_two_windows_were_closed_the_newest_text_goes_on_and_the_older_is_offered(path: Path) -> None:
    first, second = Journal(path, NOW), Journal(path, NOW)
    type_in(first, "older")
    type_in(second, "newer", minutes=1)
    first.close()
    second.close()
    with Journal(path, NOW) as third:
        assert only(third.entries()).text == "newer"
        assert only(third.recovered()).text == "older"


def test_a_text_another_window_holds_can_not_be_taken(path: Path, journal: Journal) -> None:
    with Journal(path, NOW) as other:
        type_in(other, "theirs")
        with pytest.raises(WorldMovedError, match="Another window"):
            journal.adopt(only(journal.elsewhere()), NOW)
        assert only(other.entries()).text == "theirs"


def test_a_discarded_text_is_kept_for_thirty_days_and_comes_back(path: Path) -> None:
    with Journal(path, NOW) as journal:
        type_in(journal, "thrown away")
        journal.discard("fees", PAGE, NOW)
        journal.discard("fees", "not/there", NOW)
        assert journal.entries() == []
    with Journal(path, NOW + KEPT) as journal:
        (kept,) = journal.recently_discarded()
        assert (kept.text, kept.path, kept.when) == ("thrown away", PAGE, NOW)
        entry = journal.restore(kept, NOW + KEPT)
        assert (entry.text, entry.base_blob, entry.is_unsaved) == ("thrown away", BLOB, True)
        assert journal.recently_discarded() == []
        journal.discard("fees", PAGE, NOW)
    with Journal(path, NOW + KEPT + timedelta(seconds=1)) as journal:
        assert journal.recently_discarded() == []


def test_of_a_discarded_text_both_what_was_saved_and_what_was_typed_are_kept(journal: Journal) -> None:
    save(journal, "saved")
    type_in(journal, "typed", minutes=1)
    journal.discard("fees", PAGE, NOW)
    assert [kept.text for kept in journal.recently_discarded()] == ["typed", "saved"]


def test_a_discarded_text_does_not_overwrite_newer_words(journal: Journal) -> None:
    type_in(journal, "old")
    journal.discard("fees", PAGE, NOW)
    type_in(journal, "new", minutes=1)
    with pytest.raises(WorldMovedError, match="newer unsaved text"):
        journal.restore(journal.recently_discarded()[0], NOW)
    assert only(journal.entries()).text == "new"
    assert journal.recently_discarded()[0].text == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
@pytest.mark.parametrize("how", ["type", "save"])
def test_what_a_killed_window_typed_is_offered_and_what_it_saved_goes_on(path: Path, how: str) -> None:
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.typing_process", str(path), how],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert window.stdout is not None
    while window.stdout.readline() != "20\n":
        pass
    os.kill(window.pid, signal.SIGKILL)
    rest, _ = window.communicate()
    typed = int(rest.split()[-1]) if rest.split() else 20
    with Journal(path, NOW) as journal:
        if how == "save":  # nothing was typed after it was saved, so there is nothing to decide
            assert journal.recovered() == []
            assert len(only(journal.entries()).text) in {typed, typed + 1}
            return
        found = only(journal.recovered())
        assert len(found.text) in {typed, typed + 1}
        assert found.is_unsaved
        assert journal.entries() == []
        mine = journal.adopt(found, NOW)
        assert (mine.text, mine.base_blob) == (found.text, BLOB)
        assert journal.recovered() == []
        assert only(journal.entries()) == mine


@pytest.mark.skipif(sys.platform == "win32", reason="the kill is a signal")
def test_a_recovered_text_does_not_push_out_newer_words(path: Path, journal: Journal) -> None:
    window = subprocess.Popen(
        [sys.executable, "-m", "tests.journal.typing_process", str(path), "type"],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    with window:
        assert window.stdout is not None
        window.stdout.readline()
        window.kill()
    type_in(journal, "mine", page="a.md")
    found = only(journal.recovered())
    journal.adopt(found, NOW)
    assert only(journal.entries()).text == found.text
    assert [kept.text for kept in journal.recently_discarded()] == ["mine"]
    with pytest.raises(WorldMovedError):
        journal.adopt(found, NOW)
    assert only(journal.entries()).text == found.text
    journal.discard_recovered(only(journal.entries()), NOW)
    assert sorted(kept.text for kept in journal.recently_discarded()) == sorted(["mine", found.text])


def test_several_threads_write_at_once(journal: Journal) -> None:
    def write(page: str) -> None:
        for number in range(30):
            type_in(journal, f"{page} {number}", page=page, minutes=number)

    threads = [threading.Thread(target=write, args=(f"p{number}",)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.text for entry in journal.entries()] == [f"p{number} 29" for number in range(5)]


def _spoil(path: Path) -> None:
    """Overwrite the middle of the file, as a failing disk does."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xee" * (len(data) - 100))


@pytest.mark.parametrize("damage", ["garbage", "middle", "empty"])
def test_a_damaged_journal_is_set_aside_and_a_new_one_started(path: Path, damage: str) -> None:
    with Journal(path, NOW) as journal:
        type_in(journal, "words " * 1000)
    if damage == "middle":
        _spoil(path)
    else:
        path.write_bytes(b"not a database " * 100 if damage == "garbage" else b"")
    with Journal(path, NOW) as journal:
        assert journal.entries() == []
        type_in(journal, "new words")
        assert only(journal.entries()).text == "new words"
        aside = path.with_name(f"{path.name}.damaged-1")
        assert aside.exists() is (damage != "empty")
        assert (str(aside) in journal.notice) is (damage != "empty")


@pytest.mark.parametrize(
    "strange",
    [
        "CREATE TRIGGER forget AFTER INSERT ON entries BEGIN DELETE FROM entries; END",
        "CREATE VIEW seen AS SELECT * FROM entries",
        "CREATE VIRTUAL TABLE found USING fts5(text)",
    ],
)
def test_a_journal_that_would_act_on_its_own_is_set_aside(path: Path, strange: str) -> None:
    """It came with somebody else's folder: every word kept in it would be gone again."""
    with Journal(path, NOW) as journal:
        type_in(journal, "theirs")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(strange)
        connection.commit()
    with Journal(path, NOW) as journal:
        type_in(journal, "mine")
        assert only(journal.entries()).text == "mine"
        assert path.with_name(f"{path.name}.damaged-1").exists()


def test_a_journal_that_is_damaged_while_it_is_open_takes_the_next_words(path: Path) -> None:
    with Journal(path, NOW) as journal:
        type_in(journal, "words " * 1000)
        _spoil(path)
        type_in(journal, "next words", minutes=1)
        assert only(journal.entries()).text == "next words"
        assert "damaged" in journal.notice
        assert path.with_name(f"{path.name}.damaged-1").exists()


def test_a_second_damaged_journal_does_not_overwrite_the_first(path: Path) -> None:
    path.parent.mkdir()
    for text in (b"first" * 100, b"second" * 100):
        path.write_bytes(text)
        Journal(path, NOW).close()
    kept = [path.with_name(f"{path.name}.damaged-{number}").read_bytes() for number in (1, 2)]
    assert kept == [b"first" * 100, b"second" * 100]


def test_a_journal_of_a_newer_program_is_left_alone(path: Path) -> None:
    Journal(path, NOW).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")
    with pytest.raises(WorkspaceError, match="newer SOH Author") as caught:
        Journal(path, NOW)
    assert caught.value.safe == "They are untouched."


def test_what_a_window_had_saved_when_it_died_goes_on_without_a_question(path: Path) -> None:
    with Journal(path, NOW) as died, closing(sqlite3.connect(path)) as file:
        save(died, "saved")
        type_in(died, "typed", page="shared/pages/advice/fraud.en.md")
        # As after a kill: the texts are there, of a session that is no more.
        file.execute("UPDATE entries SET session = 'abcdef'")
        file.commit()
    with Journal(path, NOW) as journal:
        assert only(journal.entries()).text == "saved"
        assert only(journal.recovered()).text == "typed"


def _let_nothing_be_written(path: Path) -> None:
    """Put something in the way of the file SQLite writes first, as a full or read-only disk would."""
    path.with_name(f"{path.name}-wal").mkdir(parents=True)


def test_where_nothing_can_be_written_texts_can_still_be_read(path: Path) -> None:
    with Journal(path, NOW) as before:
        save(before, "kept")
    _let_nothing_be_written(path)
    with Journal(path, NOW) as journal:
        assert only(journal.entries()).text == "kept"
        assert "Nothing can be saved in this workspace" in journal.notice
        with pytest.raises(OutputError, match="can't be kept") as caught:
            type_in(journal, "lost?", minutes=1)
        assert "open the workspace again" in caught.value.todo
        assert only(journal.entries()).text == "kept"


def test_what_could_only_be_read_is_as_it_was_afterwards(path: Path) -> None:
    with Journal(path, NOW) as before:
        save(before, "kept")
    bytes_before = path.read_bytes()
    _let_nothing_be_written(path)
    Journal(path, NOW).close()
    assert path.read_bytes() == bytes_before
    path.with_name(f"{path.name}-wal").rmdir()
    with Journal(path, NOW) as after:
        assert only(after.entries()).text == "kept"
        assert after.notice == ""


def test_a_folder_that_can_not_be_made_is_told_when_something_is_to_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    with Journal(tmp_path / "file" / "journal.sqlite", NOW) as journal:
        assert journal.entries() == []
        with pytest.raises(OutputError, match="can't be kept"):
            type_in(journal, "typed")


def test_a_journal_that_is_only_busy_is_no_reason_to_read_it_alone(path: Path) -> None:
    error = sqlite3.OperationalError("database is locked")
    assert not is_in_use(error)
    with Journal(path, NOW), closing(sqlite3.connect(path, timeout=0)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with (
            closing(sqlite3.connect(path, timeout=0)) as third,
            pytest.raises(sqlite3.OperationalError) as caught,
        ):
            third.execute("BEGIN EXCLUSIVE")
    assert is_in_use(caught.value)


def test_a_full_disk_is_told_and_what_was_kept_stays(path: Path, journal: Journal) -> None:
    type_in(journal, "kept")
    connection = journal._database._connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(OutputError, match="full") as caught:
        type_in(journal, "x" * 1_000_000, minutes=1)
    assert "still there" in caught.value.safe
    assert only(journal.entries()).text == "kept"
    assert path.exists()


def test_saving_is_on_the_disk_and_typing_may_be_a_moment_later(journal: Journal) -> None:
    connection = journal._database._connection
    save(journal, "saved")
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    type_in(journal, "typed", minutes=1)
    assert connection.execute("PRAGMA synchronous").fetchone() == (1,)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_closed_journal_leaves_nothing_but_its_file(path: Path) -> None:
    with Journal(path, NOW) as journal:
        type_in(journal, "x")
    assert [file.name for file in path.parent.iterdir()] == [path.name]
