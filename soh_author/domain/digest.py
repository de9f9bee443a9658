"""The digest of an output: the name of exactly what one public reads (CONTENT_MODEL, "Digest of an output").

A change that isn't read (a pin, an owner, a reason, a review date, other line breaks) changes no digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.effective import EffectivePage, EffectiveSection
from soh_author.domain.facts import FactValue
from soh_author.domain.ids import ForceId, Language, PageId

DIGEST_SCHEMA = 1
"""Version of the encoding below; a new one makes every digest new."""

NOT_READ = frozenset({"owner", "review_by", "why", "note", "url"})
"""Front matter that never renders. The address counts, under a name of its own."""


@dataclass(frozen=True, slots=True)
class OutputIdentity:
    """One page as one public reads it."""

    page: PageId
    force: ForceId
    language: Language

    def __str__(self) -> str:
        return f"{self.page} · {self.force} · {self.language}"


def output_digest(
    output: OutputIdentity,
    effective: EffectivePage,
    facts_used: Mapping[str, FactValue],
    links: Mapping[str, str],
    media: Mapping[str, str],
) -> str:
    """``sha256:…`` of an output.

    Args:
        output: which output it is.
        effective: the page as the force has it in that language.
        facts_used: the facts that the page shows, by key (``fact.fee``); others must be left out.
        links: addresses of the pages it links to, by the link's target as written.
        media: SHA-256 of the bytes of each picture it shows, by name.
    """
    content = {
        "schema": DIGEST_SCHEMA,
        "page": str(output.page),
        "force": str(output.force),
        "language": output.language.value,
        "type": effective.type.value,
        "address": effective.value("url"),
        "fields": {name: found.value for name, found in effective.fields.items() if name not in NOT_READ},
        "related": [str(page) for page in effective.related],
        "sections": [_section(section) for section in effective.sections],
        "facts": {key: [fact.type.value, fact.value] for key, fact in facts_used.items()},
        "links": dict(links),
        "media": dict(media),
    }
    encoded = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return "sha256:" + hashlib.sha256(encoded.encode("ascii")).hexdigest()


def _section(section: EffectiveSection) -> list[str]:
    """What is read of a section: its id (readers link to it), its words by their pin, their languages."""
    languages = [part.language.value for part in section.parts if part.canonical]
    said = languages[:1] if len(set(languages)) == 1 else languages
    return [str(section.id), str(section.pin), "".join(said)]
