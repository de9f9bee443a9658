"""What the command line finds around it: time, environment, the person's settings. Tests bring their own."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from soh_author.settings.locations import Locations


@dataclass(frozen=True, slots=True)
class World:
    """Passed to every verb, so that nothing below reads a clock or a variable by itself.

    Args:
        clock: tells the time, with its zone.
        environment: variables of the process.
        personal: file with the person's settings; it may be missing.
        hold: keeps large things until the process ends, where it ends at once: letting go of all that a build
            made takes a thirtieth of it.
    """

    clock: Callable[[], datetime]
    environment: Mapping[str, str]
    personal: Path
    hold: Callable[[object], object] | None = None


def here() -> World:
    """The world this process runs in."""
    return World(_now, os.environ, Locations.of_this_computer().settings_file)


def _now() -> datetime:
    return datetime.now().astimezone()
