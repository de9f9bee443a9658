"""One use of a component in text, as its renderer gets it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from soh_author.render.words import Words


@dataclass(frozen=True, slots=True)
class Use:
    """What stands in and around ``::: name``.

    ``title`` is the HTML of the words behind the name (no links in it), ``attrs`` what stands in braces;
    ``body`` gives the HTML of what is inside, ``label`` only its running text without links; ``line`` is the
    ready attribute telling the line (or nothing); ``level`` the level of headings.
    """

    title: str
    attrs: Mapping[str, str]
    body: Callable[[], str]
    label: Callable[[], str]
    words: Words
    line: str = ""
    level: int = 3


Component = Callable[[Use], str]
"""A component: one use to HTML. The result still passes the clean-up of its fragment."""
