"""What there is to say something of: the sections of the pages a draft changes, or of one text."""

from collections.abc import Iterator
from dataclasses import dataclass

from soh_author.domain.ids import LEAD, Language
from soh_author.domain.layers import SHARED
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.quotation import Context, find_quotation
from soh_author.reading.paths import PagePlace
from soh_author.workflow.comments.placing import sections_of, words_of
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.outputs import Output
from soh_author.workflow.release.reviewing_views import Group, Review
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Sayable:
    """A section one can say something of: ``title`` names it to people, ``words`` are its text.

    ``is_changed`` tells whether the draft changes it; ``line`` is where it begins in its file, where known.
    """

    spot: Spot
    title: str
    words: str
    heading: str = ""
    is_changed: bool = False
    line: int = 0

    @property
    def body(self) -> str:
        """Its words below the heading."""
        return self.words.removeprefix(f"{self.heading}\n\n") if self.heading else self.words

    def holds(self, quote: str) -> bool:
        """Whether words stand in it, word for word."""
        found = find_quotation(self.words, quote, Context("", ""))
        return found is not None and found.is_exact


def sayable_in_review(review: Review) -> tuple[Sayable, ...]:
    """The sections of the pages that read otherwise, those that changed first, each once."""
    found: dict[Spot, Sayable] = {}
    for group in review.groups:
        for each in _in_group(group):
            known = found.get(each.spot)
            if known is None or (each.is_changed and not known.is_changed):
                found[each.spot] = each
    return tuple(sorted(found.values(), key=lambda each: not each.is_changed))


def sayable_in_text(snapshot: Snapshot, place: PagePlace) -> tuple[Sayable, ...]:
    """The sections of one text."""
    value = snapshot.sources.read(place.path).value if snapshot.sources.has(place.path) else None
    if not isinstance(value, Page | Override):
        return ()
    return tuple(
        Sayable(
            Spot(place.page, text.id, "", place.layer, place.language),
            text.heading if text.heading and text.id != LEAD else _HEAD,
            words_of(text),
            text.heading,
            line=text.line,
        )
        for text in sections_of(value)
        if text.heading or text.body.strip()
    )


_HEAD = "The text at the head of the page"


def _in_group(group: Group) -> Iterator[Sayable]:
    output = group.after
    if output is None:
        return
    before = _pins(group.before) if group.before else {}
    for section in output.effective.sections:
        language = Language.EN if section.is_fallback else output.language
        own = [part.body for part in section.parts if part.layer == section.layer]
        words = f"{section.heading}\n\n" if section.heading else ""
        spot = Spot(group.page, section.id, "", section.layer, language)
        whose = "" if section.layer == SHARED else f", {section.layer.name}"
        title = f"{section.heading or _HEAD} · {group.page}{whose}, {language.label}"
        is_changed = before.get(str(section.id)) != str(section.pin)
        yield Sayable(spot, title, words + "\n\n".join(own), section.heading, is_changed)


def _pins(output: Output) -> dict[str, str]:
    return {str(section.id): str(section.pin) for section in output.effective.sections}
