"""Where links may lead.

Pages by id, ``https``, ``tel``, ``mailto``, and facts that hold an address. Nothing else.
"""

import re
from html import escape

from soh_author.domain.ids import PageId, SectionId
from soh_author.markup.inline_rules import FACT
from soh_author.render.formats import email_href, web_href
from soh_author.render.holes import HoleKind, hole

_PHONE = re.compile(r"tel:[0-9+*#()%.\- ]+")


def page_target(href: str) -> str | None:
    """``page/id`` or ``page/id#section`` of a ``page:`` link, checked; None when it is no such link."""
    if not href.startswith("page:"):
        return None
    page, mark, section = href.removeprefix("page:").partition("#")
    sound = PageId.is_valid(page) and (SectionId.is_valid(section) if mark else True)
    return href.removeprefix("page:") if sound else None


def fact_target(href: str) -> str | None:
    """Key of the fact (``fact.report_url``) when the whole address is one fact; else None."""
    found = FACT.fullmatch(href.strip())
    return f"{found['scope']}.{found['name']}" if found else None


def safe_href(href: str) -> tuple[str, str] | None:
    """What goes into ``href="…"`` and what stands behind the link (a hole for a fault, or nothing).

    None for an address no link may lead to (``javascript:``, ``data:``, plain paths, …); the words are then
    shown without a link.
    """
    page = page_target(href)
    if page is not None:
        return hole(HoleKind.LINK, page), hole(HoleKind.LINK_FAULT, page)
    fact = fact_target(href)
    if fact is not None:
        return hole(HoleKind.FACT_HREF, fact), ""
    outside = _outside(href)
    return None if outside is None else (escape(outside), "")


def _outside(href: str) -> str | None:
    scheme = href.partition(":")[0].lower()
    if scheme == "https":
        return web_href(href)
    if scheme == "tel":
        return href if _PHONE.fullmatch(href) else None
    if scheme == "mailto":
        address, _, rest = href.partition(":")[2].partition("?")
        return href if email_href(address) and not re.search(r"[\s<>\"']", rest) else None
    return None
