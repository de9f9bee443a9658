"""What layers change in a page, one by one: each with its drift, its reason, and a sentence for people."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import LEAD, SectionId
from soh_author.domain.layers import Layer, Place
from soh_author.domain.override import OpKind
from soh_author.domain.page import Page
from soh_author.domain.resolving.drift import drift_of, drift_of_set, drift_of_takeover
from soh_author.domain.resolving.effective import EffectivePage, OpTrace, SetTrace, Takeover
from soh_author.workflow.snapshot import Snapshot


class ChangeKind(StrEnum):
    """What a layer does to a page: one of the ops, a field, the whole page; or what its Welsh lacks."""

    REPLACE = "replace"
    APPEND = "append"
    PREPEND = "prepend"
    INSERT_AFTER = "insert-after"
    INSERT_BEFORE = "insert-before"
    HIDE = "hide"
    MOVE_AFTER = "move-after"
    SET = "set"
    PAGE = "page"
    WELSH = "welsh"


_DONE = {
    ChangeKind.REPLACE: "replaced",
    ChangeKind.APPEND: "added to at its end",
    ChangeKind.PREPEND: "added to at its beginning",
    ChangeKind.INSERT_AFTER: "inserted",
    ChangeKind.INSERT_BEFORE: "inserted",
    ChangeKind.HIDE: "hidden",
    ChangeKind.MOVE_AFTER: "moved",
    ChangeKind.SET: "set",
    ChangeKind.PAGE: "taken over",
    ChangeKind.WELSH: "Welsh",
}
_UNREMARKABLE = frozenset({"current", "additive", "taken-over"})
_SAID = {"hidden-outdated": "outdated", "taken-over-outdated": "outdated", "unpinned": "not pinned"}
MISSING = "missing"
"""State of Welsh that isn't there."""
OUTDATED = "outdated"
"""State of Welsh whose English has changed since."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one layer.

    ``section`` is None for fields and whole pages, ``field`` empty for anything but a field; ``title`` is
    what a person calls the thing. ``state`` is the drift's word (``current``, ``outdated``, …), for Welsh
    ``missing`` or ``outdated``. ``number`` is the op's place in its file, None where there is no op.
    """

    kind: ChangeKind
    section: SectionId | None
    title: str
    state: str
    layer: Layer
    place: Place
    field: str = ""
    number: int | None = None
    why: str = ""
    owner: str = ""
    review_by: date | None = None

    @property
    def sentence(self) -> str:
        """What was done and how it stands today: ``How to reclaim it: replaced, outdated``."""
        if self.kind is ChangeKind.WELSH:
            return f"{self.title}: Welsh {self.state}"
        said = "" if self.state in _UNREMARKABLE else f", {_SAID.get(self.state, self.state)}"
        return f"{self.title}: {_DONE[self.kind]}{said}"

    def is_expired(self, on: date) -> bool:
        """Whether it should have been looked at again before a day."""
        return self.review_by is not None and self.review_by < on


def changes_of(snapshot: Snapshot, effective: EffectivePage, layers: Collection[Layer]) -> tuple[Change, ...]:
    """The changes some layers make to a page, in the order in which they were applied."""
    found = [
        *(_of_takeover(snapshot, each) for each in effective.takeovers if each.layer in layers),
        *(_of_op(each) for each in effective.ops if each.layer in layers),
        *(_of_set(each) for each in effective.sets if each.layer in layers),
    ]
    return tuple(found)


def welsh_changes(welsh: EffectivePage, english: EffectivePage) -> tuple[Change, ...]:
    """What is missing or outdated in a page's Welsh; what is said of several fields is listed once."""
    found = {(change.title, change.section, change.state): change for change in _of_welsh(welsh, english)}
    return tuple(found.values())


def no_welsh(english: EffectivePage) -> Change:
    """What is told of a page that has no Welsh words at all."""
    place = english.sections[0].place if english.sections else Place("")
    return Change(ChangeKind.WELSH, None, "The whole page", MISSING, english.owner_layer, place)


def section_title(effective: EffectivePage, section: SectionId) -> str:
    """What a person calls a section: its heading; the head of the page has none."""
    found = effective.section(section)
    return title_of(section, found.heading if found else "")


def title_of(section: SectionId, heading: str) -> str:
    """What a person calls a section with this id and heading."""
    if section == LEAD:
        return "The text at the head of the page"
    return heading or str(section).replace("-", " ").capitalize()


def field_title(name: str) -> str:
    """What a person calls a field: ``review_by`` is *review by*."""
    return {"url": "The address", "related": "The related pages", "form": "The form"}.get(
        name, f"The {name.replace('_', ' ')}"
    )


def _of_op(trace: OpTrace) -> Change:
    op = trace.op
    own = op.text.heading if op.text and op.kind is not OpKind.APPEND else ""
    above = "" if trace.above is None or op.kind.is_insert else trace.above.heading
    return Change(
        kind=ChangeKind(op.kind.value),
        section=op.section,
        title=title_of(op.section, above or own),
        state=drift_of(trace).value,
        layer=trace.layer,
        place=op.place,
        number=op.number,
        why=op.why,
        owner=op.owner,
        review_by=op.review_by,
    )


def _of_set(trace: SetTrace) -> Change:
    change = trace.change
    return Change(
        kind=ChangeKind.SET,
        section=None,
        title=field_title(change.name),
        state=drift_of_set(trace).value,
        layer=trace.layer,
        place=change.place,
        field=change.name,
        why=change.why,
        owner=change.owner,
        review_by=change.review_by,
    )


def _of_takeover(snapshot: Snapshot, takeover: Takeover) -> Change:
    page = snapshot.sources.read(takeover.place.path).value
    known = page if isinstance(page, Page) else None
    return Change(
        kind=ChangeKind.PAGE,
        section=None,
        title="The whole page",
        state=drift_of_takeover(takeover).value,
        layer=takeover.layer,
        place=takeover.place,
        why=known.why if known else "",
        owner=known.owner if known else "",
        review_by=known.review_by if known else None,
    )


_WELSH_STATES = {"missing-welsh": MISSING, "outdated-welsh": OUTDATED}


def _of_welsh(welsh: EffectivePage, english: EffectivePage) -> Iterator[Change]:
    for finding in welsh.diagnostics:
        state = _WELSH_STATES.get(finding.code)
        if state:
            yield _welsh_change(finding, state, english)


def _welsh_change(finding: Diagnostic, state: str, english: EffectivePage) -> Change:
    title = section_title(english, finding.section) if finding.section else "Title, summary or address"
    layer = _layer_of(english, finding.section)
    return Change(ChangeKind.WELSH, finding.section, title, state, layer, finding.place)


def _layer_of(english: EffectivePage, section: SectionId | None) -> Layer:
    found = english.section(section) if section else None
    return found.layer if found else english.owner_layer
