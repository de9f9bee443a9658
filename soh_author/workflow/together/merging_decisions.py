"""What a person has to decide when two changed the same place, and what they answered."""

from collections.abc import Mapping
from dataclasses import dataclass

from soh_author.domain.comparing.merge import Choice, Written
from soh_author.domain.errors import UsageError


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place of a file that both changed.

    Args:
        key: names the place within its file; answers are given by it.
        title: the place in words.
        base: what stood there before; None: nothing.
        mine: my version; None: I took it out.
        theirs: the other version; None: it was taken out.
        both: a text with what both wrote; None where that makes no sense.
        may_write: whether own words can be given.
    """

    key: str
    title: str
    base: str | None
    mine: str | None
    theirs: str | None
    both: str | None
    may_write: bool = True


class Decisions:
    """Collects the conflicts of one file; those that are answered give their answer."""

    def __init__(self, answers: Mapping[str, Choice | Written]) -> None:
        self._answers = answers
        self.open: list[Conflict] = []
        self.is_written = False

    def take(self, conflict: Conflict) -> Choice | Written:
        """What was answered; mine, and the conflict is kept as open, when nothing was.

        Raises:
            UsageError: for an answer that this conflict doesn't offer.
        """
        answer = self._answers.get(conflict.key)
        if answer is None:
            self.open.append(conflict)
            return Choice.MINE
        if (answer is Choice.BOTH and conflict.both is None) or (
            isinstance(answer, Written) and not conflict.may_write
        ):
            raise UsageError(
                f"{conflict.title}: only mine or theirs can be taken here.",
                safe="Nothing was written.",
                todo="Choose one of the two.",
            )
        self.is_written = self.is_written or isinstance(answer, Written)
        return answer


def chosen_text(conflict: Conflict, answer: Choice | Written) -> str | None:
    """The text an answer stands for; None: nothing stays."""
    if isinstance(answer, Written):
        return answer.text
    if answer is Choice.BOTH:
        return conflict.both
    return conflict.mine if answer is Choice.MINE else conflict.theirs
