"""``::: form Label``: the place of a form of the platform, which is not written here."""

from soh_author.render.components.use import Use
from soh_author.render.words import Words


def placeholder(words: Words, label: str, line: str = "") -> str:
    """A labelled place; ``label`` is HTML."""
    return (
        f'<div class="form-place"{line}><p class="form-kind">{words.form}</p>\n'
        f'<p class="form-label">{label}</p>\n<p class="form-text">{words.form_text}</p></div>\n'
    )


def render(use: Use) -> str:
    """A labelled place where the live site opens the form."""
    return placeholder(use.words, use.title or use.label() or use.words.form, use.line)
