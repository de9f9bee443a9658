"""The smallest override: a replaced section that only adds text, differs in a value, or says the same.

Offered when an override is saved; a person accepts it or doesn't.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soh_author.domain.comparing.compare import RunKind, compare_texts
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import LEAD, Language, PageId, SectionId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind
from soh_author.domain.page import SectionText
from soh_author.domain.pins import section_pin
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection, OpTrace
from soh_author.markup.canonical import canonical
from soh_author.markup.front_matter import set_op_fields
from soh_author.markup.write import change_op, remove_op
from soh_author.workflow.editing import TextChange
from soh_author.workflow.overrides.changes import title_of
from soh_author.workflow.overrides.written_values import WrittenValue, differ_in_values_only, written_values
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import chain_to


class Offer(StrEnum):
    """What could be made of a replaced section."""

    GIVE_BACK = "give back"
    APPEND = "append"
    PREPEND = "prepend"
    FACT = "fact"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A smaller override that reads the same. ``change`` does it; None where facts must be named first.

    ``values`` are the differing values, above and own, where a fact is offered.
    """

    offer: Offer
    page: PageId
    layer: Layer
    section: SectionId
    number: int
    sentence: str
    change: TextChange | None = None
    values: tuple[tuple[WrittenValue, WrittenValue], ...] = ()


def suggestions(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> tuple[Suggestion, ...]:
    """What could be smaller in a layer's override of a page, unsaved text included."""
    try:
        effective = snapshot.effective_of_layers(page, chain_to(snapshot, layer, on), Language.EN)
    except NotFoundError:
        return ()
    return tuple(_of_layer(snapshot, effective, layer))


def _of_layer(snapshot: Snapshot, effective: EffectivePage, layer: Layer) -> Iterator[Suggestion]:
    for trace in effective.ops:
        if trace.layer == layer and trace.op.kind is OpKind.REPLACE and trace.is_applied:
            found = _of_op(snapshot, effective.page, trace)
            if found is not None:
                yield found


def _of_op(snapshot: Snapshot, page: PageId, trace: OpTrace) -> Suggestion | None:
    op, above = trace.op, trace.above
    assert above is not None, "An applied op has a section above."
    text = snapshot.text(op.place.path)
    if op.text is None or text is None:
        return None
    title = title_of(above.id, above.heading)

    def suggest(offer: Offer, said: str, changed: str | None, *, is_done: bool = True) -> Suggestion:
        change = TextChange(op.place.path, changed) if is_done else None
        values = _values(above, op.text) if offer is Offer.FACT else ()
        return Suggestion(offer, page, trace.layer, op.section, op.number, f"{title} {said}", change, values)

    if drift_of(trace) is DriftState.REDUNDANT:
        return suggest(
            Offer.GIVE_BACK, "says what the text above says. Give it back?", remove_op(text, op.number)
        )
    added = _added(above, op.text)
    if added is not None:
        offer, words = added
        fields = {"op": offer.value, "base": None, "at": None}
        changed = set_op_fields(change_op(text, op.number, {}, body=words), op.number, fields)
        return suggest(offer, "only adds text. Keep just what is added? It then never falls behind.", changed)
    if _has_same_heading(above, op.text) and differ_in_values_only(above.body, op.text.body):
        said = ", ".join(f"“{one.text}” and “{other.text}”" for one, other in _values(above, op.text))
        return suggest(Offer.FACT, f"differs in a value only ({said}). Make it a fact?", None, is_done=False)
    return None


def _added(above: EffectiveSection, own: SectionText) -> tuple[Offer, str] | None:
    """What a text adds to the one above, behind or before it; None when it does anything else."""
    if not _has_same_heading(above, own):
        return None
    runs = [run for run in compare_texts(above.body.strip("\n"), own.body.strip("\n")) if run.text.strip()]
    if [run.kind for run in runs] == [RunKind.EQUAL, RunKind.ADDED]:
        return _proved(above, own, Offer.APPEND, runs[1].text)
    if [run.kind for run in runs] == [RunKind.ADDED, RunKind.EQUAL]:
        return _proved(above, own, Offer.PREPEND, runs[0].text)
    return None


def _proved(above: EffectiveSection, own: SectionText, offer: Offer, words: str) -> tuple[Offer, str] | None:
    """The addition, when text above and addition together have the very pin of the whole."""
    added = canonical(words.strip("\n"))
    parts = [part.canonical for part in above.parts]
    whole = [*parts, added] if offer is Offer.APPEND else [added, *parts]
    heading = above.heading
    is_same = section_pin(heading, whole) == section_pin(heading, [own.canonical])
    return (offer, words.strip("\n")) if added and is_same else None


def _has_same_heading(above: EffectiveSection, own: SectionText) -> bool:
    return above.id == LEAD or " ".join(above.heading.split()) == " ".join(own.heading.split())


def _values(
    above: EffectiveSection, own: SectionText | None
) -> tuple[tuple[WrittenValue, WrittenValue], ...]:
    pairs = zip(written_values(above.body), written_values(own.body if own else ""), strict=False)
    return tuple((one, other) for one, other in pairs if one.text != other.text)
