"""Checking a file's values against its model, and saving what is good of it."""

import copy
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Generic, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from soh_author.schema.faults import Fault, faults_of, type_of_path

M = TypeVar("M", bound=BaseModel)
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Checked(Generic[M]):
    """A file's values and all that is wrong with them. ``value`` is None only when nothing could be saved.

    ``replaced`` names the required fields that were missing or bad, and are filled with fallbacks.
    """

    value: M | None
    faults: tuple[Fault, ...]
    replaced: frozenset[str] = frozenset()
    kept: Mapping[type_of_path, list[int]] = field(default_factory=dict)

    def written_number(self, path: type_of_path, number: int) -> int:
        """The number in the file, from 0, of an item of a saved list, from which others may be left out."""
        return self.kept[path][number] if path in self.kept else number


def check(
    model: type[M],
    data: Mapping[str, object],
    *,
    fallbacks: Mapping[str, object] | None = None,
    more: Callable[[M], Iterable[Fault]] | None = None,
) -> Checked[M]:
    """Check values against a model.

    Where something is wrong, what is right is still read: a bad value is left out, and with it the list item
    that can't do without it; a missing field of the file is taken from ``fallbacks``.

    Args:
        model: the model of the file.
        data: what the file holds.
        fallbacks: texts for required fields of the file, used only when the field is missing or bad.
        more: rules that look at the whole file.
    """
    try:
        value: M | None = model.model_validate(data)
        faults: tuple[Fault, ...] = ()
        rest = _Rest({}, {})
    except ValidationError as error:
        errors = error.errors(include_url=False, include_input=False)
        faults = faults_of(errors, names_of(model))
        rest = _Rest(copy.deepcopy(dict(data)), dict(fallbacks or {}))
        value = _save(model, rest, errors)
    if value is not None and more:
        faults = (*faults, *(rest.as_written(fault) for fault in more(value)))
    return Checked(value, faults, frozenset(rest.replaced), rest.kept)


@cache
def names_of(model: type[BaseModel]) -> tuple[str, ...]:
    """Names of all fields of a model and of the models inside it, as files write them."""
    names: dict[str, None] = {}
    schema = model.model_json_schema()
    for part in (schema, *schema.get("$defs", {}).values()):
        names |= dict.fromkeys(part.get("properties", {}))
    return tuple(names)


class _Rest:
    """What is left of a file's values when the bad ones are taken out, and which list items those are."""

    def __init__(self, values: dict[str, object], fallbacks: Mapping[str, object]) -> None:
        self.values = values
        self.fallbacks = fallbacks
        self.replaced: set[str] = set()
        self.kept: dict[type_of_path, list[int]] = {}

    def leave_out(self, error: ErrorDetails) -> None:
        """Take out the value an error is about, or what can't do without it."""
        path = tuple(part for part in error["loc"] if part != "[key]")
        is_field = error["type"] != "extra_forbidden"
        if is_field and len(path) == 1 and path[0] in self.fallbacks:
            self.values[str(path[0])] = self.fallbacks[str(path[0])]
            self.replaced.add(str(path[0]))
            return
        if error["type"] == "missing":
            path = path[:-1]
        if not path:
            return
        holder: object = self.values
        for part in path[:-1]:
            holder = _inside(holder, part)
        last = path[-1]
        if isinstance(holder, dict):
            holder.pop(last, None)
        elif isinstance(holder, list) and isinstance(last, int) and last < len(holder):
            self.kept.setdefault(self._written(path[:-1]), list(range(len(holder)))).pop(last)
            del holder[last]

    def as_written(self, fault: Fault) -> Fault:
        """The fault with the numbers of list items as they are in the file."""
        return Fault(fault.code, fault.message, self._written(fault.path)) if self.kept else fault

    def _written(self, path: type_of_path) -> type_of_path:
        written: type_of_path = ()
        for part in path:
            kept = self.kept.get(written)
            written = (*written, kept[part] if kept is not None and isinstance(part, int) else part)
        return written


def _save(model: type[M], rest: _Rest, errors: list[ErrorDetails]) -> M | None:
    for _ in range(_ROUNDS):
        # From behind, so that the numbers of list items stay right.
        for error in sorted(errors, key=_from_behind, reverse=True):
            rest.leave_out(error)
        try:
            return model.model_validate(rest.values)
        except ValidationError as error:
            errors = error.errors(include_url=False, include_input=False)
    return None


def _from_behind(error: ErrorDetails) -> list[tuple[int, str]]:
    return [(part, "") if isinstance(part, int) else (-1, part) for part in error["loc"]]


def _inside(holder: object, part: int | str) -> object:
    if isinstance(holder, dict):
        return holder.get(part)
    if isinstance(holder, list) and isinstance(part, int) and part < len(holder):
        return holder[part]
    return None
