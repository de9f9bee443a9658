"""``::: note``: what is good to know beside the text."""

from soh_author.render.components.use import Use


def render(use: Use) -> str:
    """A quiet box; the word “Note” is said to those who don't see the box."""
    hidden = "" if use.title else " unseen"
    title = use.title or use.words.note
    return f'<div class="note"{use.line}><p class="box-title{hidden}">{title}</p>\n{use.body()}</div>\n'
