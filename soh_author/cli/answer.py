"""What a verb answers, for people and for programs, and how it is written out."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from soh_author.cli.exit_codes import NOBODY_READS

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""What a program may get."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The same answer twice: ``data`` for ``--json``, ``text`` for people.

    ``is_exact`` text is a file's own and gets no line end of ours. ``exit_code`` is not 0 for bad news.
    """

    data: Mapping[str, Json]
    text: str
    exit_code: int = 0
    is_exact: bool = False


def write_answer(answer: Answer, *, is_json: bool) -> int:
    """Write an answer to the standard output, as UTF-8 whatever the terminal's settings.

    Returns:
        The exit code: the answer's, or another when whatever was to read it closed its end.
    """
    if is_json:
        written = to_json(answer.data)
    elif answer.is_exact or not answer.text:
        written = answer.text
    else:
        written = answer.text + "\n"
    try:
        sys.stdout.buffer.write(written.encode("utf-8", "backslashreplace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _give_up_output()
        return NOBODY_READS
    return answer.exit_code


def _give_up_output() -> None:
    """Point the standard output nowhere, so that Python does not complain once more when it ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def to_json(data: Mapping[str, Json]) -> str:
    """One JSON object with a line end."""
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as what stands in them."""
    lines = [tuple(headings), *(tuple(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(headings))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
