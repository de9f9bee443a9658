"""A value that forces word differently in one section becomes a fact: one text for all, a number for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.errors import ContentError, NotFoundError, UsageError
from soh_author.domain.ids import FactName, ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import OpKind
from soh_author.domain.page import Page
from soh_author.domain.pins import section_pin
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.markup.canonical import canonical
from soh_author.markup.front_matter import set_field
from soh_author.markup.write import replace_section
from soh_author.markup.yaml_editing import set_value
from soh_author.markup.yaml_reading import Yaml
from soh_author.reading.paths import facts_path, page_path
from soh_author.workflow.overrides.changes import title_of
from soh_author.workflow.overrides.reading_proofs import prove_reading
from soh_author.workflow.overrides.written_values import WrittenValue, differ_in_values_only, written_values
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.wording.across_forces import sections_of_forces
from soh_author.workflow.wording.restructuring import MovePlan
from soh_author.workflow.wording.section_edits import SectionEdits
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be made: its name, what it is in words, and where its values come from."""

    name: FactName
    label: str
    source: str


@dataclass(frozen=True, slots=True)
class DifferingValue:
    """A place of a section where forces write different values: the shared one, and each force's."""

    number: int
    shared: WrittenValue
    values: Mapping[ForceId, WrittenValue]


def differing_values(
    snapshot: Snapshot, page: PageId, section: SectionId, on: date
) -> tuple[DifferingValue, ...]:
    """The places where forces' own texts of a section differ from the shared one in a value only.

    Forces whose text differs in more than values are left out. Empty when there is nothing to make a fact of.
    """
    shared = _shared(snapshot, page, section)
    texts = _own_texts(snapshot, page, section, on, shared) if shared else {}
    found = []
    for number, value in enumerate(written_values(shared.body) if shared else ()):
        values = {force: written_values(body)[number] for force, body in texts.items()}
        differing = {force: each for force, each in values.items() if each.text != value.text}
        if differing:
            found.append(DifferingValue(number, value, differing))
    return tuple(found)


def _shared(snapshot: Snapshot, page: PageId, section: SectionId) -> EffectiveSection | None:
    try:
        return snapshot.effective_of_layers(page, (), Language.EN).section(section)
    except NotFoundError:
        return None


def _own_texts(
    snapshot: Snapshot, page: PageId, section: SectionId, on: date, shared: EffectiveSection
) -> dict[ForceId, str]:
    """Bodies of the forces that replace the section with a text that differs in values only."""
    having, _ = sections_of_forces(snapshot, page, section, on)
    found = {}
    for force, words in having.items():
        effective = snapshot.effective(page, force, Language.EN, on)
        is_own = len(words.parts) == 1 and words.layer == Layer.of_force(force)
        is_alike = words.heading == shared.heading and differ_in_values_only(shared.body, words.body)
        if is_own and is_alike and _is_replaced(effective, section, Layer.of_force(force)):
            found[force] = words.body
    return found


def _is_replaced(effective: EffectivePage, section: SectionId, layer: Layer) -> bool:
    kinds = [trace.op.kind for trace in effective.ops if trace.layer == layer and trace.op.section == section]
    return kinds == [OpKind.REPLACE]


def plan_facts(
    workspace: Workspace, source: str, page: PageId, section: SectionId, *, facts: Sequence[NewFact], on: date
) -> Task[MovePlan]:
    """Turn the values in which forces' texts of a section differ into facts, one for each such place in
    order.

    The shared text shows the facts; forces get their value in their own facts and give their text back. It is
    proved by what people read: the words stay the same, though the digest is new.

    Raises (when run):
        NotFoundError: when forces don't differ in values only.
        UsageError: when there are not as many facts as differing places.
        ContentError: when a value is written in a form a fact would not be shown in, or a fact's name is
        taken.
    """

    def work(_progress: Progress) -> Outcome[MovePlan]:
        snapshot = workspace.snapshot(source)
        places = differing_values(snapshot, page, section, on)
        _check(places, facts, section)
        plan = _Facts(snapshot, page, section, on, list(zip(places, facts, strict=True))).make(workspace)
        return Outcome(plan, notice=plan.sentence)

    return Task("Making facts of values", work)


