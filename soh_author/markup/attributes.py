"""Attributes in braces, on headings, components, pictures and spans: ``{#id .class key="value"}``."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_LONGEST = 1000
_ITEM = r'(?:\#[^\s{}"=]*|\.[\w-]+|[A-Za-z][\w-]*=(?:"[^"\n]*"|[^\s"\x27{}]+))'
_BRACES = re.compile(rf"\{{[ \t]*(?:{_ITEM}(?:[ \t]+|(?=\}})))*\}}")
_PART = re.compile(
    r'\#(?P<id>[^\s{}"=]*)|\.(?P<class>[\w-]+)|(?P<key>[A-Za-z][\w-]*)=(?:"(?P<quoted>[^"\n]*)"|(?P<bare>[^\s"\x27{}]+))'
)
_AT_END = re.compile(rf"(?:^|(?<=[ \t]))(\{{[ \t]*(?:{_ITEM}(?:[ \t]+|(?=\}})))+\}})[ \t]*$")
_ID_AT_END = re.compile(r"(?<!\\)\{#([^{}#]*)\}[ \t]*$")


@dataclass(frozen=True, slots=True)
class Attributes:
    """What stood between the braces; ``id`` is None when no ``#`` was written."""

    id: str | None = None
    classes: tuple[str, ...] = ()
    pairs: Mapping[str, str] = field(default_factory=dict)


def read_attributes(text: str, start: int = 0) -> tuple[Attributes, int] | None:
    """Read attributes whose opening brace stands at ``start``; None when it opens none.

    Returns:
        The attributes and the position behind the closing brace.
    """
    found = _BRACES.match(text, start, start + _LONGEST)
    return (_parts(found.group()), found.end()) if found else None


def split_attributes(text: str) -> tuple[str, Attributes | None]:
    """Cut attributes off the end of a line: the text before them, and the attributes or None."""
    brace = text.rfind("{", 0, None) if text.rstrip().endswith("}") else -1
    if brace < 0:
        return text, None
    found = _AT_END.search(text, max(0, len(text) - _LONGEST))
    return (text[: found.start(1)].rstrip(), _parts(found.group(1))) if found else (text, None)


def split_id(text: str) -> tuple[str, str | None]:
    """Cut ``{#id}`` off the end of a heading, also one that is no good id: the words, and the id or None."""
    if not text.rstrip().endswith("}"):
        return text, None
    found = _ID_AT_END.search(text, max(0, len(text) - _LONGEST))
    return (text[: found.start()].rstrip(), found.group(1).strip()) if found else (text, None)


def _parts(braces: str) -> Attributes:
    written: str | None = None
    classes: list[str] = []
    pairs: dict[str, str] = {}
    for part in _PART.finditer(braces):
        if part["id"] is not None:
            written = part["id"]
        elif part["class"]:
            classes.append(part["class"])
        else:
            pairs[part["key"]] = part["quoted"] if part["quoted"] is not None else part["bare"]
    return Attributes(written, tuple(classes), pairs)
