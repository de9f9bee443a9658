"""Front matter as this program writes it, read without a YAML parser; None for anything else.

Lists of many pages read thousands of fields. Only shapes are taken whose meaning is beyond doubt; a property
holds them to what :func:`soh_author.markup.yaml_reading.read_yaml` says.
"""

import re
from collections.abc import Iterator

from soh_author.markup.yaml_reading import Yaml

_KEY = r"[a-z][a-z0-9_-]*"
_PLAIN = r"[A-Za-z0-9/£](?:[A-Za-z0-9À-ɏ _./£()’‘“”–?+;=&'-]|:(?=[A-Za-z0-9/]))*"
_TOKEN = re.compile(
    rf"""[ ]*(?:(?P<sign>[{{}}\[\],])|"(?P<double>[^"\\\n]*)"|'(?P<single>[^'\n]*)'|(?P<key>{_KEY}):[
    ]|(?P<plain>{_PLAIN}))""",
    re.VERBOSE,
)
_LINE = re.compile(rf"(?P<key>{_KEY}):(?:[ ]+(?P<value>\S[^\n]*))?")
_BELOW = re.compile(rf"(?P<indent>[ ]*)(?:-[ ](?P<item>\{{[^\n]*)|(?P<key>{_KEY}):[ ]+(?P<value>\S[^\n]*))")
_PLAIN_LINE = re.compile(r"[A-Za-z0-9/£](?:[A-Za-z0-9À-ɏ _./£()’‘“”–?+;=&,'!%*-]|:(?=[A-Za-z0-9/]))*")
_LONGEST = 50_000


class _NotPlainError(Exception):
    """The text has another shape."""


def plain_yaml(raw: str) -> dict[str, Yaml] | None:
    """The fields of a front matter in the usual shape; None when they have another one."""
    if len(raw) > _LONGEST or (not raw.isprintable() and not raw.replace("\n", "").isprintable()):
        return None
    try:
        return _mapping(raw.split("\n"))
    except _NotPlainError:
        return None


def _mapping(lines: list[str]) -> dict[str, Yaml]:
    found: dict[str, Yaml] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if not line:
            continue
        entry = _LINE.fullmatch(line)
        if entry is None or entry["key"] in found:
            raise _NotPlainError
        if entry["value"]:
            found[entry["key"]] = _value(entry["value"])
            continue
        below: list[str] = []
        while number < len(lines) and lines[number].startswith((" ", "-")):
            below.append(lines[number])
            number += 1
        found[entry["key"]] = _nested(below)
    return found


def _nested(lines: list[str]) -> Yaml:
    """The lines below a key: a list of mappings in brackets, or one more level of keys."""
    entries = [_BELOW.fullmatch(line) for line in lines]
    first = entries[0] if entries else None
    if first is None:
        raise _NotPlainError
    items: list[Yaml] = []
    fields: dict[str, Yaml] = {}
    for entry in entries:
        if entry is None or entry["indent"] != first["indent"]:
            raise _NotPlainError
        if entry["item"]:
            items.append(_value(entry["item"]))
        elif entry["indent"] and entry["key"] not in fields:
            fields[entry["key"]] = _value(entry["value"])
        else:
            raise _NotPlainError
    if items and fields:
        raise _NotPlainError
    return items or fields


def _value(text: str) -> Yaml:
    """A value on one line."""
    text = text.rstrip(" ")
    if text[0] not in "{[\"'":
        if not _PLAIN_LINE.fullmatch(text):
            raise _NotPlainError
        return text
    tokens = _tokens(text)
    value = _item(next(tokens), tokens)
    if next(tokens, None) is not None:
        raise _NotPlainError
    return value


_Token = tuple[str, str]


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None or found.lastgroup is None:
            raise _NotPlainError
        kind = found.lastgroup
        yield kind, found[kind].rstrip(" ") if kind == "plain" else found[kind]
        at = found.end()


def _item(token: _Token, tokens: Iterator[_Token]) -> Yaml:
    kind, text = token
    if kind in {"double", "single", "plain"}:
        return text
    if token == ("sign", "{"):
        return _fields(tokens)
    if token == ("sign", "["):
        return _items(tokens)
    raise _NotPlainError


def _fields(tokens: Iterator[_Token]) -> dict[str, Yaml]:
    found: dict[str, Yaml] = {}
    for kind, text in tokens:
        if kind != "key" or text in found:
            raise _NotPlainError
        found[text] = _item(next(tokens, ("", "")), tokens)
        end = next(tokens, ("", ""))
        if end == ("sign", "}"):
            return found
        if end != ("sign", ","):
            raise _NotPlainError
    raise _NotPlainError


def _items(tokens: Iterator[_Token]) -> list[Yaml]:
    found: list[Yaml] = []
    for token in tokens:
        if not found and token == ("sign", "]"):
            return found
        found.append(_item(token, tokens))
        end = next(tokens, ("", ""))
        if end == ("sign", "]"):
            return found
        if end != ("sign", ","):
            raise _NotPlainError
    raise _NotPlainError
