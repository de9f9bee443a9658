"""The demonstration without a screen: the whole main job, and never half of it."""

import json
import os
import sys
from contextlib import redirect_stderr
from datetime import UTC, datetime
from pathlib import Path

import pytest

from soh_author.cli import window
from soh_author.cli.call import Call
from soh_author.cli.demonstration import Account, run_headless
from soh_author.cli.main import main
from soh_author.cli.verbs import demo
from soh_author.cli.world import World
from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Impatient, Terminal

_SHOWN = "This sentence was added by the demonstration"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Terminal:
    """A terminal without a workspace, at the present time: the gate of the sample looks at the real clock."""
    terminal = Terminal(tmp_path / "nobody.json")
    world = terminal.world
    terminal.world = World(lambda: datetime.now(UTC), world.environment, world.personal)
    return terminal


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a demonstration tells people, also when a program asks: one run serves both."""
    lines: list[str] = []

    def run(call: Call, folder: Path, *, with_pictures: bool) -> Account:
        account = run_headless(call, folder, with_pictures=with_pictures)
        lines.extend(account.lines)
        return account

    monkeypatch.setattr(demo, "run_headless", run)
    return lines


def _stop(elsewhere: Terminal, folder: Path) -> None:
    """Somebody begins a demonstration and thinks better of it."""
    with redirect_stderr(Impatient()) as terminal:
        code = main(["demo", "--folder", str(folder), "--no-pictures"], elsewhere.world)
    assert terminal.has_pressed
    assert code == 130


@pytest.mark.slow
def test_a_stopped_demonstration_leaves_nothing_half_done_and_the_next_one_does_the_main_job(
    elsewhere: Terminal, told: list[str], tmp_path: Path, resources: Path
) -> None:
    folder = tmp_path / "demo"
    _stop(elsewhere, folder)
    assert [path.name for path in folder.iterdir()] == [".soh-author-demo"]
    (folder / "mine.txt").write_text("mine", encoding="utf-8")
    (folder / "previews").mkdir()
    (folder / "previews" / "old.html").write_text("of an earlier run", encoding="utf-8")
    shape = documented_shapes(resources / "help" / "command-line.md")["demo"]
    assert not list(differences(shape, elsewhere.ask("demo", "--folder", folder, "--no-pictures")))
    previews = sorted((folder / "previews").iterdir())
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    site = folder / "site"
    assert len(previews) == 3, "what an earlier run made is gone"
    assert _SHOWN in previews[0].read_text(encoding="utf-8")
    assert findings["counts"]["error"] > 0, "the sample holds faults to be found"
    assert (site / "gwent" / "index.html").is_file()
    assert any("0 pages to write" in line for line in told), "the second build has nothing to do"
    workspace = Terminal(tmp_path / "nobody.json", folder / "headless" / "workspace")
    assert [draft["name"] for draft in workspace.ask("draft", "list")["drafts"]] == ["demo"]
    assert any("Nia can't approve it herself" in line for line in told)
    receipts = sorted(path.suffix for path in (folder / "journey" / "receipts").iterdir())
    assert receipts == [".html", ".html", ".json", ".json"], "one release, and one that takes it back"
    live = {force["id"] for force in workspace.ask("list", "forces")["forces"] if force["status"] == "live"}
    assert {each.name for each in site.iterdir() if (each / "index.html").is_file()} == live
    _stop(elsewhere, folder)
    assert sorted(path.name for path in folder.iterdir()) == [".soh-author-demo", "mine.txt"]
    assert (folder / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_a_folder_of_somebody_else_is_left_alone(elsewhere: Terminal, tmp_path: Path) -> None:
    (tmp_path / "mine" / "site").mkdir(parents=True)
    printed = elsewhere.type_exactly("demo", "--folder", tmp_path / "mine", "--no-pictures", "--json")
    assert printed.code == 8
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["site"]


def test_where_there_is_no_such_module_no_pictures_are_taken(tmp_path: Path) -> None:
    why = window.take_pictures(tmp_path, tmp_path / "pictures", module="soh_author.no_such_module")
    assert "takes none" in why


def test_a_window_that_cannot_be_drawn_is_told_and_does_not_end_the_demonstration(tmp_path: Path) -> None:
    why = window.take_pictures(tmp_path, tmp_path / "pictures", module="json")
    assert "could not be drawn" in why
    assert "take" in why


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="screens have no name there")
def test_a_screen_that_does_not_answer_is_none() -> None:
    named = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    assert not window.opens({**named, "DISPLAY": ":4711", "WAYLAND_DISPLAY": ""})


@pytest.mark.parametrize(
    ("environment", "is_there"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({}, False),
        ({"DISPLAY": ""}, False),
    ],
)
def test_a_screen_is_known_by_its_variables(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], is_there: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert window.has_display(environment) is is_there
