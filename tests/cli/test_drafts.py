"""Drafts from beginning to end, and files that go out to other editors and come back."""

from pathlib import Path

import pytest

from tests.cli.terminal import KIM, NOON, Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"
FILE = f"shared/pages/{PAGE}.en.md"


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _revisions(terminal: Terminal, draft: str) -> list[str]:
    return [version["revision"] for version in terminal.ask("history", "--source", draft)["versions"]]


def _edit(terminal: Terminal, folder: Path, draft: str = "april") -> None:
    """Save a version of a draft with one sentence more."""
    terminal.ask("export", folder)
    file = folder / FILE
    file.write_bytes(file.read_bytes() + b"\nOne sentence more.\n")
    terminal.ask("apply", folder, "--draft", draft, "--note", "One sentence more")


def test_what_is_exported_is_the_content_byte_for_byte(
    plain: Terminal, sample_content: Path, tmp_path: Path
) -> None:
    plain.ask("export", tmp_path / "files")
    assert _contents(tmp_path / "files") == _contents(sample_content)


def test_a_folder_that_holds_something_is_not_exported_into(reader: Terminal, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "mine.txt").write_text("mine", encoding="utf-8")
    printed = reader.type("export", tmp_path / "files")
    assert printed.code in {2, 8}
    assert _contents(tmp_path / "files") == {"mine.txt": b"mine"}


def test_applying_what_was_exported_makes_no_version(writer: Terminal, tmp_path: Path) -> None:
    writer.ask("export", tmp_path / "files")
    live = _revisions(writer, "published")
    applied = writer.ask("apply", tmp_path / "files", "--draft", "april", "--note", "Nothing")
    assert not applied["is_changed"]
    assert _revisions(writer, "april") == live


@pytest.mark.parametrize(
    "odd",
    [
        b"---\r\ntitle: Windows\r\n---\r\nLine ends\r\n",
        "\ufeffNBSP\u00a0here, a line separator \u2028 and 🚓, no line end".encode(),
        b"Latin-1: \xe9t\xe9\n",
        b"",
    ],
)
def test_odd_bytes_come_back_as_they_went(writer: Terminal, tmp_path: Path, odd: bytes) -> None:
    writer.ask("export", tmp_path / "files")
    (tmp_path / "files/shared/pages/odd.en.md").write_bytes(odd)
    writer.ask("apply", tmp_path / "files", "--draft", "april", "--note", "Odd")
    writer.ask("export", tmp_path / "again", "--source", "april")
    assert _contents(tmp_path / "again") == _contents(tmp_path / "files")


def test_a_file_that_is_gone_from_the_folder_is_gone_from_the_draft_only(
    writer: Terminal, tmp_path: Path
) -> None:
    writer.ask("export", tmp_path / "files")
    (tmp_path / "files" / FILE).unlink()
    writer.ask("apply", tmp_path / "files", "--draft", "april", "--note", "Without it")
    assert writer.type("show", PAGE, "--layer", "shared", "--source", "april").code == 3
    assert writer.type("show", PAGE, "--layer", "shared").code == 0


def test_a_version_bears_name_time_and_note(writer: Terminal, tmp_path: Path) -> None:
    _edit(writer, tmp_path / "files")
    newest = writer.ask("history", "--source", "april")["versions"][0]
    assert f"{newest['author']} <{newest['email']}>" == KIM
    assert newest["when"] == NOON.isoformat()
    assert newest["note"] == "One sentence more"


def test_what_is_live_does_not_change_by_a_draft(writer: Terminal, tmp_path: Path) -> None:
    before = writer.type("show", PAGE).raw
    _edit(writer, tmp_path / "files")
    assert writer.type("show", PAGE).raw == before
    assert b"One sentence more." in writer.type("show", PAGE, "--source", "april").raw


def test_a_preview_of_a_draft_shows_its_words(writer: Terminal, tmp_path: Path) -> None:
    _edit(writer, tmp_path / "files")
    for draft, is_there in (("april", True), ("published", False)):
        out = tmp_path / f"{draft}.html"
        writer.ask("preview", PAGE, "--force", "kent", "--draft", draft, "--out", out)
        assert ("One sentence more." in out.read_text(encoding="utf-8")) is is_there


def test_with_since_what_others_changed_meanwhile_stays(writer: Terminal, tmp_path: Path) -> None:
    since = writer.ask("export", tmp_path / "mine")["revision"]
    _edit(writer, tmp_path / "theirs")
    other = tmp_path / "mine" / "shared/pages/about/jobs.en.md"
    other.write_bytes(other.read_bytes() + b"\nWe are hiring.\n")
    typed = ["apply", str(tmp_path / "mine"), "--draft", "april", "--note", "Jobs", "--since", since]
    assert writer.ask(*typed)["is_changed"]
    assert b"One sentence more." in writer.type("show", PAGE, "--source", "april").raw
    assert b"We are hiring." in writer.type("show", "about/jobs", "--source", "april").raw
    assert not writer.ask(*typed)["is_changed"]


