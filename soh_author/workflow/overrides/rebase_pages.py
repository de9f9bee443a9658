"""The page above a layer, and its pin."""

from datetime import date

from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import PageId
from soh_author.domain.layers import Layer
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.workflow.editing import effective_above
from soh_author.workflow.snapshot import Snapshot


def above_of(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> EffectivePage | None:
    """The English page as the layers above have it; None when none of them has it."""
    try:
        return effective_above(snapshot, page, layer, on)
    except NotFoundError:
        return None


def pin_of_page(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> Pin:
    """Pin of the whole page above a layer.

    Raises:
        UsageError: when there is no page above.
    """
    above = above_of(snapshot, page, layer, on)
    if above is None:
        raise UsageError(f"Nothing above has the page “{page}”.", safe="Nothing was changed.")
    return above.pin
