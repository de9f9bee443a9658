"""A plan as its publisher reads it: how far it reaches, what it needs, what the server says. No Qt."""

from collections.abc import Iterator
from html import escape

from soh_author.desktop.review.paper import changes, doubts, needs
from soh_author.desktop.theme.colours import Colours
from soh_author.domain.counting import counted
from soh_author.domain.ids import ForceId, PageId
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.names import Names
from soh_author.workflow.release.publishing import Plan
from soh_author.workflow.release.said_once import names_of, said_once

MOST = 20


def plan_paper(planned: Plan, colours: Colours, answer: tuple[Refusal, ...] | None) -> str:
    """The whole plan, as HTML for a text view. ``answer``: the server's refusals; None: not asked yet."""
    names = names_of(planned.case)
    parts = [
        f"<p><b>{escape(planned.sentence)}</b></p>",
        *(f"<p>⚠ {escape(each.sentence)}</p>" for each in planned.overlaps[:MOST]),
        *doubts(planned.case),
        *_answer(planned, answer),
        *needs(planned.case, planned.requirements, colours),
        *_pages(planned, names),
        *changes(planned.groups, names, colours),
    ]
    return "".join(parts)


def _answer(planned: Plan, refusals: tuple[Refusal, ...] | None) -> Iterator[str]:
    if refusals is None:
        return
    yield "<h3>What the server would say</h3>"
    if not refusals:
        yield "<p>✓ The server would accept it.</p>"
    said = said_once(planned.case, ((each.subject, _in_full(each), each.todo) for each in refusals))
    for each in said[:MOST]:
        yield f"<p>✗ {escape(str(each))}</p>"
    if len(said) > MOST:
        yield f"<p>… and {len(said) - MOST:,} more reasons.</p>"


def _in_full(refusal: Refusal) -> str:
    """A refusal's reason, which speaks of its subject; what doesn't is led in by it."""
    is_named = not refusal.subject or refusal.subject in refusal.reason
    return refusal.reason if is_named else f"{refusal.subject}: {refusal.reason}"


def _pages(planned: Plan, names: Names) -> Iterator[str]:
    """Pages × forces: who reads which page otherwise."""
    forces: dict[PageId, set[ForceId]] = {}
    for move in planned.case.found.outputs:
        forces.setdefault(move.page, set()).add(move.force)
    if not forces:
        return
    yield "<h3>Which pages, for which forces</h3>"
    yield '<table width="100%" cellspacing="0" cellpadding="4">'
    for page in sorted(forces)[:MOST]:
        told = counted(len(forces[page]), "force")
        who = ", ".join(names.forces(forces[page]))
        yield f"<tr><td>{escape(names.page(page))}</td><td>{told}: {escape(who)}</td></tr>"
    yield "</table>"
    if len(forces) > MOST:
        yield f"<p>… and {len(forces) - MOST:,} more pages.</p>"
