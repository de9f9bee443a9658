"""Markdown as a run of words, for comparing and merging: nothing is lost, and nothing is cut that belongs
together.

A fact, the target of a link, an amount, a line of colons are one word each, so that no merge makes a mixture
of two of them. Where a paragraph is wrapped doesn't count; line breaks that mean something (lists, tables)
do.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = re.compile(
    r"""
      \{\{[^{}\n]*\}\}                     # a fact
    | \]\([^()\n]*\)                       # the target of a link or picture
    | \{[^{}\n]*\}                         # attributes
    | (?m:^[ \t]*(?::{3,}|`{3,}|~{3,})[^\n]*)  # a component's or code block's first or last line
    | `[^`\n]+`                            # code
    | <[^<>\s]+>                           # an address in pointed brackets
    | [^\S\n]*\n(?:[^\S\n]*\n)+[^\S\n]*    # empty lines
    | [^\S\n]*\n[^\S\n]*                   # the end of a line
    | [^\S\n]+
    | £?\d+(?:[.,:/-]\d+)*%?               # amounts, dates, times
    | \w+(?:['’-]\w+)*
    | .
    """,
    re.VERBOSE,
)
_LINE_THAT_COUNTS = re.compile(
    r"[ \t]*(?:[-*+][ \t]|\d{1,9}[.)][ \t]|[|>\#]|:{3,}|`{3,}|~{3,}|={3,}[ \t]*$|-{3,}[ \t]*$)", re.MULTILINE
)
_MARKER = re.compile(r"(?:[-*+]|\d{1,9}[.)]|>|\#{1,6})[ \t]+(?=\S)")
_LINE_OF_ITS_OWN = re.compile(r"[ \t]*(?:[|\#]|:{3,}|`{3,}|~{3,})")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")

BLOCK_END = "\n\n"
"""The key of the empty lines between two blocks."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as written, and its ``key``: equal for two that read the same."""

    text: str
    key: str

    @property
    def is_space(self) -> bool:
        """Whether it only stands between others."""
        return not self.text.strip()

    @property
    def ends_line(self) -> bool:
        """Whether it ends a block, or a line that counts as one (a bullet, a row of a table)."""
        return self.key.startswith("\n")


def split_words(text: str) -> tuple[Word, ...]:
    """All words and blanks of a Markdown text; their texts joined are the text."""
    return tuple(_words(text))


def _words(text: str) -> Iterator[Word]:
    at, line, fence = 0, 0, ""
    while at < len(text):
        is_first = at == line or text[line:at].isspace()
        found = (_MARKER.match(text, at) if is_first else None) or _WORD.match(text, at)
        assert found is not None, "Any character is a word at least."
        word, at = found.group(), found.end()
        if mark := _FENCE.match(word) if is_first else None:
            fence = "" if fence and mark.group(1).startswith(fence) else fence or mark.group(1)
        if "\n" in word:
            yield Word(word, _key_of_break(text, word, line, at, is_code=bool(fence)))
            line = text.rfind("\n", 0, at) + 1
        elif word.isspace():
            yield Word(word, word if fence else " ")
        else:
            yield Word(word, unicodedata.normalize("NFC", word))


def _key_of_break(text: str, word: str, line: int, end: int, *, is_code: bool) -> str:
    """What a line's end means: the end of a block, of a line that counts, or no more than a blank."""
    if is_code:
        return word
    if word.count("\n") > 1:
        return BLOCK_END
    start = text.rfind("\n", 0, end) + 1
    if word.startswith("  ") or (end >= len(word) + 1 and text[end - len(word) - 1] == "\\"):
        return "\n\\"
    if _LINE_THAT_COUNTS.match(text, start) or _LINE_OF_ITS_OWN.match(text, line):
        return "\n" + word.rpartition("\n")[2]
    return " "


def starts_line(text: str) -> bool:
    """Whether a text has to begin a line: a bullet, a row of a table, a line of colons."""
    return bool(_LINE_THAT_COUNTS.match(text))


def joined(words: Sequence[Word]) -> str:
    """The text that the words were."""
    return "".join(word.text for word in words)


def keys(words: Sequence[Word]) -> list[str]:
    """What counts of the words when two texts are compared."""
    return [word.key for word in words]


def blocks(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Spans of the blocks, each with the empty lines behind it."""
    ends = [number + 1 for number, word in enumerate(words) if word.key == BLOCK_END]
    if words and (not ends or ends[-1] != len(words)):
        ends.append(len(words))
    return list(zip([0, *ends], ends, strict=False))


_ENDS_SENTENCE = frozenset(".?!")
_CLOSES = frozenset(")]}\"'”’*_")


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """Spans of the sentences, without the blanks between them; a line that counts (a bullet) ends one too."""
    spans: list[tuple[int, int]] = []
    start = 0
    for number, word in enumerate(words):
        if word.is_space and (word.ends_line or _is_end(words, number)):
            if number > start:
                spans.append((start, number))
            start = number + 1
    if start < len(words):
        spans.append((start, len(words)))
    return spans


def _is_end(words: Sequence[Word], blank: int) -> bool:
    """Whether a sentence ends before a blank: a full stop stands there and no small letter follows."""
    before = blank - 1
    while before >= 0 and words[before].text in _CLOSES:
        before -= 1
    if before < 0 or words[before].text not in _ENDS_SENTENCE:
        return False
    after = words[blank + 1].text if blank + 1 < len(words) else ""
    return not after[:1].islower()
