"""Pictures that do more than show something: a drawing may hold scripts, links and pages of others."""

import re
from collections.abc import Iterator

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.layers import Place

_ACTIVE = re.compile(
    r"<\s*(?:[\w.-]+:)?(?:script|foreignobject|iframe|object|embed|handler|listener|set|animate\w*)\b"
    r"|[\s\"'/](?:on[a-z]+)\s*="
    r"|href\s*=\s*(?![\"']\s*(?:\#|data:image/(?:png|jpe?g|gif|webp)[;,]))"
    r"|url\(\s*(?![\"']?\#)|@import|<!\s*(?:entity|doctype)|<\?xml-stylesheet"
    r"|encoding\s*=\s*[\"'](?!utf-8[\"'])",
    re.IGNORECASE,
)


def picture_faults(path: str, data: bytes) -> Iterator[Diagnostic]:
    """Find drawings (SVG) that could run something or bring in what nobody reviewed.

    A reviewer sees what a drawing shows; whoever opens its address would get what else is in it, under the
    name of the force.
    """
    if not path.lower().endswith(".svg"):
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield diagnose("active-picture", "The drawing is no UTF-8 text.", Place(path))
        return
    found = _ACTIVE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        message = "The drawing does more than show something: it holds a script, a link or an outside part."
        yield diagnose("active-picture", message, Place(path, line))
