"""A window that types until it is killed: one letter more each time. Prints ``typed`` or ``saved`` and the
length.

Called with: the journal's path and ``type`` or ``save``.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from soh_author.journal.journal import Journal


def main(path: Path, how: str) -> None:
    """Type for ever."""
    journal = Journal(path, datetime.now(UTC))
    step = journal.save if how == "save" else journal.record_unsaved
    length = 0
    while True:
        length += 1
        step("fees", "a.md", "x" * length, base_blob="b" * 40, when=datetime.now(UTC))
        print(length, flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
