"""``::: emergency``: when to call 999. Empty, it says the national wording."""

from soh_author.render.components.use import Use
from soh_author.render.holes import HoleKind, hole
from soh_author.render.words import Words


def national_block(words: Words, level: int, line: str = "") -> str:
    """The national emergency block; it names the force's own number for everything else, where it has one."""
    other = hole(HoleKind.FACT_OPTIONAL, "force.non_emergency emergency_other")
    return (
        f'<div class="emergency"{line}><h{level} class="emergency-title">{words.emergency_title}</h{level}>\n'
        f'<p class="emergency-call">{words.emergency_call} <a href="tel:999">999</a>.</p>\n'
        f"<p>{words.emergency_hearing}</p>\n{other}</div>\n"
    )


def render(use: Use) -> str:
    """The block with the editor's words, or the national one when there are none."""
    body = use.body()
    if not body.strip():
        return national_block(use.words, use.level, use.line)
    title = use.title or use.words.emergency_title
    heading = f'<h{use.level} class="emergency-title">{title}</h{use.level}>'
    return f'<div class="emergency"{use.line}>{heading}\n{body}</div>\n'
