"""``::: details Summary``: text that opens on request."""

from soh_author.render.components.use import Use


def render(use: Use) -> str:
    """A disclosure that needs no script."""
    title = use.title or use.words.more
    return (
        f'<details class="more"{use.line}><summary>{title}</summary>\n'
        f'<div class="more-text">{use.body()}</div></details>\n'
    )
