"""A content folder small enough to break one thing in it."""

from pathlib import Path

PAGE = "advice/seized-vehicles"
SHARED = f"shared/pages/{PAGE}.en.md"
OTHER = "shared/pages/advice/lost-dogs.en.md"

_MANIFEST = """\
schema: 1
service: Single Online Home
repository: 3f1c6f3e-8f0e-4d53-9a0f-4a1f5b6c7d8e
languages: [en, cy]
"""
_FORCE = """\
id: {id}
name: {name} Police
short_name: {name}
kind: territorial
host: www.{id}.police.uk
languages: [{languages}]
status: live
"""
_PAGE = """\
---
title: {title}
type: advice
url: /{url}/
summary: What to do.
owner: national-content
review_by: 2027-04-01
---
If this happened to you, read on.

## Get it back {{#reclaim}}
Call us on {{{{ force.non_emergency }}}}.

## What it costs {{#costs}}
You pay {{{{ fact.fee }}}}.
"""
FILES = {
    "soh.yml": _MANIFEST,
    "forces/gwent/force.yml": _FORCE.format(id="gwent", name="Gwent", languages="en, cy"),
    "forces/kent/force.yml": _FORCE.format(id="kent", name="Kent", languages="en"),
    "forces/gwent/facts.yml": "non_emergency: {type: phone, label: Not urgent, values: [{value: '101'}]}\n",
    "forces/kent/facts.yml": "non_emergency: {type: phone, label: Not urgent, values: [{value: '101'}]}\n",
    "shared/facts.yml": "fee: {type: money, label: Release of a vehicle, values: [{value: '198.00'}]}\n",
    SHARED: _PAGE.format(title="Seized vehicles", url="advice/seized"),
    OTHER: _PAGE.format(title="Lost dogs", url="advice/dogs"),
}


def write_content(folder: Path, *, shared: str | bytes = "") -> Path:
    """Write the content; ``shared`` stands in for the page that tests break, when given."""
    for path, text in FILES.items():
        write(folder / path, shared if shared and path == SHARED else text)
    return folder


def write(path: Path, text: str | bytes) -> None:
    """Write one file and its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)


def shared_page(**replaced: str) -> str:
    """The shared page with some of its texts replaced: ``old=new`` by the words in :data:`WORDS`."""
    text = FILES[SHARED]
    for name, new in replaced.items():
        assert WORDS[name] in text, name
        text = text.replace(WORDS[name], new)
    return text


WORDS = {
    "title": "title: Seized vehicles\n",
    "review_by": "review_by: 2027-04-01\n",
    "lead": "If this happened to you, read on.\n",
    "reclaim": "## Get it back {#reclaim}\n",
    "fee": "{{ fact.fee }}",
}
