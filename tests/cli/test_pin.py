"""Pinning: what nobody pinned gets the text above as it stands; nothing else changes by a letter."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.small_content import PAGE, SHARED, write, write_content
from tests.cli.terminal import Terminal

OWN = f"forces/gwent/pages/{PAGE}.en.md"
WELSH = f"shared/pages/{PAGE}.cy.md"
TAKEN = "forces/kent/pages/advice/lost-dogs.en.md"

_OWN = f"""\
---
overrides: {PAGE}   # a comment stays
set: {{summary: {{value: What to do in Gwent., why: Local, owner: gwent-web, review_by: 2027-03-01}}}}
ops:
- {{op: replace, section: reclaim, why: "Our own desk", owner: gwent-web, review_by: 2027-03-01}}
- op: hide
  section: costs
  why: We charge nothing
  owner: gwent-web
  review_by: 2027-03-01
- {{op: append, section: lead, why: Local, owner: gwent-web, review_by: 2027-03-01}}
- {{op: insert-after, after: reclaim, section: trailers, why: Local, owner: gwent-web, review_by: 2027-03-01}}
---
## Get it back {{#reclaim}}
Come to the desk.

## Lead {{#lead}}
This is for Gwent.

## Trailers {{#trailers}}
Bring a car that can tow it.
"""
_WELSH = """\
---
title: Cerbydau wedi'u hatafaelu
summary: Beth i'w wneud.
url: /cy-GB/cyngor/cerbydau/
---
Os yw hyn wedi digwydd i chi, darllenwch ymlaen.

## Ei gael yn ôl {#reclaim}
Ffoniwch ni.
"""
_TAKEN = """\
---
kind: page
overrides: advice/lost-dogs
title: Lost dogs in Kent
type: advice
url: /advice/dogs/
summary: What to do in Kent.
owner: kent-web
review_by: 2027-04-01
why: Our dogs are different
---
Call the council.
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = write_content(tmp_path / "files")
    for path, text in ((OWN, _OWN), (WELSH, _WELSH), (TAKEN, _TAKEN)):
        write(folder / path, text)
    return folder


def _pin(terminal: Terminal, folder: Path, *pages: str) -> list[dict[str, Any]]:
    pinned: list[dict[str, Any]] = terminal.ask("pin", "--folder", folder, *pages)["pinned"]
    return pinned


def _codes(terminal: Terminal, folder: Path, path: str) -> set[str]:
    found = terminal.type("check", "--folder", folder, "--json").data["diagnostics"]
    return {finding["code"] for finding in found if finding["path"] == path}


def test_what_needs_a_pin_gets_one_and_what_needs_none_does_not(elsewhere: Terminal, files: Path) -> None:
    pinned = {(pin["path"], pin["what"], pin["name"]) for pin in _pin(elsewhere, files)}
    assert pinned == {
        (OWN, "field", "summary"),
        (OWN, "section", "reclaim"),
        (OWN, "section", "costs"),
        (WELSH, "welsh", "lead"),
        (WELSH, "welsh", "reclaim"),
        (TAKEN, "page", ""),
    }


def test_nothing_is_unpinned_afterwards(elsewhere: Terminal, files: Path) -> None:
    assert "unpinned" in _codes(elsewhere, files, OWN)
    _pin(elsewhere, files)
    for path in (OWN, WELSH, TAKEN):
        assert not _codes(elsewhere, files, path) & {"unpinned", "outdated", "outdated-welsh", "bad-pin"}


def test_only_the_lines_with_a_new_pin_change(elsewhere: Terminal, files: Path) -> None:
    _pin(elsewhere, files)
    before, after = _OWN.splitlines(), (files / OWN).read_text(encoding="utf-8").splitlines()
    added = [line for line in after if line not in before]
    assert all("sha256:" in line for line in added)
    assert len(added) == 3
    gone = [line for line in before if line not in after]
    assert len(gone) == 2, "the block of hide gets a line, the others one more entry in theirs"
    assert (files / SHARED).read_bytes() == (write_content(files.parent / "same") / SHARED).read_bytes()


def test_windows_line_ends_stay(elsewhere: Terminal, files: Path) -> None:
    write(files / OWN, _OWN.replace("\n", "\r\n"))
    _pin(elsewhere, files)
    data = (files / OWN).read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == _OWN.count("\n") + 1


def test_pinning_again_changes_nothing(elsewhere: Terminal, files: Path) -> None:
    _pin(elsewhere, files)
    once = (files / OWN).read_bytes()
    assert _pin(elsewhere, files) == []
    assert (files / OWN).read_bytes() == once


