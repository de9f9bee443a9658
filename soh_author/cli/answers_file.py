"""Answers of ``rebase apply`` as JSON: read from a file, checked, matched with what there is to decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from soh_author.cli.files import read_json
from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.comparing.rebase import SectionWords
from soh_author.domain.errors import NotFoundError, SohAuthorError, UsageError, WorldMovedError
from soh_author.domain.ids import SectionId
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind, Choices, answers_for
from soh_author.workflow.overrides.rebasing import RebasePlan

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """One answer as typed: which item it is for (``stamp`` empty: whatever stands there), and what is
    decided.

    ``take`` decides every conflict that has no choice of its own. ``is_for_all`` gives the answer to all
    items with the same three texts.
    """

    item: str
    answer: AnswerKind
    stamp: str = ""
    why: str = ""
    take: Choice | None = None
    heading: Choices = field(default_factory=dict)
    body: Choices = field(default_factory=dict)
    words: SectionWords | None = None
    review_by: date | None = None
    pages: Mapping[SectionId, tuple[Choices, Choices]] = field(default_factory=dict)
    added: tuple[SectionId, ...] = ()
    is_for_all: bool = False


def read_answers(path: Path) -> list[TypedAnswer]:
    """The answers in a file.

    Raises:
        UsageError: when the file is missing, or something in it makes no sense; says what.
    """
    found = read_json(path)
    entries = found.get("answers") if isinstance(found, dict) else found
    if not isinstance(entries, list):
        raise _wrong("the file", "a list of answers")
    return [_answer(_object(entry, "an answer")) for entry in entries]


def matched(plan: RebasePlan, typed: list[TypedAnswer]) -> list[Answer]:
    """The answers with the items they are for.

    Raises:
        NotFoundError: when there is nothing of that name to decide.
        WorldMovedError: when an item is not the one that was seen.
    """
    found: dict[str, Answer] = {}
    for each in typed:
        for answer in _matched(plan, each):
            found.setdefault(answer.item.name, answer)
    return list(found.values())


def _matched(plan: RebasePlan, typed: TypedAnswer) -> Iterator[Answer]:
    item = plan.find(typed.item)
    if item is None:
        raise NotFoundError(
            f"There is nothing to decide at “{typed.item}”.",
            safe="Nothing was changed.",
            todo="Look at “soh-author rebase plan” again.",
        )
    if typed.stamp and typed.stamp != item.stamp:
        raise WorldMovedError(
            f"{item.layer_label}, {item.change.title}: the texts changed since the plan was made.",
            safe="Nothing was changed.",
            todo="Look at “soh-author rebase plan” again.",
        )
    proposal, pages = item.proposal, item.page_proposal
    merges = {each.section: each for each in pages.merges} if pages else {}
    answer = Answer(
        item,
        typed.answer,
        typed.why,
        _filled(typed.heading, proposal.heading.conflicts if proposal else (), typed.take),
        _filled(typed.body, proposal.body.conflicts if proposal else (), typed.take),
        typed.words,
        typed.review_by,
        {
            section: (
                _filled(typed.pages.get(section, ({}, {}))[0], merge.heading.conflicts, typed.take),
                _filled(typed.pages.get(section, ({}, {}))[1], merge.body.conflicts, typed.take),
            )
            for section, merge in merges.items()
        },
        typed.added,
    )
    yield answer
    if typed.is_for_all:
        yield from answers_for(answer, plan.items)


def _filled(choices: Choices, conflicts: tuple[int, ...], take: Choice | None) -> Choices:
    return {**dict.fromkeys(conflicts, take), **choices} if take else choices


_KNOWN = frozenset(
    {
        *("item", "answer", "stamp", "why", "take", "heading", "body"),
        *("words", "review_by", "pages", "added", "same"),
    }
)


def _answer(entry: Mapping[str, object]) -> TypedAnswer:
    unknown = sorted(entry.keys() - _KNOWN)
    if unknown:
        raise _wrong(f"“{unknown[0]}”", f"one of {', '.join(sorted(_KNOWN))}")
    words = entry.get("words")
    pages = _object(entry.get("pages") or {}, "pages")
    added = entry.get("added") or []
    if not isinstance(added, list):
        raise _wrong("added", "a list of sections")
    return TypedAnswer(
        item=_text(entry.get("item"), "item"),
        answer=read_kind(_text(entry.get("answer"), "answer")),
        stamp=_text(entry.get("stamp") or "", "stamp"),
        why=_text(entry.get("why") or "", "why"),
        take=read_take(_text(entry.get("take") or "", "take")),
        heading=_choices(entry.get("heading") or {}, "heading"),
        body=_choices(entry.get("body") or {}, "body"),
        words=_words(_object(words, "words")) if words else None,
        review_by=read_review_day(_text(entry.get("review_by") or "", "review_by")),
        pages={SectionId(name): _pair(_object(pair, name)) for name, pair in pages.items()},
        added=tuple(SectionId(_text(each, "added")) for each in added),
        is_for_all=entry.get("same") is True,
    )


def read_kind(text: str) -> AnswerKind:
    """An answer by its word.

    Raises:
        UsageError: when it is none.
    """
    if text not in set(AnswerKind):
        raise _wrong(f"“{text}”", f"one of {', '.join(AnswerKind)}")
    return AnswerKind(text)


def read_take(text: str) -> Choice | None:
    """What to take in conflicts, by its word; None for an empty text.

    Raises:
        UsageError: when it is none.
    """
    if text and text not in set(Choice):
        raise _wrong(f"“{text}”", f"one of {', '.join(Choice)}")
    return Choice(text) if text else None


def read_review_day(text: str) -> date | None:
    """A review date; None for an empty text.

    Raises:
        UsageError: when it is no day.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _wrong(f"“{text}”", "a day such as 2026-11-22") from None


def _pair(entry: Mapping[str, object]) -> tuple[Choices, Choices]:
    return _choices(entry.get("heading") or {}, "heading"), _choices(entry.get("body") or {}, "body")


def _words(entry: Mapping[str, object]) -> SectionWords:
    return SectionWords(_text(entry.get("heading") or "", "heading"), _text(entry.get("body"), "body"))


def _choices(value: object, name: str) -> Choices:
    return {_number(key): _choice(chosen) for key, chosen in _object(value, name).items()}


def _number(key: str) -> int:
    if not key.isdigit():
        raise _wrong(f"“{key}”", "the number of a piece")
    return int(key)


def _choice(value: object) -> Choice | Written:
    if isinstance(value, dict):
        return Written(_text(value.get("text"), "text"))
    found = read_take(_text(value, "a choice"))
    if found is None:
        raise _wrong("a choice", f"one of {', '.join(Choice)}")
    return found


def _object(value: object, name: str) -> Mapping[str, object]:
    if not isinstance(value, dict):
        raise _wrong(name, "an object")
    return {str(key): item for key, item in value.items()}


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _wrong(name, "a text")
    return value


def _wrong(what: str, wanted: str) -> SohAuthorError:
    return UsageError(f"Among the answers, {what} is not {wanted}.", safe="Nothing was changed.")
