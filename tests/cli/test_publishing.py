"""Review and publishing by command line: three people, each with a workspace and a key."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from soh_author.cli.world import World
from soh_author.gitstore.store import Store
from tests.cli.shapes import differences, documented_shapes
from tests.cli.terminal import NOON, Printed, Terminal
from tests.support.people import FEES, office, write

Desks = dict[str, "Desk"]


class Desk:
    """Somebody's terminal in their workspace, with their key; each line is typed a minute later."""

    def __init__(self, folder: Path, name: str, full_name: str) -> None:
        self._key = folder / "keys" / name / "soh_author_ed25519"
        self._terminal = Terminal(folder / "nobody" / "settings.json", folder / name)
        self._terminal.environment["SOH_AUTHOR_NAME"] = full_name

    def type(self, *words: str | Path, minutes: int) -> Printed:
        """Type a line so many minutes after noon."""
        world = self._terminal.world
        self._terminal.world = World(
            lambda: NOON + timedelta(minutes=minutes), world.environment, world.personal
        )
        return self._terminal.type(*words)

    def sign(self, *words: str | Path, minutes: int) -> Printed:
        """Type a line that is signed with the person's key."""
        return self.type(*words, "--key", self._key, minutes=minutes)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    """The terminals of Nia, Sam and Alex; Nia has written a draft."""
    with office(tmp_path) as made:
        write(made.nia, "fees", FEES, "What you pay.", "What you have to pay.")
    return {
        "nia": Desk(tmp_path, "nia", "Nia Morgan <nia.morgan@national.example>"),
        "sam": Desk(tmp_path, "sam", "Sam Okafor <sam.okafor@forces.example>"),
        "alex": Desk(tmp_path, "alex", "Alex Rees <alex.rees@publishing.example>"),
    }


@pytest.fixture(scope="module")
def shapes() -> dict[str, Any]:
    return documented_shapes(Path(__file__).parents[2] / "resources" / "help" / "command-line.md")


def publish_by_line(desks: Desks, *more: str | Path) -> None:
    """Submit, approve and publish."""
    assert desks["nia"].sign("submit", "fees", minutes=5).code == 0
    mark = desks["nia"].type("review", "fees", "--json", minutes=6).data["mark"]
    assert desks["sam"].type("get-latest", minutes=7).code == 0
    assert desks["sam"].sign("approve", "fees", "--seen", mark, minutes=8).code == 0
    assert desks["alex"].type("get-latest", minutes=9).code == 0
    assert desks["alex"].sign("publish", "fees", *more, minutes=10).code == 0


def test_each_step_answers_in_its_documented_shape(
    desks: Desks, shapes: dict[str, Any], tmp_path: Path
) -> None:
    nia, sam, alex = desks["nia"], desks["sam"], desks["alex"]
    site = tmp_path / "site"
    mark = ""

    def approve() -> Printed:
        return sam.sign("approve", "fees", "--seen", mark, "--json", minutes=9)

    steps: list[tuple[str, Callable[[], Printed]]] = [
        ("submit", lambda: nia.sign("submit", "fees", "--note", "Please", "--json", minutes=5)),
        ("queue", lambda: nia.type("queue", "--json", minutes=6)),
        ("review", lambda: nia.type("review", "fees", "--json", minutes=6)),
        ("get-latest", lambda: sam.type("get-latest", "--json", minutes=7)),
        ("ask", lambda: sam.sign("ask", "fees", "--note", "Why?", "--json", minutes=8)),
        ("withdraw", lambda: sam.sign("withdraw", "fees", "--json", minutes=8)),
        ("approve", approve),
        ("get-latest", lambda: alex.type("get-latest", "--json", minutes=10)),
        ("schedule", lambda: alex.type("schedule", "fees", "--at", "2026-11-23T09:00", "--json", minutes=11)),
        ("publish-due", lambda: alex.sign("publish-due", "--json", minutes=12)),
        ("publish", lambda: alex.sign("publish", "fees", "--dry-run", "--json", minutes=13)),
        ("publish", lambda: alex.sign("publish", "fees", "--receipt", tmp_path / "r", "--json", minutes=14)),
        ("audit", lambda: alex.type("audit", "--json", minutes=15)),
        ("build", lambda: alex.type("build", "--out", site, "--json", minutes=15)),
        (
            "verify-site",
            lambda: alex.type("verify-site", site, "--release", "2026-11-22-fees", "--json", minutes=15),
        ),
        ("roll-back", lambda: alex.type("roll-back", "2026-11-22-fees", "--json", minutes=16)),
        (
            "publish-urgent",
            lambda: alex.sign(
                "publish-urgent", "roll-back-fees", "--reason", "It was quite wrong", "--json", minutes=17
            ),
        ),
        (
            "take-down",
            lambda: alex.sign(
                "take-down",
                *("advice/fees", "--banner", "Wrong", "--force", "kent", "--reason", "A judge said so"),
                "--json",
                minutes=18,
            ),
        ),
    ]
    for verb, step in steps:
        printed = step()
        assert printed.code == 0, (verb, printed.err)
        if verb != "get-latest":  # its shape is checked where it brings something
            assert not list(differences(shapes[verb], printed.data)), verb
        mark = printed.data["mark"] if verb == "review" else mark


