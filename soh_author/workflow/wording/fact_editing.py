"""Editing a fact's values, dates and source; the rest of the file stays byte for byte."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.facts import Fact, FactType
from soh_author.domain.ids import FactName
from soh_author.domain.layers import Layer
from soh_author.markup.yaml_editing import remove_value, set_value
from soh_author.markup.yaml_reading import Yaml
from soh_author.reading.files import read_file
from soh_author.reading.paths import facts_path
from soh_author.workflow.editing import TextChange
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A value as a form gives it: from a day on (None: the beginning), with Welsh words where they differ."""

    value: str
    start: date | None = None
    welsh: str = ""


def suggested_name(label: str) -> str:
    """A name made from a label: *Fee for releasing a vehicle* is ``fee_for_releasing_a_vehicle``; empty where
    nothing of it can stand in a name.
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", plain))
    name = "_".join(words).lstrip("0123456789_")[: FactName.longest]
    return name.rstrip("_")


def set_fact(
    snapshot: Snapshot,
    layer: Layer,
    name: FactName,
    entry: FactEntry,
    *,
    kind: FactType | None = None,
    label: str = "",
    source: str = "",
) -> TextChange:
    """Give a fact of a layer a value from a day on; the value of that very day is replaced, others stay.

    Args:
        kind: needed for a new fact.
        label: likewise; empty keeps what a known fact has.
        source: empty keeps what it has.

    Raises:
        UsageError: when a new fact lacks type or label, or the value is not of its type.
        ContentError: when the file can't be changed without touching anything else.
    """
    path = facts_path(layer)
    raw = snapshot.text(path) or ""
    known = snapshot.facts_of(layer).get(name)
    if known is None and (kind is None or not label.strip()):
        raise UsageError(
            f"“{name}” is a new fact of {layer}.",
            safe="Nothing was changed.",
            todo="Give its type and label.",
        )
    if known is None:
        assert kind is not None, "Checked above."
        fresh: Yaml = {"type": kind.value, "label": label.strip(), "values": [_value(entry)]}
        text = set_value(raw, (str(name),), fresh)
    else:
        text = _with_value(raw, known, entry)
        if label.strip():
            text = set_value(text, (str(name), "label"), label.strip())
    if source.strip():
        text = set_value(text, (str(name), "source"), source.strip())
    _check(path, text)
    return TextChange(path, text, _line_of(text, name))


def remove_fact_value(snapshot: Snapshot, layer: Layer, name: FactName, start: date | None) -> TextChange:
    """Take a value out again; a fact's last value goes with the fact.

    Raises:
        NotFoundError: when the fact has no value that begins on that day.
    """
    path = facts_path(layer)
    raw = snapshot.text(path) or ""
    known = snapshot.facts_of(layer).get(name)
    days = [value.start for value in known.values] if known else []
    if known is None or start not in days:
        raise NotFoundError(f"“{name}” has no such value.", safe="Nothing was changed.")
    if len(days) == 1:
        return TextChange(path, remove_value(raw, (str(name),)))
    left: list[Yaml] = [_as_yaml(known, number) for number, day in enumerate(days) if day != start]
    return TextChange(path, set_value(raw, (str(name), "values"), left), _line_of(raw, name))


def _with_value(raw: str, known: Fact, entry: FactEntry) -> str:
    kept: list[Yaml] = [
        _as_yaml(known, number) for number, value in enumerate(known.values) if value.start != entry.start
    ]
    values = sorted([*kept, _value(entry)], key=_day, reverse=True)
    return set_value(raw, (str(known.name), "values"), values)


def _day(value: Yaml) -> str:
    return str(value.get("from", "")) if isinstance(value, dict) else ""


def _as_yaml(fact: Fact, number: int) -> Yaml:
    dated = fact.values[number]
    return _value(FactEntry(dated.value, dated.start, dated.welsh))


def _value(entry: FactEntry) -> Yaml:
    found: dict[str, Yaml] = {"from": entry.start.isoformat()} if entry.start else {}
    found["value"] = entry.value.strip()
    if entry.welsh.strip():
        found["cy"] = entry.welsh.strip()
    return found


def _check(path: str, text: str) -> None:
    faults = [found for found in read_file(path, text.encode()).diagnostics if found.blocks]
    if faults:
        raise UsageError(faults[0].message, safe="Nothing was changed.", todo=faults[0].hint)


def _line_of(text: str, name: FactName) -> int:
    lines = text.split("\n")
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{name}:")), 1)
