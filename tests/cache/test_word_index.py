"""The index of words answers exactly, also after damage, with another window, or with no disk to write."""

import os
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.cache.words import NAME, WordIndex
from soh_author.domain.folding import phrases, words_in

TEXTS = {
    "one": "Report a crime online.",
    "two": "Adroddwch am drosedd yn y tŷ.",
    "three": "Łódź: crime-report",
}
WORDS = st.text(alphabet=st.sampled_from("ab ŵ.łA1-中_"), max_size=12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "private" / NAME


def found(index: WordIndex, words: str) -> set[str]:
    names = sorted(index._all())
    return {names[place] for place in index.holding(words_in(words), names).found}


def test_words_are_found_in_the_order_typed_and_by_their_beginning(path: Path) -> None:
    index = WordIndex(path)
    assert index.add(TEXTS)
    assert found(index, "crime") == {"one", "three"}
    assert found(index, "REPORT a cri") == {"one"}
    assert found(index, "ty") == found(index, "TŶ") == {"two"}
    assert found(index, "łó") == {"three"}
    assert found(index, "port") == set()
    assert index.missing(["one", "four"]) == ["four"]
    index.close()


@given(st.dictionaries(st.sampled_from("abcdef"), WORDS), WORDS)
def test_the_index_finds_what_reading_every_text_finds(texts: dict[str, str], wanted: str) -> None:
    index = WordIndex(Path(os.devnull, NAME))  # kept in memory
    index.add(texts)
    words = words_in(wanted)
    by_reading = {name for name, text in texts.items() if any(phrases(text, words))}
    for row in (["unknown", *texts, *texts], sorted(texts), []):  # a text may be in several files
        holding = index.holding(words, row)
        assert list(holding.found) == [place for place, name in enumerate(row) if name in by_reading]
        assert list(holding.unknown) == [p for p, name in enumerate(row) if not words or name == "unknown"]
    index.close()


def test_two_windows_see_what_the_other_added_and_forgot(path: Path) -> None:
    mine, yours = WordIndex(path), WordIndex(path)
    mine.add({"one": TEXTS["one"]})
    assert found(yours, "crime") == {"one"}
    yours.add(TEXTS)
    assert found(mine, "crime") == {"one", "three"}
    yours.forget_all()
    assert mine.count() == 0
    yours.add({"three": TEXTS["three"]})
    assert found(mine, "crime") == {"three"}
    mine.close()
    yours.close()


def test_a_damaged_index_is_thrown_away_and_made_again(path: Path) -> None:
    index = WordIndex(path)
    index.add(TEXTS)
    index.close()
    path.write_bytes(b"no database at all" * 500)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    assert list(index.holding(["crime"], ["one"]).unknown) == [0]
    index.add(TEXTS)
    assert found(index, "crime") == {"one", "three"}
    index.close()


def test_damage_in_the_middle_is_found_by_looking_the_file_over(path: Path) -> None:
    index = WordIndex(path)
    index.add({f"text {number}": f"word{number} " * 50 for number in range(300)})
    index.close()
    data = bytearray(path.read_bytes())
    for page in range(1, len(data) // 4096):
        data[page * 4096 : page * 4096 + 8] = b"\xff" * 8
    path.write_bytes(bytes(data))
    index.look_over()
    index.add(TEXTS)
    assert found(index, "crime") == {"one", "three"}
    index.close()


def test_where_nothing_can_be_written_the_index_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "private").write_text("a file where the folder should be")
    index = WordIndex(tmp_path / "private" / NAME)
    assert index.add(TEXTS)
    assert found(index, "crime") == {"one", "three"}
    index.close()


def test_a_full_disk_leaves_what_was_known_and_goes_on_in_memory(path: Path) -> None:
    index = WordIndex(path)
    index.add(TEXTS)
    run = index._file._connection
    assert run is not None
    pages = run.execute("PRAGMA page_count").fetchone()[0]
    run.execute(f"PRAGMA max_page_count={pages}")
    big = {f"big {number}": f"crime {'x' * number} " * 2000 for number in range(60)}
    assert index.add(big)
    assert index.missing([*TEXTS, *big]) == [] or index.missing(big) == []
    assert found(index, "crime") >= {"big 1", "big 59"}
    index.close()


def test_an_index_another_window_is_writing_to_answers_with_nothing_instead_of_waiting_for_ever(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("soh_author.cache.file._BUSY_SECONDS", 0.05)
    index = WordIndex(path)
    index.add({"one": TEXTS["one"]})
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not index.add(TEXTS)
    assert found(index, "crime") == {"one"}
    other.execute("ROLLBACK")
    other.close()
    assert index.add(TEXTS)
    index.close()