def test_an_outdated_pin_stays_for_a_person_to_decide(elsewhere: Terminal, files: Path) -> None:
    _pin(elsewhere, files)
    shared = (files / SHARED).read_text(encoding="utf-8")
    write(files / SHARED, shared.replace("Call us on", "Ring us on").replace("read on", "read this"))
    pinned = (files / OWN).read_bytes()
    assert _pin(elsewhere, files) == []
    assert (files / OWN).read_bytes() == pinned
    assert "outdated" in _codes(elsewhere, files, OWN)
    assert "outdated-welsh" in _codes(elsewhere, files, WELSH)


def test_a_pin_of_the_wrong_shape_is_written_anew(elsewhere: Terminal, files: Path) -> None:
    write(files / OWN, _OWN.replace("section: reclaim,", "section: reclaim, base: sha256:9c1,"))
    _pin(elsewhere, files, PAGE)
    assert "sha256:9c1," not in (files / OWN).read_text(encoding="utf-8")
    assert not _codes(elsewhere, files, OWN) & {"unpinned", "bad-pin"}


def test_only_the_pages_named_are_pinned(elsewhere: Terminal, files: Path) -> None:
    assert {pin["path"] for pin in _pin(elsewhere, files, "advice/lost-dogs")} == {TAKEN}
    assert (files / OWN).read_text(encoding="utf-8") == _OWN


def test_a_force_is_pinned_to_the_text_of_its_group(elsewhere: Terminal, files: Path) -> None:
    alone = {pin["name"]: pin["pin"] for pin in _pin(elsewhere, files) if pin["path"] == OWN}
    group = "id: wales\nname: Forces in Wales\nmembers:\n- {force: gwent}\n"
    write(files / "groups/wales/group.yml", group)
    theirs = _OWN.replace("Come to the desk", "Come to the Welsh desk").replace("gwent", "wales")
    write(files / f"groups/wales/pages/{PAGE}.en.md", theirs)
    write(files / OWN, _OWN)
    below = {(pin["path"], pin["name"]): pin["pin"] for pin in _pin(elsewhere, files)}
    assert below[(f"groups/wales/pages/{PAGE}.en.md", "reclaim")] == alone["reclaim"]
    assert below[(OWN, "reclaim")] != alone["reclaim"]
    assert "outdated" not in _codes(elsewhere, files, OWN)


def test_a_draft_is_pinned_by_a_version_that_says_where_the_text_can_be_read(
    elsewhere: Terminal, files: Path, tmp_path: Path
) -> None:
    first = elsewhere.ask("init", tmp_path / "workspace", "--from", files)["revision"]
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    terminal.ask("draft", "new", "april")
    made = terminal.ask("pin", "--draft", "april")
    newest, *_ = terminal.ask("history", "--source", "april")["versions"]
    text = terminal.type("show", PAGE, "--layer", "force:gwent", "--source", "april").out
    assert made["revision"] == newest["revision"] != first
    assert text.count(f"at: {first}") == 2
    assert terminal.ask("pin", "--draft", "april")["revision"] is None
    found = terminal.type("check", "--source", "april", "--json").data["diagnostics"]
    assert "unpinned" not in {finding["code"] for finding in found}


def test_what_is_only_saved_privately_is_pinned_there(
    elsewhere: Terminal, files: Path, tmp_path: Path
) -> None:
    write(files / OWN, _OWN)
    elsewhere.ask("init", tmp_path / "workspace", "--from", files)
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    terminal.ask("draft", "new", "april")
    terminal.ask("restore", OWN, "--revision", "published", "--draft", "april")
    terminal.ask("pin", "--draft", "april", PAGE)
    (draft,) = terminal.ask("draft", "list")["drafts"]
    assert draft["private_files"] == 1
    terminal.ask("export", tmp_path / "again", "--source", "april")
    assert "base:" not in (tmp_path / "again" / OWN).read_text(encoding="utf-8")
    assert "base:" in terminal.type("show", PAGE, "--layer", "force:gwent", "--source", "april").out


@pytest.mark.parametrize("told", [[], ["--draft", "april", "--folder", "."]])
def test_either_a_draft_or_a_folder_is_pinned(reader: Terminal, told: list[str]) -> None:
    printed = reader.type("pin", *told, "--json")
    assert printed.code == 2
    assert "--draft" in printed.error["what"]


def test_a_file_that_cannot_be_read_is_left_alone_and_the_others_are_pinned(
    elsewhere: Terminal, files: Path
) -> None:
    broken = _OWN.replace('"Our own desk"', '"Our own desk')
    write(files / OWN, broken)
    pinned = elsewhere.ask("pin", "--folder", files)
    assert {pin["path"] for pin in pinned["pinned"]} == {WELSH, TAKEN}
    assert pinned["skipped"] == [OWN]
    assert (files / OWN).read_text(encoding="utf-8") == broken
