"""Who publishes: forces, groups of forces, and the repository's own manifest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import Layer, Place

_A_DAY = timedelta(days=1)


class ForceKind(StrEnum):
    """Territorial and special forces, and the national site that has no force facts."""

    TERRITORIAL = "territorial"
    SPECIAL = "special"
    NATIONAL = "national"


class ForceStatus(StrEnum):
    """Whether a force's site is to be built."""

    LIVE = "live"
    PLANNED = "planned"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Force:
    """One publisher. ``names`` holds the names by language: name, public_name, short_name."""

    id: ForceId
    kind: ForceKind
    host: str
    languages: tuple[Language, ...]
    names: Mapping[Language, Mapping[str, str]]
    place: Place
    welsh_parity: bool = False
    status: ForceStatus = ForceStatus.LIVE
    start: date | None = None
    end: date | None = None
    groups: tuple[GroupId, ...] = ()
    slug: str = ""
    unverified: tuple[str, ...] = ()

    @property
    def layer(self) -> Layer:
        """The force's own layer."""
        return Layer.of_force(self.id)

    @property
    def gone_from(self) -> date | None:
        """The first day on which the site of a force that ends no longer stands."""
        return self.end + _A_DAY if self.end and self.end < date.max else None

    def name(self, language: Language = Language.EN, form: str = "public_name") -> str:
        """A name of the force (``name``, ``public_name``, ``short_name``); English if no Welsh is known."""
        names = {**self.names[Language.EN], **self.names.get(language, {})}
        return names.get(form) or names["name"]

    def profile_value(self, name: str, language: Language) -> str | None:
        """Value of ``{{ force.name }}`` from the profile, or None when it is not a profile field."""
        if name in {"name", "public_name", "short_name"}:
            return self.name(language, name)
        return self.host if name == "host" else None


@dataclass(frozen=True, slots=True)
class Member:
    """Membership of a force in a group, for a time; both dates are included."""

    force: ForceId
    start: date | None = None
    end: date | None = None

    def is_member_on(self, day: date) -> bool:
        """Whether the membership holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Group:
    """Forces that differ together: a joint unit, a pilot, Wales."""

    id: GroupId
    name: str
    members: tuple[Member, ...]
    place: Place
    pages: tuple[str, ...] = ("*",)

    @property
    def layer(self) -> Layer:
        """The group's own layer."""
        return Layer.of_group(self.id)

    def may_touch(self, page: PageId) -> bool:
        """Whether the group may override this page."""
        return any(fnmatchcase(page, pattern) for pattern in self.pages)


@dataclass(frozen=True, slots=True)
class Manifest:
    """soh.yml: what the repository is."""

    schema: int
    service: str
    repository: str
    languages: tuple[Language, ...] = (Language.EN,)


@dataclass(frozen=True, slots=True)
class Registry:
    """All forces and groups of one revision."""

    forces: Mapping[ForceId, Force] = field(default_factory=dict)
    groups: Mapping[GroupId, Group] = field(default_factory=dict)

    def groups_of(self, force: Force, day: date) -> tuple[Group, ...]:
        """The groups of a force on a day: those it lists, in its order, then the others by name."""
        member_of = {
            group.id: group
            for group in self.groups.values()
            if any(member.force == force.id and member.is_member_on(day) for member in group.members)
        }
        listed = [name for name in dict.fromkeys(force.groups) if name in member_of]
        rest = sorted(name for name in member_of if name not in listed)
        return tuple(member_of[name] for name in [*listed, *rest])

    @property
    def short_names(self) -> Mapping[ForceId, str]:
        """What people call each force."""
        return {force.id: force.name(form="short_name") for force in self.forces.values()}

    def layers_of(self, force: Force, day: date) -> tuple[Layer, ...]:
        """The layers below shared that speak for a force on a day: its groups, then the force itself."""
        return (*(group.layer for group in self.groups_of(force, day)), force.layer)

    def turns_of(self, force: Force, day: date) -> tuple[date, ...]:
        """The days to come on which other groups speak for a force, with nobody changing anything.

        Once its site has ended nobody reads it, whoever would speak.
        """
        own = [
            member for group in self.groups.values() for member in group.members if member.force == force.id
        ]
        begins = {member.start for member in own if member.start}
        over = {member.end + _A_DAY for member in own if member.end and member.end < date.max}
        turns: list[date] = []
        known = self.layers_of(force, day)
        last = force.end or date.max
        for each in sorted(turn for turn in begins | over if day < turn <= last):
            layers = self.layers_of(force, each)
            if layers != known:
                turns.append(each)
                known = layers
        return tuple(turns)
