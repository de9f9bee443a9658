"""``::: warning``: what may go wrong or hurt."""

from soh_author.render.components.use import Use


def render(use: Use) -> str:
    """A framed text with the word “Warning” in front."""
    title = use.title or use.words.warning
    return f'<div class="warning"{use.line}><p class="box-title">{title}</p>\n{use.body()}</div>\n'
