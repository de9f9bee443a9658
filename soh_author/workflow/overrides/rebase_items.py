"""What there is to update from the shared text: each override that needs a person, with its texts side by
side.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from soh_author.domain.comparing.rebase import PageProposal, Proposal, SectionWords, propose_op, propose_page
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import LEAD, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind
from soh_author.domain.pins import Pin, pin_of
from soh_author.domain.resolving.drift import DriftState, drift_of, drift_of_set, drift_of_takeover
from soh_author.domain.resolving.effective import EffectivePage, OpTrace, SetTrace, Takeover
from soh_author.workflow.overrides.base_texts import BaseTexts
from soh_author.workflow.overrides.changes import Change, ChangeKind, changes_of
from soh_author.workflow.overrides.rebase_welsh import english_of, outdated_welsh
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import chain_to, layer_name
from soh_author.workflow.workspace import Workspace

NEEDING = frozenset(
    {
        DriftState.OUTDATED,
        DriftState.HIDDEN_OUTDATED,
        DriftState.TAKEN_OVER_OUTDATED,
        DriftState.ORPHANED,
        DriftState.REDUNDANT,
        DriftState.UNPINNED,
    }
)
"""States that ask for a person."""


@dataclass(frozen=True, slots=True)
class RebaseItem:
    """One override that asks for a person.

    ``then`` is what the text above said when it was written or last confirmed (None when that can't be
    found), ``now`` what it says today (None for an orphan), ``ours`` the layer's words (None where it has
    none: hidden, moved). ``proposal`` merges the three; ``page_proposal`` does for a page taken over.
    ``stamp`` names all that an answer relies on. ``key`` is equal for items whose three texts are: one answer
    serves them all.
    """

    page: PageId
    change: Change
    layer_label: str
    then: SectionWords | None
    now: SectionWords | None
    ours: SectionWords | None
    stamp: str
    key: str
    proposal: Proposal | None = None
    page_proposal: PageProposal | None = None
    welsh_pin: Pin | None = None

    @property
    def name(self) -> str:
        """Which override it is: its file and the op, field or page in it."""
        if self.change.kind is ChangeKind.SET:
            return f"{self.change.place.path}#set.{self.change.field}"
        if self.change.kind is ChangeKind.WELSH:
            return f"{self.change.place.path}#welsh.{self.change.section}"
        number = self.change.number
        return f"{self.change.place.path}#" + ("page" if number is None else f"op.{number}")

    @property
    def is_two_way(self) -> bool:
        """Whether the text it was written against couldn't be found, so that two texts are compared."""
        return self.then is None and self.change.state not in {"redundant", "unpinned"}

    @property
    def conflicts(self) -> int:
        """How many places a person has to choose."""
        if self.page_proposal is not None:
            return sum(_conflicts(each) for each in self.page_proposal.merges)
        return _conflicts(self.proposal) if self.proposal else 0

    @property
    def checks(self) -> int:
        """How many sentences are marked *please check*."""
        if self.page_proposal is not None:
            return sum(_checks(each) for each in self.page_proposal.merges)
        return _checks(self.proposal) if self.proposal else 0

    @property
    def sentence(self) -> str:
        """What it is and what it asks for."""
        asks = [f"{self.conflicts} to choose"] * bool(self.conflicts)
        asks += [f"{self.checks} to check"] * bool(self.checks)
        if self.is_two_way and self.change.state != "orphaned":
            asks.append("the text it was written against can't be found, so two texts are compared")
        told = f" ({'; '.join(asks)})" if asks else ""
        return f"{self.layer_label}, {self.change.sentence}{told}"


def _conflicts(proposal: Proposal) -> int:
    return len(proposal.heading.conflicts) + len(proposal.body.conflicts)


def _checks(proposal: Proposal) -> int:
    return len(proposal.heading.checks) + len(proposal.body.checks)


def items_of(
    workspace: Workspace,
    snapshot: Snapshot,
    page: PageId,
    layer: Layer,
    on: date,
    *,
    is_all: bool = False,
) -> Iterator[RebaseItem]:
    """The overrides of a layer in a page that ask for a person; ``is_all``: those in step, too."""
    try:
        effective = snapshot.effective_of_layers(page, chain_to(snapshot, layer, on), Language.EN)
    except NotFoundError:
        return
    changes = changes_of(snapshot, effective, {layer})
    wanted = [change for change in changes if is_all or _needs(change)]
    if not wanted:
        return
    maker = _Items(workspace, snapshot, page, layer, on, effective)
    for change in wanted:
        yield maker.make(change)


def welsh_items_of(
    workspace: Workspace, snapshot: Snapshot, page: PageId, layer: Layer, on: date
) -> Iterator[RebaseItem]:
    """The Welsh texts of a layer in a page whose English changed since: *then* and *now* are the English."""
    label = layer_name(snapshot, layer)
    for change, text, pin in outdated_welsh(snapshot, page, layer, on):
        then, now = english_of(workspace, snapshot, page, text, on)
        ours = SectionWords("" if text.section == LEAD else text.text.heading, text.text.body)
        stamp = pin_of(f"{snapshot.sources.stamp(change.place.path)}\n{change.number}\n{pin}")
        key = pin_of(f"welsh {_said(then, ours, now)}")
        yield RebaseItem(page, change, label, then, now, ours, stamp, key, welsh_pin=pin)


