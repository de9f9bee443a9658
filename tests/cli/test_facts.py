"""``facts`` on the command line."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.mark.parametrize(
    ("verb", "typed"),
    [
        ("facts where-used", ["facts", "where-used", "vehicle_recovery_phone"]),
        ("facts on", ["facts", "on", "2030-01-01", "--since", "2020-01-01"]),
        ("facts stale", ["facts", "stale"]),
    ],
)
def test_answers_have_the_shape_the_help_shows(
    reader: Terminal, shapes: dict[str, Any], verb: str, typed: list[str]
) -> None:
    data = reader.ask(*typed)
    assert not list(differences(shapes[verb], data))
    assert any(isinstance(value, list) and value for value in data.values())


def test_where_used_lists_values_by_force(reader: Terminal) -> None:
    printed = reader.type("facts", "where-used", "vehicle_recovery_phone")
    assert "01632 960119" in printed.out
    assert "pages show" in printed.out


def test_an_unknown_fact_is_told(reader: Terminal) -> None:
    assert reader.type("facts", "where-used", "nothing_here", "--json").code == 3


def test_a_fact_is_given_a_value_from_a_day_on(writer: Terminal, shapes: dict[str, Any]) -> None:
    writer.ask("draft", "new", "april")
    data = writer.ask(
        "facts", "set", "firearm_grant_fee", "210.00", "--from", "2027-04-06",
        "--draft", "april", "--note", "Fees",
    )  # fmt: skip
    assert not list(differences(shapes["facts set"], data))
    coming = writer.ask("facts", "on", "2027-04-06", "--source", "april")["changes"]
    assert [(each["before"], each["after"]) for each in coming] == [("£198", "£210")]
    assert coming[0]["outputs"]


def test_a_value_of_the_wrong_kind_is_refused(writer: Terminal) -> None:
    writer.ask("draft", "new", "april")
    printed = writer.type("facts", "set", "firearm_grant_fee", "lots", "--draft", "april", "--json")
    assert (printed.code, printed.error["safe"]) == (2, "Nothing was changed.")
