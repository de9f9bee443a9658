"""Drift agrees with remembering, over any history: the machine keeps the text each op was made from."""

from dataclasses import dataclass, field, replace

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from soh_author.domain.override import Op, OpKind
from soh_author.domain.page import Page, SectionText
from soh_author.domain.resolving.drift import DriftState, drift_of
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import resolve
from tests.support.pages import GWENT, WALES, canonical_of, layer_text, op, override, page, text

# Few words, so that texts come back (A, B, A) and an override's text is adopted above.
WORDS = st.sampled_from(["Call us.", "Write to us.", "Pay £198\nat once.", "Pay £198 at once."])
PICK = st.integers(min_value=0, max_value=50)


@dataclass
class Shared:
    """A section of the shared page; it stays the same one when it is renamed, reworded or moved."""

    id: str
    heading: str
    body: str


@dataclass
class Change:
    """An op of a layer and, as remembered words, the text above it that its writer saw."""

    of: Shared
    written_id: str
    kind: str
    heading: str = ""
    body: str = ""
    seen: tuple[str, str] | None = None
    is_pinned: bool = True


@dataclass
class Book:
    """The whole history's state: the shared page, and the ops of a group and of a force."""

    sections: list[Shared]
    aliases: dict[str, str] = field(default_factory=dict)
    group: dict[int, Change] = field(default_factory=dict)
    force: dict[int, Change] = field(default_factory=dict)

    def said_above(self, section: Shared) -> tuple[str, str] | None:
        """Heading and words above the force, as remembered; None when deleted, or hidden by the group."""
        if all(section is not each for each in self.sections):
            return None
        group = self.group.get(id(section))
        if group is None:
            return (section.heading, canonical_of(section.body))
        return None if group.kind == "hide" else (group.heading, canonical_of(group.body))


class Histories(RuleBasedStateMachine):
    """National editors, a group and a force write at random times."""

    def __init__(self) -> None:
        super().__init__()
        self.book = Book([Shared("s0", "Fees", "Call us."), Shared("s1", "Help", "Write to us.")])
        self.made = 2

    def pick(self, number: int) -> Shared:
        """Any section there is."""
        return self.book.sections[number % len(self.book.sections)]

    @rule(number=PICK, body=WORDS)
    def reword(self, number: int, body: str) -> None:
        """The national text changes, or is only wrapped otherwise."""
        self.pick(number).body = body

    @rule(number=PICK, heading=st.sampled_from(["Fees", "Costs"]))
    def retitle(self, number: int, heading: str) -> None:
        """A heading changes; its id stays."""
        self.pick(number).heading = heading

    @rule(number=PICK)
    def rename(self, number: int) -> None:
        """An id changes; the old one becomes an alias."""
        section = self.pick(number)
        new = f"s{self.made}"
        self.made += 1
        self.book.aliases[section.id] = new
        section.id = new

    @rule(number=PICK, at=PICK)
    def reorder(self, number: int, at: int) -> None:
        """A section stands elsewhere."""
        section = self.pick(number)
        self.book.sections.remove(section)
        self.book.sections.insert(at % (len(self.book.sections) + 1), section)

    @rule(at=PICK, body=WORDS)
    def insert(self, at: int, body: str) -> None:
        """A section is added nationally."""
        self.book.sections.insert(at % (len(self.book.sections) + 1), Shared(f"s{self.made}", "New", body))
        self.made += 1

    @precondition(lambda self: len(self.book.sections) > 1)
    @rule(number=PICK)
    def delete(self, number: int) -> None:
        """A section is taken out nationally."""
        section = self.pick(number)
        self.book.sections = [each for each in self.book.sections if each is not section]

    @rule(number=PICK, kind=st.sampled_from(["replace", "hide"]), body=WORDS)
    def group_writes(self, number: int, kind: str, body: str) -> None:
        """The group overrides a section."""
        section = self.pick(number)
        said = (section.heading, canonical_of(section.body))
        self.book.group[id(section)] = Change(section, section.id, kind, "Fees", body, said)

    @rule(number=PICK)
    def group_withdraws(self, number: int) -> None:
        """The group gives a section back."""
        self.book.group.pop(id(self.pick(number)), None)

    @rule(
        number=PICK, kind=st.sampled_from(["replace", "hide", "append"]), body=WORDS, is_pinned=st.booleans()
    )
    def force_writes(self, number: int, kind: str, body: str, is_pinned: bool) -> None:
        """The force overrides a section that it sees."""
        section = self.pick(number)
        said = self.book.said_above(section)
        if said is not None:
            self.book.force[id(section)] = Change(section, section.id, kind, "Fees", body, said, is_pinned)

    @rule(number=PICK)
    def force_says_still_right(self, number: int) -> None:
        """The force confirms an op against today's text."""
        change = self.book.force.get(id(self.pick(number)))
        said = self.book.said_above(change.of) if change else None
        if change and said:
            change.seen, change.is_pinned = said, True

    @invariant()
    def drift_agrees_with_memory(self) -> None:
        """Every op of the force stands to the text above it as its writer would say who remembers it."""
        effective = self.resolved()
        expected = [self.remembered(change) for change in self.book.force.values()]
        found = [drift_of(trace) for trace in effective.ops if trace.layer == GWENT]
        assert found == expected

    @invariant()
    def the_force_reads_what_it_should(self) -> None:
        """Sections stand in the national order with the words of the most particular layer."""
        read = [(section.id, canonical_of(section.body)) for section in self.resolved().sections[1:]]
        assert read == [
            (section.id, said) for section in self.book.sections if (said := self.read(section)) is not None
        ]

    def read(self, section: Shared) -> str | None:
        """What the force's public reads of a section; None when it is hidden."""
        above, own = self.book.said_above(section), self.book.force.get(id(section))
        if above is None or (own and own.kind == "hide"):
            return None
        if own is None:
            return above[1]
        body = canonical_of(own.body)
        return body if own.kind == "replace" else f"{above[1]}\n{body}"

    def remembered(self, change: Change) -> DriftState:
        """The drift of an op, from remembered words alone."""
        above = self.book.said_above(change.of)
        if above is None:
            return DriftState.ORPHANED
        if change.kind == "append":
            return DriftState.ADDITIVE
        if change.kind == "replace" and (change.heading, canonical_of(change.body)) == above:
            return DriftState.REDUNDANT
        if not change.is_pinned:
            return DriftState.UNPINNED
        if change.seen == above:
            return DriftState.CURRENT
        return DriftState.HIDDEN_OUTDATED if change.kind == "hide" else DriftState.OUTDATED

    def resolved(self) -> EffectivePage:
        """The force's page, from files made of the book."""
        base: Page = page(
            {each.id: text(each.id, each.body, each.heading) for each in self.book.sections},
            aliases=self.book.aliases,
        )
        layers = [
            override(layer, *(op_of(change) for change in changes.values()))
            for layer, changes in ((WALES, self.book.group), (GWENT, self.book.force))
        ]
        return resolve(base, [layer_text(each) for each in layers])


def op_of(change: Change) -> Op:
    """The op as its file says it: with the id of its day, and the pin of the text its writer saw."""
    seen = change.seen
    pin = text(change.written_id, seen[1], seen[0]).pin if seen and change.is_pinned else None
    words: SectionText | None = text(change.written_id, change.body, change.heading)
    made = op(change.kind, change.written_id, None if change.kind == "hide" else words, base=pin)
    return replace(made, base=None) if made.kind is OpKind.APPEND else made


def test_drift_and_text_agree_with_memory_over_any_history() -> None:
    run_state_machine_as_test(Histories, settings=settings(stateful_step_count=30))
