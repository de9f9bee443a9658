"""What somebody wants to say something of: a page, a section, words in it."""

from dataclasses import dataclass

from soh_author.domain.comment import Anchor
from soh_author.domain.comparing.quotation import Context, context_of, find_quotation
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.workflow.comments.placing import path_of, sections_of, words_of
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Spot:
    """What somebody wants to say something of: a page, a section (None: the page as a whole), words in it."""

    page: PageId
    section: SectionId | None = None
    quote: str = ""
    layer: Layer = SHARED
    language: Language = Language.EN


def one_kind_of_line_end(text: str) -> str:
    """A text whose lines all end alike."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def anchor_at(snapshot: Snapshot, spot: Spot) -> Anchor:
    """The anchor of a spot, with what stands around the words.

    Raises:
        NotFoundError: when the layer has no such page or section, or the words aren't in it.
    """
    anchor = Anchor(
        spot.page, spot.language, spot.layer, spot.section, one_kind_of_line_end(spot.quote).strip()
    )
    path = path_of(snapshot, anchor)
    value = snapshot.sources.read(path).value if snapshot.sources.has(path) else None
    if not isinstance(value, Page | Override):
        raise _nowhere(f"The {_whose(spot.layer)} has no text of “{spot.page}” in {spot.language.label}.")
    if spot.section is None:
        return anchor
    own = [text for text in sections_of(value) if text.id == spot.section]
    if not own:
        raise _nowhere(f"The {_whose(spot.layer)} of “{spot.page}” has no section “{spot.section}”.")
    if not anchor.quote:
        return anchor
    for text in own:
        words = words_of(text)
        found = find_quotation(words, anchor.quote, Context("", ""))
        if found is not None and found.is_exact:
            around = context_of(words, found.start, found.end)
            quote = words[found.start : found.end]
            return Anchor(
                spot.page, spot.language, spot.layer, spot.section, quote, around.before, around.after
            )
    raise _nowhere(f"The words “{shortened(anchor.quote)}” aren't in the section “{spot.section}”.")


def _nowhere(what: str) -> NotFoundError:
    return NotFoundError(what, safe="Nothing was changed.", todo="Look at the page, and name what is in it.")


def _whose(layer: Layer) -> str:
    return "shared text" if layer == SHARED else f"text of {layer.name}"


def shortened(text: str, longest: int = 60) -> str:
    """A text on one line, cut where it is long."""
    words = " ".join(text.split())
    return words if len(words) <= longest else words[: longest - 1] + "…"
