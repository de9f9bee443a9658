"""Where a comment stands in the text as it is now: it follows edits; what has no place is still listed."""

from dataclasses import dataclass
from enum import StrEnum

from soh_author.domain.aliases import follow_alias
from soh_author.domain.comment import Anchor, Thread
from soh_author.domain.comparing.quotation import Context, Found, find_quotation
from soh_author.domain.ids import SectionId
from soh_author.domain.override import Override
from soh_author.domain.page import Page, SectionText
from soh_author.reading.paths import page_path
from soh_author.workflow.snapshot import Snapshot

_MOVED_WORDS = 3
"""Words that a quotation needs to be looked for in other sections than its own."""


class Standing(StrEnum):
    """How a comment stands to the text."""

    EXACT = "exact"
    """The quoted words are there, word for word."""
    ALIKE = "alike"
    """The words were edited; this is the most alike place."""
    WHOLE = "whole"
    """It is about a whole section or page, which is there."""
    ORPHANED = "orphaned"
    """What it was about is gone."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A conversation and where it stands.

    ``path`` is the file, ``section`` the section as it is called now with its ``heading`` (both empty for a
    whole page), ``line`` the first line of the section in the file, ``found`` the words in the section's
    text (see :func:`words_of`), which begin at ``words_line``. ``reason`` tells of an orphan why it is one.
    """

    thread: Thread
    standing: Standing
    path: str
    section: SectionId | None = None
    heading: str = ""
    line: int = 1
    found: Found | None = None
    reason: str = ""
    words_line: int = 1

    @property
    def is_orphaned(self) -> bool:
        """Whether what it was about is gone."""
        return self.standing is Standing.ORPHANED


def words_of(section: SectionText) -> str:
    """The text of a section in which quotations are looked for: its heading, an empty line, what follows."""
    return f"{section.heading}\n\n{section.body}" if section.heading else section.body


def place(snapshot: Snapshot, thread: Thread) -> Placed:
    """Find where a conversation stands in a state of the content."""
    anchor = thread.anchor
    path = path_of(snapshot, anchor)
    value = snapshot.sources.read(path).value if snapshot.sources.has(path) else None
    if not isinstance(value, Page | Override):
        return Placed(
            thread, Standing.ORPHANED, path, anchor.section, reason="The text it was about is gone."
        )
    if anchor.section is None:
        return Placed(thread, Standing.WHOLE, path)
    texts = sections_of(value)
    wanted = _section_today(value, texts, anchor.section)
    own = [text for text in texts if text.id == wanted]
    if not anchor.quote:
        return _whole(thread, path, own)
    for text in own:
        found = _find(text, anchor)
        if found is not None:
            return _placed(thread, path, text, found)
    return _elsewhere(thread, path, texts, is_there=bool(own))


def path_of(snapshot: Snapshot, anchor: Anchor) -> str:
    """The file an anchor is about; a page that moved is followed."""
    path = page_path(anchor.layer, anchor.page, anchor.language)
    if snapshot.sources.has(path):
        return path
    page = snapshot.sources.moves.get(anchor.page, anchor.page)
    return page_path(anchor.layer, page, anchor.language)


def sections_of(value: Page | Override) -> tuple[SectionText, ...]:
    """The texts that a file brings, in its order."""
    if isinstance(value, Page):
        return value.sections
    return tuple(op.text for op in value.ops if op.text is not None)


def _section_today(
    value: Page | Override, texts: tuple[SectionText, ...], section: SectionId
) -> SectionId | None:
    known = {text.id for text in texts}
    return follow_alias(section, known, value.aliases if isinstance(value, Page) else {})


def _find(text: SectionText, anchor: Anchor) -> Found | None:
    return find_quotation(words_of(text), anchor.quote, Context(anchor.before, anchor.after))


def _whole(thread: Thread, path: str, own: list[SectionText]) -> Placed:
    if not own:
        reason = "The section it was about is gone."
        return Placed(thread, Standing.ORPHANED, path, thread.anchor.section, reason=reason)
    first = own[0]
    return Placed(thread, Standing.WHOLE, path, first.id, first.heading, first.line, words_line=first.line)


def _placed(thread: Thread, path: str, text: SectionText, found: Found) -> Placed:
    standing = Standing.EXACT if found.is_exact else Standing.ALIKE
    ahead = words_of(text)[: found.start].count("\n")
    # Between the heading and what follows there is one line end in the file, and two in the words.
    line = text.line + ahead - (1 if text.heading and ahead else 0)
    return Placed(thread, standing, path, text.id, text.heading, text.line, found, words_line=line)


def _elsewhere(thread: Thread, path: str, texts: tuple[SectionText, ...], *, is_there: bool) -> Placed:
    """The words may have moved to another section; a few common ones are not looked for there."""
    anchor = thread.anchor
    if len(anchor.quote.split()) >= _MOVED_WORDS:
        for text in texts:
            found = _find(text, anchor)
            if found is not None and found.is_exact:
                return _placed(thread, path, text, found)
    reason = "The words it was about are gone." if is_there else "The section it was about is gone."
    return Placed(thread, Standing.ORPHANED, path, anchor.section, reason=reason)
