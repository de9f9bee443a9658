"""Whose names and addresses stand on the versions of a draft, as far as the policy knows them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from soh_author.domain.ids import PersonId
from soh_author.domain.judging.policy import Policy


@dataclass(frozen=True, slots=True, order=True)
class Writer:
    """Who saved a version, as the version says itself; nobody has signed it."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} ({self.email or 'without an address'})"


class Authorship:
    """Tells who of a policy a writer is.

    An address or a name is enough, so that nobody reviews their own words because they wrote them on another
    computer: in doubt somebody counts as an author, and so does everybody of one name.

    Args:
        policy: whose people are asked about.
    """

    def __init__(self, policy: Policy) -> None:
        self._by_email: dict[str, set[PersonId]] = defaultdict(set)
        self._by_name: dict[str, set[PersonId]] = defaultdict(set)
        for person in policy.people.values():
            self._by_email[person.email.casefold()].add(person.id)
            self._by_name[_plain(person.name)].add(person.id)

    def people(self, writers: Iterable[Writer]) -> frozenset[PersonId]:
        """The people of the policy who are, or may be, among some writers."""
        found: set[PersonId] = set()
        for writer in writers:
            found |= self._by_email.get(writer.email.casefold(), set())
            found |= self._by_name.get(_plain(writer.name), set())
        return frozenset(found)

    def doubt(self, writer: Writer) -> str:
        """What is to be said of a writer whose address the policy doesn't know; empty where it does."""
        if writer.email.casefold() in self._by_email:
            return ""
        if _plain(writer.name) in self._by_name:
            return (
                f"{writer} saved some of it, under an address that the policy doesn’t know;"
                f" it counts as written by {writer.name}."
            )
        return (
            f"{writer} saved some of it, and the policy doesn’t know them. Whoever approves it has to be"
            " somebody else: make sure of that, as nobody can tell by the address."
        )


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