def test_a_mark_of_something_else_approves_nothing(desks: Desks) -> None:
    assert desks["nia"].sign("submit", "fees", minutes=5).code == 0
    assert desks["sam"].type("get-latest", minutes=6).code == 0
    printed = desks["sam"].sign("approve", "fees", "--seen", "0123456789ab", "--json", minutes=7)
    assert (printed.code, printed.error["kind"]) == (4, "world-moved")
    assert not desks["sam"].type("review", "fees", "--json", minutes=8).data["is_ready"]


def test_what_the_policy_forbids_ends_with_its_own_code_and_says_who_could(desks: Desks) -> None:
    assert desks["nia"].sign("submit", "fees", minutes=5).code == 0
    mark = desks["nia"].type("review", "fees", "--json", minutes=6).data["mark"]
    printed = desks["nia"].sign("approve", "fees", "--seen", mark, "--json", minutes=7)
    assert (printed.code, printed.error["kind"]) == (10, "not-allowed")
    assert "Sam Okafor" in printed.error["todo"]
    printed = desks["nia"].sign("publish", "fees", "--json", minutes=8)
    assert (printed.code, printed.error["kind"]) == (10, "not-allowed")


def test_the_audit_is_a_table_for_spreadsheets(desks: Desks) -> None:
    publish_by_line(desks)
    printed = desks["alex"].type("audit", "--csv", "--force", "kent", minutes=11)
    head, row = printed.out.splitlines()
    assert head.startswith("release,time,kind,page,force,language,digest,written by,approved by")
    assert ",advice/fees,kent,en,sha256:" in row
    assert row.endswith(",Nia Morgan,Sam Okafor,,Alex Rees,,,yes")
    none = desks["alex"].type("audit", "--since", "2026-11-23", minutes=12)
    assert none.out == "Nothing of that was published with a policy.\n"


def test_a_receipt_that_was_edited_is_told_from_what_was_signed(desks: Desks, tmp_path: Path) -> None:
    publish_by_line(desks, "--receipt", tmp_path)
    file = tmp_path / "2026-11-22-fees.json"
    for kind in (".html", ".json"):
        file = file.with_suffix(kind)
        honest = file.read_text(encoding="utf-8")
        check = ("audit", "--receipt", file)
        file.write_bytes(b"\xef\xbb\xbf" + honest.replace("\n", "\r\n").encode())
        assert desks["alex"].type(*check, minutes=9).code == 0, (
            "a mail program may have touched its line ends"
        )
        file.write_text(honest.replace("Sam Okafor", "Kim \x1b[2J"), encoding="utf-8")
        told = desks["alex"].type(*check, minutes=11)
        assert told.code == 5
        assert "does not say what was signed" in told.out
        assert "Kim" in told.out.partition("It says:")[2].partition("Signed is:")[0]
        assert "Sam Okafor" in told.out.partition("Signed is:")[2]
        assert "\x1b" not in told.out
        lines = honest.split("\n")
        file.write_text("\n".join([*lines[:-3], *lines[-2:-4:-1]]), encoding="utf-8")
        assert desks["alex"].type(*check, "--json", minutes=11).code == 5
    for nonsense in (b"", b"\xff", b"{" * 99_999, b'{"release": "../x"}', b'{"release": "none"}'):
        file.write_bytes(nonsense)
        assert desks["alex"].type("audit", "--receipt", file, minutes=11).code in {2, 3}


def test_a_release_whose_signature_does_not_hold_here_proves_nothing(desks: Desks, tmp_path: Path) -> None:
    publish_by_line(desks)
    alex = desks["alex"]
    assert alex.type("build", "--out", tmp_path / "site", minutes=11).code == 0
    content = tmp_path / "alex" / "content.git"
    store = Store(content)
    before = store.version(store.resolve("releases/2026-11-22-fees")).parents[0]
    store.close()
    (content / "refs" / "tags" / "releases" / "2026-11-22-fees").write_text(f"{before}\n")
    told = alex.type("audit", minutes=12)
    assert (told.code, "“2026-11-22-fees” is not proved, because" in told.out) == (5, True)
    data = alex.type("audit", "--json", minutes=12).data
    assert [each["release"] for each in data["not_proved"]] == ["2026-11-22-fees"]
    assert "no, because" in alex.type("audit", "--csv", minutes=12).out
    looked = alex.type("verify-site", tmp_path / "site", "--release", "2026-11-22-fees", "--json", minutes=13)
    assert (looked.code, looked.error["kind"]) == (5, "content")


