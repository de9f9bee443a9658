"""What the number means that a verb ends with; scripts may rely on it (resources/help/command-line.md)."""

import re

from soh_author.domain.errors import ContentError, SohAuthorError, UsageError

DONE = 0
USAGE = UsageError.exit_code
FAULTS = ContentError.exit_code
UNEXPECTED = 70
CANCELLED = 130
NOBODY_READS = 141

MEANINGS = {
    DONE: "Done.",
    1: "It could not be done.",
    USAGE: "The command, a name or a value in it makes no sense.",
    3: "The page, force, draft or version does not exist.",
    4: "Somebody else changed the same thing first.",
    FAULTS: "The content has faults that block publishing.",
    6: "The folder is no workspace, or an empty, foreign, shallow or damaged one.",
    7: "The address can't be reached, or refuses us.",
    8: "A file or folder can't be written.",
    9: "A key, a signature or something signed isn't taken.",
    10: "The policy doesn't allow it, or not yet.",
    UNEXPECTED: "A mistake in SOH Author.",
    CANCELLED: "Stopped by a person (Ctrl+C), or ended by the system.",
    NOBODY_READS: "Whatever was to read the answer closed its end.",
}


def kind_of(error: SohAuthorError) -> str:
    """Name of a kind of error, for scripts: ``not-found`` for a ``NotFoundError``."""
    words = re.findall(r"[A-Z][a-z]*", type(error).__name__.removesuffix("Error"))
    return "-".join(words).lower()
