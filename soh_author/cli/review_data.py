"""Reviews, requirements and records as answers of verbs."""

from collections.abc import Iterable, Iterator, Sequence

from soh_author.cli.answer import Json
from soh_author.domain.counting import counted
from soh_author.domain.judging.approval import SignedRecord
from soh_author.domain.judging.policy import Policy
from soh_author.domain.judging.requirements import Requirement
from soh_author.trust.moments import moment_text
from soh_author.workflow.comments.checked import FactsChecked
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.release.reviewing_views import Group, Passage, Review
from soh_author.workflow.release.said_once import lacking

_LONGEST = 600
_MOST = 12


def review_data(review: Review, checks: Sequence[FactsChecked] = ()) -> dict[str, Json]:
    """A review for programs, with how far the facts of its drafts were checked."""
    policy = review.case.policy
    return {
        "drafts": list(review.case.candidate.drafts),
        "mark": review.mark,
        "is_ready": review.is_ready,
        "reach": reach_data(review.case),
        "doubtful_writers": list(review.case.doubtful_writers),
        "groups": [_group(group) for group in review.groups],
        "requirements": [requirement_data(each, policy) for each in review.requirements],
        "stale": [
            {"record": each.signed.id, "subject": each.subject, "sentence": each.sentence}
            for each in review.stale
        ],
        "records": [record_data(each, policy) for each in review.records],
        "fact_checks": [
            {
                "draft": draft,
                "blocks": each.blocks,
                "correct": each.correct,
                "wrong": each.wrong,
                "stale": each.stale,
                "people": list(each.people),
            }
            for draft, each in zip(review.case.candidate.drafts, checks, strict=False)
        ],
    }


def reach_data(case: Case) -> dict[str, Json]:
    """How far a change reaches."""
    return {
        "files": len(case.proposal.sources),
        "pages": len(case.found.pages),
        "forces": len(case.found.forces),
        "outputs": len(case.found.outputs),
    }


def requirement_data(each: Requirement, policy: Policy) -> dict[str, Json]:
    """A requirement for programs."""
    return {
        "kind": each.kind.value,
        "subject": each.subject,
        "sentence": each.sentence,
        "is_met": each.is_met,
        "how_to_satisfy": each.how_to_satisfy,
        "who": [policy.people[person].name for person in each.who if person in policy.people],
    }


def record_data(signed: SignedRecord, policy: Policy) -> dict[str, Json]:
    """What somebody said, for programs."""
    record = signed.record
    person = policy.people.get(record.person)
    return {
        "id": signed.id,
        "action": record.action.value,
        "person": person.name if person else record.person,
        "time": moment_text(record.when),
        "note": record.note,
    }


def review_text(review: Review, checks: Sequence[FactsChecked] = ()) -> Iterator[str]:
    """A review for people, with how far the facts of its drafts were checked."""
    reach = review.case
    yield (
        f"{counted(len(reach.found.pages), 'page')} for {counted(len(reach.found.forces), 'force')},"
        f" {counted(len(reach.proposal.sources), 'file')}. What you see is “{review.mark}”."
    )
    for group in review.groups:
        yield ""
        yield group.sentence
        for passage in group.passages:
            yield from _passage(passage)
    yield from requirement_lines(review.case, review.requirements)
    yield from (each.sentence for each in checks if each.sentence)
    for stale in review.stale[:_MOST]:
        yield f"Stale: {stale.sentence}"
    for signed in review.records:
        said = record_data(signed, reach.policy)
        note = f" “{signed.record.note}”" if signed.record.note else ""
        yield f"{said['time']} {said['person']}: {said['action']}{note}"


def requirement_lines(case: Case, requirements: Iterable[Requirement]) -> Iterator[str]:
    """What is still needed, once for all that need the same, and how to get it; or that nothing is.

    Before it stands what is to be said of writers that the policy doesn't know.
    """
    missing = lacking(case, requirements)
    yield ""
    yield from case.doubtful_writers
    if not missing:
        yield "Everything it needs is there."
        return
    yield f"Still needed ({len(missing)}):"
    for each in missing[:_MOST]:
        yield f"  {each}"
    if len(missing) > _MOST:
        yield f"  … and {len(missing) - _MOST} more; --json lists them all."


def _group(group: Group) -> Json:
    return {
        "page": group.page,
        "language": group.outputs[0].language.value,
        "forces": sorted({move.force for move in group.outputs}),
        "sentence": group.sentence,
        "passages": [
            {"what": each.what, "title": each.title, "before": each.before, "after": each.after}
            for each in group.passages
        ],
    }


def _passage(passage: Passage) -> Iterator[str]:
    yield f"  {passage.title}"
    for sign, text in (("-", passage.before), ("+", passage.after)):
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + " …"
        yield from (f"    {sign} {line}" for line in shown.splitlines() if line.strip())