def test_the_audit_still_tells_of_a_page_that_is_gone(desks: Desks) -> None:
    publish_by_line(desks)
    alex = desks["alex"]
    gone = (
        "take-down",
        "advice/fees",
        "--redirect",
        "advice/seized-vehicles",
        "--reason",
        "A judge has said so",
    )
    assert alex.sign(*gone, minutes=12).code == 0
    asked = ("audit", "--page", "advice/fees", "--force", "kent", "--json")
    entries = alex.type(*asked, minutes=13).data["entries"]
    assert entries[0]["published_by"] == "Alex Rees"
    assert next(each["digest"] for each in entries if each["page"] == "advice/fees") == ""
    assert entries[-1]["approved_by"] == ["Sam Okafor"]
    printed = alex.type("audit", "--page", "advice/feez", minutes=13)
    assert (printed.code, "no page “advice/feez”" in printed.err) == (3, True)


def test_a_site_that_was_tampered_with_is_told(desks: Desks, tmp_path: Path) -> None:
    publish_by_line(desks)
    site = tmp_path / "site"
    assert desks["alex"].type("build", "--out", site, minutes=11).code == 0
    page = site / "kent" / "advice" / "fees" / "index.html"
    text = page.read_bytes()
    page.unlink()
    page.write_bytes(text + b"<!-- more -->")
    printed = desks["alex"].type("verify-site", site, "--release", "2026-11-22-fees", minutes=12)
    assert printed.code == 5
    assert printed.out == "kent/advice/fees/index.html is not what was released.\n"


def test_an_emergency_is_listed_until_somebody_else_reviewed_it(desks: Desks, shapes: dict[str, Any]) -> None:
    alex, sam = desks["alex"], desks["sam"]
    assert desks["nia"].sign("submit", "fees", minutes=5).code == 0
    assert alex.type("get-latest", minutes=6).code == 0
    urgent = alex.sign("publish-urgent", "fees", "--reason", "Fraudsters use our page", minutes=7)
    assert urgent.code == 0, urgent.err
    listed = alex.type("emergency", "list", "--json", minutes=8).data
    assert not list(differences(shapes["emergency list"], listed))
    (waiting,) = listed["waiting"]
    assert waiting["who_may_review"] == ["Sam Okafor"]
    own = alex.sign("emergency", "review", waiting["id"][:8], "--json", minutes=9)
    assert (own.code, own.error["kind"]) == (10, "not-allowed")
    assert sam.type("get-latest", minutes=10).code == 0
    said = sam.sign(
        "emergency", "review", waiting["id"][:8], "--note", "It was right", "--json", minutes=11
    ).data
    assert not list(differences(shapes["emergency review"], said))
    assert alex.type("get-latest", minutes=12).code == 0
    out = alex.sign("publish", said["draft"], minutes=13)
    assert out.code == 0, out.err
    assert alex.type("emergency", "list", minutes=14).out.startswith("0 of at most 2")


def test_the_timetable_tells_what_is_scheduled_and_what_a_day_brings(
    desks: Desks, shapes: dict[str, Any]
) -> None:
    nia = desks["nia"]
    assert nia.sign("submit", "fees", minutes=5).code == 0
    assert nia.type("schedule", "fees", "--at", "2026-11-25T09:00", minutes=6).code == 0
    told = nia.type("timetable", "--on", "2026-11-26", "--json", minutes=7).data
    assert not list(
        differences({**shapes["timetable"], "scheduled": [{**shapes["timetable"]["scheduled"][0]}]}, told)
    )
    assert "is not approved yet by somebody who may" in told["scheduled"][0]["needs"][0]
    assert told["ahead"]
    before = nia.type("timetable", "--on", "2026-11-24", minutes=8).out
    assert "the public reads what is live now" in before
    later = nia.type("timetable", "--on", "2026-12-02", minutes=9).out
    assert "From 1 December 2026 “Storage” is £30 for everybody." in later


def test_a_freeze_is_proposed_signed_published_and_stops_what_it_does_not_permit(
    desks: Desks, shapes: dict[str, Any]
) -> None:
    nia, sam, alex = desks["nia"], desks["sam"], desks["alex"]
    asked = ("kent", "--from", "2026-11-01", "--until", "2026-12-24", "--why", "Local elections")
    proposed = alex.type("freeze", "propose", *asked, "--json", minutes=5).data
    assert not list(differences(shapes["freeze propose"], proposed))
    assert "and 0 did" in proposed["missing"]
    assert alex.sign("policy", "sign", "--draft", proposed["draft"], minutes=6).code == 0
    assert sam.type("get-latest", minutes=8).code == 0
    sent = sam.sign("policy", "sign", "--draft", proposed["draft"], minutes=9)
    assert sent.code == 0, sent.err
    assert alex.type("get-latest", minutes=11).code == 0
    out = alex.sign("publish", proposed["draft"], minutes=12)
    assert out.code == 0, out.err
    listed = alex.type("freeze", "list", "--json", minutes=13).data
    assert not list(differences(shapes["freeze list"], listed))
    assert listed["freezes"][0]["state"] == "holds today"
    assert nia.type("get-latest", minutes=14).code == 0
    assert nia.sign("submit", "fees", minutes=15).code == 0
    needs = nia.type("review", "fees", minutes=16).out
    assert "is frozen until 24 December 2026: Local elections. Wait until" in needs
    lifted = alex.type("freeze", "lift", "kent", "--draft", "thaw", "--json", minutes=17).data
    assert lifted["version"] == 3
