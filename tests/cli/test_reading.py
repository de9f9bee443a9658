"""Looking at content: lists, texts, previews, digests, history."""

from pathlib import Path

import pytest

from soh_author.workflow.workspace import Person, Workspace
from tests.cli.terminal import NOON, Terminal

PAGE = "advice/vehicle-recovery/seized-vehicles"
FEES = "apply/firearm-certificate"


def test_pages_of_an_area_are_listed_and_no_others(reader: Terminal) -> None:
    ids = [page["id"] for page in reader.ask("list", "pages", "--area", "advice")["pages"]]
    assert PAGE in ids
    assert all(page.startswith("advice/") for page in ids)


def test_lists_are_tables_for_people(reader: Terminal) -> None:
    heading, *rows = reader.type("list", "forces").out.splitlines()
    assert heading.split() == ["force", "name", "kind", "status", "host"]
    assert any(row.startswith("gwent") and "Gwent Police" in row for row in rows)


def test_all_44_forces_and_the_national_site_are_in_the_sample(reader: Terminal) -> None:
    forces = reader.ask("list", "forces")["forces"]
    assert len(forces) == 45
    assert [force["id"] for force in forces if force["kind"] == "national"] == ["police-uk"]


def test_facts_of_a_force_are_its_own_its_groups_and_the_shared_ones(reader: Terminal) -> None:
    layers = {fact["layer"] for fact in reader.ask("list", "facts", "--force", "gwent")["facts"]}
    assert {"shared", "force:gwent"} <= layers <= {"shared", "group:wales", "force:gwent"}


def test_a_facts_value_is_that_of_the_day(reader: Terminal) -> None:
    def values(day: str) -> dict[str, str]:
        facts = reader.ask("list", "facts", "--on", day)["facts"]
        return {fact["name"]: fact["value"] for fact in facts if len(fact["values"]) > 1}

    assert values("2026-11-22") != values("2015-01-01")


def test_a_text_is_shown_to_the_byte(plain: Terminal, sample_content: Path) -> None:
    shown = plain.type("show", PAGE).raw
    assert shown == (sample_content / f"shared/pages/{PAGE}.en.md").read_bytes()


def test_a_force_text_and_a_welsh_text_are_shown(plain: Terminal, sample_content: Path) -> None:
    own = plain.type("show", PAGE, "--layer", "force:gloucestershire").raw
    welsh = plain.type("show", PAGE, "--language", "cy").raw
    assert own == (sample_content / f"forces/gloucestershire/pages/{PAGE}.en.md").read_bytes()
    assert welsh == (sample_content / f"shared/pages/{PAGE}.cy.md").read_bytes()


def test_a_layer_without_a_text_is_not_found_and_the_others_are_named(reader: Terminal) -> None:
    printed = reader.type("show", PAGE, "--layer", "force:cumbria")
    assert printed.code == 3
    assert "force:gloucestershire" in printed.err


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        (["show", "advice/vehicle-recovery/siezed-vehicles"], f"“{PAGE}”"),
        (["show", "seized-vehicles"], f"“{PAGE}”"),
        (["digest", PAGE, "--force", "gloucester"], "“gloucestershire”"),
    ],
)
def test_a_slip_of_the_pen_gets_a_suggestion(reader: Terminal, typed: list[str], suggested: str) -> None:
    printed = reader.type(*typed)
    assert printed.code == 3
    assert suggested in printed.err


@pytest.mark.parametrize("layer", ["nation", "force:../etc", "force:", "group:con"])
def test_what_can_be_no_layer_is_refused(reader: Terminal, layer: str) -> None:
    assert reader.type("show", PAGE, "--layer", layer).code == 2


def test_a_preview_is_one_file_that_asks_nothing_of_others(reader: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "new" / "page.html"
    printed = reader.type("preview", PAGE, "--force", "gloucestershire", "--out", out)
    html = out.read_text(encoding="utf-8")
    assert printed.code == 0
    assert "Gloucestershire" in html
    assert "<style" in html
    assert 'rel="stylesheet" href="http' not in html


def test_a_preview_in_welsh_is_welsh(reader: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    reader.ask("preview", PAGE, "--force", "gwent", "--language", "cy", "--out", out)
    html = out.read_text(encoding="utf-8")
    assert '<html lang="cy"' in html
    assert "Heddlu Gwent" in html


def test_a_preview_of_another_day_shows_that_days_fees(reader: Terminal, tmp_path: Path) -> None:
    def shown(day: str) -> str:
        reader.ask("preview", FEES, "--force", "kent", "--on", day, "--out", tmp_path / f"{day}.html")
        return (tmp_path / f"{day}.html").read_text(encoding="utf-8")

    assert "£198" in shown("2026-11-22")
    assert "£198" not in shown("2024-11-22")


def test_a_preview_has_the_digest_that_digest_tells(reader: Terminal, tmp_path: Path) -> None:
    shown = reader.ask("preview", PAGE, "--force", "kent", "--out", tmp_path / "page.html")
    assert reader.type("digest", PAGE, "--force", "kent").out.strip() == shown["digest"]


def test_digests_differ_where_the_public_reads_something_else(reader: Terminal) -> None:
    publics = [("kent", "en"), ("gloucestershire", "en"), ("gwent", "en"), ("gwent", "cy")]
    digests = {
        reader.ask("digest", PAGE, "--force", force, "--language", language)["digest"]
        for force, language in publics
    }
    assert len(digests) == len(publics)


def test_a_force_without_welsh_has_no_welsh_page(reader: Terminal, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    printed = reader.type("preview", PAGE, "--force", "kent", "--language", "cy", "--out", out)
    assert printed.code == 3
    assert not out.exists()


def test_a_preview_that_cannot_be_written_says_so(reader: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    printed = reader.type("preview", PAGE, "--force", "kent", "--out", tmp_path / "file" / "page.html")
    assert printed.code == 8
    assert "can't be written" in printed.err


def test_history_is_newest_first_and_can_be_cut(reader: Terminal) -> None:
    versions = reader.ask("history")["versions"]
    moments = [version["when"] for version in versions]
    assert len(versions) >= 3
    assert moments == sorted(moments, reverse=True)
    assert reader.ask("history", "--limit", "1")["versions"] == versions[:1]


def test_the_history_of_a_page_names_only_versions_that_touched_it(reader: Terminal) -> None:
    everything = [version["revision"] for version in reader.ask("history")["versions"]]
    touched = [version["revision"] for version in reader.ask("history", "about/jobs")["versions"]]
    assert touched
    assert set(touched) < set(everything)


def test_the_first_version_can_be_looked_at(reader: Terminal) -> None:
    first = reader.ask("history")["versions"][-1]["revision"]
    pages = reader.ask("list", "pages", "--source", first[:10])["pages"]
    assert all(page["layers"][:1] == ["shared"] for page in pages)


def test_an_unknown_source_is_not_found(reader: Terminal) -> None:
    printed = reader.type("list", "pages", "--source", "no-such-draft")
    assert printed.code == 3
    assert "no-such-draft" in printed.err


def _texts_in_index(folder: Path | None) -> int:
    assert folder is not None
    person = Person("Kim Jones", "kim@kent.example")
    with Workspace.open(folder, person=person, clock=lambda: NOON) as workspace:
        return workspace.words.count()


def test_finding_with_the_index_brings_the_same_and_the_index_stays(writer: Terminal) -> None:
    read = writer.ask("find", "vehicle")
    assert _texts_in_index(writer.workspace) == 0
    assert writer.ask("find", "vehicle", "--index") == read
    assert _texts_in_index(writer.workspace) > 100
    assert writer.ask("find", "vehicle") == read
