"""What only shows when all forces and groups are seen together."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.force import Group, Member, Registry
from soh_author.domain.ids import ForceId


def registry_diagnostics(registry: Registry) -> tuple[Diagnostic, ...]:
    """Find members that are no forces or are listed twice for the same time, and groups that don't exist.

    Returns:
        The findings in the order of files and messages.
    """
    found = [*_unknown_groups(registry)]
    for group in registry.groups.values():
        found.extend(_unknown_forces(group, registry))
        found.extend(_doubled_members(group))
    return tuple(sorted(found, key=Diagnostic.sort_key))


def _unknown_groups(registry: Registry) -> Iterator[Diagnostic]:
    for force in registry.forces.values():
        for name in force.groups:
            if name not in registry.groups:
                text = f"{force.name()} lists the group “{name}”, but there is no such group."
                yield diagnose("unknown-group", text, force.place, forces=(force.id,))


def _unknown_forces(group: Group, registry: Registry) -> Iterator[Diagnostic]:
    for name in dict.fromkeys(member.force for member in group.members):
        if name not in registry.forces:
            text = f"The group “{group.id}” lists the force “{name}”, but there is no such force."
            yield diagnose("unknown-force", text, group.place)


def _doubled_members(group: Group) -> Iterator[Diagnostic]:
    times: dict[ForceId, list[Member]] = {}
    for member in group.members:
        times.setdefault(member.force, []).append(member)
    for force, members in times.items():
        ordered = sorted(members, key=lambda member: member.start or date.min)
        if any(_overlap(one, other) for one, other in pairwise(ordered)):
            text = f"The group “{group.id}” lists the force “{force}” twice for the same time."
            yield diagnose("doubled-member", text, group.place, forces=(force,))


def _overlap(one: Member, other: Member) -> bool:
    """Whether two memberships share a day; ``one`` begins no later than ``other``."""
    return one.end is None or (other.start or date.min) <= one.end
