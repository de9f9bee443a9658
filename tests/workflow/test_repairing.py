"""Real damage to what a workspace stores: the way out is told, and nothing that anybody wrote is lost."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from soh_author.domain.errors import Cancelled, DamagedError, WorkspaceError
from soh_author.gitstore.upkeep import tidy
from soh_author.workflow.drafting import (
    discard_draft,
    new_draft,
    recently_discarded,
    save_private,
    save_version,
)
from soh_author.workflow.opening import init_workspace, open_address
from soh_author.workflow.repairing import repair_workspace
from soh_author.workflow.task import Progress
from soh_author.workflow.workspace import CONTENT, Workspace
from tests.support.content import NOW, PERSON, small_content
from tests.support.people import FEES, VEHICLES
from tests.support.repositories import git

MINE, PRIVATE = "What you have to pay.", "In no version yet."


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An origin, and a workspace got from it with two drafts, a discarded one and a private text."""
    folder = tmp_path_factory.mktemp("prepared")
    content = folder / "content"
    for path, text in small_content().items():
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(text, encoding="utf-8")
    with init_workspace(folder / "first", content, PERSON, lambda: NOW).run().value as first:
        shutil.copytree(first.folder / CONTENT, folder / "origin.git")
    with open_address(str(folder / "origin.git"), folder / "mine", PERSON, lambda: NOW).run().value as mine:
        for draft, words in (("fees", MINE), ("other", "Other words."), ("gone", "Gone words.")):
            new_draft(mine, draft).run()
            for step in ("One", words):
                text = (mine.snapshot().text(FEES) or "").replace("What you pay.", step)
                save_private(mine, draft, FEES, text).run()
                save_version(mine, draft, step).run()
        discard_draft(mine, "gone").run()
        save_private(mine, "fees", VEHICLES, PRIVATE).run()
    return folder


@pytest.fixture
def mine(prepared: Path, tmp_path: Path) -> Path:
    """The workspace's folder, to be damaged."""
    shutil.copytree(prepared / "mine", tmp_path / "mine")
    return tmp_path / "mine"


def _content(folder: Path) -> Path:
    return folder / CONTENT


def _open(folder: Path) -> Workspace:
    return Workspace.open(folder, person=PERSON, clock=lambda: NOW)


def _object(folder: Path, name: str) -> Path:
    sha = git(_content(folder), "rev-parse", name)
    place = _content(folder) / "objects" / sha[:2] / sha[2:]
    place.chmod(0o644)
    return place


def _packs(folder: Path) -> list[Path]:
    packs = sorted((_content(folder) / "objects" / "pack").glob("*.pack"))
    for pack in packs:
        pack.chmod(0o644)
    assert packs
    return packs


def _flip(folder: Path) -> None:
    for pack in _packs(folder):
        data = bytearray(pack.read_bytes())
        for place in range(40, len(data) - 30, 97):
            data[place] ^= 0x55
        pack.write_bytes(bytes(data))


