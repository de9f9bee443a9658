"""``rebase`` on the command line: a plan, answers, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import Terminal

PAGE = "request/clares-law"
ITEM = f"forces/norfolk/pages/{PAGE}.en.md#op.0"


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.fixture
def drafted(writer: Terminal) -> Terminal:
    """A workspace with a draft called ``update``."""
    writer.ask("draft", "new", "update")
    return writer


def item(terminal: Terminal, name: str = ITEM) -> dict[str, Any]:
    found = terminal.ask("rebase", "plan", "--source", "update", "--page", PAGE)["items"]
    return next(dict(each) for each in found if each["item"] == name)


def test_the_plan_has_the_three_texts_and_a_proposal(reader: Terminal, shapes: dict[str, Any]) -> None:
    data = reader.ask("rebase", "plan", "--layer", "force:norfolk", "--layer", "force:wiltshire")
    assert not list(differences(shapes["rebase plan"], data))
    (first, second) = data["items"]
    assert first["then"]["body"] != first["now"]["body"] != first["ours"]["body"]
    assert {piece["kind"] for piece in second["proposal"]["body"]} >= {"conflict"}


def test_people_read_what_there_is_to_choose(reader: Terminal) -> None:
    out = reader.type("rebase", "plan", "--page", PAGE).out
    assert "Norfolk, How long it takes: replaced, outdated (2 to choose)" in out
    assert "said then:" in out
    assert "2 overrides ask for a look" in out


def test_still_right_takes_the_override_off_the_plan(drafted: Terminal, shapes: dict[str, Any]) -> None:
    data = drafted.ask(
        "rebase", "apply", "--draft", "update", "--item", ITEM, "--answer", "still-right",
        "--why", "We have our own times", "--note", "Norfolk looked",
    )  # fmt: skip
    assert not list(differences(shapes["rebase apply"], data))
    assert data["revision"]
    assert data["proofs"][0]["is_proved"]
    left = drafted.ask("rebase", "plan", "--source", "update", "--page", PAGE)["items"]
    assert ITEM not in [each["item"] for each in left]


def test_answers_come_from_a_file_with_choices_place_by_place(drafted: Terminal, tmp_path: Path) -> None:
    found = item(drafted)
    numbers = [str(each["number"]) for each in found["proposal"]["body"] if each["kind"] == "conflict"]
    choices: dict[str, Any] = dict.fromkeys(numbers, "mine")
    choices[numbers[0]] = {"text": "Our own words."}
    answer = {"item": ITEM, "stamp": found["stamp"], "answer": "accept", "body": choices}
    file = tmp_path / "answers.json"
    file.write_text(json.dumps([answer]))
    data = drafted.ask("rebase", "apply", "--draft", "update", "--answers", file)
    assert (data["answered"], data["revision"]) == (1, None)
    shown = drafted.ask("show", PAGE, "--layer", "force:norfolk", "--source", "update")["text"]
    assert "Our own words." in shown


def test_giving_back_is_proved(drafted: Terminal) -> None:
    printed = drafted.type("rebase", "apply", "--draft", "update", "--item", ITEM, "--answer", "give-back")
    assert printed.code == 0
    assert "How long it takes reads as the text above does." in printed.out


def test_an_open_conflict_is_refused_and_nothing_written(drafted: Terminal) -> None:
    before = drafted.ask("show", PAGE, "--layer", "force:norfolk", "--source", "update")["text"]
    printed = drafted.type(
        "rebase", "apply", "--draft", "update", "--item", ITEM, "--answer", "accept", "--json"
    )
    assert (printed.code, printed.error["kind"]) == (2, "usage")
    assert drafted.ask("show", PAGE, "--layer", "force:norfolk", "--source", "update")["text"] == before


def test_every_conflict_can_be_taken_alike(drafted: Terminal) -> None:
    drafted.ask(
        "rebase", "apply", "--draft", "update", "--item", ITEM, "--answer", "accept", "--take", "both"
    )
    left = drafted.ask("rebase", "plan", "--source", "update", "--page", PAGE)["items"]
    assert ITEM not in [each["item"] for each in left]


def test_a_stamp_that_is_no_longer_true_is_refused(drafted: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "answers.json"
    file.write_text(json.dumps([{"item": ITEM, "stamp": "sha256:" + "0" * 64, "answer": "still-right"}]))
    printed = drafted.type("rebase", "apply", "--draft", "update", "--answers", file, "--json")
    assert (printed.code, printed.error["kind"]) == (4, "world-moved")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", 2),
        ('{"answers": 3}', 2),
        ('[{"item": "x", "answer": "perhaps"}]', 2),
        ('[{"item": "x", "answer": "accept", "bodi": {}}]', 2),
        ('[{"item": "x", "answer": "accept", "body": {"one": "mine"}}]', 2),
        ('[{"item": "nowhere#op.9", "answer": "still-right"}]', 3),
    ],
)
def test_answers_that_make_no_sense_are_refused_in_words(
    drafted: Terminal, tmp_path: Path, text: str, code: int
) -> None:
    file = tmp_path / "answers.json"
    file.write_text(text)
    printed = drafted.type("rebase", "apply", "--draft", "update", "--answers", file, "--json")
    assert printed.code == code
    assert printed.error["safe"] == "Nothing was changed."


def test_one_must_say_what_to_answer(drafted: Terminal) -> None:
    assert drafted.type("rebase", "apply", "--draft", "update", "--json").code == 2
    assert drafted.type("rebase", "apply", "--draft", "update", "--item", ITEM, "--json").code == 2
