"""Measure, and print a table: ``python -m tests.benchmarks``.

Goals are those of the design: ratios to a peer or a floor of the same run, or times as a person feels them.
"""

import argparse
import compileall
import os
import platform
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import soh_author
from tests.benchmarks.builds import measure_builds
from tests.benchmarks.gates import measure_gates
from tests.benchmarks.previews import measure_previews
from tests.benchmarks.reaches import measure_reaches
from tests.benchmarks.table import Row, printed
from tests.benchmarks.windows import measure_answering, measure_audits, measure_windows
from tests.benchmarks.workspaces import measure_large_workspace, measure_overviews

Measure = Callable[[], Iterator[Row]]


def main() -> int:
    """Run what is asked for; 1 when a goal is not met, or something could not be measured."""
    arguments = _arguments()
    # As pip does when it installs: compiling isn't what a person waits for.
    compileall.compile_dir(Path(soh_author.__file__).parent, quiet=2)
    wanted = _quick() if arguments.quick else _whole()
    rows: list[Row] = []
    failed: list[str] = []
    for name, measure in wanted.items():
        if arguments.only and name not in arguments.only:
            continue
        try:
            for row in measure():
                rows.append(row)
                sys.stderr.write(f"{row.what} …\n")
        except Exception as error:  # noqa: BLE001 - what the others measured is not lost with it
            failed.append(f"Not measured: {name}: {error}\n")
            sys.stderr.write(failed[-1])
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    machine = f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    sys.stdout.write(f"{machine}; load at the end {load:.1f}\n\n{printed(rows)}\n")
    sys.stdout.writelines(failed)
    return 0 if all(row.is_met for row in rows) and not failed else 1


def _whole() -> dict[str, Measure]:
    return {
        "previews": measure_previews,
        "builds-100": lambda: measure_builds(100, 5),
        "builds": lambda: measure_builds(1_000, 3),
        "workspace": lambda: measure_large_workspace(5_000, 10_000, 5),
        "overviews": lambda: measure_overviews(1_000, 5),
        "reaches": lambda: measure_reaches(1_000, 5),
        "windows": lambda: measure_windows(5_000, 10_000, 5),
        "answering": lambda: measure_answering(1_000),
        "audits": lambda: measure_audits(30),
        "gate": lambda: measure_gates(5_000, 5_000, 500, 5),
    }


def _quick() -> dict[str, Measure]:
    return {
        "previews": measure_previews,
        "builds": lambda: measure_builds(100, 3),
        "workspace": lambda: measure_large_workspace(500, 1_000, 5),
        "overviews": lambda: measure_overviews(100, 5),
        "reaches": lambda: measure_reaches(100, 5),
        "windows": lambda: measure_windows(500, 1_000, 3),
        "answering": lambda: measure_answering(60),
        "audits": lambda: measure_audits(8),
        "gate": lambda: measure_gates(100, 500, 20, 3),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Measure and print a table."
    )
    parser.add_argument("--quick", action="store_true", help="small sizes: a minute instead of many")
    parser.add_argument(
        "--only", action="append", choices=[*_whole()], help="only this part; may be repeated"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
