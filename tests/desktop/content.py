"""Small content for the window's tests: three forces, a group, a few pages."""

from pathlib import Path

FORCES = {"gwent": "Gwent Police", "kent": "Kent Police", "btp": "British Transport Police"}

SHARED = """---
title: {title}
type: advice
url: /{id}/
summary: What to do.
owner: national-content
review_by: 2027-04-01
---
If this has happened to you, call us.

## When to call {{#when}}
Call 101.

## What happens next {{#next}}
We write to you within five days.
"""

OWN = """---
overrides: {id}
ops:
- {{op: append, section: next, why: Our own form, owner: {force}-web, review_by: 2027-01-01}}
---
## What happens next {{#next}}
You can also ask at the front desk.
"""

PAGES = {
    "advice/seized-vehicles": "Seized vehicles",
    "advice/lost-property": "Lost property",
    "report/hate-crime": "Report a hate crime",
}


def write_content(folder: Path) -> Path:
    """Write the files into a folder, as a person would bring them in."""
    for name, text in _files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def _files() -> dict[str, str]:
    files = {
        "soh.yml": "schema: 1\nservice: Single Online Home\n"
        "repository: 3f1c2a9e-58f3-4c43-9a51-6f1f6f7f2a01\nlanguages: [en, cy]\n",
        "shared/facts.yml": "{}\n",
        "groups/wales/group.yml": "id: wales\nname: Forces in Wales\nmembers:\n- {force: gwent}\n",
        "forces/gwent/pages/advice/seized-vehicles.en.md": OWN.format(
            id="advice/seized-vehicles", force="gwent"
        ),
        "forces/kent/pages/advice/seized-vehicles.en.md": OWN.format(
            id="advice/seized-vehicles", force="kent"
        ),
    }
    for force, name in FORCES.items():
        kind = "special" if force == "btp" else "territorial"
        files[f"forces/{force}/force.yml"] = (
            f"id: {force}\nname: {name}\nkind: {kind}\nhost: www.{force}.police.uk\n"
            "languages: [en]\nstatus: live\n"
        )
    for page, title in PAGES.items():
        files[f"shared/pages/{page}.en.md"] = SHARED.format(title=title, id=page)
    return files
