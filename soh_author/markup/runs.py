"""Cutting a body into runs of sections that read alone as they read together.

While somebody types, one run changes; all others need not be parsed again. Cutting less is always right, so
whatever can't be told cheaply is not cut.
"""

import re

from soh_author.markup.block_rules import CLOSING, OPENING, code_fence_after

_SIGNS = re.compile(r"^(?:##(?=[ \t]|$)|[ \t]*(?:```|~~~|:::)).*$", re.MULTILINE)
"""Lines that begin a section at the left margin, and those between which a ``##`` may begin none."""


def cut_into_runs(body: str) -> tuple[str, ...]:
    """Cut before ``##`` headings that no code and no component is around; put together, it is the body again.

    Every run but the first begins with such a heading.
    """
    starts = _starts(body)
    return tuple(body[start:end] for start, end in zip(starts, [*starts[1:], len(body)], strict=True))


def _starts(body: str) -> list[int]:
    starts = [0]
    if "\r" in body:
        return starts
    code_fence = ""
    components: list[str] = []
    for found in _SIGNS.finditer(body):
        line = found.group()
        if line.startswith("##"):
            if not code_fence and not components and found.start():
                starts.append(found.start())
        elif line[0] in " \t":
            return starts  # in a list it may stand for something else than at the margin
        elif line[0] in "`~":
            code_fence = code_fence_after(line, code_fence)
        elif not code_fence:
            _open_or_close(line, components)
    return starts


def _open_or_close(line: str, components: list[str]) -> None:
    """Follow a line of colons; a component that is closed takes those with it that never were."""
    closing = CLOSING.fullmatch(line)
    opening = OPENING.match(line)
    if closing and closing[1] in components:
        while components.pop() != closing[1]:
            pass
    elif opening:
        components.append(opening["fence"])