def _flip_once(folder: Path) -> None:
    for pack in _packs(folder):
        data = bytearray(pack.read_bytes())
        data[len(data) // 2] ^= 0xFF
        pack.write_bytes(bytes(data))


def _truncate(folder: Path) -> None:
    for pack in _packs(folder):
        pack.write_bytes(pack.read_bytes()[: pack.stat().st_size // 3])


def _spoil_indexes(folder: Path) -> None:
    for pack in _packs(folder):
        pack.with_suffix(".idx").chmod(0o644)
        pack.with_suffix(".idx").write_bytes(b"\0" * 2000)


def _lost_names(folder: Path) -> None:
    """All names are in one file, as tidying up leaves them; and that is gone."""
    tidy(_content(folder))
    (_content(folder) / "packed-refs").unlink()


def _cut_names(folder: Path) -> None:
    tidy(_content(folder))
    names = _content(folder) / "packed-refs"
    names.write_bytes(names.read_bytes()[:-30])


def _delete_packs(folder: Path) -> None:
    for pack in _packs(folder):
        pack.unlink()


def _unnamed(folder: Path) -> None:
    (_content(folder) / "refs/heads/published").write_bytes(b"\0" * 41)
    git(_content(folder), "update-ref", "-d", "refs/remotes/origin/published")
    shutil.rmtree(_content(folder) / "logs")


def _lost_settings(folder: Path) -> None:
    (_content(folder) / "config").unlink()
    (_content(folder) / "HEAD").write_bytes(b"")
    _delete_packs(folder)


def _spoilt_settings(folder: Path) -> None:
    config = _content(folder) / "config"
    config.write_bytes(b"[core\0\0\n" + config.read_bytes())
    _flip(folder)


def _half_repaired(folder: Path) -> None:
    _flip(folder)
    _content(folder).rename(folder / f"{CONTENT}-damaged-20261122T120000")


DAMAGES = [_lost_names, _cut_names, _flip_once, _truncate, _spoil_indexes, _spoilt_settings, _half_repaired]


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__.strip("_"))
def test_after_a_repair_everything_anybody_wrote_is_there(mine: Path, damage: Callable[[Path], None]) -> None:
    damage(mine)
    done = repair_workspace(mine, lambda: NOW).run().value
    assert done.aside is not None
    assert done.aside.is_dir()
    assert (done.shortened, done.gone, done.is_fetched) == ((), (), True)
    with _open(mine) as workspace:
        _has_all(workspace)


@pytest.mark.parametrize("damage", [_delete_packs, _unnamed, _cut_names, _lost_settings, _half_repaired])
def test_a_damaged_workspace_that_can_not_be_opened_says_how_to_repair_it(
    mine: Path, damage: Callable[[Path], None]
) -> None:
    damage(mine)
    with pytest.raises(DamagedError) as told:
        _open(mine)
    assert "soh-author repair" in told.value.todo


def test_a_whole_workspace_is_left_as_it_is(mine: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in mine.rglob("*") if path.is_file()}
    done = repair_workspace(mine, lambda: NOW).run()
    assert done.value.aside is None
    assert "Nothing is damaged" in done.notice
    assert {path: path.stat().st_mtime_ns for path in mine.rglob("*") if path.is_file()} == before


def test_of_a_draft_whose_newest_version_lost_a_text_all_other_words_are_kept(mine: Path) -> None:
    with _open(mine) as workspace:
        save_private(workspace, "other", VEHICLES, "Saved beside.").run()
        save_version(workspace, "other", "Two").run()
    _object(mine, f"drafts/other:{FEES}").unlink()
    done = repair_workspace(mine, lambda: NOW).run()
    assert [(each.name, each.is_kept) for each in done.value.shortened] == [("drafts/other", True)]
    assert "“other”" in done.notice
    with _open(mine) as workspace:
        assert workspace.snapshot("other").text(VEHICLES) == "Saved beside."
        assert "One" in (workspace.snapshot("other").text(FEES) or "")
        assert MINE in (workspace.snapshot("fees").text(FEES) or "")


def test_a_draft_of_which_nothing_can_be_read_is_named_and_hides_no_other(mine: Path) -> None:
    _object(mine, "drafts/other").write_bytes(b"")
    done = repair_workspace(mine, lambda: NOW).run()
    assert done.value.gone == ("drafts/other",)
    assert "Of “other” nothing could be read" in done.notice
    with _open(mine) as workspace:
        assert MINE in (workspace.snapshot("fees").text(FEES) or "")


def test_a_draft_that_lost_its_name_is_found_among_the_discarded(mine: Path) -> None:
    (_content(mine) / "refs/heads/drafts/other").write_bytes(b"")
    shutil.rmtree(_content(mine) / "logs")
    assert repair_workspace(mine, lambda: NOW).run().value.found == 1
    with _open(mine) as workspace:
        found = [each for each in recently_discarded(workspace) if each.name != "gone"]
        assert "Other words." in (workspace.snapshot(found[0].revision).text(FEES) or "")


def test_a_workspace_that_lost_all_names_has_them_back_when_it_is_opened_and_says_so(mine: Path) -> None:
    git(_content(mine), "config", "remote.origin.url", str(mine.parent / "away.git"))
    _lost_names(mine)
    with _open(mine) as workspace:
        _has_all(workspace)
        assert "Brought back: “fees”, “other”, what is live, the discarded “gone”." in workspace.notice
    with _open(mine) as workspace:
        assert not workspace.notice


def test_names_that_lead_to_nothing_any_more_are_told_and_hide_no_other(mine: Path) -> None:
    _lost_names(mine)
    (_content(mine) / "logs/refs/heads/drafts/other").write_text(f"{'0' * 40} {'1' * 40} X <x> 0 +0000\n")
    with _open(mine) as workspace:
        assert "Not found: “other”." in workspace.notice
        assert "soh-author repair" in workspace.notice
        assert MINE in (workspace.snapshot("fees").text(FEES) or "")


def test_names_from_before_there_were_logs_are_written_down_before_they_go_into_one_file(mine: Path) -> None:
    shutil.rmtree(_content(mine) / "logs")
    _lost_names(mine)
    with _open(mine) as workspace:
        _has_all(workspace)


def test_a_discarded_or_renamed_draft_stays_gone(mine: Path) -> None:
    with _open(mine) as workspace:
        discard_draft(workspace, "other").run()
        workspace.store.rename_draft("drafts/fees", "drafts/prices")
        before = git(_content(mine), "for-each-ref")
    with _open(mine) as workspace:
        assert not workspace.notice
    assert git(_content(mine), "for-each-ref") == before


def test_offline_nothing_is_changed_where_what_is_live_can_only_come_from_the_origin(mine: Path) -> None:
    _delete_packs(mine)
    origin = mine.parent / "away.git"
    git(_content(mine), "config", "remote.origin.url", str(origin))
    before = sorted(path for path in mine.rglob("*"))
    with pytest.raises(WorkspaceError, match="can be read here") as told:
        repair_workspace(mine, lambda: NOW).run()
    assert "online" in told.value.todo
    assert sorted(path for path in mine.rglob("*")) == before


def test_offline_a_damage_beside_what_is_live_is_repaired_from_what_is_here(mine: Path) -> None:
    git(_content(mine), "config", "remote.origin.url", str(mine.parent / "away.git"))
    _object(mine, "drafts/other").write_bytes(b"")
    done = repair_workspace(mine, lambda: NOW).run()
    assert not done.value.is_fetched
    assert "get the latest when you are online" in done.notice
    with _open(mine) as workspace:
        assert MINE in (workspace.snapshot("fees").text(FEES) or "")


def test_a_repair_that_is_stopped_changes_nothing(mine: Path) -> None:
    _flip(mine)
    before = sorted(path for path in mine.rglob("*"))
    progress = Progress(lambda _step: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        repair_workspace(mine, lambda: NOW).run(progress)
    assert sorted(path for path in mine.rglob("*")) == before


def test_a_foreign_repository_is_not_repaired(mine: Path) -> None:
    git(_content(mine), "config", "core.sshCommand", "touch here")
    _flip(mine)
    with pytest.raises(WorkspaceError, match="was altered"):
        repair_workspace(mine, lambda: NOW).run()
    assert not list(mine.glob("*damaged*"))


def test_a_folder_that_is_no_workspace_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="not a workspace"):
        repair_workspace(tmp_path, lambda: NOW).run()


def _has_all(workspace: Workspace) -> None:
    assert "What you pay." in (workspace.snapshot().text(FEES) or "")
    assert MINE in (workspace.snapshot("fees").text(FEES) or "")
    assert workspace.snapshot("fees").text(VEHICLES) == PRIVATE
    assert "Other words." in (workspace.snapshot("other").text(FEES) or "")
    assert [draft.name for draft in recently_discarded(workspace)] == ["gone"]
