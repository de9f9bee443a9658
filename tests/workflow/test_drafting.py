"""Drafts: what is saved is never lost, and nobody's words are overwritten."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from soh_author.domain.errors import NotFoundError, UsageError, WorldMovedError
from soh_author.workflow.drafting import (
    accept_recovered,
    apply_folder,
    discard_draft,
    dismiss_recovered,
    list_drafts,
    new_draft,
    recently_discarded,
    recovered,
    restore_draft,
    save_private,
    save_version,
)
from soh_author.workflow.history import history, restore, text_at
from soh_author.workflow.opening import export
from soh_author.workflow.workspace import Workspace
from tests.support.content import NOW, PERSON, VEHICLES

PATH = "shared/pages/advice/seized-vehicles.en.md"
_TOP = Path(__file__).parents[2]
CHANGED = VEHICLES.replace("insured", "taxed")


def _other_window(workspace: Workspace) -> Workspace:
    return Workspace.open(workspace.folder, person=PERSON, clock=lambda: NOW)


_DYING = """
import os, signal, sys
from pathlib import Path
from soh_author.workflow.drafting import note_unsaved
from soh_author.workflow.workspace import Workspace
from tests.support.content import NOW, PERSON
from tests.workflow.test_drafting import CHANGED, PATH
window = Workspace.open(Path(sys.argv[1]), person=PERSON, clock=lambda: NOW)
note_unsaved(window, "taxed", PATH, CHANGED)
os.kill(os.getpid(), signal.SIGKILL)
"""


def _window_that_dies(workspace: Workspace) -> None:
    """Another process types something and is killed."""
    ended = subprocess.run([sys.executable, "-c", _DYING, str(workspace.folder)], check=False, cwd=_TOP)
    assert ended.returncode == -signal.SIGKILL


def test_what_is_saved_privately_is_seen_in_the_draft_and_nowhere_else(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    save_private(workspace, "taxed", PATH, CHANGED).run()
    assert workspace.snapshot("taxed").text(PATH) == CHANGED
    assert workspace.snapshot().text(PATH) == VEHICLES


def test_a_version_holds_everything_saved_and_nothing_is_private_any_more(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    save_private(workspace, "taxed", PATH, CHANGED).run()
    version = save_version(workspace, "taxed", "Say taxed").run().value
    assert version is not None
    assert version.note == "Say taxed"
    assert text_at(workspace, version.revision, PATH) == CHANGED
    assert workspace.saved_texts("taxed") == {}
    assert [draft.private_files for draft in list_drafts(workspace).run().value] == [0]


def test_saving_without_change_makes_no_version(workspace: Workspace) -> None:
    new_draft(workspace, "same").run()
    before = workspace.revision_of("same")
    save_private(workspace, "same", PATH, VEHICLES).run()
    assert save_version(workspace, "same", "Nothing").run().value is None
    assert workspace.revision_of("same") == before


def test_a_version_needs_a_note(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    with pytest.raises(UsageError, match="needs a note"):
        save_version(workspace, "taxed", "  ").run()


def test_text_with_every_odd_sign_comes_back_byte_for_byte(workspace: Workspace) -> None:
    odd = VEHICLES.replace("insured", "insured\u00a0\u2028 😀 ŵŷ").replace("\n", "\r\n")
    new_draft(workspace, "odd").run()
    save_private(workspace, "odd", PATH, odd).run()
    version = save_version(workspace, "odd", "Odd signs").run().value
    assert version is not None
    assert workspace.store.read_path(version.revision, PATH) == odd.encode()


def test_a_version_another_window_saved_is_not_overwritten(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    base = workspace.base_of("taxed", PATH)
    with _other_window(workspace) as other:
        save_private(other, "taxed", PATH, VEHICLES.replace("insured", "licensed")).run()
        save_version(other, "taxed", "Say licensed").run()
    save_private(workspace, "taxed", PATH, CHANGED, base=base).run()
    with pytest.raises(WorldMovedError, match="Another window"):
        save_version(workspace, "taxed", "Say taxed").run()
    assert "licensed" in (text_at(workspace, workspace.revision_of("taxed"), PATH) or "")
    assert workspace.saved_texts("taxed") == {PATH: CHANGED}


def test_a_discarded_draft_comes_back(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    save_private(workspace, "taxed", PATH, CHANGED).run()
    save_version(workspace, "taxed", "Say taxed").run()
    discard_draft(workspace, "taxed").run()
    assert list_drafts(workspace).run().value == []
    (kept,) = recently_discarded(workspace)
    restore_draft(workspace, kept).run()
    assert workspace.snapshot("taxed").text(PATH) == CHANGED


def test_a_draft_that_is_not_there_is_told(workspace: Workspace) -> None:
    with pytest.raises(NotFoundError, match="no draft"):
        save_version(workspace, "nobody", "Note").run()


def test_a_draft_with_a_taken_name_is_refused(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    with pytest.raises(WorldMovedError, match="already"):
        new_draft(workspace, "taxed").run()


def test_text_of_a_window_that_died_is_offered_with_its_difference(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    _window_that_dies(workspace)
    (text,) = recovered(workspace)
    assert (text.draft, text.path, text.text, text.saved_text) == ("taxed", PATH, CHANGED, VEHICLES)
    accept_recovered(workspace, text).run()
    entry = workspace.journal.entry("taxed", PATH)
    assert entry is not None
    assert entry.text == CHANGED
    assert recovered(workspace) == []


def test_keeping_the_saved_text_still_keeps_a_copy_of_the_other(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    _window_that_dies(workspace)
    (text,) = recovered(workspace)
    dismiss_recovered(workspace, text).run()
    assert recovered(workspace) == []
    assert [kept.text for kept in workspace.journal.recently_discarded()] == [CHANGED]


def test_versions_of_a_page_are_listed_and_an_earlier_text_comes_back(workspace: Workspace) -> None:
    new_draft(workspace, "taxed").run()
    save_private(workspace, "taxed", PATH, CHANGED).run()
    save_version(workspace, "taxed", "Say taxed").run()
    versions = history(workspace, "taxed", workspace.snapshot().page_ids()[1]).run().value
    assert [version.note for version in versions] == ["Say taxed", "First version"]
    restore(workspace, "taxed", PATH, versions[-1].revision).run()
    assert workspace.snapshot("taxed").text(PATH) == VEHICLES


def test_files_go_out_and_come_back_byte_for_byte(workspace: Workspace, tmp_path: Path) -> None:
    export(workspace, "published", tmp_path / "out").run()
    assert apply_folder(workspace, "from-folder", tmp_path / "out", "Nothing new").run().value is None
    (tmp_path / "out" / PATH).write_bytes(CHANGED.encode())
    (tmp_path / "out" / "shared/pages/advice/seized-vehicles.cy.md").unlink()
    version = apply_folder(workspace, "from-folder", tmp_path / "out", "Say taxed").run().value
    assert version is not None
    files = workspace.store.files(version.revision)
    assert workspace.store.read_path(version.revision, PATH) == CHANGED.encode()
    assert "shared/pages/advice/seized-vehicles.cy.md" not in files
    assert len(files) == len(workspace.store.files(workspace.revision_of("published"))) - 1
