"""``::: steps``: an ordered list shown as numbered steps."""

from soh_author.render.components.use import Use


def render(use: Use) -> str:
    """The list in a frame that numbers it large."""
    return f'<div class="steps"{use.line}>\n{use.body()}</div>\n'
