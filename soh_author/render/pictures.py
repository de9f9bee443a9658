"""Pictures: ``![Alt text](media:name.png "Caption")``."""

import re

from markdown_it.token import Token

from soh_author.render.holes import HoleKind, hole

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:[./][A-Za-z0-9_-]+)*")


def media_name(source: str) -> str | None:
    """Name of the picture in a ``media:`` address; None for any other address, which is not shown."""
    name = source.removeprefix("media:")
    return name if source.startswith("media:") and _NAME.fullmatch(name) else None


def picture(token: Token, alt: str) -> str:
    """HTML of one picture.

    ``alt`` is ready for an attribute. A picture from elsewhere is only named by its words.
    """
    name = media_name(str(token.attrGet("src") or ""))
    if name is None:
        return f'<span class="no-link">{alt}</span>'
    shown = "" if token.meta.get("decorative") else alt
    source = hole(HoleKind.MEDIA, name)
    return f'<img src="{source}" alt="{shown}" loading="lazy">{hole(HoleKind.MEDIA_FAULT, name)}'


def figure(token: Token, alt: str, caption: str, line: str) -> str:
    """A picture that stands alone in its paragraph, with its caption (HTML) when it has one."""
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f"<figure{line}>{picture(token, alt)}{below}</figure>\n"
