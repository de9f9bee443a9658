"""Ids for sections whose heading has none, a bad one, or one that is taken."""

import re
import unicodedata
from collections.abc import Collection

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
    words = (
        unicodedata.normalize("NFKD", _FACT_OR_MARK.sub(" ", heading))
        .encode("ascii", "ignore")
        .decode()
        .lower()
    )
    base = _OTHER.sub("-", words.replace("'", "")).strip("-")
    if not base[:1].isalpha():
        base = f"section-{base}".strip("-")
    if len(base) > _LONGEST:
        base = base[: _LONGEST + 1].rpartition("-")[0] or base[:_LONGEST]
    if not SectionId.is_valid(base):
        base = f"{base}-section"
    used = {LEAD, *taken}
    number = 1
    found = base
    while found in used:
        number += 1
        found = f"{base}-{number}"
    return SectionId(found)
