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
    """Old page ids to the pages that say they had them (``moved_from``).

    When two pages claim one old id, the page whose id comes first in the alphabet has it, so that the answer
    does not depend on the order of files.
    """
    found: dict[PageId, PageId] = {}
    for page in sorted(pages, key=lambda each: each.id):
        for old in page.moved_from:
            found.setdefault(old, page.id)
    return found
