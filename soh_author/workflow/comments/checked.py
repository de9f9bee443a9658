"""How far a draft's facts were checked: which blocks are right as they stand now, and who says so."""

from dataclasses import dataclass
from datetime import date

from soh_author.domain.comment import CheckedOutput, SignedRemark
from soh_author.domain.ids import DraftName
from soh_author.workflow.comments.discussing import remarks_of
from soh_author.workflow.comments.packs import pack_of
from soh_author.workflow.release.releasing_case import policy_of
from soh_author.workflow.release.releasing_content import head_of
from soh_author.workflow.task import Outcome, Progress, Task
from soh_author.workflow.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FactsChecked:
    """What fact checkers found of a draft, as it stands now.

    ``blocks`` are those of the pages they were shown; of these ``correct`` were found right and ``wrong``
    not, by the last word on each. ``stale`` counts answers about text that is no more. ``people`` are who
    checked, and who brought it in.
    """

    blocks: int = 0
    correct: int = 0
    wrong: int = 0
    stale: int = 0
    people: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """All of it in a sentence; empty when nobody has checked anything."""
        if not self.people:
            return ""
        wrong = f", {self.wrong} to change" if self.wrong else ""
        stale = f"; stale: {self.stale}, whose text has changed since" if self.stale else ""
        who = " and ".join(self.people)
        return f"Facts checked: {self.correct} of {self.blocks} blocks correct{wrong}, by {who}{stale}."


def fact_checks(workspace: Workspace, draft: str) -> Task[FactsChecked]:
    """Look how far a draft's facts were checked. It tells reviewers; it satisfies no requirement.

    Raises (when run):
        NotFoundError: when there is no such draft.
        WorkspaceError: when there is no policy, so that nobody's signature can be checked.
    """

    def work(_progress: Progress) -> Outcome[FactsChecked]:
        return Outcome(_look(workspace, DraftName(draft)))

    return Task("Looking at the fact checks", work)


def _look(workspace: Workspace, draft: DraftName) -> FactsChecked:
    policy = policy_of(workspace.snapshot())
    signed = remarks_of(workspace, draft, policy).signed
    checks = sorted((each for each in signed if each.remark.checked), key=_moment)
    answers: dict[str, bool] = {}
    days: dict[CheckedOutput, date] = {}
    for each in checks:
        found = each.remark.checked
        assert found is not None, "only checks were taken"
        answers |= dict.fromkeys(found.correct, True) | dict.fromkeys(found.wrong, False)
        days |= dict.fromkeys(found.outputs, found.day)
    there = _blocks_now(workspace, draft, days)
    people = {
        f"{each.remark.speaker} (brought in by {policy.people[each.remark.person].name})": None
        for each in checks
    }
    return FactsChecked(
        blocks=len(there),
        correct=sum(answers.get(name) is True for name in there),
        wrong=sum(answers.get(name) is False for name in there),
        stale=sum(name not in there for name in answers),
        people=tuple(people),
    )


def _blocks_now(workspace: Workspace, draft: DraftName, days: dict[CheckedOutput, date]) -> frozenset[str]:
    """The names of the blocks that the checked pages have now, each as of the day it was last checked for."""
    found: set[str] = set()
    for day in sorted(set(days.values())):
        outputs = sorted(output for output, last in days.items() if last == day)
        pack = pack_of(workspace, draft, head_of(workspace, draft), day, outputs)
        found.update(block.name for block in pack.blocks)
    return frozenset(found)


def _moment(each: SignedRemark) -> tuple[object, str]:
    return each.remark.when, each.id
