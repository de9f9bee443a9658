"""Two people's changes of one file: different sections and fields come together, the same one is asked about.

What both changed becomes a card (:class:`Conflict`) with mine, theirs, both, or own words. Nothing is
decided silently, and no marker ever stands in a file.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.errors import ContentError, UsageError
from soh_author.trust.errors import BadPolicyError
from soh_author.trust.policies import SIGNATURES_PATH, read_signatures, signatures_bytes
from soh_author.workflow.together.merging_decisions import Conflict, Decisions
from soh_author.workflow.together.merging_parts import Parts, is_marker, read_parts, write_parts
from soh_author.workflow.together.merging_places import merge_parts

Answer = Choice | Written
WHOLE = "file"


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What two versions of a file came to.

    ``data`` is the merged file, None when it goes; it means nothing while there are ``conflicts``.
    """

    data: bytes | None
    conflicts: tuple[Conflict, ...] = ()


def merge_file(
    path: str,
    base: bytes | None,
    mine: bytes | None,
    theirs: bytes | None,
    answers: Mapping[str, Answer] | None = None,
) -> MergedFile:
    """Merge two versions of a file that come from one.

    Args:
        path: the file's path, which tells its kind.
        base: what both started from; None: it was not there.
        mine: my version; None: I deleted it.
        theirs: the other version; None: it was deleted.
        answers: what a person chose, by the conflict's key.

    Raises:
        ContentError: when own words given as an answer would change where other sections begin.
        UsageError: when they hold markers of another program.
    """
    if theirs in (mine, base):
        return MergedFile(mine)
    if mine == base:
        return MergedFile(theirs)
    given = answers or {}
    if any(isinstance(answer, Written) and is_marker(answer.text) for answer in given.values()):
        raise UsageError(
            "Your words hold lines that another program wrote, to mark what two people changed.",
            safe="Nothing was written.",
            todo="Take the lines of angle brackets out.",
        )
    if path == SIGNATURES_PATH and (signed := _both_signed(base, mine, theirs)) is not None:
        return MergedFile(signed)
    texts = [_text(side) for side in (base, mine, theirs)]
    if WHOLE not in given and texts[1] is not None and texts[2] is not None:
        merged = _merge_texts(path, texts[0], texts[1], texts[2], given)
        if merged is not None:
            return merged
    return _whole(base, mine, theirs, texts, given)


def _both_signed(base: bytes | None, mine: bytes | None, theirs: bytes | None) -> bytes | None:
    """The signatures of the roots that signed on either side; None when a side can't be read.

    Roots sign apart, and neither takes the other's signature away. What a side dropped, because it proposes
    another policy, stays dropped. A signature under another policy is kept and counts for nothing.
    """
    if mine is None or theirs is None:
        return None
    try:
        before, own, others = (set(read_signatures(side)) if side else set() for side in (base, mine, theirs))
    except BadPolicyError:
        return None
    dropped = before - (own & others)
    return signatures_bytes((own | others) - dropped)


def _text(data: bytes | None) -> str | None:
    """A file as text; None for none and for what is no text."""
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _merge_texts(
    path: str, base: str | None, mine: str, theirs: str, answers: Mapping[str, Answer]
) -> MergedFile | None:
    """Merge part by part; None when that can't be done safely."""
    newline = "\r\n" if "\r\n" in mine else "\n"
    sides = [(side or "").replace("\r\n", "\n") for side in (base, mine, theirs)]
    aliases = {**_aliases(path, sides[1]), **_aliases(path, sides[2])}
    parts = [read_parts(path, side, aliases) if side else Parts() for side in sides]
    ours, others = parts[1], parts[2]
    if parts[0] is None or ours is None or others is None or _ops_differ(parts[0], ours, others):
        return None
    decisions = Decisions(answers)
    result = merge_parts(parts[0], ours, others, decisions)
    if decisions.open:
        return MergedFile(None, tuple(decisions.open))
    text = write_parts(result)
    if not _says(path, text, result, aliases):
        if decisions.is_written and _merge_texts(path, base, mine, theirs, _without_words(answers)):
            raise ContentError(
                "Your words would change where other sections begin.",
                safe="Nothing was written.",
                todo="Leave headings with ## out, and close every block you open.",
            )
        return None
    return MergedFile(text.replace("\n", newline).encode("utf-8"))


def _ops_differ(*sides: Parts) -> bool:
    """Whether the sides write their ops in different ways, so that they can't be told one from another."""
    return len({bool(side.ops_head) for side in sides if side.value("ops") is not None}) > 1


def _without_words(answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers with mine in place of own words: do they make the trouble, or do the two versions?"""
    return {key: Choice.MINE if isinstance(each, Written) else each for key, each in answers.items()}


def _aliases(path: str, text: str) -> dict[str, str]:
    """New ids of sections that a side renamed, by their old ones."""
    parts = read_parts(path, text)
    value = parts.value("section_aliases") if parts else None
    return {old: str(new) for old, new in value.items() if old != new} if isinstance(value, dict) else {}


def _says(path: str, text: str, wanted: Parts, aliases: Mapping[str, str]) -> bool:
    """Whether a merged file, read again, has exactly the parts it was made of."""
    again = read_parts(path, text, aliases)
    if again is None:
        return False
    return (
        [(key, item.value) for key, item in again.ops.items()]
        == [(key, item.value) for key, item in wanted.ops.items()]
        and {key: item.value for key, item in again.fields.items() if key != ("ops",)}
        == {key: item.value for key, item in wanted.fields.items() if key != ("ops",)}
        and [(key, block.said) for key, block in again.blocks.items() if any(block.said)]
        == [(key, block.said) for key, block in wanted.blocks.items() if any(block.said)]
    )


def _whole(
    base: bytes | None,
    mine: bytes | None,
    theirs: bytes | None,
    texts: list[str | None],
    answers: Mapping[str, Answer],
) -> MergedFile:
    answer = answers.get(WHOLE)
    if answer is Choice.MINE:
        return MergedFile(mine)
    if answer is Choice.THEIRS:
        return MergedFile(theirs)
    if isinstance(answer, Written):
        return MergedFile(answer.text.encode("utf-8"))
    shown = [
        text if text is not None or data is None else f"({len(data):,} bytes that are no text)"
        for data, text in zip((base, mine, theirs), texts, strict=True)
    ]
    is_text = all(
        text is not None or data is None for data, text in zip((mine, theirs), texts[1:], strict=True)
    )
    return MergedFile(
        None, (Conflict(WHOLE, "The whole file", shown[0], shown[1], shown[2], None, may_write=is_text),)
    )
