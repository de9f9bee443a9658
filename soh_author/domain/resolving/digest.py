"""The digest of an output: the name of exactly what one public reads (CONTENT_MODEL, "Digest of an output").

A change that isn't read (a pin, an owner, a reason, a review date, other line breaks) changes no digest.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from soh_author.domain.facts import FactValue
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection

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


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """The parts of the encoding that are the same for all publics of one effective page.

    ``before`` stands before the facts, ``between`` behind them, ``after`` at the end.
    """

    before: str
    between: str
    after: str


def encode_page(effective: EffectivePage) -> EncodedPage:
    """Encode what an effective page says; made once, it serves the digests of all who read it."""
    fields = {name: found.value for name, found in effective.fields.items() if name not in NOT_READ}
    related = [str(page) for page in effective.related]
    sections = [_section(section) for section in effective.sections]
    return EncodedPage(
        before=f'{{"address":{_encode(effective.value("url"))},"facts":',
        between=f',"fields":{_encode(fields)},"force":',
        after=f',"related":{_encode(related)},"schema":{DIGEST_SCHEMA},"sections":{_encode(sections)}'
        f',"type":{_encode(effective.type.value)}}}',
    )


def output_digest(
    output: OutputIdentity,
    effective: EffectivePage,
    facts_used: Mapping[str, FactValue],
    links: Mapping[str, str],
    media: Mapping[str, str],
    *,
    encoded: EncodedPage | None = None,
) -> str:
    """``sha256:…`` of an output: of canonical JSON, its keys in order, without spaces, in ASCII.

    Args:
        output: which output it is.
        effective: the page as the force has it in that language.
        facts_used: the facts that the page shows, by key (``fact.fee``); others must be left out.
        links: addresses of the pages it links to, by the link's target as written.
        media: SHA-256 of the bytes of each picture it shows, by name.
        encoded: of the same effective page, where it was made before.
    """
    page = encoded or encode_page(effective)
    content = (
        f"{page.before}{_facts(facts_used)}{page.between}{_quote(output.force)}"
        f',"language":{_quote(output.language)},"links":{_texts(links)}'
        f',"media":{_texts(media)},"page":{_quote(output.page)}{page.after}'
    )
    return "sha256:" + hashlib.sha256(content.encode("ascii")).hexdigest()


def with_turn(digest: str, day: date, then: str) -> str:
    """``sha256:…`` of an output that will be another on a day to come, with nobody changing anything.

    Args:
        digest: of the output as it is; empty where it isn't there yet.
        day: on which other groups begin to speak for the force.
        then: digest of the output from that day on, made in the same way; empty where it goes.
    """
    said = _encode({"day": day.isoformat(), "now": digest, "then": then})
    return "sha256:" + hashlib.sha256(said.encode("ascii")).hexdigest()


_encode = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode
_quote = json.encoder.encode_basestring_ascii


# These two do what ``_encode`` does, in a third of the time: there are some for every output.
def _facts(facts: Mapping[str, FactValue]) -> str:
    return "{" + ",".join(f"{_quote(key)}:{_fact(facts[key])}" for key in sorted(facts)) + "}"


def _fact(fact: FactValue) -> str:
    """Type and value; where others follow on days to come, these too, as nobody is asked again then."""
    said = f"[{_quote(fact.type)},{_quote(fact.value)}"
    if not fact.later:
        return f"{said}]"
    return f"{said},{_encode([[each.start.isoformat(), each.type, each.value] for each in fact.later])}]"


def _texts(texts: Mapping[str, str]) -> str:
    return "{" + ",".join(f"{_quote(key)}:{_quote(texts[key])}" for key in sorted(texts)) + "}"


def _section(section: EffectiveSection) -> list[str]:
    """What is read of a section: its id (readers link to it), its words by their pin, their languages."""
    languages = [part.language.value for part in section.parts if part.canonical]
    said = languages[:1] if len(set(languages)) == 1 else languages
    return [str(section.id), str(section.pin), "".join(said)]
