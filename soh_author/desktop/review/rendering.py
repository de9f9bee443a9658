"""Renders both sides of one output of a case, and says which sections differ. No Qt."""

from soh_author.desktop.compare.rendered import NOTHING, Sides
from soh_author.desktop.preview.pictures import Pictures
from soh_author.domain.errors import NotFoundError
from soh_author.domain.judging.approval import OutputMove
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.render.renderer import Renderer
from soh_author.workflow.previewing import PreviewRequest, preview
from soh_author.workflow.release.releasing_case import Case
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task


def render_case(case: Case, move: OutputMove, theme: str) -> Task[Sides]:
    """An output as it is live and as it will be; where there is no page, that is said in its place.

    Args:
        theme: ``light`` or ``dark``.
    """

    def work(progress: Progress) -> Outcome[Sides]:
        renderer, on = Renderer(), case.found.on
        request = PreviewRequest(move.page, move.force, move.language, on, theme=theme)
        both = (case.candidate.before, case.candidate.after)
        htmls, pictures = [], {}
        for snapshot in both:
            progress.check()
            html = _html(snapshot, request, renderer)
            htmls.append(html)
            pictures.update(Pictures().read(html, snapshot))
        before, after = (_effective(snapshot, move, case) for snapshot in both)
        name = case.candidate.after.force(move.force).name(form="short_name")
        marked = (_differing(before, after), _differing(after, before))
        return Outcome(Sides((htmls[0], htmls[1]), pictures, (name, name), marked))

    return Task("Rendering both pages", work)


def _html(snapshot: Snapshot, request: PreviewRequest, renderer: Renderer) -> str:
    try:
        return preview(snapshot, request, renderer).html
    except NotFoundError:
        return NOTHING


def _effective(snapshot: Snapshot, move: OutputMove, case: Case) -> EffectivePage | None:
    try:
        return snapshot.effective(move.page, move.force, move.language, case.found.on)
    except NotFoundError:
        return None


def _differing(page: EffectivePage | None, other: EffectivePage | None) -> tuple[str, ...]:
    """The sections of a page that the other hasn't, or words otherwise."""
    if page is None:
        return ()
    pins = {section.id: section.pin for section in other.sections} if other else {}
    return tuple(str(section.id) for section in page.sections if pins.get(section.id) != section.pin)
