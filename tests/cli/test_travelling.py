"""Drafts travel by command: sent, got, decided, taken over, discarded; answers in the shapes of the help."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.small_content import SHARED, shared_page, write_content
from tests.cli.terminal import Terminal

NEW = "Call us on"
PLACE = "section:reclaim:0"


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    """What the help shows."""
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


@pytest.fixture
def two(tmp_path: Path) -> tuple[Terminal, Terminal]:
    """Two people with a workspace each, got from one origin: a folder both trust."""
    content = write_content(tmp_path / "content")
    made = Terminal(tmp_path / "nobody.json").type_exactly("init", tmp_path / "hub", "--from", content)
    assert made.code == 0, made.err
    desks = []
    for name, person in (("kim", "Kim Jones <kim@kent.example>"), ("ann", "Ann Lee <ann@gwent.example>")):
        terminal = Terminal(tmp_path / f"{name}.json", tmp_path / name)
        terminal.environment["SOH_AUTHOR_NAME"] = person
        got = terminal.type_exactly("open", tmp_path / "hub" / "content.git", tmp_path / name)
        assert got.code == 0, got.err
        desks.append(terminal)
    return desks[0], desks[1]


def _edit(terminal: Terminal, draft: str, text: str) -> None:
    """A version of a draft with the shared page changed."""
    assert terminal.workspace is not None
    folder = terminal.workspace.with_name(f"files-{terminal.workspace.name}-{len(text)}")
    source = [] if draft not in _drafts(terminal) else ["--source", draft]
    terminal.ask("export", folder, *source)
    (folder / SHARED).write_text(text, encoding="utf-8")
    terminal.ask("apply", folder, "--draft", draft, "--note", "Change")


def _drafts(terminal: Terminal) -> list[str]:
    return [each["name"] for each in terminal.ask("draft", "list")["drafts"]]


def _send(terminal: Terminal, draft: str, *more: str) -> dict[str, Any]:
    return terminal.ask("draft", "send", draft, "--trust-folder", *more)


def _text(terminal: Terminal, draft: str) -> str:
    return terminal.type("show", "advice/seized-vehicles", "--layer", "shared", "--source", draft).out


def test_a_draft_goes_from_one_to_the_other(two: tuple[Terminal, Terminal], shapes: dict[str, Any]) -> None:
    kim, ann = two
    _edit(kim, "april", shared_page().replace(NEW, "Ring us on"))
    sent = _send(kim, "april", "--reviewer", "Ann Lee", "--note", "By Friday")
    assert not list(differences(shapes["draft send"], sent))
    ann.ask("get-latest")
    others = ann.ask("draft", "others")
    assert not list(differences(shapes["draft others"], others))
    (other,) = others["others"]
    assert (other["author"], other["reviewer"], other["pages"]) == (
        "Kim Jones",
        "Ann Lee",
        ["advice/seized-vehicles"],
    )
    assert "Kim Jones" in ann.type("draft", "others").out


def test_an_untrusted_folder_is_sent_nothing(two: tuple[Terminal, Terminal]) -> None:
    kim, _ = two
    _edit(kim, "april", shared_page().replace(NEW, "Ring us on"))
    printed = kim.type("draft", "send", "april", "--json")
    assert printed.code == 7
    assert printed.error["kind"] == "refused"
    _send(kim, "april")
    _edit(kim, "april", shared_page().replace(NEW, "Phone us on"))
    waiting = kim.ask("draft", "outgoing")
    expected = {"draft": "april", "versions": 1, "reviewer": None, "goes_with_the_latest": False}
    assert waiting == {"outgoing": [expected]}
    assert kim.ask("draft", "send-waiting") == {"sent": ["april"]}


def _two_wordings(two: tuple[Terminal, Terminal]) -> None:
    """Both have the draft april, and changed the same section of it."""
    kim, ann = two
    _edit(kim, "april", shared_page().replace(NEW, "Ring us on"))
    _send(kim, "april")
    ann.ask("get-latest")
    ann.ask("draft", "new", "april", "--source", "origin/drafts/april")
    _edit(ann, "april", shared_page().replace(NEW, "Write or ring us on"))
    _send(ann, "april")
    _edit(kim, "april", shared_page().replace(NEW, "Phone us on"))


def test_the_same_place_is_listed_and_nothing_written_until_it_is_decided(
    two: tuple[Terminal, Terminal], shapes: dict[str, Any], tmp_path: Path
) -> None:
    _two_wordings(two)
    kim, _ = two
    printed = kim.type("get-latest", "--json")
    assert printed.code == 4
    problems = [each for each in differences(shapes["get-latest"], printed.data) if "empty" not in each]
    assert problems == []
    (card,) = printed.data["to_decide"]
    assert (card["draft"], card["path"], card["place"]) == ("april", SHARED, PLACE)
    assert "Phone us on" in _text(kim, "april")
    assert "mine:   Phone us on" in kim.type("get-latest").out
    answers = tmp_path / "answers.json"
    answers.write_text(json.dumps([{"draft": "april", "path": SHARED, "place": PLACE, "text": "Come in."}]))
    done = kim.ask("get-latest", "--answers", answers)
    assert (done["to_decide"], done["updated"]) == ([], ["april"])
    assert "Come in." in _text(kim, "april")


@pytest.mark.parametrize(("take", "said"), [("mine", "Phone us on"), ("theirs", "Write or ring us on")])
def test_one_word_decides_every_place(two: tuple[Terminal, Terminal], take: str, said: str) -> None:
    _two_wordings(two)
    assert two[0].type("get-latest", "--take", take).code == 0
    assert said in _text(two[0], "april")


@pytest.mark.parametrize("answers", ["", "{}", "[1]", '[{"draft": "a", "path": "b", "place": "c"}]'])
def test_answers_that_make_no_sense_are_refused(
    two: tuple[Terminal, Terminal], tmp_path: Path, answers: str
) -> None:
    file = tmp_path / "answers.json"
    file.write_text(answers)
    assert two[0].type("get-latest", "--answers", file).code == 2


def test_a_draft_is_taken_over_and_a_sent_one_discarded(
    two: tuple[Terminal, Terminal], shapes: dict[str, Any]
) -> None:
    kim, ann = two
    _edit(kim, "april", shared_page().replace(NEW, "Ring us on"))
    _send(kim, "april")
    ann.ask("get-latest")
    taken = ann.ask("draft", "take-over", "april", "--trust-folder")
    assert not list(differences(shapes["draft take-over"], taken))
    assert taken["draft"]["name"] == "april-ann"
    assert "took your draft “april” over" in kim.type("get-latest").out
    assert kim.ask("draft", "discard-sent", "april") == {"discarded": "april"}
    assert [each["name"] for each in kim.ask("draft", "list", "--discarded")["discarded"]] == ["april"]
