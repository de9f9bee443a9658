"""The normal form and the pins of ``content_schema/README.md``, written a second time from that page alone.

It knows only the Markdown that the site of these histories is made of, and nothing of the program.
"""

import hashlib
import random
import re
from collections.abc import Sequence
from functools import cache

_ITEM = re.compile(r"[-*+] |\d+[.)] ")
_WHOLE = re.compile(r"\{\{.*?\}\}")


@cache
def normal(block: str) -> str:
    """The normal form of one Markdown block."""
    first = block.split("\n", 1)[0]
    if first.startswith("### "):
        return f"h3 {_line(first[4:].partition('{#')[0])}"
    if first.startswith(":::"):
        name, inner = first.strip(": "), block.split("\n", 1)[1].rsplit("\n", 1)[0]
        return f"component {name}\n p {_line(inner)}"
    if first.startswith("|"):
        return _table(block)
    if _ITEM.match(first):
        kind = "ol" if first[0].isdigit() else "ul"
        items = re.split(r"\n(?=[-*+] |\d+[.)] )", block)
        return "\n".join([kind, *(f" li\n  t {_line(_ITEM.sub('', item, count=1))}" for item in items)])
    return f"p {_line(block)}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(block: str) -> str:
    rows = [[_line(cell) for cell in line.strip().strip("|").split("|")] for line in block.split("\n")]
    lines = ["table"]
    for number, row in enumerate(rows):
        if number != 1:
            lines += [" tr", *(f"  {'td' if number else 'th'} {cell}" for cell in row)]
    return "\n".join(lines)


def pin(words: str) -> str:
    """The pin of what a section, field or page says."""
    return f"sha256:{hashlib.sha256(words.encode()).hexdigest()}"


def says(heading: str, bodies: Sequence[str]) -> str:
    """What a section says: its heading, then what isn't empty."""
    return "\n".join([_line(heading), *(body for body in bodies if body)])


def respelled(block: str, chance: random.Random) -> str:
    """The same block, written otherwise: wrapped elsewhere, with other signs, with other blanks."""
    kind = normal(block).split(" ", 1)[0].split("\n", 1)[0]
    if kind == "p":
        return _wrapped(block, chance)
    if kind == "component":
        name, inner = block.strip(":\n").strip().split("\n", 1)
        colons = ":" * chance.randint(3, 6)
        return f"{colons} {name}\n{_wrapped(inner.strip(), chance)}\n{colons}"
    if kind == "ul":
        sign = chance.choice("-*+")
        return re.sub(r"(?m)^[-*+] ", f"{sign} ", block)
    if kind == "ol":
        numbers = iter(range(1, 100)) if chance.random() < 0.5 else iter([1] * 100)
        return re.sub(r"(?m)^\d+\. ", lambda _: f"{next(numbers)}. ", block)
    if kind == "table":
        return re.sub(r" *\| *", lambda _: "|" if chance.random() < 0.3 else " | ", block).strip(" ")
    return block


def _wrapped(text: str, chance: random.Random) -> str:
    """Other line ends in a paragraph; a fact's braces stay on one line."""
    kept = _WHOLE.sub(lambda found: found[0].replace(" ", "\0"), " ".join(text.split()))
    every = chance.randint(3, 30)
    words = [word.replace("\0", " ") for word in kept.split(" ")]
    return "\n".join(" ".join(words[at : at + every]) for at in range(0, len(words), every))
