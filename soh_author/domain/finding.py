"""Finding words in a text. No Qt."""

import re
from dataclasses import dataclass

MOST = 5_000


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for. A space also finds a no-break space; a straight quote also finds a curly one."""

    words: str
    is_case_kept: bool = False
    is_whole_word: bool = False

    def pattern(self) -> re.Pattern[str] | None:
        """The search as a pattern; None when nothing is looked for."""
        if not self.words:
            return None
        kinder = {" ": "[ \u00a0\u202f]", "'": "['’‘]", '"': '["“”]', "-": "[-‐‑–]"}
        body = "".join(kinder.get(letter) or re.escape(letter) for letter in self.words)
        if self.is_whole_word:
            body = rf"(?<!\w){body}(?!\w)"
        return re.compile(body, 0 if self.is_case_kept else re.IGNORECASE)


def find_all(text: str, search: Search, start: int = 0) -> list[tuple[int, int]]:
    """Start and end of every find from ``start`` on, in letters; at most :data:`MOST`."""
    pattern = search.pattern()
    if pattern is None:
        return []
    found = []
    for match in pattern.finditer(text, start):
        found.append(match.span())
        if len(found) >= MOST:
            break
    return found


def nearest(found: list[tuple[int, int]], place: int) -> int:
    """Number of the first find from ``place`` on, or of the first of all behind the last; -1 for none."""
    if not found:
        return -1
    return next((number for number, (start, _end) in enumerate(found) if start >= place), 0)


def count_words(found: int, total: int) -> str:
    """``3 of 12``, as the bar says it; ``found`` counts from 0."""
    if total == 0:
        return "Not found"
    shown = f"{total}+" if total >= MOST else str(total)
    return f"{found + 1} of {shown}" if found >= 0 else shown
