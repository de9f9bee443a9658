"""Old names that still lead somewhere: renamed section ids and moved pages."""

from collections.abc import Collection, Iterable, Mapping

from soh_author.domain.ids import PageId, SectionId
from soh_author.domain.page import Page


def follow_alias(
    section: SectionId, known: Collection[SectionId], aliases: Mapping[SectionId, SectionId]
) -> SectionId | None:
    """The known id that an id leads to: itself, or the first known one down its chain of aliases.

    None when the chain ends nowhere or runs in a circle.
    """
    at, seen = section, {section}
    while at not in known:
        if at not in aliases or aliases[at] in seen:
            return None
        at = aliases[at]
        seen.add(at)
    return at


def moved_pages(pages: Iterable[Page]) -> dict[PageId, PageId]:
    """Old page ids (``moved_from``) to the page that has the text today; ids in use lead nowhere else.

    When two pages claim one old id, the page whose id comes first in the alphabet has it, so that the answer
    does not depend on the order of files.
    """
    known = {page.id: page.moved_from for page in pages}
    found: dict[PageId, PageId] = {}
    for page, olds in sorted(known.items()):
        for old in olds:
            if old not in known:
                found.setdefault(old, page)
    return found