def _check(places: Sequence[DifferingValue], facts: Sequence[NewFact], section: SectionId) -> None:
    if not places:
        raise NotFoundError(
            f"No force's text of “{section}” differs from the shared one in values only.",
            safe="Nothing was changed.",
            todo="Compare the wordings; facts help where only a number, date or phone number differs.",
        )
    if len(places) != len(facts):
        said = ", ".join(f"“{place.shared.text}”" for place in places)
        raise UsageError(
            f"Forces differ in {counted(len(places), 'place')} ({said}), "
            f"and {counted(len(facts), 'fact is', 'facts are')} named.",
            safe="Nothing was changed.",
            todo="Name one fact for each place, in this order.",
        )


class _Facts:
    def __init__(
        self,
        snapshot: Snapshot,
        page: PageId,
        section: SectionId,
        on: date,
        chosen: list[tuple[DifferingValue, NewFact]],
    ) -> None:
        self._snapshot = snapshot
        self._page = page
        self._section = section
        self._on = on
        self._chosen = chosen
        self._edits = SectionEdits(snapshot, page)
        words = _shared(snapshot, page, section)
        assert words is not None, "Places differ from a shared text."
        self._words = words

    def make(self, workspace: Workspace) -> MovePlan:
        texts = _own_texts(self._snapshot, self._page, self._section, self._on, self._words)
        body = self._with_facts(self._words.body)
        self._edits.say(self._section, self._words.heading, body)
        self._welsh(body)
        for place, fact in self._chosen:
            self._add(SHARED, fact, place.shared)
            for force, value in place.values.items():
                self._add(Layer.of_force(force), fact, value)
        for force in texts:
            self._edits.drop_ops(Layer.of_force(force), self._section)
        return self._finish(workspace, tuple(texts))

    def _with_facts(self, body: str) -> str:
        for place, fact in reversed(self._chosen):
            value = place.shared
            body = f"{body[: value.start]}{{{{ fact.{fact.name} }}}}{body[value.end :]}"
        return body

    def _add(self, layer: Layer, fact: NewFact, value: WrittenValue) -> None:
        stored = value.stored()
        if stored is None:
            raise ContentError(
                f"“{value.text}” would be shown differently as a fact.",
                safe="Nothing was changed.",
                todo="Write it in the usual form first: £198, £79.50, 5 February 2025.",
            )
        if fact.name in self._snapshot.facts_of(layer):
            raise ContentError(
                f"{layer} has a fact “{fact.name}” already.",
                safe="Nothing was changed.",
                todo="Choose a name.",
            )
        path = facts_path(layer)
        known = self._edits.texts.get(path, self._snapshot.text(path))
        entry: Yaml = {
            "type": value.type.value,
            "label": fact.label,
            **({"source": fact.source} if fact.source else {}),
            "values": [{"value": stored}],
        }
        self._edits.texts[path] = set_value(known or "", (str(fact.name),), entry)

    def _welsh(self, body: str) -> None:
        """The shared Welsh shows the facts too where it writes a value once; it still renders the English."""
        path = page_path(SHARED, self._page, Language.CY)
        value, text = self._snapshot.sources.read(path).value, self._snapshot.text(path)
        own = value.section(self._section) if isinstance(value, Page) else None
        if own is None or text is None or not isinstance(value, Page):
            return
        welsh = own.body
        for place, fact in self._chosen:
            same = [each for each in written_values(welsh) if each.text == place.shared.text]
            if len(same) == 1:
                only = same[0]
                welsh = f"{welsh[: only.start]}{{{{ fact.{fact.name} }}}}{welsh[only.end :]}"
        changed = replace_section(text, self._section, welsh)
        if value.translates.get(self._section) == self._words.pin:
            pin = section_pin(self._words.heading, [canonical(body)])
            changed = set_field(changed, ("translates", str(self._section)), str(pin))
        self._edits.texts[path] = changed

    def _finish(self, workspace: Workspace, given_back: tuple[ForceId, ...]) -> MovePlan:
        changes = dict(self._edits.texts)
        proof = prove_reading(self._snapshot, self._edits.after, self._page, self._on, workspace.renderer)
        title = title_of(self._section, self._words.heading)
        names = ", ".join(f"“{fact.name}”" for _, fact in self._chosen)
        return MovePlan(
            self._page,
            self._section,
            f"{title}: {names} for the value that differs. {proof.sentence}",
            {path: self._snapshot.text(path) for path in changes},
            changes,
            proof,
            given_back=given_back,
        )
