"""A draft as its reviewers read it: what changes for whom, what is needed, what was said. No Qt."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from soh_author.desktop.compare.document import Paper, before_and_after
from soh_author.desktop.theme.colours import Colours
from soh_author.domain.counting import counted
from soh_author.domain.days import day_and_month
from soh_author.domain.judging.approval import Action
from soh_author.domain.judging.requirements import Requirement
from soh_author.domain.sentence import first_upper
from soh_author.workflow.names import Names
from soh_author.workflow.overrides.compared_lines import compare_lines
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.release.reviewing_views import Group, Review
from soh_author.workflow.release.said_once import lacking, names_of, said_once

MOST_GROUPS, MOST_NEEDS = 40, 12
_SAID = {
    Action.SUBMIT: "sent it for review",
    Action.APPROVE: "approved it",
    Action.FACT_CHECK: "checked its facts",
    Action.ASK: "asked for changes",
    Action.WITHDRAW: "took back their word",
}


def review_paper(found: Review, colours: Colours, checked: str = "") -> str:
    """The whole of a draft under review, as HTML for a text view; ``checked`` tells of its facts."""
    names = names_of(found.case)
    parts = [
        f"<p><b>{escape(reach_sentence(found))}</b></p>",
        *_together(found),
        *_said(found, colours),
        f"<p>{escape(checked)}</p>" if checked else "",
        *doubts(found.case),
        *_stale(found),
        *changes(found.groups, names, colours),
        *needs(found.case, found.requirements, colours),
    ]
    return "".join(parts)


def reach_sentence(found: Review) -> str:
    """How far a draft reaches."""
    reach, files = found.case.found, len(found.case.proposal.sources)
    if not reach.outputs:
        return f"{counted(files, 'file')} changed; nobody reads anything differently."
    return (
        f"{counted(len(reach.pages), 'page')} for {counted(len(reach.forces), 'force')} "
        f"will read differently, from {counted(files, 'changed file')}."
    )


def doubts(case: Case) -> Iterator[str]:
    """What is to be said of writers that the policy doesn't know."""
    for each in case.doubtful_writers[:MOST_NEEDS]:
        yield f"<p>⚠ {escape(each)}</p>"


def changes(groups: tuple[Group, ...], names: Names, colours: Colours) -> Iterator[str]:
    """Every kind of difference once, with the forces that read it so, words marked."""
    yield "<h3>What changes for the public</h3>"
    if not groups:
        yield "<p>Nothing.</p>"
    for group in groups[:MOST_GROUPS]:
        forces = names.forces(move.force for move in group.outputs)
        named = ", ".join(forces[1:] and forces)  # one alone stands in the sentence
        below = f'<br><span style="color:{colours.quiet}">{escape(named)}</span>' if named else ""
        yield f'<p style="margin-top:18px"><b>{escape(_changes(group, forces, names))}</b>{below}</p>'
        for passage in group.passages:
            yield f'<p style="margin-bottom:4px">{escape(first_upper(passage.title))}</p>'
            lines = compare_lines(passage.before, passage.after)
            yield before_and_after(lines, Paper(colours, str))
    if len(groups) > MOST_GROUPS:
        yield f"<p>… and {len(groups) - MOST_GROUPS:,} more kinds of change that are not shown here.</p>"


def _changes(group: Group, forces: Sequence[str], names: Names) -> str:
    who = f"{len(forces)} forces" if forces[1:] else forces[0]
    language = group.outputs[0].language.label
    return f"{names.page(group.page)}, in {language}: {group.impact.reach} for {who}"


def needs(case: Case, requirements: Iterable[Requirement], colours: Colours) -> Iterator[str]:
    """What is still needed and how to get it, once for all that is got in the same way."""
    everything = tuple(requirements)
    missing = lacking(case, everything)
    there = sum(each.is_met for each in everything)
    yield "<h3>What it needs</h3>"
    if not missing:
        yield "<p>Everything it needs is there.</p>"
    for each in missing[:MOST_NEEDS]:
        yield f"<p>✗ {escape(each.sentence)}<br><b>{escape(each.how)}</b></p>"
    if len(missing) > MOST_NEEDS:
        yield f"<p>… and {len(missing) - MOST_NEEDS:,} more kinds of things.</p>"
    if there:
        yield f'<p style="color:{colours.quiet}">✓ {counted(there, "requirement")} met.</p>'


def _stale(found: Review) -> Iterator[str]:
    said = said_once(found.case, ((each.subject, each.sentence, "") for each in found.stale))
    for each in said[:MOST_NEEDS]:
        yield f"<p>⚠ {escape(each.sentence)}</p>"
    if len(said) > MOST_NEEDS:
        yield f"<p>… and {len(said) - MOST_NEEDS:,} more that are stale.</p>"


def _together(found: Review) -> Iterator[str]:
    drafts = found.case.candidate.drafts
    if drafts[1:]:
        names = " and ".join(f"“{escape(draft)}”" for draft in drafts)
        yield f"<p>{names} as they are read together: a yes is to all of it at once.</p>"


def _said(found: Review, colours: Colours) -> Iterator[str]:
    for signed in found.records:
        record = signed.record
        person = found.case.policy.people.get(record.person)
        name = person.name if person else str(record.person)
        note = f": “{escape(record.note)}”" if record.note else "."
        when = record.when.astimezone()
        quiet = f'<span style="color:{colours.quiet}">{day_and_month(when)} {when:%H:%M}</span>'
        yield f"<p>{quiet} {escape(name)} {_SAID.get(record.action, record.action.value)}{note}</p>"
