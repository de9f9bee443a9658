"""``forces merge`` asks what becomes of every clash, by options and by a file of answers."""

import json
from pathlib import Path

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal
from tests.support.content import KENT, small_content, write_folder

PAGE = "advice/seized-vehicles"
ESSEX = KENT.replace("passport", "insurance").replace("kent-web", "essex-web")
CLASH = f"{PAGE}.en section bring"
SHAPES = documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")
MERGE = ("forces", "merge", "kent", "essex", "--into", "kent", "--first-day", "2027-04-01", "--draft", "one")


@pytest.fixture
def merging(elsewhere: Terminal, tmp_path: Path) -> Terminal:
    """A workspace in which Kent and Essex word a section differently, with a draft."""
    files = {**small_content(), f"forces/essex/pages/{PAGE}.en.md": ESSEX}
    elsewhere.ask("init", tmp_path / "workspace", "--from", write_folder(tmp_path / "files", files))
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "workspace")
    terminal.ask("draft", "new", "one")
    return terminal


def answers(folder: Path, *decisions: object) -> Path:
    path = folder / "answers.json"
    path.write_text(json.dumps({"decisions": decisions}), encoding="utf-8")
    return path


def reads(terminal: Terminal, folder: Path) -> str:
    terminal.ask("preview", PAGE, "--force", "kent", "--draft", "one", "--out", folder / "page.html")
    return (folder / "page.html").read_text(encoding="utf-8")


def test_the_plan_names_the_clash_and_what_each_has_and_nothing_is_written_before_it_is_decided(
    merging: Terminal,
) -> None:
    planned = merging.ask(*MERGE, "--plan")
    assert not list(differences(SHAPES["forces merge"], planned))
    (clash,) = planned["clashes"]
    assert clash["clash"] == CLASH
    assert [each["words"] for each in clash["words"]] == [
        "Bring the notice and your passport.",
        "Bring the notice and your insurance.",
    ]
    refused = merging.type(*MERGE, "--json")
    assert refused.code == 2
    assert "section bring" in refused.error["what"]
    assert refused.error["todo"]


@pytest.mark.parametrize(
    ("decision", "words"),
    [
        ({"keep": "essex"}, "Bring the notice and your insurance."),
        ({"words": "Bring what the letter says."}, "Bring what the letter says."),
        ({"shared": True}, "Bring the notice.<"),
    ],
)
def test_an_answer_decides_what_is_read(
    merging: Terminal, tmp_path: Path, decision: dict[str, object], words: str
) -> None:
    path = answers(tmp_path, {"clash": CLASH, **decision})
    assert merging.ask(*MERGE, "--answers", path)["is_written"]
    assert words in reads(merging, tmp_path)


def test_one_force_s_way_is_kept_in_all_clashes(merging: Terminal, tmp_path: Path) -> None:
    merging.ask(*MERGE, "--keep", "kent")
    assert "Bring the notice and your passport." in reads(merging, tmp_path)


@pytest.mark.parametrize(
    "decision",
    [
        "kent",
        {"keep": "kent"},
        {"clash": CLASH},
        {"clash": CLASH, "keep": "gwent"},
        {"clash": CLASH, "keep": "kent", "shared": True},
        {"clash": CLASH, "shared": False},
        {"clash": CLASH, "words": 7},
        {"clash": CLASH, "keep": "kent", "tone": "kind"},
        {"clash": "nothing", "keep": "kent"},
    ],
)
def test_an_answer_that_makes_no_sense_is_refused_and_nothing_is_written(
    merging: Terminal, tmp_path: Path, decision: object
) -> None:
    printed = merging.type(*MERGE, "--answers", answers(tmp_path, decision), "--json")
    assert printed.code in {2, 3}
    assert printed.error["safe"] == "Nothing was changed."
    assert printed.error["todo"]
    assert "passport" in reads(merging, tmp_path)
