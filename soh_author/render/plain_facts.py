"""Facts in front matter fields (title, summary): plain text that may hold ``{{ fact.name }}``."""

from html import escape

from soh_author.markup.inline_rules import FACT
from soh_author.render.holes import HoleKind, hole, plain_text


def field_html(value: str, kind: HoleKind) -> str:
    """A field's value, escaped, its facts as holes of the given kind.

    ``\\{{`` is written for a literal brace.
    """
    text = plain_text(value)
    out = []
    last = 0
    for found in FACT.finditer(text):
        if text[: found.start()].endswith("\\"):
            continue
        out += [text[last : found.start()], hole(kind, f"{found['scope']}.{found['name']}")]
        last = found.end()
    out.append(text[last:])
    out[::2] = [escape(piece.replace("\\{{", "{{")) for piece in out[::2]]
    return "".join(out)
