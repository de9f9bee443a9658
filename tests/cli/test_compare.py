"""``compare`` on the command line: two places, said in sentences."""

import pytest

from tests.cli.terminal import Terminal

PAGE = "request/collision-report"


def test_shared_against_a_force_is_said_in_sentences(reader: Terminal) -> None:
    printed = reader.type("compare", PAGE, "shared", "force:northamptonshire")
    assert "What we can send you: hidden" in printed.out
    assert "Make your request: replaced" in printed.out
    assert "---" not in printed.out


def test_what_is_the_same_is_listed_on_demand(reader: Terminal) -> None:
    short = reader.type("compare", PAGE, "shared", "force:northamptonshire").out
    whole = reader.type("compare", PAGE, "shared", "force:northamptonshire", "--all").out
    assert ": the same" not in short
    assert ": the same" in whole


def test_then_is_compared_with_now(reader: Terminal) -> None:
    first = reader.ask("history")["versions"][-1]["revision"]
    found = reader.ask("compare", "request/clares-law", f"shared@{first}", "shared")
    assert found["left"]["label"] == f"version {first[:8]}"
    assert "How long it takes: worded differently" in [row["sentence"] for row in found["rows"]]


@pytest.mark.parametrize(
    ("left", "code"),
    [
        ("force:nowhere", 3),
        ("group:nowhere", 3),
        ("nobody", 2),
        ("force:kent@nothing", 3),
        ("shared@1990-01-01", 3),
    ],
)
def test_a_place_that_does_not_exist_is_told(reader: Terminal, left: str, code: int) -> None:
    printed = reader.type("compare", PAGE, left, "shared", "--json")
    assert printed.code == code
    assert printed.error["what"]


def test_a_force_without_its_kind_is_told_how_it_is_written(reader: Terminal) -> None:
    printed = reader.type("compare", PAGE, "shared", "kent")
    assert printed.code == 2
    assert "force:kent" in printed.err
