"""A small content repository for tests: two shared pages, three forces, a group, facts, an override."""

import shutil
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from soh_author.workflow.opening import init_workspace
from soh_author.workflow.workspace import Person, Workspace
from tests.support.environment import lasting_folder

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PERSON = Person("Jo Bloggs", "jo@national.example")

VEHICLES = """---
title: Seized vehicles
type: advice
url: {en: /advice/seized-vehicles/, cy: /cy-GB/cyngor/cerbydau/}
summary: What to do if we have taken your vehicle.
owner: national-content
review_by: 2027-04-01
related: [advice/fees]
---
If we have seized your vehicle, you have {{ fact.reclaim_days }} days.

## Why we seize vehicles {#why}
We seize vehicles that are not insured.

## How to reclaim it {#reclaim}
Call {{ force.non_emergency }}. Read about [the fees](page:advice/fees#amounts).

## What to bring {#bring}
Bring the notice.
"""

FEES = """---
title: Fees
type: advice
url: /advice/fees/
summary: What it costs.
owner: national-content
review_by: 2027-04-01
---
What you pay.

## Amounts {#amounts}
Storage is {{ fact.storage_fee }} a day.
"""

WELSH = """---
title: Cerbydau a atafaelwyd
summary: Beth i'w wneud.
---
Mae gennych {{ fact.reclaim_days }} diwrnod.

## Pam {#why}
Heb yswiriant.

## Sut i'w hawlio {#reclaim}
Ffoniwch {{ force.non_emergency }}.

## Beth i ddod {#bring}
Dewch â'r hysbysiad.
"""

KENT = """---
overrides: advice/seized-vehicles
ops:
- {op: replace, section: bring, why: Local practice, owner: kent-web, review_by: 2027-03-01}
---
## What to bring {#bring}
Bring the notice and your passport.
"""

FACTS = """reclaim_days:
  type: days
  label: Days to reclaim
  source: https://example.org/days
  values: [{value: "7"}]
storage_fee:
  type: money
  label: Storage
  source: https://example.org/fees
  values: [{from: 2026-12-01, value: "30.00"}, {value: "26.00"}]
"""


def force_files(name: str, title: str, *, welsh: bool = False) -> dict[str, str]:
    """Profile and facts of a force."""
    languages = "[en, cy]\nwelsh_parity: true" if welsh else "[en]"
    return {
        f"forces/{name}/force.yml": (
            f"id: {name}\nname: {title} Police\nshort_name: {title}\nkind: territorial\n"
            f"host: www.{name}.example\nlanguages: {languages}\nstatus: live\n"
        ),
        f"forces/{name}/facts.yml": (
            'non_emergency:\n  type: phone\n  label: Number\n  source: none\n  values: [{value: "101"}]\n'
        ),
    }


def small_content() -> dict[str, str]:
    """The files by path."""
    return {
        "soh.yml": (
            "schema: 1\nservice: Single Online Home\n"
            "repository: 0b9d6b0e-58b3-4c0b-9e07-2f4a1c9b7d55\nlanguages: [en, cy]\n"
        ),
        "shared/facts.yml": FACTS,
        "shared/pages/advice/seized-vehicles.en.md": VEHICLES,
        "shared/pages/advice/seized-vehicles.cy.md": WELSH,
        "shared/pages/advice/fees.en.md": FEES,
        **force_files("gwent", "Gwent", welsh=True),
        **force_files("kent", "Kent"),
        **force_files("essex", "Essex"),
        "forces/kent/pages/advice/seized-vehicles.en.md": KENT,
        "groups/south-east/group.yml": (
            "id: south-east\nname: South East\nmembers:\n- {force: kent}\n- {force: essex}\n"
        ),
    }


def write_folder(folder: Path, files: dict[str, str]) -> Path:
    """Write files below a folder, byte for byte."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(text.encode())
    return folder


def small_workspace(folder: Path, files: dict[str, str] | None = None) -> Workspace:
    """A workspace with the small content (or other files) as its one version; close it."""
    chosen = small_content() if files is None else files
    write_folder(folder / "content", chosen)
    shutil.copytree(_made(tuple(chosen.items())), folder / "workspace", dirs_exist_ok=True)
    return Workspace.open(folder / "workspace", person=PERSON, clock=lambda: NOW)


@cache
def _made(files: tuple[tuple[str, str], ...]) -> Path:
    """A workspace with some content, made once in each process: copying it is many times quicker."""
    top = lasting_folder()
    content = write_folder(top / "content", dict(files))
    init_workspace(top / "workspace", content, PERSON, lambda: NOW).run().value.close()
    return top / "workspace"


def publish(workspace: Workspace, changes: dict[str, str | None], note: str = "Change") -> str:
    """Change files of what is live, as a test's other people do; the new revision."""
    coded = {path: None if text is None else text.encode() for path, text in changes.items()}
    head = workspace.store.resolve("published")
    return workspace.store.write("published", head, coded, note=note, author=PERSON.author, when=NOW)
