"""Who may do what, and when not: which rule forbids it, and who could instead."""

from collections.abc import Sequence
from dataclasses import dataclass

from soh_author.domain.ids import Language, PageId, PersonId
from soh_author.domain.judging.people import Person, Role
from soh_author.domain.judging.policy import Policy
from soh_author.domain.layers import SHARED, Layer

_DEEDS = {
    Role.EDITOR: "edit",
    Role.REVIEWER: "approve",
    Role.WELSH_REVIEWER: "approve",
    Role.PUBLISHER: "publish",
    Role.FACT_CHECKER: "check the facts of",
}
_WORKS_BELOW = frozenset({Role.REVIEWER, Role.WELSH_REVIEWER, Role.PUBLISHER, Role.FACT_CHECKER})


@dataclass(frozen=True, slots=True)
class Text:
    """Whose text something is: a layer's, of a page (None: no page's), in a language."""

    layer: Layer
    page: PageId | None
    language: Language

    def __str__(self) -> str:
        whose = "the shared text" if self.layer == SHARED else f"the text of {self.layer.name}"
        about = f"{whose} of {self.page}" if self.page else whose
        return f"{about} in {self.language.label}"


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether somebody may, the rule in a sentence, and who could; nobody is named when they may."""

    is_allowed: bool
    sentence: str
    who_could: tuple[Person, ...] = ()


def holds(person: Person, role: Role, text: Text) -> bool:
    """Whether a role of a person reaches a text.

    Whoever reviews, checks or publishes the shared text does so for every force's; an editor of the shared
    text is no editor of a force's.
    """
    if person.may(role, text.layer, text.page, text.language):
        return True
    is_national = role in _WORKS_BELOW and text.layer != SHARED
    return is_national and person.may(role, SHARED, text.page, text.language)


def reviewing_role(language: Language) -> Role:
    """Whose yes a text needs: Welsh is approved by a Welsh reviewer."""
    return Role.WELSH_REVIEWER if language is Language.CY else Role.REVIEWER


def who_could(policy: Policy, role: Role, text: Text) -> tuple[Person, ...]:
    """Everybody whose role reaches a text."""
    return tuple(person for person in policy.people.values() if holds(person, role, text))


def may(policy: Policy, person: PersonId, role: Role, text: Text) -> Permission:
    """Whether a person may do what a role does with a text.

    Args:
        policy: the policy that counts.
        person: who wants to; somebody the policy doesn't know may nothing.
        role: what they want to do: the role it takes.
        text: with whose text.
    """
    known = policy.people.get(person)
    deed = f"{_DEEDS[role]} {text}"
    if known is not None and holds(known, role, text):
        return Permission(is_allowed=True, sentence=f"{known.name} may {deed}.")
    if known is None:
        said = f"The policy knows nobody called “{person}”."
    elif any(known.scopes(role)):
        said = f"{known.name} may not {deed}: their role as {role.value} doesn't reach there."
    else:
        said = f"{known.name} may not {deed}: they have no role as {role.value}."
    return Permission(is_allowed=False, sentence=said, who_could=who_could(policy, role, text))


def named(people: Sequence[Person], most: int = 3) -> str:
    """Names for a sentence: ``Nia Morgan, Sam Price or 4 others``; empty for nobody."""
    names = [person.name for person in people[:most]]
    if len(people) > most:
        left = len(people) - most
        names.append(f"{left} other{'s' if left > 1 else ''}")
    return " or ".join(part for part in (", ".join(names[:-1]), names[-1]) if part) if names else ""
