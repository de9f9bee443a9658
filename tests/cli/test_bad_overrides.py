"""Overrides that make no sense: a finding with the way to mend it, and all other overrides work as before."""

from pathlib import Path

import pytest

from tests.cli.terminal import Terminal
from tests.support.content import KENT, VEHICLES, small_content, write_folder

PAGE = "advice/seized-vehicles"
ESSEX_FILE, KENT_FILE = (f"forces/{force}/pages/{PAGE}.en.md" for force in ("essex", "kent"))
REASON = "why: Ours, owner: web, review_by: 2027-03-01"
GROUP = "id: pilot\nname: Pilot\nmembers:\n- {force: essex}\n"


def override(*ops: str, page: str = PAGE, body: str = "") -> str:
    listed = "".join(f"- {{{op}, {REASON}}}\n" for op in ops)
    return f"---\noverrides: {page}\nops:\n{listed}---\n{body}"


OWN = "## What to bring {#bring}\nOurs.\n"
BAD: dict[str, tuple[dict[str, str], str, str]] = {
    "a pin that is no hash": (
        {ESSEX_FILE: override("op: replace, section: bring, base: yesterday", body=OWN)},
        "bad-pin",
        ESSEX_FILE,
    ),
    "a pin with a digit missing": (
        {ESSEX_FILE: override(f"op: replace, section: bring, base: sha256:{'a' * 63}", body=OWN)},
        "bad-pin",
        ESSEX_FILE,
    ),
    "an op on an unknown section": (
        {ESSEX_FILE: override("op: hide, section: nothing")},
        "orphaned",
        ESSEX_FILE,
    ),
    "an op beside an unknown section": (
        {
            ESSEX_FILE: override(
                "op: insert-after, section: new, after: nothing", body="## New {#new}\nNew.\n"
            )
        },
        "orphaned",
        ESSEX_FILE,
    ),
    "an unknown op": ({ESSEX_FILE: override("op: burn, section: bring")}, "bad-value", ESSEX_FILE),
    "circular moves": (
        {
            ESSEX_FILE: override(
                "op: move-after, section: why, after: bring", "op: move-after, section: bring, after: why"
            )
        },
        "circular-move",
        ESSEX_FILE,
    ),
    "a section moved after itself": (
        {ESSEX_FILE: override("op: move-after, section: why, after: why")},
        "circular-move",
        ESSEX_FILE,
    ),
    "two groups on one section": (
        {
            "groups/pilot/group.yml": GROUP,
            f"groups/pilot/pages/{PAGE}.en.md": override("op: hide, section: bring"),
            f"groups/south-east/pages/{PAGE}.en.md": override("op: replace, section: bring", body=OWN),
        },
        "ambiguous-group",
        f"groups/pilot/pages/{PAGE}.en.md",
    ),
    "an override of a missing page": (
        {
            "forces/essex/pages/advice/gone.en.md": override(
                "op: replace, section: bring", page="advice/gone", body=OWN
            )
        },
        "unknown-override-target",
        "forces/essex/pages/advice/gone.en.md",
    ),
    "an override of an override's missing page": (
        {
            f"{layer}/pages/advice/gone.en.md": override(
                "op: replace, section: bring", page="advice/gone", body=OWN
            )
            for layer in ("groups/south-east", "forces/essex")
        },
        "unknown-override-target",
        "groups/south-east/pages/advice/gone.en.md",
    ),
    "a page taken over that nobody has": (
        {
            "forces/essex/pages/advice/gone.en.md": VEHICLES.replace(
                "type: advice\n", f"type: advice\nkind: page\noverrides: advice/gone\n{REASON[:9]}\n"
            ).replace("related: [advice/fees]\n", "")
        },
        "unknown-override-target",
        "forces/essex/pages/advice/gone.en.md",
    ),
    "a force in a group twice": (
        {"groups/pilot/group.yml": f"{GROUP}- {{force: essex}}\n"},
        "doubled-member",
        "groups/pilot/group.yml",
    ),
    "a group of a force that isn't there": (
        {"groups/pilot/group.yml": f"{GROUP}- {{force: atlantis}}\n"},
        "unknown-force",
        "groups/pilot/group.yml",
    ),
    "ops that are no list": (
        {ESSEX_FILE: f"---\noverrides: {PAGE}\nops: {{op: hide}}\n---\n"},
        "bad-value",
        ESSEX_FILE,
    ),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_override_is_told_and_matrix_compare_impact_and_update_work_on_the_rest(
    elsewhere: Terminal, tmp_path: Path, fault: str
) -> None:
    files, code, path = BAD[fault]
    elsewhere.ask("init", tmp_path / "w", "--from", write_folder(tmp_path / "f", small_content() | files))
    terminal = Terminal(tmp_path / "nobody.json", tmp_path / "w")
    found = [
        each
        for each in terminal.type("check", "--json").data["diagnostics"]
        if (each["code"], each["path"]) == (code, path)
    ]
    assert found
    assert all(each["hint"].strip() and each["message"].strip() for each in found)
    rows = terminal.ask("matrix", "--force", "kent")["rows"]
    kents = [
        op["op"] for row in rows if row["page"] == PAGE for op in row["ops"] if op["layer"] == "force:kent"
    ]
    assert kents == ["replace"]
    assert terminal.ask("compare", PAGE, "shared", "force:kent")
    _change_the_text_above(terminal, tmp_path)
    assert terminal.ask("impact", "--draft", "change")["pages"]
    items = terminal.ask("rebase", "plan", "--draft", "change")["items"]
    assert [item["section"] for item in items if item["layer"] == "force:kent"] == ["bring"]


def _change_the_text_above(terminal: Terminal, folder: Path) -> None:
    """A draft in which Kent's override is pinned, and then outdated."""
    terminal.ask("draft", "new", "change")
    terminal.ask("export", folder / "out")
    kent, shared = folder / "out" / KENT_FILE, folder / "out" / f"shared/pages/{PAGE}.en.md"
    kent.write_text(
        KENT.replace("section: bring,", f"section: bring, base: sha256:{'0' * 64},"), encoding="utf-8"
    )
    shared.write_text(VEHICLES.replace("Bring the notice.", "Bring two notices."), encoding="utf-8")
    terminal.ask("apply", folder / "out", "--draft", "change", "--note", "Two notices")
