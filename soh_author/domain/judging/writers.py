"""Whose names and addresses stand on the versions of a draft, as far as the policy knows them."""

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

    An address is one person's, and so is a name. Either is enough, so that nobody reviews their own words
    because they wrote them on another computer: in doubt somebody counts as an author.

    Args:
        policy: whose people are asked about.
    """

    def __init__(self, policy: Policy) -> None:
        people = policy.people.values()
        self._by_email = {person.email.casefold(): person.id for person in people}
        self._by_name = {_plain(person.name): person.id for person in people}

    def people(self, writers: Iterable[Writer]) -> frozenset[PersonId]:
        """The people of the policy who are, or may be, among some writers."""
        found = (
            known.get(key)
            for writer in writers
            for known, key in (
                (self._by_email, writer.email.casefold()),
                (self._by_name, _plain(writer.name)),
            )
        )
        return frozenset(person for person in found if person is not None)

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
