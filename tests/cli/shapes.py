"""The shapes of answers, as resources/help/command-line.md shows them to people who write programs."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

MORE = "…"


def documented_shapes(help_page: Path) -> dict[str, Any]:
    """The shape of each verb's answer, by the verb: the first JSON block below its heading."""
    shapes: dict[str, Any] = {}
    for part in help_page.read_text(encoding="utf-8").split("\n### ")[1:]:
        verb, _, below = part.partition("\n")
        shapes[verb] = json.loads(below.partition("```json\n")[2].partition("```")[0])
    return shapes


def differences(shape: object, value: object, place: str = "answer") -> Iterator[str]:
    """Where a value is not of a shape; a list that is empty shows nothing, and is told too."""
    if isinstance(shape, dict):
        if not isinstance(value, dict):
            yield f"{place} is no object"
            return
        if shape.keys() != value.keys():
            yield f"{place} has the keys {sorted(value)}, not {sorted(shape)}"
        for key in shape.keys() & value.keys():
            yield from differences(shape[key], value[key], f"{place}.{key}")
    elif isinstance(shape, list):
        if not isinstance(value, list):
            yield f"{place} is no list"
            return
        for number, item in enumerate(value):
            yield from differences(shape[0], item, f"{place}[{number}]")
    elif not (isinstance(shape, str) and _is_a(shape, value)):
        yield f"{place} is {value!r}, not {shape}"


def empty_lists(value: object, place: str = "answer") -> Iterator[str]:
    """The lists of a value that are empty wherever they occur: their items' shape was not seen."""
    seen: dict[str, bool] = {}
    for path, length in _lists(value, place):
        seen[path] = seen.get(path, False) or length > 0
    yield from (path for path, is_seen in seen.items() if not is_seen)


def _lists(value: object, place: str) -> Iterator[tuple[str, int]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _lists(item, f"{place}.{key}")
    elif isinstance(value, list):
        yield place, len(value)
        for item in value:
            yield from _lists(item, f"{place}[]")


def _is_a(shape: str, value: object) -> bool:
    if shape.endswith(" or null"):
        return value is None or _is_a(shape.removesuffix(" or null"), value)
    return _CHECKS[shape](value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_truth(value: object) -> bool:
    return isinstance(value, bool)


def _is_day(value: object) -> bool:
    return isinstance(value, str) and date.fromisoformat(value).isoformat() == value


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None


def _is_version(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[0-9a-f]{40}", value) is not None


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"sha256:[0-9a-f]{64}", value) is not None


_CHECKS: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "number": _is_number,
    "true or false": _is_truth,
    "day": _is_day,
    "moment": _is_moment,
    "version": _is_version,
    "digest": _is_digest,
}
