"""``matrix`` on the command line: as text, as JSON, as a table for spreadsheets."""

import csv
import io

from tests.cli.terminal import Terminal


def test_a_row_tells_page_force_language_state_and_ops(reader: Terminal) -> None:
    rows = reader.ask("matrix", "--force", "norfolk", "--page", "request/clares-law")["rows"]
    (row,) = rows
    assert (row["force"], row["language"], row["state"]) == ("norfolk", "en", "outdated")
    assert [(op["op"], op["state"]) for op in row["ops"]] == [("replace", "outdated")]


def test_only_cells_of_a_state_are_listed(reader: Terminal) -> None:
    rows = reader.ask("matrix", "--state", "taken-over", "--state", "taken-over-outdated")["rows"]
    assert rows
    assert {op["op"] for row in rows for op in row["ops"]} >= {"page"}


def test_the_same_can_be_had_for_spreadsheets(reader: Terminal) -> None:
    printed = reader.type("matrix", "--state", "outdated", "--csv")
    lines = list(csv.DictReader(io.StringIO(printed.out)))
    rows = reader.ask("matrix", "--state", "outdated")["rows"]
    assert len(lines) == sum(max(1, len(row["ops"])) for row in rows)
    assert {line["state"] for line in lines} == {"outdated"}


def test_people_read_how_much_is_shared(reader: Terminal) -> None:
    printed = reader.type("matrix", "--area", "request")
    assert "of the pages that forces publish are the shared text" in printed.out
    assert "How long it takes: replaced, outdated" in printed.out


def test_an_unknown_state_is_a_mistake_of_the_command(reader: Terminal) -> None:
    printed = reader.type("matrix", "--state", "old", "--json")
    assert printed.code == 2
    assert "outdated" in printed.error["todo"]


def test_json_and_csv_exclude_each_other(reader: Terminal) -> None:
    assert reader.type("matrix", "--csv", "--json").code == 2
