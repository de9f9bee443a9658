"""What links and pictures may point to (content_schema/README.md, "Text")."""

import re

from soh_author.domain.ids import PageId, SectionId

_MEDIA = re.compile(r"media:[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*\.[A-Za-z0-9]+")
_HTTPS = re.compile(r"https://[^\s/?#]+\S*", re.IGNORECASE)
_TEL = re.compile(r"tel:\+?[0-9](?:[0-9.-]|%20)*")
_MAILTO = re.compile(r"mailto:[^\s@]+@[^\s@]+")


def fault_of_link(address: str) -> str:
    """Why a link may not point to this address, in a sentence; empty when it may."""
    if address.startswith("page:"):
        page, hash_sign, section = address.removeprefix("page:").partition("#")
        if PageId.is_valid(page) and (SectionId.is_valid(section) or not hash_sign):
            return ""
        return f"“{address}” isn't a page id, or page id and section: page:advice/seized-vehicles#reclaim."
    if _HTTPS.fullmatch(address) or _TEL.fullmatch(address) or _MAILTO.fullmatch(address):
        return ""
    if "%7B%7B" in address or "{{" in address:
        return "A fact can't stand in a link's address; a fact that is an address becomes a link by itself."
    if address.startswith("#"):
        return f"“{address}” names no page; write page:, the page's id and {address}."
    return f"A link can't point to “{address or 'nothing'}”."


def fault_of_picture(address: str) -> str:
    """Why a picture may not come from this address, in a sentence; empty when it may."""
    if _MEDIA.fullmatch(address):
        return ""
    return f"A picture can't come from “{address or 'nothing'}”; write media: and the name of its file."
