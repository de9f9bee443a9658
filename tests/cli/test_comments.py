"""Comments by command line: said, answered, resolved, taken over, each in its documented shape."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shapes import differences, documented_shapes
from tests.cli.test_publishing import Desk
from tests.support.people import FEES, office, write

_AMOUNTS = ("--page", "advice/fees", "--section", "amounts", "--quote", "Storage is")


@pytest.fixture
def nia(tmp_path: Path) -> Desk:
    """Nia's terminal; she has written a draft."""
    with office(tmp_path) as made:
        write(made.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    return Desk(tmp_path, "nia", "Nia Morgan <nia.morgan@national.example>")


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


def test_a_conversation_by_line_from_the_first_word_to_the_words_taken_over(
    nia: Desk, shapes: dict[str, Any]
) -> None:
    def said(minutes: int, verb: str, *words: str) -> dict[str, Any]:
        printed = nia.sign("comment", verb, "fees", *words, "--json", minutes=minutes)
        assert printed.code == 0, printed.err
        assert not list(differences(shapes[f"comment {verb}"], printed.data))
        data: dict[str, Any] = printed.data
        return data

    comment = said(5, "add", *_AMOUNTS, "--text", "Is it still right?")["comment"]
    assert said(6, "reply", comment[:6], "--text", "It is.")["comment"] == comment
    said(7, "resolve", comment)
    said(8, "reopen", comment, "--text", "From when on?")
    suggestion = said(9, "add", *_AMOUNTS, "--suggest", "Keeping it costs")["comment"]
    said(10, "accept", suggestion)
    listed = nia.type("comment", "list", "fees", "--json", minutes=11).data
    assert not list(differences(shapes["comment list"], listed))
    states = {each["id"]: (each["state"], each["standing"]) for each in listed["comments"]}
    assert states[comment][0] == "open"
    assert states[suggestion][0] == "accepted"
    text = nia.type("comment", "list", "fees", "--page", "advice/fees", minutes=12).out
    assert "→ “Keeping it costs”" in text
    assert "2 comments, 1 of all open." in text
    assert "Nobody has said anything" in nia.type("comment", "list", "fees", "--page", "x", minutes=12).out


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("add", "fees", "--page", "advice/fees", "--quote", "Storage is", "--text", "x"), 2, "--section"),
        (("add", "fees", *_AMOUNTS[:4], "--quote", "never written", "--text", "x"), 3, "aren't in"),
        (("add", "fees", *_AMOUNTS), 2, "Nothing is said"),
        (("add", "nothing", *_AMOUNTS, "--text", "x"), 3, "no draft"),
        (("add", "fees", *_AMOUNTS, "--text", "x", "--layer", "county:kent"), 2, "no layer"),
        (("reply", "fees", "00000000", "--text", "x"), 3, "no one comment"),
        (("resolve", "fees", ""), 3, "no one comment"),
        (("add", "fees", *_AMOUNTS, "--text", "a\x1b[31m"), 9, "can't be seen"),
        (("add", "fees", *_AMOUNTS, "--text", "x" * 10_001), 9, "longer than"),
    ],
)
def test_nonsense_is_told_and_nothing_is_kept(
    nia: Desk, words: tuple[str, ...], code: int, told: str
) -> None:
    printed = nia.sign("comment", *words, minutes=5)
    assert printed.code == code, printed.err
    assert told in printed.err
    assert nia.type("comment", "list", "fees", "--json", minutes=6).data["comments"] == []


def test_a_pack_goes_out_and_its_answers_come_back_by_line(
    nia: Desk, shapes: dict[str, Any], tmp_path: Path
) -> None:
    file, answers = tmp_path / "pack.html", tmp_path / "answers.txt"
    made = nia.type("fact-check", "pack", "fees", "--out", file, "--json", minutes=5)
    assert made.code == 0, made.err
    assert not list(differences(shapes["fact-check pack"], made.data))
    head = file.read_text(encoding="utf-8").partition('<pre id="head">')[2].partition("</pre>")[0]
    answers.write_text(f"{head}\nName: Dr Jo Lee\n\n[1] change: More.\n[2] correct\n", encoding="utf-8")
    done = nia.sign("fact-check", "import", "fees", answers, "--json", minutes=6)
    assert done.code == 0, done.err
    assert not list(differences(shapes["fact-check import"], done.data))
    assert (done.data["comments"], done.data["correct"]) == (1, 1)
    assert nia.sign("fact-check", "import", "fees", tmp_path / "none.txt", minutes=7).code == 3
    assert nia.sign("fact-check", "import", "fees", file, minutes=8).code == 2
