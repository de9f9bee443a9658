"""How long files, functions and classes are; `python -m tests.house.sizes` prints it."""

import ast
import sys
from dataclasses import dataclass

from tests.house import codebase


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lines and place of everything of one kind, longest first, and the most lines allowed."""

    kind: str
    limit: int
    found: tuple[tuple[int, str], ...]

    def share(self, part: float) -> int:
        """Lines that ``part`` (0 to 1) of them stay within."""
        lines = sorted(length for length, _ in self.found)
        return lines[min(len(lines) - 1, int(part * len(lines)))] if lines else 0

    @property
    def too_long(self) -> list[str]:
        """Those beyond the limit, in words."""
        return [
            f"{where}: {length} lines, at most {self.limit}"
            for length, where in self.found
            if length > self.limit
        ]

    def __str__(self) -> str:
        """One line for people."""
        longest = f"{self.found[0][0]} ({self.found[0][1]})" if self.found else "none"
        return (
            f"{self.kind:9} {len(self.found):5}   half ≤ {self.share(0.5)}, nine in ten ≤ {self.share(0.9)}, "
            f"longest {longest}, limit {self.limit}"
        )


def measure() -> tuple[Sizes, Sizes, Sizes]:
    """Measure files, functions and classes of the program and its tests, in lines."""
    paths = codebase.python_files()
    files = [(len(path.read_bytes().splitlines()), str(path.relative_to(codebase.ROOT))) for path in paths]
    functions: list[tuple[int, str]] = []
    classes: list[tuple[int, str]] = []
    for found in codebase.definitions():
        into = classes if isinstance(found.node, ast.ClassDef) else functions
        into.append((found.lines, found.where))
    return (
        Sizes("files", 500, _longest_first(files)),
        Sizes("functions", 60, _longest_first(functions)),
        Sizes("classes", 250, _longest_first(classes)),
    )


def _longest_first(found: list[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(found, reverse=True))


if __name__ == "__main__":
    sys.stdout.write("".join(f"{sizes}\n" for sizes in measure()))
