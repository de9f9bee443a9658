"""Who works here: as told with ``--as``, in the environment, or in the settings."""

import re

from soh_author.cli.world import World
from soh_author.domain.errors import UsageError
from soh_author.settings.file import load
from soh_author.workflow.workspace import Person

NAME = "SOH_AUTHOR_NAME"
EMAIL = "SOH_AUTHOR_EMAIL"
READER = Person("A reader", "")
"""Stands for whoever only looks; nothing is ever written in this name."""

_SHAPE = re.compile(r"\s*([^<>]*?)\s*(?:<\s*([^<>\s]*)\s*>)?\s*")


def who(world: World, told: str) -> Person | None:
    """The person as told on the command line, else by the environment, else in the settings; or None.

    Raises:
        UsageError: when what was told is no name.
    """
    if told:
        return read_person(told)
    if world.environment.get(NAME, "").strip():
        person = read_person(world.environment[NAME])
        return Person(person.name, person.email or world.environment.get(EMAIL, ""))
    saved = load(world.personal).settings
    return Person(saved.author_name, saved.author_email) if saved.author_name.strip() else None


def read_person(told: str) -> Person:
    """A person written as ``Name <email>``; the email may be left out.

    Raises:
        UsageError: when it is written otherwise.
    """
    found = _SHAPE.fullmatch(told)
    if not found or not found[1]:
        raise UsageError(
            f"“{told}” names nobody.",
            safe="Nothing was changed.",
            todo="Write it as “Name <email>”, in quotes.",
        )
    return Person(found[1], found[2] or "")


def nobody_error() -> UsageError:
    """For a verb that writes a version when nobody said who they are."""
    return UsageError(
        "It is not known who you are, and every version bears a name.",
        safe="Nothing was changed.",
        todo=f"Add --as “Name <email>”, or set {NAME}, or give your name in the app's settings.",
    )
