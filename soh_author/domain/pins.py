"""Pins: the hash of the text an override or a translation was written against (CONTENT_MODEL, "The pin")."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_SHAPE = re.compile(r"sha256:[0-9a-f]{64}")


class Pin(str):
    """``sha256:`` and 64 hexadecimal digits."""

    __slots__ = ()

    @classmethod
    def read(cls, text: str) -> "Pin | None":
        """The pin written in ``text``, or None when it is not shaped like one."""
        return cls(text) if _SHAPE.fullmatch(text) else None

    @property
    def short(self) -> str:
        """First seven digits, for people."""
        return self[7:14]


def pin_of(text: str) -> Pin:
    """Pin of a canonical text."""
    return Pin("sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def section_pin(heading: str, bodies: Iterable[str]) -> Pin:
    """Pin of a section made of a heading and the canonical bodies of its parts, in order."""
    return _section_pin(heading, tuple(bodies))


# Most sections of a page stand in the texts of all who read it; a string's own hash is made only once.
@lru_cache(maxsize=2048)
def _section_pin(heading: str, bodies: tuple[str, ...]) -> Pin:
    title = " ".join(unicodedata.normalize("NFC", heading).split())
    return pin_of("\n".join([title, *(body for body in bodies if body)]))


def field_pin(value: str) -> Pin:
    """Pin of one front matter value."""
    return pin_of(" ".join(unicodedata.normalize("NFC", value).split()))
