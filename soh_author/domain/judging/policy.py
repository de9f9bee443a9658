"""The policy: people, roots and rules, as one signed whole with a version (APPROVALS, "Who")."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from soh_author.domain.ids import ForceId, PersonId
from soh_author.domain.judging.people import Person


@dataclass(frozen=True, slots=True)
class Rules:
    """Settings of the policy, with the defaults of the design.

    ``records_last_days``: how old an approval may be. ``open_emergencies``: how many emergency releases may
    wait for their review at once. ``reviewers_of_marked``: how many approve a change marked as safety or law.
    """

    records_last_days: int = 90
    open_emergencies: int = 2
    reviewers_of_marked: int = 2
    fact_checked_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Freeze:
    """A time in which a force's pages change only in permitted ways (before an election); days included."""

    force: ForceId
    start: date
    end: date
    why: str
    permitted: tuple[str, ...] = ("fact", "emergency")

    def holds_on(self, day: date) -> bool:
        """Whether the freeze is in force on a day."""
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may do what in one repository.

    The next version counts when ``threshold`` of this version's roots and of the new one's have signed it.
    """

    version: int
    repository: str
    people: Mapping[PersonId, Person]
    roots: tuple[PersonId, ...]
    threshold: int
    rules: Rules = Rules()
    freezes: tuple[Freeze, ...] = field(default=())