def _needs(change: Change) -> bool:
    return change.state in {state.value for state in NEEDING}


class _Items:
    def __init__(  # noqa: PLR0917 - what an override stands in, each once
        self,
        workspace: Workspace,
        snapshot: Snapshot,
        page: PageId,
        layer: Layer,
        on: date,
        effective: EffectivePage,
    ) -> None:
        self._snapshot = snapshot
        self._page = page
        self._layer = layer
        self._label = layer_name(snapshot, layer)
        self._effective = effective
        self._bases = BaseTexts(workspace, snapshot, page, layer, on)
        above = tuple(each for each in chain_to(snapshot, layer, on) if each != layer)
        self._above = _effective(snapshot, page, above)

    def make(self, change: Change) -> RebaseItem:
        if change.kind is ChangeKind.PAGE:
            takeover = next(each for each in self._effective.takeovers if each.layer == self._layer)
            return self._of_takeover(change, takeover)
        if change.kind is ChangeKind.SET:
            sets = (each for each in self._effective.sets if each.layer == self._layer)
            return self._of_set(change, next(each for each in sets if each.change.name == change.field))
        traces = (each for each in self._effective.ops if each.layer == self._layer)
        return self._of_op(change, next(each for each in traces if each.op.number == change.number))

    def _stamp(self, change: Change, above: str) -> str:
        return pin_of(f"{self._snapshot.sources.stamp(change.place.path)}\n{change.number}\n{above}")

    def _of_op(self, change: Change, trace: OpTrace) -> RebaseItem:
        op, above = trace.op, trace.above
        is_late = drift_of(trace) in {DriftState.OUTDATED, DriftState.HIDDEN_OUTDATED, DriftState.ORPHANED}
        base = self._bases.section(op.base, op.at) if is_late else None
        then = SectionWords(base.heading, base.body) if base else None
        if then is None and above is not None and not is_late and op.base == above.pin:
            then = SectionWords(above.heading, above.body)
        now = SectionWords(above.heading, above.body) if above and not op.kind.is_insert else None
        ours = SectionWords(_heading(trace), op.text.body) if op.text else None
        proposal = propose_op(trace, then) if above else None
        key = pin_of(f"{op.kind} {change.state} {proposal.key if proposal else _said(then, ours, now)}")
        stamp = self._stamp(change, str(above.pin) if above else "")
        return RebaseItem(self._page, change, self._label, then, now, ours, stamp, key, proposal=proposal)

    def _of_set(self, change: Change, trace: SetTrace) -> RebaseItem:
        said = trace.change
        is_late = drift_of_set(trace) is DriftState.OUTDATED
        value = self._bases.value(said.name, said.base, said.at) if is_late else trace.above
        then, ours = _words(value), _words(said.value)
        now = _words(trace.above)
        key = pin_of(f"set {said.name} {change.state} {_said(then, ours, now)}")
        stamp = self._stamp(change, f"{said.name} {trace.above!r}")
        return RebaseItem(self._page, change, self._label, then, now, ours, stamp, key)

    def _of_takeover(self, change: Change, takeover: Takeover) -> RebaseItem:
        is_late = drift_of_takeover(takeover) is DriftState.TAKEN_OVER_OUTDATED
        base = self._bases.page(takeover.base, _at(self._snapshot, takeover)) if is_late else None
        proposal = None
        if self._above is not None:
            proposal = propose_page(
                base.sections if base else None,
                self._effective.sections,
                self._above.sections,
                self._above.aliases,
            )
        then, now = _whole(base), _whole(self._above)
        ours = _whole(self._effective)
        key = pin_of(f"page {change.state} {_said(then, ours, now)}")
        stamp = self._stamp(change, str(takeover.above))
        return RebaseItem(
            self._page, change, self._label, then, now, ours, stamp, key, page_proposal=proposal
        )


def _effective(snapshot: Snapshot, page: PageId, chain: tuple[Layer, ...]) -> EffectivePage | None:
    try:
        return snapshot.effective_of_layers(page, chain, Language.EN)
    except NotFoundError:
        return None


def _at(snapshot: Snapshot, takeover: Takeover) -> str:
    value = snapshot.sources.read(takeover.place.path).value
    return str(getattr(value, "at", ""))


def _heading(trace: OpTrace) -> str:
    """The heading of a layer's text; that of an addition is only an address."""
    text = trace.op.text
    is_address = trace.op.section == LEAD or trace.op.kind in {OpKind.APPEND, OpKind.PREPEND}
    return "" if text is None or is_address else text.heading


def _words(value: str | None) -> SectionWords | None:
    return None if value is None else SectionWords("", value)


def _whole(page: EffectivePage | None) -> SectionWords | None:
    if page is None:
        return None
    body = "\n\n".join(
        f"## {each.heading}\n\n{each.body}" if each.heading else each.body for each in page.sections
    )
    return SectionWords(page.value("title"), body.strip("\n"))


def _said(*texts: SectionWords | None) -> str:
    return "\x00".join(f"{each.heading}\x01{each.body.strip()}" if each else "\x02" for each in texts)
