"""``smallest``, ``duplicates``, ``minor`` and ``forces`` on the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.fixture
def drafted(writer: Terminal) -> Terminal:
    """A workspace with a draft called ``tidy``."""
    writer.ask("draft", "new", "tidy")
    return writer


def edit(terminal: Terminal, folder: Path, old: str, new: str) -> None:
    """Change the shared page in the draft, as one version."""
    terminal.ask("export", folder, "--source", "tidy")
    file = folder / "shared" / "pages" / f"{PAGE}.en.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
    terminal.ask("apply", folder, "--draft", "tidy", "--note", "Other words")


def test_smaller_overrides_and_copies_are_listed(reader: Terminal, shapes: dict[str, Any]) -> None:
    assert not list(differences(shapes["smallest"], reader.ask("smallest")))
    assert not list(differences(shapes["duplicates"], reader.ask("duplicates", "--least", "20")))
    assert reader.type("smallest", PAGE, "--layer", "force:kent").out == "No override could be smaller.\n"


def test_a_minor_change_is_marked(drafted: Terminal, shapes: dict[str, Any], tmp_path: Path) -> None:
    edit(drafted, tmp_path / "files", "Find the reference number", "Look for the reference number")
    data = drafted.ask("minor", PAGE, "reclaim", "--draft", "tidy", "--note", "Wording only")
    assert not list(differences(shapes["minor"], data))
    assert (data["is_allowed"], data["is_written"]) == (True, True)
    assert data["files"]


def test_more_than_a_minor_change_is_refused(drafted: Terminal, tmp_path: Path) -> None:
    edit(drafted, tmp_path / "files", "Find the reference number", "You must find the 2 reference numbers")
    printed = drafted.type("minor", PAGE, "reclaim", "--draft", "tidy", "--json")
    assert (printed.code, printed.error["kind"]) == (5, "content")
    plan = drafted.ask("minor", PAGE, "reclaim", "--draft", "tidy", "--plan")
    assert {reason["what"] for reason in plan["reasons"]} >= {"numbers, amounts, times or phone numbers"}


def test_a_force_is_renamed_closed_and_merged(drafted: Terminal, shapes: dict[str, Any]) -> None:
    renamed = drafted.ask("forces", "rename", "kent", "kent-and-medway", "--draft", "tidy")
    assert not list(differences(shapes["forces rename"], renamed))
    assert renamed["is_written"]
    closed = drafted.ask("forces", "close", "essex", "--last-day", "2027-03-31", "--draft", "tidy", "--plan")
    assert not list(differences(shapes["forces close"], closed))
    assert not closed["is_written"]
    merged = drafted.ask(
        "forces", "merge", "dorset", "wiltshire", "--into", "wessex", "--first-day", "2027-04-01",
        "--name", "Wessex Police", "--draft", "tidy", "--note", "One force", "--keep", "dorset",
    )  # fmt: skip
    assert not list(differences(shapes["forces merge"], merged))
    ids = {force["id"] for force in drafted.ask("list", "forces", "--source", "tidy")["forces"]}
    assert {"kent-and-medway", "wessex", "dorset"} <= ids


def test_people_read_what_is_to_be_decided(drafted: Terminal) -> None:
    out = drafted.type(
        "forces", "merge", "gloucestershire", "thames-valley", "--into", "gloucestershire",
        "--first-day", "2027-04-01", "--draft", "tidy", "--plan",
    ).out  # fmt: skip
    assert "To decide:" in out
    assert "section reclaim: gloucestershire, thames-valley have it in different ways" in out
