"""Words that a draft took over from somebody's suggestion: whoever suggested them wrote them too."""

from collections.abc import Iterable, Iterator

from soh_author.domain.comment import SignedRemark, threads_of
from soh_author.domain.ids import PersonId
from soh_author.reading.paths import page_path


def accepted_words(remarks: Iterable[SignedRemark]) -> Iterator[tuple[str, PersonId]]:
    """Paths that words of an accepted suggestion went to, with who had suggested them."""
    for thread in threads_of(remarks):
        for accepted in thread.acceptances:
            anchor = accepted.remark.anchor
            assert anchor is not None, "an acceptance tells where the words went"
            yield page_path(anchor.layer, anchor.page, anchor.language), thread.root.remark.person
