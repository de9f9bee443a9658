"""``clusters``, ``promote``, ``demote`` and ``make-fact`` on the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal

PAGE, SECTION = "advice/vehicle-recovery/seized-vehicles", "reclaim"


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.fixture
def drafted(writer: Terminal) -> Terminal:
    """A workspace with a draft called ``tidy``."""
    writer.ask("draft", "new", "tidy")
    return writer


def test_wordings_are_listed_in_clusters(reader: Terminal, shapes: dict[str, Any]) -> None:
    data = reader.ask("clusters", PAGE, SECTION)
    assert not list(differences(shapes["clusters"], data))
    wordings = [wording for cluster in data["clusters"] for wording in cluster["wordings"]]
    assert [wording["is_shared"] for wording in wordings].count(True) == 1
    assert ["gloucestershire"] in [wording["forces"] for wording in wordings]
    assert "Cluster 1" in reader.type("clusters", PAGE, SECTION).out


def test_a_promotion_is_only_shown_with_plan(drafted: Terminal, shapes: dict[str, Any]) -> None:
    typed = ["promote", PAGE, SECTION, "--from", "gloucestershire", "--to", "shared", "--draft", "tidy"]
    data = drafted.ask(*typed, "--plan")
    assert not list(differences(shapes["promote"], data))
    assert (data["is_proved"], data["is_written"]) == (True, False)
    assert data["given_back"] == ["gloucestershire"]
    assert "Nothing was written" in drafted.type(*typed, "--plan").out
    assert drafted.ask("draft", "list")["drafts"][0]["private_files"] == 0


def test_demoting_keeps_what_everybody_reads(drafted: Terminal, shapes: dict[str, Any]) -> None:
    before = drafted.ask("digest", PAGE, "--force", "kent")["digest"]
    data = drafted.ask(
        "demote", PAGE, "documents", "--from", "shared", "--draft", "tidy", "--note", "Local now"
    )  # fmt: skip
    assert not list(differences(shapes["demote"], data))
    assert (data["is_proved"], data["exceptions"]) == (True, [])
    assert drafted.ask("digest", PAGE, "--force", "kent", "--source", "tidy")["digest"] == before


def test_a_value_becomes_a_fact(drafted: Terminal, shapes: dict[str, Any], tmp_path: Path) -> None:
    folder = tmp_path / "files"
    drafted.ask("export", folder, "--source", "tidy")
    shared = folder / "shared" / "pages" / f"{PAGE}.en.md"
    shared.write_text(shared.read_text() + "\n## Storage {#storage}\nStorage costs £26 a day.\n")
    own = folder / "forces" / "kent" / "pages" / f"{PAGE}.en.md"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(
        f"---\noverrides: {PAGE}\nops:\n- {{op: replace, section: storage}}\n---\n"
        "## Storage {#storage}\nStorage costs £30 a day.\n"
    )
    drafted.ask("apply", folder, "--draft", "tidy", "--note", "Storage")
    data = drafted.ask(
        "make-fact", PAGE, "storage", "--fact", "storage_charge", "--draft", "tidy", "--note", "A fact"
    )  # fmt: skip
    assert not list(differences(shapes["make-fact"], data))
    assert data["is_proved"]
    assert {each["verdict"] for each in data["exceptions"]} == {"reads the same"}
    assert "{{ fact.storage_charge }}" in drafted.ask("show", PAGE, "--source", "tidy")["text"]


def test_what_does_not_exist_is_told(drafted: Terminal) -> None:
    assert drafted.type("clusters", PAGE, "nowhere", "--json").code == 3
    assert drafted.type("make-fact", PAGE, SECTION, "--fact", "fee", "--draft", "tidy", "--json").code == 3
    typed = ["promote", PAGE, SECTION, "--from", "nobody", "--to", "shared", "--draft", "tidy", "--json"]
    assert drafted.type(*typed).code == 3
