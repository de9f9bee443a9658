"""``::: start-button {href="https://…"}``: the one way into an online service."""

from soh_author.render.components.use import Use
from soh_author.render.targets import safe_href


def render(use: Use) -> str:
    """A link that looks like a button; its words alone when the address is one no link may lead to."""
    label = use.label() or use.title
    found = safe_href(use.attrs.get("href", ""))
    if found is None:
        return f'<p class="start"{use.line}><span class="no-link">{label}</span></p>\n'
    href, fault = found
    return f'<p class="start"{use.line}><a class="start-button" href="{href}">{label}</a>{fault}</p>\n'
