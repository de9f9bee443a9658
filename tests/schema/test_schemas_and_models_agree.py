"""The exported schemas and the models say the same of every file: of each example, and of it spoilt.

Whoever checks content with a JSON Schema program alone must be told what this program tells.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from soh_author.domain.page import PageType
from soh_author.markup.front_matter import read, split
from soh_author.markup.yaml_reading import read_yaml
from soh_author.schema.checking import Checked, check
from soh_author.schema.faults import Fault
from soh_author.schema.overrides import OverrideFile, override_faults
from soh_author.schema.page_types import type_faults
from soh_author.schema.pages import LocalPage, SharedPage, TakenOverPage, WelshPage
from soh_author.schema.registry import (
    FactsFile,
    ForceFile,
    GroupFile,
    ManifestFile,
    facts_faults,
    force_faults,
    group_faults,
)
from soh_author.schema.releases import ReleaseFile
from tests.schema.schema_reader import CONTRACT, SchemaReader

VALID = CONTRACT / "examples" / "valid"
PAGES = {"page", "local-page", "taken-over-page"}
BEYOND_A_SCHEMA = ("there is no day", "can't stand beside itself", "has two values from")
SPOILT: tuple[object, ...] = (
    *("", "  ", "x", "a--b", "con", "a/com1/b", "/a/", "//", "/é/", "true", "True", "2026-13-01", "2026-1-1"),
    *("2026-01-01", "101", "sha256:0", "1a2b3c4", "en", "fr", "https://x.y", "a\nb", "a\u2028b", "lead"),
    *("published", "x" * 101, "x" * 201, "x" * 2001, "9" * 13),
    *([], ["a"], ["A"], [[]], {}, {"a": "b"}, {"en": "/a/"}, {"fr": "/a/"}),
    *([{"op": "hide", "section": "a", "after": "b"}], [{"op": "insert-after", "section": "a"}]),
    *({"title": {"value": ""}}, {"owner": {"value": "x"}}, {"beta": {"value": "maybe"}}),
    *({"url": {"value": "x"}}, {"related": {"value": ["A"]}}, {"title": {"value": ["a", "b"]}}),
)
ADDED = (
    "kind",
    "x",
    "until",
    "form",
    "reference",
    "overrides",
    "base",
    "minor",
    "after",
    "before",
    "cy",
    "from",
)


def _kind(path: str, given: Mapping[str, object]) -> str:
    """Which schema a file is written by, told as the contract tells it: by its path and its fields."""
    if "/pages/" not in path:
        return {"soh": "manifest"}.get(Path(path).stem, "release" if "releases" in path else Path(path).stem)
    is_welsh = path.endswith(".cy.md")
    if given.keys() & {"ops", "set"}:
        return "welsh-override" if is_welsh else "override"
    return (
        "welsh-page"
        if is_welsh
        else {"local": "local-page", "page": "taken-over-page"}.get(str(given.get("kind")), "page")
    )


def _values(path: Path) -> Mapping[str, object]:
    text = path.read_text(encoding="utf-8")
    return (read(split(text).raw_yaml) if path.suffix == ".md" else read_yaml(text)).value


def _faults(kind: str, given: Mapping[str, object]) -> tuple[Fault, ...]:
    checks: Mapping[str, Callable[[], Checked[Any]]] = {
        "page": lambda: check(SharedPage, given),
        "local-page": lambda: check(LocalPage, given),
        "taken-over-page": lambda: check(TakenOverPage, given),
        "welsh-page": lambda: check(WelshPage, given),
        "override": lambda: check(OverrideFile, given, more=override_faults),
        "welsh-override": lambda: check(OverrideFile, given, more=override_faults),
        "facts": lambda: check(FactsFile, given, more=facts_faults),
        "force": lambda: check(ForceFile, given, more=force_faults),
        "group": lambda: check(GroupFile, given, more=group_faults),
        "manifest": lambda: check(ManifestFile, given),
        "release": lambda: check(ReleaseFile, given),
    }
    found = checks[kind]().faults
    if kind == "welsh-override":
        # The English file tells where a section stands.
        return tuple(fault for fault in found if "beside which" not in fault.message)
    is_typed = kind in PAGES and given.get("type") in [known.value for known in PageType]
    return (*found, *type_faults(PageType(str(given["type"])), given)) if is_typed else found


def _parts(kind: str, given: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The file as several with one fact or op each, which are spoilt in less time than it as a whole."""
    ops = given.get("ops")
    if isinstance(ops, list):
        return [{**given, "ops": [op]} for op in ops]
    return [{name: fact} for name, fact in given.items()] if kind == "facts" else [given]


def _spoilt(given: object) -> Iterator[object]:
    """The value with one thing in it changed, taken out or added."""
    if isinstance(given, dict):
        for name in ADDED:
            if name not in given:
                yield {**given, name: "x"}
        for name, item in given.items():
            yield {other: value for other, value in given.items() if other != name}
            yield from ({**given, name: value} for value in (*SPOILT, *_spoilt(item)))
    elif isinstance(given, list):
        for number, item in enumerate(given):
            yield given[:number] + given[number + 1 :]
            yield from ([*given[:number], v, *given[number + 1 :]] for v in (*SPOILT, *_spoilt(item)))


FILES = sorted(path for path in VALID.rglob("*.*") if path.suffix in {".md", ".yml"})


@pytest.mark.parametrize("path", FILES, ids=[path.relative_to(VALID).as_posix() for path in FILES])
def test_the_schema_and_the_model_say_the_same_of_an_example_however_it_is_spoilt(path: Path) -> None:
    given = _values(path)
    kind = _kind(path.as_posix(), given)
    schema = SchemaReader(kind)
    assert (schema.accepts(given), _faults(kind, given)) == (True, ())
    refused = 0
    for spoilt in chain.from_iterable(_spoilt(part) for part in _parts(kind, given)):
        assert isinstance(spoilt, dict)
        faults = [fault.message for fault in _faults(kind, spoilt)]
        if faults and all(any(words in fault for words in BEYOND_A_SCHEMA) for fault in faults):
            continue
        assert schema.accepts(spoilt) is not bool(faults), (spoilt, faults)
        refused += bool(faults)
    assert refused > len(given)


@pytest.mark.parametrize("root", ["sample_content", "sample_earlier"])
def test_every_file_of_the_sample_is_what_the_schemas_say(root: str) -> None:
    folder = CONTRACT.parent / "resources" / root
    files = [path for path in folder.rglob("*.*") if path.suffix in {".md", ".yml"}]
    schemas: dict[str, SchemaReader] = {}
    refused = []
    for path in files:
        given = _values(path)
        kind = _kind(path.as_posix(), given)
        if not schemas.setdefault(kind, SchemaReader(kind)).accepts(given):
            refused.append(path.relative_to(folder).as_posix())
    assert files
    assert refused == []
