"""One attack with its honest twin."""

from collections.abc import Callable
from dataclasses import dataclass

from soh_author.workflow.gate.refs import RefUpdate
from soh_author.workflow.gate.refusals import Refusal
from tests.attacks.world import Attempt, World, honest

Made = Attempt | list[RefUpdate]
Attempted = Attempt | Callable[[World], Made | tuple[World, Made]]


PLAIN = honest()
"""The release from which most attacks differ in one thing."""


@dataclass(frozen=True)
class Attack:
    """What is tried, the rule that must refuse it, words that must be in the reason, and its honest twin."""

    name: str
    rule: str
    tried: Attempted
    twin: Attempted = PLAIN
    words: str = ""


def judged(world: World, tried: Attempted) -> list[Refusal]:
    """What the gate says to an attack or to its twin."""
    made = tried if isinstance(tried, Attempt) else tried(world)
    where, what = made if isinstance(made, tuple) else (world, made)
    return where.judge_attempt(what) if isinstance(what, Attempt) else where.judge(*what)
