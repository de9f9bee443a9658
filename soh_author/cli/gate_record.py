"""``python -m soh_author.cli.gate_record``: what git's post-receive hook runs, in the repository's folder."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from soh_author.domain.errors import SohAuthorError
from soh_author.workflow.gate.recording import record

_LONGEST_INPUT = 1024 * 1024


def main() -> int:
    """Write what moved into the log; give the exit code."""
    try:
        record(Path.cwd(), sys.stdin.read(_LONGEST_INPUT), datetime.now(UTC))
    except (SohAuthorError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
