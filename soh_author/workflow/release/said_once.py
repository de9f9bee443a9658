"""What is true of many files and forces alike, said once, and of them by the names people call them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from soh_author.domain.judging.requirements import Requirement
from soh_author.domain.sentence import first_upper
from soh_author.reading.paths import classify
from soh_author.workflow.names import Move, Names
from soh_author.workflow.release.releasing_case import Case

MOST_OTHERS = 2
_PLACE = "\0"


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about all that it is true of, and what to do about it (empty: nothing)."""

    sentence: str
    how: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} {self.how}".strip()


def names_of(case: Case) -> Names:
    """What pages and forces are called in what is to be, or in what is live."""
    return Names(case.candidate.after, case.candidate.before)


def lacking(case: Case, requirements: Iterable[Requirement]) -> tuple[Said, ...]:
    """What is still needed, once for everything that needs the same."""
    return said_once(
        case, ((each.subject, each.sentence, each.how_to_satisfy) for each in requirements if not each.is_met)
    )


def said_once(case: Case, said: Iterable[tuple[str, str, str]]) -> tuple[Said, ...]:
    """Join what differs in nothing but its subject, in the order of what comes first.

    Args:
        case: whose subjects they are.
        said: each subject, as records name it, with a sentence that speaks of it and what to do about it.
    """
    alike: dict[tuple[str, str], list[str]] = {}
    for subject, sentence, how in said:
        key = (sentence.replace(subject, _PLACE) if subject else sentence, how)
        alike.setdefault(key, []).append(subject)
    moves = {change.subject: change.move for change in case.proposal.changes()}
    names = names_of(case)
    return tuple(
        Said(_sentence(sentence, _called(subjects, moves, names)), how)
        for (sentence, how), subjects in alike.items()
    )


def _called(subjects: Sequence[str], moves: dict[str, Move], names: Names) -> Sequence[str]:
    """What people call them: what moves, then files that don't, then whatever has no other name."""
    unknown = [names.path(subject) for subject in subjects if subject not in moves]
    return (*names.moves([moves[subject] for subject in subjects if subject in moves]), *unknown)


def _sentence(sentence: str, called: Sequence[str]) -> str:
    told = sentence.replace(_PLACE, called[0])
    others = called[1 : 1 + MOST_OTHERS]
    if _PLACE in sentence and others:
        more = len(called) - 1 - len(others)
        also = " and for ".join(others) if not more else f"{', for '.join(others)}, and for {more:,} more"
        told = f"{told} The same goes for {also}."
    return told if classify(called[0]) else first_upper(told)
