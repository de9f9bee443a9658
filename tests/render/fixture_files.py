"""Fixture files: title, Markdown, expected HTML, each ended by a line with one full stop.

``SOH_REWRITE_EXPECTED=1`` writes what is rendered now into the files, to be judged before it is kept.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
IS_REWRITING = os.environ.get("SOH_REWRITE_EXPECTED") == "1"


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a fixture file."""

    file: Path
    title: str
    markdown: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file.stem}: {self.title}"


def examples(folder: str) -> list[Example]:
    """All examples of the files in a folder beside this module."""
    return [example for file in sorted((FOLDER / folder).glob("*.txt")) for example in read(file)]


def read(file: Path) -> list[Example]:
    """The examples of one file."""
    found = []
    lines = iter(file.read_text(encoding="utf-8").splitlines())
    for title in lines:
        if title:
            assert next(lines) == ".", f"{file.name}: a line with a full stop follows the title “{title}”."
            found.append(Example(file, title, _until_stop(lines), _until_stop(lines)))
    return found


def _until_stop(lines: Iterator[str]) -> str:
    out = []
    for line in lines:
        if line == ".":
            break
        out.append(f"{line}\n")
    return "".join(out)


def rewrite(example: Example, html: str) -> None:
    """Write what an example gives now into its file."""
    text = "\n".join(
        f"{each.title}\n.\n{each.markdown}.\n{html if each == example else each.expected}.\n"
        for each in read(example.file)
    )
    example.file.write_text(text, encoding="utf-8")
