"""``impact`` on the command line: whom a draft reaches."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"


@pytest.fixture
def drafted(writer: Terminal, tmp_path: Path) -> Terminal:
    """A draft with other words in a section that some forces have replaced."""
    folder = tmp_path / "files"
    writer.ask("export", folder)
    file = folder / "shared" / "pages" / f"{PAGE}.en.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("Find the reference number", "Look for the reference number"), encoding="utf-8"
    )
    writer.ask("apply", folder, "--draft", "april", "--note", "Other words")
    return writer


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


def test_it_tells_who_sees_the_change_and_who_keeps_own_text(
    drafted: Terminal, shapes: dict[str, Any]
) -> None:
    data = drafted.ask("impact", "--draft", "april")
    assert not list(differences(shapes["impact"], data))
    assert data["counts"]["changes"] > 35
    (page,) = data["pages"]
    keeping = [group["forces"] for group in page["groups"] if group["reach"] == "shadowed"]
    assert ["gloucestershire", "thames-valley"] in keeping
    assert "see this same change" in data["sentence"]


def test_a_marked_change_that_does_not_arrive_is_an_alarm(drafted: Terminal) -> None:
    assert drafted.ask("impact", "--draft", "april")["alarms"] == []
    data = drafted.ask("impact", "--draft", "april", "--mark", f"{PAGE}=law")
    assert {force for alarm in data["alarms"] for force in alarm["forces"]} == {
        "gloucestershire",
        "thames-valley",
    }
    assert "Look at once:" in drafted.type("impact", "--draft", "april", "--mark", f"{PAGE}=law").out


@pytest.mark.parametrize("mark", ["law", f"{PAGE}#reclaim", f"{PAGE}=urgent"])
def test_a_mark_that_is_none_is_refused(drafted: Terminal, mark: str) -> None:
    assert drafted.type("impact", "--draft", "april", "--mark", mark, "--json").code == 2


def test_a_draft_without_changes_reaches_nobody(writer: Terminal) -> None:
    writer.ask("draft", "new", "empty")
    assert "Nobody reads anything different." in writer.type("impact", "--draft", "empty").out
