"""What there is to say something of: the sections of the pages a draft changes, or of one text."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from soh_author.domain.comment import Anchor
from soh_author.domain.comparing.quotation import Context, find_quotation
from soh_author.domain.ids import LEAD, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.effective import EffectiveSection
from soh_author.reading.paths import PagePlace
from soh_author.workflow.comments.placing import path_of, sections_of, words_of
from soh_author.workflow.comments.spots import Spot
from soh_author.workflow.names import Names
from soh_author.workflow.release.releasing_content import Candidate
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


def sayable_in_review(review: Review, draft: str) -> tuple[Sayable, ...]:
    """The sections of the pages that read differently, those that changed first, each once.

    Their titles name the page only where there are several. Of what several drafts change together, those
    that ``draft`` brings: what is said of a section stands in the draft whose words it is said of.
    """
    found: dict[Spot, Sayable] = {}
    names = Names(review.case.candidate.after, review.case.candidate.before)
    for group in review.groups:
        for each in _in_group(group, names):
            known = found.get(each.spot)
            if known is None or (each.is_changed and not known.is_changed):
                found[each.spot] = each
    ours = (each for each in found.values() if draft in _brought_by(review.case.candidate, each.spot))
    every = sorted(ours, key=lambda each: not each.is_changed)
    if len({each.spot.page for each in every}) == 1:
        return tuple(every)
    return tuple(replace(each, title=f"{each.title} · {names.page(each.spot.page)}") for each in every)


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


def _brought_by(candidate: Candidate, spot: Spot) -> Collection[str]:
    """The drafts that change the text of a spot; all of them where none does."""
    path = path_of(candidate.after, Anchor(spot.page, spot.language, spot.layer, spot.section))
    return candidate.owners.get(path, candidate.drafts)


def _in_group(group: Group, names: Names) -> Iterator[Sayable]:
    if group.after is not None:
        before = {section.id: section for section in group.before.effective.sections} if group.before else {}
        for section in group.after.effective.sections:
            yield from _in_section(group.page, section, before.get(section.id), names)


def _in_section(
    page: PageId, section: EffectiveSection, before: EffectiveSection | None, names: Names
) -> Iterator[Sayable]:
    """What each layer says in a section: its own text, and what others add to it."""
    heading = f"{section.heading}\n\n" if section.heading else ""
    for layer, language in dict.fromkeys((part.layer, part.language) for part in section.parts):
        words = heading + "\n\n".join(part.body for part in section.parts if part.layer == layer)
        whose = "Shared" if layer == SHARED else names.layer(layer)
        title = f"{section.heading or _HEAD} · {whose}, {language.label}"
        is_changed = _said_by(layer, section) != _said_by(layer, before)
        spot = Spot(page, section.id, "", layer, language)
        yield Sayable(spot, title, words, section.heading, is_changed)


def _said_by(layer: Layer, section: EffectiveSection | None) -> tuple[str, ...]:
    """What a layer says in a section, so that it can be compared; the heading is its whose section it is."""
    if section is None:
        return ()
    own = tuple(part.canonical for part in section.parts if part.layer == layer)
    return (section.heading, *own) if layer == section.layer else own
