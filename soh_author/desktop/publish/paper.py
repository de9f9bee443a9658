"""A plan as its publisher reads it: how far it reaches, what it needs, what the server says. No Qt."""

from collections.abc import Iterator
from html import escape

from soh_author.desktop.review.paper import changes, needs
from soh_author.desktop.theme.colours import Colours
from soh_author.workflow.gate.refusals import Refusal
from soh_author.workflow.release.publishing import Plan

MOST = 20


def plan_paper(planned: Plan, colours: Colours, answer: tuple[Refusal, ...] | None) -> str:
    """The whole plan, as HTML for a text view. ``answer``: the server's refusals; None: not asked yet."""
    parts = [
        f"<p><b>{escape(planned.sentence)}</b></p>",
        *(f"<p>⚠ {escape(each.sentence)}</p>" for each in planned.overlaps[:MOST]),
        *_answer(answer),
        *needs(planned.requirements, colours),
        *_pages(planned),
        *changes(planned.groups, colours),
    ]
    return "".join(parts)


def _answer(refusals: tuple[Refusal, ...] | None) -> Iterator[str]:
    if refusals is None:
        return
    yield "<h3>What the server would say</h3>"
    if not refusals:
        yield "<p>✓ The server would accept it.</p>"
    for each in refusals[:MOST]:
        yield f"<p>✗ {escape(str(each))}</p>"
    if len(refusals) > MOST:
        yield f"<p>… and {len(refusals) - MOST:,} more reasons.</p>"


def _pages(planned: Plan) -> Iterator[str]:
    """Pages × forces: who reads which page otherwise."""
    forces: dict[str, set[str]] = {}
    for move in planned.case.found.outputs:
        forces.setdefault(str(move.page), set()).add(str(move.force))
    yield "<h3>Which pages, for which forces</h3>"
    yield '<table width="100%" cellspacing="0" cellpadding="4">'
    for page in sorted(forces)[:MOST]:
        names = ", ".join(sorted(forces[page]))
        told = f"{len(forces[page])} force{'' if len(forces[page]) == 1 else 's'}"
        yield f"<tr><td>{escape(page)}</td><td>{told}: {escape(names)}</td></tr>"
    yield "</table>"
    if len(forces) > MOST:
        yield f"<p>… and {len(forces) - MOST:,} more pages.</p>"
