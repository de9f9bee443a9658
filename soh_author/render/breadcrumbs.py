"""Where a page stands in the site, read from its id and its address."""

import re
from collections.abc import Sequence

from soh_author.domain.ids import Language, PageId
from soh_author.domain.sentence import first_upper
from soh_author.render.words import area_name

# Parts of an address that say nothing to people: codes of up to three letters, numbered editions, folders.
_CODE = re.compile(r"[a-z]{1,3}|[a-z]{2}-[a-z]{1,2}|areas|forms|archive|.*\d.*|beta\b.*", re.IGNORECASE)


def topic_of(url: str, language: Language) -> str:
    """Name of the topic an address puts its page in (``…/vr/vehicle-recovery/seized-vehicles/``), or nothing.

    Addresses are not made from titles; this is only what can be read off one, so it is shown without a link.
    """
    segments = [segment for segment in url.strip("/").split("/") if segment]
    if language is Language.CY and segments[:1] == ["cy-GB"]:
        segments = segments[1:]
    named = [segment for segment in segments[2:-1] if not _CODE.fullmatch(segment)]
    return _readable(named[-1]) if named else ""


def trail(page: PageId, url: str, language: Language) -> Sequence[tuple[str, str]]:
    """Steps from the home page down to the page, without both.

    (words, ``#anchor`` on the home page or nothing).
    """
    area = page.area
    steps = [(area_name(area, language), f"#{area}")] if area else []
    topic = topic_of(url, language)
    if topic and topic not in {name for name, _ in steps}:
        steps.append((topic, ""))
    return steps


def _readable(segment: str) -> str:
    return first_upper(segment.replace("-", " ").strip())
