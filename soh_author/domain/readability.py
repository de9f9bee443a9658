"""How old a reader has to be to read an English text with ease: an estimate, said as an age.

The Flesch–Kincaid grade (0.39 words a sentence + 11.8 syllables a word − 15.59) plus five years. Headings and
list items end a sentence as a full stop does. Welsh is not judged: the formula was made for English.
"""

import re
from collections import Counter

FEWEST_WORDS = 30
"""An age for fewer words than this would be chance."""
MOST_LETTERS = 40_000
"""A longer text is judged by its beginning: it is looked at while somebody types."""
YOUNGEST, OLDEST = 6, 25

_NO_WORDS = re.compile(
    r"\{#[^}\n]*\}|\{\{[^}\n]*\}\}|\]\([^)\n]*\)|^:{3,}.*$|https?://\S+|<[^>\n]*>", re.MULTILINE
)
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?]+(?=\s|$)|\n(?=\s*(?:\n|#|[-*+] |\d+[.)] |\|))")
_SYLLABLE = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"[^aeiouyl]e$|[^aeiouydt]ed$")


def reading_age(text: str) -> int | None:
    """Age in years; None for a text too short to judge.

    Args:
        text: Markdown without its front matter.
    """
    plain = _NO_WORDS.sub(" ", text[:MOST_LETTERS])
    words = _WORD.findall(plain.lower())
    if len(words) < FEWEST_WORDS:
        return None
    sentences = sum(bool(_WORD.search(part)) for part in _SENTENCE_END.split(plain))
    syllables = sum(count * _syllables(word) for word, count in Counter(words).items())
    grade = 0.39 * len(words) / max(sentences, 1) + 11.8 * syllables / len(words) - 15.59
    return min(max(round(grade + 5), YOUNGEST), OLDEST)


def _syllables(word: str) -> int:
    found = len(_SYLLABLE.findall(word))
    return max(1, found - bool(_SILENT_END.search(word)))
