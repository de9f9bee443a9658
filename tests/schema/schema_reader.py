"""A reader of JSON Schema for the tests alone: it judges by the exported files, and knows no model."""

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

CONTRACT = Path(__file__).resolve().parents[2] / "content_schema"
Rule: TypeAlias = Any
"""What stands behind a word of JSON Schema: a text, a list, a number or a schema."""
_SAID = frozenset({"$schema", "$id", "$defs", "title", "description", "format", "default"})
_TYPES = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict}


class SchemaReader:
    """One exported file. Words of JSON Schema that this reader doesn't know fail the test that uses it."""

    def __init__(self, name: str) -> None:
        self._whole: dict[str, Any] = json.loads(
            (CONTRACT / f"{name}.schema.json").read_text(encoding="utf-8")
        )

    def accepts(self, value: object) -> bool:
        """Whether a value is what the file says."""
        return self._is(value, self._whole)

    def _is(self, value: object, schema: Rule) -> bool:
        if isinstance(schema, bool):
            return schema
        for word in schema.keys() - _SAID:
            assert word in _RULES, f"The tests' reader doesn't know “{word}”."
        return all(
            _RULES[word](self, value, wanted, schema) for word, wanted in schema.items() if word in _RULES
        )

    def ref(self, value: object, wanted: str, _: Rule) -> bool:
        """What is said elsewhere in the file."""
        return self._is(value, self._whole["$defs"][wanted.removeprefix("#/$defs/")])

    def properties(self, value: object, wanted: Mapping[str, Any], _: Rule) -> bool:
        """Fields by name."""
        return not isinstance(value, dict) or all(
            self._is(value[name], rule) for name, rule in wanted.items() if name in value
        )

    def others(self, value: object, wanted: Rule, schema: Rule) -> bool:
        """Fields that have no rule of their own."""
        if not isinstance(value, dict):
            return True
        patterns = schema.get("patternProperties", {})
        named = schema.get("properties", {})
        rest = [name for name in value if name not in named and not any(_found(p, name) for p in patterns)]
        return all(self._is(value[name], wanted) for name in rest)

    def by_pattern(self, value: object, wanted: Mapping[str, Any], _: Rule) -> bool:
        """Fields by what their names look like."""
        return not isinstance(value, dict) or all(
            self._is(item, rule)
            for name, item in value.items()
            for pattern, rule in wanted.items()
            if _found(pattern, name)
        )

    def names(self, value: object, wanted: Rule, _: Rule) -> bool:
        """What names of fields look like."""
        return not isinstance(value, dict) or all(self._is(name, wanted) for name in value)

    def items(self, value: object, wanted: Rule, _: Rule) -> bool:
        """Items of a list."""
        return not isinstance(value, list) or all(self._is(item, wanted) for item in value)

    def any_of(self, value: object, wanted: list[Any], _: Rule) -> bool:
        """One of several."""
        return any(self._is(value, rule) for rule in wanted)

    def all_of(self, value: object, wanted: list[Any], _: Rule) -> bool:
        """All of several."""
        return all(self._is(value, rule) for rule in wanted)

    def where(self, value: object, wanted: Rule, schema: Rule) -> bool:
        """A rule that holds for some values only."""
        return not self._is(value, wanted) or self._is(value, schema["then"])


def _found(pattern: str, text: str) -> bool:
    # In JSON Schema $ is the end; in Python it is also the place before a line end.
    return (
        re.search(pattern.removesuffix("$") + r"\Z" if pattern.endswith("$") else pattern, text) is not None
    )


def _type(_: SchemaReader, value: object, wanted: str | list[str], __: Rule) -> bool:
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return any(isinstance(value, _TYPES[kind]) for kind in kinds)


def _required(_: SchemaReader, value: object, wanted: list[str], __: Rule) -> bool:
    return not isinstance(value, dict) or set(wanted) <= value.keys()


_RULES: Mapping[str, Callable[[SchemaReader, Any, Any, Any], bool]] = {
    "$ref": SchemaReader.ref,
    "properties": SchemaReader.properties,
    "patternProperties": SchemaReader.by_pattern,
    "additionalProperties": SchemaReader.others,
    "propertyNames": SchemaReader.names,
    "items": SchemaReader.items,
    "anyOf": SchemaReader.any_of,
    "allOf": SchemaReader.all_of,
    "if": SchemaReader.where,
    "then": lambda *_: True,
    "type": _type,
    "required": _required,
    "enum": lambda _, value, wanted, __: value in wanted,
    "const": lambda _, value, wanted, __: value == wanted,
    "pattern": lambda _, value, wanted, __: not isinstance(value, str) or _found(wanted, value),
    "maxLength": lambda _, value, wanted, __: not isinstance(value, str) or len(value) <= wanted,
    "minItems": lambda _, value, wanted, __: not isinstance(value, list) or len(value) >= wanted,
    "minProperties": lambda _, value, wanted, __: not isinstance(value, dict) or len(value) >= wanted,
}
