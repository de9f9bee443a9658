"""Live through long histories and print what was done: ``python -m tests.histories [edits]``."""

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.histories.living import live_through
from tests.support import environment

_VERSIONS = 120


def main() -> int:
    """Histories of other seeds until there were enough edits; a wrong one ends it with what was different."""
    parser = argparse.ArgumentParser(prog="python -m tests.histories")
    parser.add_argument("edits", nargs="?", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    home = environment.isolate()
    steps, looked, seed, done = 0, 0, wanted.seed, Counter[str]()
    try:
        while steps < wanted.edits:
            started = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="soh-histories-") as folder:
                history = live_through(Path(folder), pages=20, versions=_VERSIONS, seed=seed)
            steps, looked = steps + history.steps, looked + history.looked
            done.update(history.authors.done)
            said = f"seed {seed}: {history.steps} edits, {history.looked} cells"
            sys.stdout.write(f"{said}, {time.monotonic() - started:.0f} s\n")
            sys.stdout.flush()
            seed += 1
    finally:
        environment.clean_up(home)
    listed = ", ".join(f"{name} {number}" for name, number in done.most_common())
    sys.stdout.write(f"{steps} edits, {looked} cells, all as remembered: {listed}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
