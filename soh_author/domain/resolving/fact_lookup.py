"""Which value a fact has for one force on one day, and why there is none (CONTENT_MODEL, "Facts")."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import date

from soh_author.domain.days import day_in_words
from soh_author.domain.facts import DatedValue, Fact, FactSheet, FactType, FactValue, LaterValue, Reference
from soh_author.domain.force import Force
from soh_author.domain.ids import FactName, Language
from soh_author.domain.layers import LayerKind

SCOPES = ("fact", "force")


@dataclass(frozen=True, slots=True)
class Missing:
    """A use of a fact that has no value: ``code`` is the diagnostic's, ``message`` a sentence for people."""

    reference: Reference
    code: str
    message: str


def find_value(
    reference: Reference,
    sheets: Sequence[FactSheet],
    force: Force,
    on: date,
    language: Language,
    *,
    known: Container[str] = (),
) -> FactValue | Missing:
    """The value that a reference shows.

    ``{{ fact.name }}`` asks the force's facts, then its groups', then the shared ones. ``{{ force.name }}``
    asks the force's profile, then its own and its groups' facts, never the shared ones. A layer whose first
    value starts later has none yet, and the next one is asked. Never a default, never an empty text.

    Args:
        reference: what the text says.
        sheets: the facts of the layers from the general to the particular: shared, groups, force. Layers
            without facts may be left out.
        force: the publisher.
        on: the day the page is read.
        language: the page's language; facts without Welsh words show the one value they have.
        known: names of facts that some other layer of the repository has; they are not unknown, but have no
            value.
    """
    if reference.scope == "force":
        profile = force.profile_value(reference.name, language)
        if profile:
            return FactValue(reference.key, FactType.TEXT, profile, force.layer, force.place, language)
    if reference.scope not in SCOPES or not FactName.is_valid(reference.name):
        return Missing(reference, "unknown-fact", f"“{reference.key}” is no fact's name.")
    name = FactName(reference.name)
    facts = [sheet[name] for sheet in sheets if name in sheet]
    if reference.scope == "force":
        facts = [fact for fact in facts if fact.layer.kind is not LayerKind.SHARED]
    found = _choose(reference, facts, force, on, language)
    if isinstance(found, FactValue):
        return _with_later(found, reference, facts, force, on)
    return found or _why_not(reference, sheets, force, on, known)


def _with_later(
    found: FactValue, reference: Reference, facts: Sequence[Fact], force: Force, on: date
) -> FactValue:
    """A value with what follows it on days to come, at whatever layer that is given."""
    days = sorted({value.start for fact in facts for value in fact.after(on) if value.start})
    later: list[LaterValue] = []
    known = (found.type, found.value)
    for day in days:
        then = _choose(reference, facts, force, day, found.language)
        said = (then.type, then.value) if isinstance(then, FactValue) else (found.type, "")
        if said != known:
            later.append(LaterValue(day, *said))
            known = said
    return replace(found, later=tuple(later)) if later else found


def _choose(
    reference: Reference, facts: Sequence[Fact], force: Force, on: date, language: Language
) -> FactValue | Missing | None:
    """The value of the most particular layer that has one on the day; None when no layer has."""
    able = [(fact, value) for fact in facts if (value := fact.on(on)) is not None and value.value.strip()]
    if not able:
        return None
    rank = max(fact.layer.kind.rank for fact, _ in able)
    best = [(fact, value) for fact, value in able if fact.layer.kind.rank == rank]
    if len(best) > 1:
        names = " and ".join(sorted(fact.layer.name for fact, _ in best))
        message = f"The groups {names} both give “{reference.name}” for {force.name(form='short_name')}."
        return Missing(reference, "ambiguous-fact", message)
    fact, value = best[0]
    return FactValue(reference.key, fact.type, _in(value, language), fact.layer, fact.place, language)


def _in(value: DatedValue, language: Language) -> str:
    return value.welsh if language is Language.CY and value.welsh else value.value


def _why_not(
    reference: Reference, sheets: Sequence[FactSheet], force: Force, on: date, known: Container[str]
) -> Missing:
    who = force.name(form="short_name")
    holders = [fact for sheet in sheets if (fact := sheet.get(FactName(reference.name)))]
    if not holders and reference.name not in known:
        return Missing(reference, "unknown-fact", f"No layer has a fact “{reference.name}”.")
    if (
        holders
        and all(fact.layer.kind is LayerKind.SHARED for fact in holders)
        and reference.scope == "force"
    ):
        message = (
            f"{who} has no “{reference.name}” of its own; the shared fact is {{{{ fact.{reference.name} }}}}."
        )
        return Missing(reference, "no-fact-value", message)
    day = f" on {day_in_words(on)}" if holders else ""
    return Missing(reference, "no-fact-value", f"“{reference.name}” has no value for {who}{day}.")
