"""Reading the answers of a fact checker: a plain text from outside, so everything in it is capped."""

import re
from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import InvalidNameError, UsageError
from soh_author.domain.ids import DraftName, ForceId, Language, PageId
from soh_author.schema.comments import is_plain
from soh_author.workflow.comments.packs import FIRST_LINE, MOST_OUTPUTS, PackOutput

LARGEST = 1024 * 1024
LONGEST_ANSWER = 5_000
LONGEST_NAME = 100
_FIELD = re.compile(r"(Pack|Draft|Version|Day|Page|Name):[ \t]*(.*)")
_BLOCK = re.compile(r"\[(\d{1,5})\][ \t]*(.*)")
_QUOTED = re.compile(r"^(?:>[ \t]?)+")
"""Signs that mail programs put before lines they send back. A block's number begins its line."""

_CORRECT = frozenset({"correct", "yes", "ok", "right"})


@dataclass(frozen=True, slots=True)
class Answers:
    """What a fact checker wrote: about which pack, and by number what has to change, or nothing: correct."""

    pack: str
    draft: DraftName
    version: str
    day: date
    outputs: tuple[PackOutput, ...]
    name: str
    said: dict[int, str]


def read_answers(data: bytes) -> Answers:
    """Read answers.

    Raises:
        UsageError: when they are no answers to a pack, or damaged; says which line.
    """
    if len(data) > LARGEST:
        raise _unread(f"it is larger than {LARGEST:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unread("it is no plain text (UTF-8)") from error
    lines = [_QUOTED.sub("", line).rstrip() for line in text.splitlines()]
    if FIRST_LINE not in lines:
        raise _unread(f"the line “{FIRST_LINE}” is missing")
    below = lines[lines.index(FIRST_LINE) + 1 :]
    fields, pages, start = _head(below)
    try:
        return Answers(
            pack=_shaped(fields, "Pack", r"sha256:[0-9a-f]{64}"),
            draft=DraftName(fields.get("Draft", "")),
            version=_shaped(fields, "Version", r"[0-9a-f]{40}"),
            day=date.fromisoformat(fields.get("Day", "")),
            outputs=tuple(map(_output, pages)),
            name=_name(fields.get("Name", "")),
            said=_said(below[start:]),
        )
    except InvalidNameError as error:
        raise _unread(error.what) from error
    except ValueError as error:
        raise _unread("a day, page or language in its first lines is none") from error


def _head(lines: list[str]) -> tuple[dict[str, str], list[str], int]:
    """The fields before the first answer, the pages, and where the answers begin."""
    fields: dict[str, str] = {}
    pages: list[str] = []
    for number, line in enumerate(lines):
        if _BLOCK.fullmatch(line):
            return fields, pages, number
        found = _FIELD.fullmatch(line)
        if found is None:
            continue
        if found[1] == "Page":
            pages.append(found[2])
            if len(pages) > MOST_OUTPUTS:
                raise _unread("it names more pages than a pack has")
        elif found[1] in fields:
            raise _unread(f"“{found[1]}” is told twice")
        else:
            fields[found[1]] = found[2].strip()
    return fields, pages, len(lines)


def _said(lines: list[str]) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    number = 0
    for line in lines:
        begun = _BLOCK.fullmatch(line)
        if begun is not None:
            number = int(begun[1])
            if number in found:
                raise _unread(f"block {number} is answered twice")
            found[number] = [begun[2]]
        elif number:
            found[number].append(line.strip())
    answers = {number: "\n".join(said).strip() for number, said in found.items()}
    return {number: _change(number, text) for number, text in answers.items() if text}


def _change(number: int, text: str) -> str:
    """What has to change; empty when it is correct."""
    if text.rstrip(".!").casefold() in _CORRECT:
        return ""
    said = re.sub(r"^(?:needs )?change\s*:?\s*", "", text, flags=re.IGNORECASE).strip() or "(not said)"
    if len(said) > LONGEST_ANSWER:
        raise _unread(f"the answer to block {number} is longer than {LONGEST_ANSWER:,} letters")
    if not is_plain(said):
        raise _unread(f"the answer to block {number} holds signs that can't be seen")
    return said


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME or not is_plain(name):
        raise _unread("the name of who checked is missing, too long, or holds signs that can't be seen")
    return name


def _output(text: str) -> PackOutput:
    words = text.split()
    if len(words) != 3:
        raise _unread("a page in its first lines is none")
    return PackOutput(PageId(words[0]), ForceId(words[1]), Language(words[2]))


def _shaped(fields: dict[str, str], name: str, pattern: str) -> str:
    value = fields.get(name, "")
    if not re.fullmatch(pattern, value):
        raise _unread(f"“{name}” in its first lines is missing or damaged")
    return value


def _unread(why: str) -> UsageError:
    return UsageError(
        f"These are no answers to a fact-check pack: {why}.",
        safe="Nothing was changed.",
        todo="Ask for the file again, as the pack saved it, with its first lines as they were.",
    )
