"""Signs that make a reviewer see something else than the public reads: what turns words around, what can't be
seen, and letters of other alphabets that look like ours.

They are looked for in a file as it is written, and where Markdown or YAML write a sign by its number or name.
"""

import re
import unicodedata
from collections.abc import Iterator
from html import unescape
from itertools import pairwise

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.layers import Place
from soh_author.domain.signs import TURNING

_TURNING = re.compile(f"[{TURNING}]")
_TAGS = re.compile("(?P<flag>\U0001f3f4[\U000e0061-\U000e007a]{3,6}\U000e007f)|[\U000e0000-\U000e0fff]+")
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800"
    "\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
_SUSPECT = re.compile(
    f"{_TURNING.pattern}|[\U000e0000-\U000e0fff]|{_UNSEEN.pattern}|[\u0370-\u1cff\uff00-\uffef\U0001d400-\U0001d7ff]"
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))")
_WORD = re.compile(r"[^\W\d_]+")
_LINE = re.compile(r"(?<=\n)|(?<=\r)(?!\n)")
_LAST = 0x10FFFF
_AROUND = 12
_JOINER, _NON_JOINER = "\u200d", "\u200c"
_DRESS = "\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"
"""What may stand between a picture sign and the joiner: its colour and that it is a picture."""

_ALIKE = ("CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH", "MATHEMATICAL")


def hidden_signs(text: str, path: str, yaml_end: int | None = None) -> Iterator[Diagnostic]:
    """Find them in a file.

    Args:
        text: the whole file.
        path: path of the file.
        yaml_end: where the part that is YAML ends; None: nowhere.
    """
    is_suspect = "&" in text or "\\" in text or not (text.isascii() or _SUSPECT.search(text) is None)
    if not is_suspect:
        return
    place = 0
    for number, line in enumerate(_LINE.split(text.removeprefix("\ufeff")), 1):
        is_yaml = yaml_end is None or place < yaml_end
        place += len(line)
        read = _as_read(line, is_yaml=is_yaml)
        if not read.isascii() and _SUSPECT.search(read):
            for code, message in _of_line(read.rstrip("\r\n")):
                yield diagnose(code, message, Place(path, number))


def _as_read(line: str, *, is_yaml: bool) -> str:
    """A line with the signs that are written by number or name."""
    if "&" in line:
        line = _ENTITY.sub(lambda found: unescape(found[0]), line)
    if is_yaml and "\\" in line:
        line = _ESCAPE.sub(_escaped, line)
    return line


def _escaped(found: re.Match[str]) -> str:
    number = int(found[1] or found[2] or found[3], 16)
    return chr(number) if number <= _LAST else found[0]


def _of_line(line: str) -> Iterator[tuple[str, str]]:
    for found in _TURNING.finditer(line):
        text = f"{_named(found[0])} turns the words after it around: {_spot(line, found.start())}."
        yield "hidden-sign", text
    for found in _TAGS.finditer(line):
        if not found["flag"]:
            yield (
                "hidden-sign",
                f"{_named(found[0][0])} hides words in the text: {_spot(line, found.start())}.",
            )
    is_right_to_left = any(sign.isalpha() and unicodedata.bidirectional(sign) in {"R", "AL"} for sign in line)
    for found in _UNSEEN.finditer(line):
        if not _belongs(line, found.start(), is_right_to_left=is_right_to_left):
            yield "unseen-sign", f"{_named(found[0])} can’t be seen: {_spot(line, found.start())}."
    for word in _WORD.findall(line):
        if alike := _other_letters(word):
            text = f"“{word}” has letters of another alphabet that look like ours: {', '.join(alike)}."
            yield "mixed-letters", text


def _belongs(line: str, at: int, *, is_right_to_left: bool) -> bool:
    """Whether a sign that can't be seen does there what it is for."""
    sign = line[at]
    if sign in "\u200e\u200f\u061c":
        return is_right_to_left
    if sign not in {_JOINER, _NON_JOINER} or not 0 < at < len(line) - 1:
        return False
    before, after = line[:at].rstrip(_DRESS)[-1:], line[at + 1]
    if sign == _JOINER and before and _is_picture(before) and _is_picture(after):
        return True
    return all(
        neighbour > "\u0600" and unicodedata.category(neighbour)[0] in "LM"
        for neighbour in (line[at - 1], after)
    )


def _is_picture(sign: str) -> bool:
    return unicodedata.category(sign) in {"So", "Sk"}


def _other_letters(word: str) -> tuple[str, ...]:
    """The letters of a word that come from another alphabet than the rest; none where all are of one."""
    if word.isascii():
        return ()
    kinds = [unicodedata.name(letter, "").partition(" ")[0] for letter in word]
    if all(one == other for one, other in pairwise(kinds)) and kinds[0] not in _ALIKE[-2:]:
        return ()
    found = (letter for letter, kind in zip(word, kinds, strict=True) if kind in _ALIKE)
    return tuple(dict.fromkeys(f"{letter} ({_named(letter)})" for letter in found))


def _named(sign: str) -> str:
    return f"U+{ord(sign):04X} {unicodedata.name(sign, 'without a name').lower()}"


def _spot(line: str, at: int) -> str:
    """The words around a sign, with a mark where it stands."""
    before, after = (
        _seen(part) for part in (line[max(0, at - _AROUND) : at], line[at + 1 : at + 1 + _AROUND])
    )
    return f"“{before}▮{after}”"


def _seen(words: str) -> str:
    return _SUSPECT.sub(lambda found: "▮" if _is_hidden(found[0]) else found[0], words)


def _is_hidden(sign: str) -> bool:
    return bool(_TURNING.match(sign) or _UNSEEN.match(sign) or "\U000e0000" <= sign <= "\U000e0fff")
