"""What the facts room asks for and writes, as tasks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from soh_author.desktop.facts.new_fact import FactWish
from soh_author.domain.errors import UsageError
from soh_author.domain.facts import Fact
from soh_author.domain.ids import FactName, ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.sentence import first_upper
from soh_author.workflow.overrides.change_sets import SavedChanges, effects_of, require_draft, save_changes
from soh_author.workflow.overrides.fact_words import value_in_words
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.viewpoints import layer_name
from soh_author.workflow.wording.fact_editing import FactEntry, remove_fact_value, set_fact
from soh_author.workflow.wording.facts_in_use import (
    FactChange,
    FactUses,
    all_facts,
    changes_between,
    where_used,
)
from soh_author.workflow.wording.stale_literals import StaleLiteral, stale_literals
from soh_author.workflow.workspace import Workspace

A_YEAR = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact of a layer, with the layer's name and its value on the day in words."""

    fact: Fact
    whose: str
    today: str

    @property
    def key(self) -> tuple[Layer, FactName]:
        """Which fact it is."""
        return self.fact.layer, self.fact.name


@dataclass(frozen=True, slots=True)
class Book:
    """All facts, what changes within a year, and what was written by hand."""

    on: date
    facts: tuple[KnownFact, ...]
    changes: tuple[FactChange, ...]
    by_hand: tuple[StaleLiteral, ...]


@dataclass(frozen=True, slots=True)
class Uses:
    """Where a fact is shown, with titles and names."""

    found: FactUses
    titles: Mapping[PageId, str]
    names: Mapping[ForceId, str]


def look_up_facts(workspace: Workspace, source: str, on: date) -> Task[Book]:
    """All facts of a source, on a day."""

    def work(progress: Progress) -> Outcome[Book]:
        snapshot = workspace.snapshot(source)
        facts = []
        for fact in all_facts(snapshot):
            now = fact.on(on)
            today = value_in_words(fact.type, now.value, Language.EN) if now else "no value yet"
            facts.append(KnownFact(fact, layer_name(snapshot, fact.layer), today))
        changes = changes_between(snapshot, on, on + A_YEAR).run(progress).value
        by_hand = stale_literals(snapshot, on).run(progress).value
        return Outcome(Book(on, tuple(facts), changes, tuple(by_hand)))

    return Task("Looking up facts", work)


def look_up_uses(workspace: Workspace, source: str, name: FactName, on: date) -> Task[Uses]:
    """Where a fact is shown."""

    def work(progress: Progress) -> Outcome[Uses]:
        snapshot = workspace.snapshot(source)
        found = where_used(snapshot, name, on).run(progress).value
        titles = {page: snapshot.page_info(page).title for page in found.pages}
        names = snapshot.registry.short_names
        return Outcome(Uses(found, titles, names))

    return Task("Looking where a fact is shown", work)


def save_value(
    workspace: Workspace, draft: str, fact: Fact, entry: FactEntry, source: str
) -> Task[SavedChanges]:
    """Give a fact a value from a day on, as privately saved text of a draft."""

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        require_draft(draft)
        change = set_fact(workspace.snapshot(draft), fact.layer, fact.name, entry, source=source)
        saved = save_changes(workspace, draft, {change.path: change.text}, "")
        return Outcome(saved, effects_of(saved), f"“{fact.label}” is saved in your draft.")

    return Task("Saving a fact", work, writes=True)


def save_new(workspace: Workspace, draft: str, wish: FactWish) -> Task[SavedChanges]:
    """Make a fact that isn't there yet, as privately saved text of a draft.

    Raises (when run):
        UsageError: when the value isn't of its kind, or the layer has a fact of that name.
    """

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        require_draft(draft)
        snapshot = workspace.snapshot(draft)
        if wish.name in snapshot.facts_of(wish.layer):
            raise UsageError(
                f"{first_upper(layer_name(snapshot, wish.layer))} has a fact “{wish.name}” already.",
                safe="Nothing was changed.",
                todo="Give that one a new value, or choose another name.",
            )
        change = set_fact(
            snapshot,
            wish.layer,
            wish.name,
            wish.entry,
            kind=wish.kind,
            label=wish.label,
            source=wish.source,
        )
        saved = save_changes(workspace, draft, {change.path: change.text}, "")
        return Outcome(saved, effects_of(saved), f"“{wish.label}” is kept in your draft.")

    return Task("Keeping a new fact", work, writes=True)


def layers_of(workspace: Workspace, source: str) -> tuple[tuple[Layer, str], ...]:
    """Who can have facts, with their names: everybody, groups, forces."""
    registry = workspace.snapshot(source).registry
    groups = [(group.layer, group.name) for group in registry.groups.values()]
    forces = [(force.layer, force.name(form="short_name")) for force in registry.forces.values()]
    return ((SHARED, "Everybody"), *groups, *forces)


def take_out_value(workspace: Workspace, draft: str, fact: Fact, start: date | None) -> Task[SavedChanges]:
    """Take a value of a fact out again."""

    def work(_progress: Progress) -> Outcome[SavedChanges]:
        require_draft(draft)
        change = remove_fact_value(workspace.snapshot(draft), fact.layer, fact.name, start)
        saved = save_changes(workspace, draft, {change.path: change.text}, "")
        return Outcome(saved, effects_of(saved), f"A value of “{fact.label}” was taken out.")

    return Task("Taking a value out", work, writes=True)
