"""What is to become of forces, as it was asked for, and the plan for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from soh_author.domain.forces_change import Decision
from soh_author.domain.ids import ForceId
from soh_author.workflow.forces.reorganising import (
    Merger,
    Reorganisation,
    plan_closing,
    plan_merging,
    plan_renaming,
)
from soh_author.workflow.task import Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Renaming:
    """A force gets another id."""

    old: ForceId
    new: ForceId


@dataclass(frozen=True, slots=True)
class Closing:
    """A force ends after a day."""

    force: ForceId
    last_day: date


Wish = Renaming | Closing | Merger


def plan_of(
    workspace: Workspace, source: str, wish: Wish, decisions: Mapping[str, Decision]
) -> Task[Reorganisation]:
    """Plan what was wished, with what was decided so far."""
    if isinstance(wish, Renaming):
        return plan_renaming(workspace, source, wish.old, wish.new)
    if isinstance(wish, Closing):
        return plan_closing(workspace, source, wish.force, wish.last_day)
    return plan_merging(workspace, source, wish, decisions)
