"""The fact-check pack: one HTML file that needs nothing else, with numbered blocks and a form for answers.

The one page made here that carries a script, and only its own, named by its hash; nothing is ever asked of
the network. Without scripts the answers are typed into a plain text.
"""

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import nh3
from markupsafe import Markup

from soh_author.render.clean import TAGS
from soh_author.render.resources import style
from soh_author.render.templates import environment

_PICTURE = re.compile(r'<img [^>]*?alt="([^"]*)"[^>]*>')
_LINK = re.compile(r'<a [^>]*?href="(https?://[^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
_CLEANER = nh3.Cleaner(
    tags=set(TAGS) - {"a", "img", "details", "summary"},
    attributes={"span": {"lang"}, "ol": {"start"}, "th": {"scope"}},
    link_rel=None,
)


@dataclass(frozen=True, slots=True)
class PackBlock:
    """One thing to check: number, the heading it begins under (empty: as before), HTML, and its language."""

    number: int
    heading: str
    html: Markup
    language: str


@dataclass(frozen=True, slots=True)
class PackPage:
    """A page in the pack: title, who reads it so in a sentence, its blocks."""

    title: str
    told: str
    blocks: Sequence[PackBlock]


@dataclass(frozen=True, slots=True)
class PackPaper:
    """Everything on the paper: for which draft, made when, ``head`` the first lines of an answer."""

    draft: str
    made: str
    head: str
    pages: Sequence[PackPage]


def fact_check_html(paper: PackPaper) -> str:
    """The pack as one HTML file, with its own script and styles inside."""
    script, sheet = style("fact-check.js"), style("fact-check.css")
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(sheet)}'; base-uri 'none'; "
        "form-action 'none'"
    )
    return (
        environment()
        .get_template("fact_check.html")
        .render(
            paper=paper,
            numbers=[block.number for page in paper.pages for block in page.blocks],
            policy=policy,
            script=Markup(script),  # noqa: S704 - our own file
            sheet=Markup(sheet),  # noqa: S704 - our own file
        )
    )


def still(html: str) -> Markup:
    """HTML of a block as paper shows it: addresses of links in words, pictures by their description."""
    shown = _PICTURE.sub(lambda found: f"<em>[Picture: {found[1] or 'decorative'}]</em>", html)
    shown = _LINK.sub(lambda found: f"{found[2]} ({found[1]})", shown)
    return Markup(_CLEANER.clean(shown))  # noqa: S704 - it was just reduced to what paper may hold


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
