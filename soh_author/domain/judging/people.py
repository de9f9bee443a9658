"""Who may do what: people, their keys, their roles and how far each role reaches (APPROVALS, "Who")."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fnmatch import fnmatchcase

from soh_author.domain.days import day_in_words
from soh_author.domain.ids import Language, PageId, PersonId
from soh_author.domain.layers import Layer


class Role(StrEnum):
    """What people do. A person may hold several."""

    EDITOR = "editor"
    REVIEWER = "reviewer"
    WELSH_REVIEWER = "welsh-reviewer"
    PUBLISHER = "publisher"
    FACT_CHECKER = "fact-checker"


@dataclass(frozen=True, slots=True)
class Scope:
    """How far a role reaches: patterns of layers (``shared``, ``force:kent``, ``*``) and of page ids."""

    layers: tuple[str, ...] = ("*",)
    pages: tuple[str, ...] = ("*",)
    languages: tuple[Language, ...] = tuple(Language)

    def covers(self, layer: Layer, page: PageId | None, language: Language) -> bool:
        """Whether text of a layer, page and language is within it; None stands for files that are no page."""
        return (
            any(fnmatchcase(str(layer), pattern) for pattern in self.layers)
            and (page is None or any(fnmatchcase(page, pattern) for pattern in self.pages))
            and language in self.languages
        )


@dataclass(frozen=True, slots=True)
class Grant:
    """A role with its scope."""

    role: Role
    scope: Scope = Scope()


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One SSH public key (``ssh-ed25519 AAAA…``), from when to when it counts, and when it was revoked."""

    line: str
    start: datetime
    end: datetime | None = None
    revoked: datetime | None = None

    def counts_at(self, moment: datetime) -> bool:
        """Whether what it signs at a moment counts."""
        if moment < self.start or (self.end is not None and moment > self.end):
            return False
        return self.revoked is None or moment < self.revoked

    def why_not(self, made: datetime, now: datetime) -> str:
        """Why what it signed at a moment doesn't count, in words that follow *its key*; empty when it does.

        The moment is what the signer says it was, so whoever stole a key could name an earlier one: a key has
        to count now as well as then.
        """
        if self.revoked is not None and now >= self.revoked:
            return f"was revoked on {day_in_words(self.revoked)}"
        if made < self.start:
            return f"counts only since {day_in_words(self.start)}"
        if self.end is not None and max(made, now) > self.end:
            return f"ran out on {day_in_words(self.end)}"
        return ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the policy knows."""

    id: PersonId
    name: str
    email: str
    keys: tuple[PublicKey, ...] = ()
    grants: tuple[Grant, ...] = ()

    def key(self, line: str) -> PublicKey | None:
        """Their key with this line (kind and digits, without a comment); None when it is not theirs."""
        return next((key for key in self.keys if key.line == line), None)

    def scopes(self, role: Role) -> Iterator[Scope]:
        """How far the person's role reaches; nothing when they don't hold it."""
        return (grant.scope for grant in self.grants if grant.role is role)

    def may(self, role: Role, layer: Layer, page: PageId | None, language: Language) -> bool:
        """Whether they hold a role for a text."""
        return any(scope.covers(layer, page, language) for scope in self.scopes(role))