def test_with_since_a_file_that_others_changed_too_is_refused(writer: Terminal, tmp_path: Path) -> None:
    since = writer.ask("export", tmp_path / "mine")["revision"]
    _edit(writer, tmp_path / "theirs")
    before = _revisions(writer, "april")
    (tmp_path / "mine" / FILE).unlink()
    typed = ["apply", tmp_path / "mine", "--draft", "april", "--note", "Mine", "--since", since, "--json"]
    printed = writer.type(*typed)
    assert printed.code == 4
    assert FILE in printed.error["what"]
    assert _revisions(writer, "april") == before


@pytest.mark.parametrize("note", ["", "   "])
def test_a_version_needs_a_note(writer: Terminal, tmp_path: Path, note: str) -> None:
    writer.ask("export", tmp_path / "files")
    printed = writer.type("apply", tmp_path / "files", "--draft", "april", "--note", note)
    assert printed.code == 2
    assert writer.ask("draft", "list")["drafts"] == []


def test_a_folder_that_is_no_content_is_not_applied(writer: Terminal, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    printed = writer.type("apply", tmp_path / "files", "--draft", "april", "--note", "Nothing there")
    assert printed.code == 2
    assert writer.ask("draft", "list")["drafts"] == []


def test_a_folder_that_is_not_there_is_not_found(writer: Terminal, tmp_path: Path) -> None:
    assert writer.type("apply", tmp_path / "no", "--draft", "april", "--note", "No").code == 3


@pytest.mark.parametrize("name", ["April Fees", "../april", "con", "-", "é", "", "published"])
def test_a_draft_has_a_plain_name(writer: Terminal, name: str) -> None:
    printed = writer.type("draft", "new", "--json", "--", name)
    assert printed.code == 2
    assert printed.error["kind"] == "invalid-name"
    assert writer.ask("draft", "list")["drafts"] == []


def test_two_drafts_of_one_name_are_refused(writer: Terminal) -> None:
    writer.ask("draft", "new", "april")
    printed = writer.type("draft", "new", "april")
    assert printed.code == 4
    assert len(writer.ask("draft", "list")["drafts"]) == 1


def test_a_discarded_draft_comes_back_with_its_versions(writer: Terminal, tmp_path: Path) -> None:
    _edit(writer, tmp_path / "files")
    before = _revisions(writer, "april")
    writer.ask("draft", "discard", "april")
    assert writer.ask("draft", "list")["drafts"] == []
    assert [kept["name"] for kept in writer.ask("draft", "list", "--discarded")["discarded"]] == ["april"]
    writer.ask("draft", "restore", "april")
    assert _revisions(writer, "april") == before


def test_a_draft_that_was_never_discarded_cannot_come_back(writer: Terminal) -> None:
    assert writer.type("draft", "restore", "april").code == 3


def test_an_earlier_text_comes_back_privately_and_then_as_a_version(writer: Terminal, tmp_path: Path) -> None:
    first = writer.type("show", PAGE).raw
    _edit(writer, tmp_path / "files")
    live = writer.ask("history")["versions"][0]["revision"]
    writer.ask("restore", FILE, "--revision", live, "--draft", "april")
    assert writer.ask("draft", "list")["drafts"][0]["private_files"] == 1
    assert len(_revisions(writer, "april")) == len(_revisions(writer, "published")) + 1
    assert writer.ask("draft", "save", "april", "--note", "As it was")["is_changed"]
    assert writer.type("show", PAGE, "--source", "april").raw == first
    assert writer.ask("draft", "list")["drafts"][0]["private_files"] == 0


def test_saving_without_a_change_makes_no_version(writer: Terminal) -> None:
    writer.ask("draft", "new", "april")
    before = _revisions(writer, "april")
    assert not writer.ask("draft", "save", "april", "--note", "Nothing")["is_changed"]
    assert _revisions(writer, "april") == before


@pytest.mark.parametrize(
    ("path", "revision", "draft"),
    [
        ("shared/pages/nowhere.en.md", "published", "april"),
        (FILE, "0" * 40, "april"),
        (FILE, "published", "no-such-draft"),
        ("../../etc/passwd", "published", "april"),
    ],
)
def test_what_is_not_there_cannot_be_restored(writer: Terminal, path: str, revision: str, draft: str) -> None:
    writer.ask("draft", "new", "april")
    assert writer.type("restore", path, "--revision", revision, "--draft", draft).code == 3
    assert writer.ask("draft", "list")["drafts"][0]["private_files"] == 0
