"""Ids for sections whose heading has none, a bad one, or one that is taken."""

import re
import unicodedata
from collections.abc import Collection, Iterable

from soh_author.domain.ids import LEAD, SectionId

_LONGEST = 60
_FACT_OR_MARK = re.compile(r"\{\{[^{}]*\}\}|\]\([^()]*\)|<[^<>]*>")
_OTHER = re.compile(r"[^a-z0-9]+")


def suggest_id(heading: str, taken: Collection[str] = ()) -> SectionId:
    """Make a section id from a heading's words: ``How to reclaim it`` gives ``how-to-reclaim-it``.

    Args:
        heading: the heading's Markdown; Welsh letters lose their accents.
        taken: ids that are in use; ``lead`` always is.
    """
    return FreeIds(taken).suggest(heading)


class FreeIds:
    """Makes ids that differ from all in use and from one another; quick for any number of sections."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {LEAD, *taken}
        self._numbers: dict[str, int] = {}

    def suggest(self, heading: str) -> SectionId:
        """An id made from a heading's words; it is in use from now on."""
        base = _base(heading)
        number = self._numbers.get(base, 1)
        found = base if number == 1 else f"{base}-{number}"
        while found in self._taken:
            number += 1
            found = f"{base}-{number}"
        self._numbers[base] = number
        self._taken.add(found)
        return SectionId(found)


def _base(heading: str) -> str:
    words = unicodedata.normalize("NFKD", _FACT_OR_MARK.sub(" ", heading)).encode("ascii", "ignore").decode()
    base = _OTHER.sub("-", words.lower().replace("'", "")).strip("-")
    if not base[:1].isalpha():
        base = f"section-{base}".strip("-")
    if len(base) > _LONGEST:
        base = base[: _LONGEST + 1].rpartition("-")[0] or base[:_LONGEST]
    return base if SectionId.is_valid(base) else f"{base}-section"
