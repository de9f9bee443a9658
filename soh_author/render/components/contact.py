"""``::: contact Title``: how to reach somebody, usually a list of numbers and addresses."""

from soh_author.render.components.use import Use


def render(use: Use) -> str:
    """A card with a heading."""
    title = use.title or use.words.contact
    heading = f'<h{use.level} class="contact-title">{title}</h{use.level}>'
    return f'<div class="contact"{use.line}>{heading}\n{use.body()}</div>\n'
