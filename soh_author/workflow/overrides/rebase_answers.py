"""What a person can answer about an override that asks for a look, and what each answer makes of its file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.comparing.rebase import Proposal, SectionWords
from soh_author.domain.errors import NotFoundError, UsageError
from soh_author.domain.ids import LEAD, SectionId
from soh_author.domain.pins import Pin, field_pin, section_pin
from soh_author.markup.canonical import canonical
from soh_author.markup.front_matter import set_field, set_op_fields
from soh_author.markup.section_moves import insert_section
from soh_author.markup.write import change_op, remove_change, remove_op, replace_section, section_block
from soh_author.workflow.editing import effective_above
from soh_author.workflow.overrides.changes import ChangeKind
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.overrides.rebase_pages import above_of, pin_of_page
from soh_author.workflow.snapshot import Snapshot

Choices = Mapping[int, Choice | Written]


class AnswerKind(StrEnum):
    """What to do with an override."""

    ACCEPT = "accept"
    WRITE = "write"
    STILL_RIGHT = "still-right"
    GIVE_BACK = "give-back"
    KEEP_LOCAL = "keep-local"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person decided about one item.

    ``heading`` and ``body`` are the choices in a proposal's conflicts, by number of piece; ``pages`` the same
    for each section of a page taken over (heading's, then body's). ``added`` are new sections above that it
    takes in. ``words`` are own words (*write*). ``why`` is noted with *still right*.
    """

    item: RebaseItem
    kind: AnswerKind
    why: str = ""
    heading: Choices = field(default_factory=dict)
    body: Choices = field(default_factory=dict)
    words: SectionWords | None = None
    review_by: date | None = None
    pages: Mapping[SectionId, tuple[Choices, Choices]] = field(default_factory=dict)
    added: tuple[SectionId, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Who answers, and on which day."""

    who: str
    day: date

    def said(self, why: str) -> str:
        """The line that is kept with the override: ``2026-11-22 Kim Jones: Same rule here``."""
        reason = " ".join(why.split())
        return f"{self.day.isoformat()} {self.who}" + (f": {reason}" if reason else "")


WrittenFile = tuple[str | None, list[str]]


def answers_for(answer: Answer, items: tuple[RebaseItem, ...]) -> tuple[Answer, ...]:
    """The same answer for all items with the same three texts."""
    return tuple(replace(answer, item=item) for item in items if item.key == answer.item.key)


def apply_answer(snapshot: Snapshot, text: str, answer: Answer, by: Confirmation, on: date) -> WrittenFile:
    """The file of an override with an answer written in (None: the file goes), and what to tell about it.

    Args:
        text: the file as it stands, other answers included.

    Raises:
        UsageError: when the answer doesn't fit the override, or leaves a conflict open.
    """
    work = _ANSWERS[answer.kind]
    return work(_Work(snapshot, text, answer, by, on))


@dataclass(frozen=True, slots=True)
class _Work:
    snapshot: Snapshot
    text: str
    answer: Answer
    by: Confirmation
    on: date

    @property
    def item(self) -> RebaseItem:
        return self.answer.item

    @property
    def number(self) -> int:
        assert self.item.change.number is not None, "Only ops are asked for their number."
        return self.item.change.number

    @property
    def is_orphan(self) -> bool:
        return self.item.change.state == "orphaned"

    def refuse(self, todo: str) -> UsageError:
        return UsageError(
            f"“{self.answer.kind}” is no answer for {self.item.sentence}.",
            safe="Nothing was changed.",
            todo=todo,
        )

    def pin_fields(self, pin: Pin) -> dict[str, str | None]:
        """Fields that pin an override to the text above as it stands; the rest of it stays."""
        at = self.snapshot.revision if self._is_stored(pin) else None
        fields: dict[str, str | None] = {"base": str(pin), "at": at}
        if self.answer.review_by is not None:
            fields["review_by"] = self.answer.review_by.isoformat()
        return fields

    def _is_stored(self, pin: Pin) -> bool:
        """Whether the text above can be read in the version the draft stands on."""
        try:
            above = effective_above(self.snapshot.stored, self.item.page, self.item.change.layer, self.on)
        except NotFoundError:
            return False
        return above.pin == pin or any(each.pin == pin for each in above.sections)


def _still_right(work: _Work) -> WrittenFile:
    if work.item.welsh_pin is not None:
        return _welsh_pinned(work, work.text), []
    change, said = work.item.change, work.by.said(work.answer.why)
    if work.is_orphan or (change.kind is not ChangeKind.PAGE and work.item.now is None):
        raise work.refuse("Keep it as a local section, or drop it.")
    if change.kind is ChangeKind.SET:
        return _set_pinned(work, {"confirmed": said}), []
    if change.kind is ChangeKind.PAGE:
        return _page_pinned(work, work.text, {"confirmed": said}), []
    fields = {**work.pin_fields(_pin_above(work)), "confirmed": said}
    return set_op_fields(work.text, work.number, fields), []


def _welsh_pinned(work: _Work, text: str) -> str:
    """A Welsh file whose text renders the English as it is."""
    change, pin = work.item.change, str(work.item.welsh_pin)
    if change.number is None:
        return set_field(text, ("translates", str(change.section)), pin)
    said = work.by.said(work.answer.why)
    return set_op_fields(text, change.number, {"translates": pin, "confirmed": said})


def _write_welsh(work: _Work, words: SectionWords) -> WrittenFile:
    change = work.item.change
    assert change.section is not None, "Welsh is written section by section."
    heading = words.heading or None if change.section != LEAD else None
    if change.number is None:
        text = replace_section(work.text, change.section, words.body, heading=heading)
    else:
        text = change_op(work.text, change.number, {}, body=words.body, heading=heading)
    return _welsh_pinned(work, text), []


def _give_back(work: _Work) -> WrittenFile:
    if work.item.welsh_pin is not None:
        raise work.refuse("Bring the Welsh in line, or say that it is still right.")
    kind = work.item.change.kind
    if kind is ChangeKind.SET:
        return remove_change(work.text, work.item.change.field), []
    if kind is ChangeKind.PAGE:
        return None, []
    return remove_op(work.text, work.number), []


def _accept(work: _Work) -> WrittenFile:
    item, answer = work.item, work.answer
    if item.page_proposal is not None:
        return _accept_page(work)
    if item.proposal is None:
        raise work.refuse("Say that it is still right, or give it back.")
    return _written(work, item.proposal.accepted(answer.heading, answer.body))


def _write(work: _Work) -> WrittenFile:
    words, change = work.answer.words, work.item.change
    if words is None or not words.body.strip():
        raise work.refuse("Write the words.")
    if work.item.welsh_pin is not None:
        return _write_welsh(work, words)
    if change.kind is ChangeKind.SET:
        changed = set_field(work.text, ("set", change.field, "value"), " ".join(words.body.split()))
        return _set_pinned(replace(work, text=changed), {}), []
    if change.kind is ChangeKind.PAGE or work.item.ours is None or work.is_orphan:
        raise work.refuse("Open the file to write it.")
    return _written(work, words)


def _written(work: _Work, words: SectionWords) -> WrittenFile:
    """An override with new words; one that says what the text above says is given back."""
    pin = _pin_above(work)
    is_lead = work.item.change.section == LEAD or not (work.item.now and work.item.now.heading)
    heading = "" if is_lead else words.heading
    if section_pin(heading, [canonical(words.body)]) == pin:
        note = f"{work.item.change.title}: nothing differs any more, so it is given back."
        return remove_op(work.text, work.number), [note]
    fields = work.pin_fields(pin)
    return change_op(work.text, work.number, fields, body=words.body, heading=heading or None), []


def _pin_above(work: _Work) -> Pin:
    now = work.item.now
    assert now is not None, "An orphan was refused before."
    proposal = work.item.proposal
    return proposal.pin if proposal else section_pin_of(work)


def section_pin_of(work: "_Work") -> Pin:
    """Pin of the section above an op that has no words of its own (hidden)."""
    above = above_of(work.snapshot, work.item.page, work.item.change.layer, work.on)
    wanted = work.item.change.section
    traces = above.section(wanted) if above and wanted else None
    if traces is None:
        raise work.refuse("Look again; the text above has changed.")
    return traces.pin


def _set_pinned(work: _Work, more: Mapping[str, str | None]) -> str:
    name, now = work.item.change.field, work.item.now
    value = now.body if now else ""
    text = set_field(work.text, ("set", name, "base"), str(field_pin(value)))
    if work.answer.review_by is not None:
        text = set_field(text, ("set", name, "review_by"), work.answer.review_by.isoformat())
    for key, said in more.items():
        text = set_field(text, ("set", name, key), said)
    return text


def _page_pinned(work: _Work, text: str, more: Mapping[str, str | None]) -> str:
    pin = pin_of_page(work.snapshot, work.item.page, work.item.change.layer, work.on)
    for key, said in {**work.pin_fields(pin), **more}.items():
        text = set_field(text, key, said)
    return text


def _accept_page(work: _Work) -> WrittenFile:
    proposal = work.item.page_proposal
    assert proposal is not None, "Asked for pages only."
    text = work.text
    for merge in proposal.merges:
        heading, body = work.answer.pages.get(merge.section, ({}, {}))
        words = merge.accepted(heading, body)
        text = replace_section(text, merge.section, words.body, heading=_heading_of(merge, words))
    above = above_of(work.snapshot, work.item.page, work.item.change.layer, work.on)
    order = [section.id for section in above.sections] if above else []
    for section in proposal.added:
        if section.id in work.answer.added:
            block = section_block(section.heading, section.id, section.body)
            text = insert_section(text, block, _anchor(text, order, section.id))
    return _page_pinned(work, text, {}), []


def _heading_of(merge: Proposal, words: SectionWords) -> str | None:
    return words.heading or None if merge.section != LEAD else None


def _anchor(text: str, order: list[SectionId], section: SectionId) -> SectionId:
    """The nearest section before it in the page above that this page has too; else the head of the page."""
    before = order[: order.index(section)] if section in order else []
    return next((each for each in reversed(before) if f"{{#{each}}}" in text), LEAD)


def _keep_local(work: _Work) -> WrittenFile:
    """An orphan becomes a section that only this layer has, at the end of the page."""
    item, change = work.item, work.item.change
    if not work.is_orphan or item.ours is None:
        raise work.refuse("Drop it; it has no words to keep.")
    above = above_of(work.snapshot, item.page, change.layer, work.on)
    if above is None or not above.sections:
        raise work.refuse("Drop it, or start a local page with its words.")
    anchor = str(above.sections[-1].id)
    fields: dict[str, str | None] = {
        "op": "insert-after",
        "after": anchor,
        "before": None,
        "base": None,
        "at": None,
        "confirmed": work.by.said(work.answer.why),
    }
    return set_op_fields(work.text, work.number, fields), [f"{change.title}: now a local section."]


_ANSWERS: Mapping[AnswerKind, Callable[[_Work], WrittenFile]] = {
    AnswerKind.ACCEPT: _accept,
    AnswerKind.WRITE: _write,
    AnswerKind.STILL_RIGHT: _still_right,
    AnswerKind.GIVE_BACK: _give_back,
    AnswerKind.KEEP_LOCAL: _keep_local,
    AnswerKind.DROP: _give_back,
}


def fitting(item: RebaseItem) -> tuple[AnswerKind, ...]:
    """The answers that fit an item, the most natural first."""
    if item.welsh_pin is not None:
        return (AnswerKind.STILL_RIGHT, AnswerKind.WRITE)
    if item.change.state == "orphaned":
        kept = (AnswerKind.KEEP_LOCAL,) if item.ours is not None else ()
        return (*kept, AnswerKind.DROP)
    if item.change.state == "redundant":
        return (AnswerKind.GIVE_BACK, AnswerKind.STILL_RIGHT)
    merged = item.proposal is not None or item.page_proposal is not None
    first = (AnswerKind.ACCEPT,) if merged else ()
    can_write = item.change.kind is ChangeKind.SET or item.proposal is not None
    own = (AnswerKind.WRITE,) if can_write else ()
    return (*first, AnswerKind.STILL_RIGHT, AnswerKind.GIVE_BACK, *own)
