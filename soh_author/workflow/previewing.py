"""Edit → preview: the page of any force, rendered from text that may not be saved yet."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from soh_author.domain.counting import counted
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.render.renderer import Renderer
from soh_author.workflow.output_findings import output_diagnostics
from soh_author.workflow.outputs import Audience, Output, is_live
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import View

SCHEME = "soh-preview"
"""Scheme of the addresses in a preview; only the preview serves it."""


@dataclass(frozen=True, slots=True)
class PreviewRequest:
    """What to show: a page as a force reads it in a language on a day.

    ``theme`` is ``auto``, ``light`` or ``dark``; ``annotate`` marks each section with its layer and lines.
    ``is_standalone`` makes a file for a browser: styles inside, site addresses in links.
    """

    page: PageId
    force: ForceId
    language: Language
    on: date
    theme: str = "light"
    annotate: bool = True
    is_standalone: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A rendered page with all that is known about it."""

    request: PreviewRequest
    html: str
    output: Output
    diagnostics: tuple[Diagnostic, ...]

    @property
    def effective(self) -> EffectivePage:
        """The sections with their layers."""
        return self.output.effective

    @property
    def digest(self) -> str:
        """Names what is shown, exactly."""
        return self.output.digest


def preview(snapshot: Snapshot, request: PreviewRequest, renderer: Renderer) -> Preview:
    """Render one page for one force.

    Raises:
        NotFoundError: when the force is unknown, or has no such page in that language.
    """
    audience = Audience(snapshot, request.force, request.language, request.on)
    return _rendered(audience, audience.effective(request.page), request, renderer)


def preview_of_view(view: View, request: PreviewRequest, renderer: Renderer) -> Preview | None:
    """Render a page as seen from a viewpoint, with the facts and furniture of the request's force.

    None where there is no such page. A layer above the forces has no public of its own; so its words are
    shown as that force's public would read them.

    Raises:
        NotFoundError: when the force is unknown.
    """
    if view.effective is None:
        return None
    audience = Audience(view.snapshot, request.force, request.language, request.on)
    return _rendered(audience, view.effective, request, renderer)


def _rendered(
    audience: Audience, effective: EffectivePage, request: PreviewRequest, renderer: Renderer
) -> Preview:
    context = replace(
        audience.context(),
        theme=request.theme,
        other_language_url=audience.other_language_url(request.page),
    )
    if not request.is_standalone:
        context = replace(context, page_url=_page_url(audience), media_url=_media_url(audience))
    rendered = renderer.render_page(effective, context, annotate=request.annotate)
    output = audience.describe(request.page, effective, rendered, renderer)
    return Preview(request, rendered.html, output, output_diagnostics(audience.snapshot, output))


def who_else(snapshot: Snapshot, page: PageId, section: SectionId, force: ForceId, on: date) -> str:
    """Who else reads this section's words, in a sentence: a wish to change them begins here.

    Raises:
        NotFoundError: when the force has no such page.
    """
    layer = _layer_of(_english(snapshot, page, force, on), section)
    if layer is None:
        return "Nobody: this section is not on the page."
    if layer.kind is LayerKind.FORCE:
        return f"Only {snapshot.force(layer.name).name()} reads these words."
    readers = [
        other
        for other in snapshot.registry.forces.values()
        if is_live(other, on)
        and layer in (*snapshot.layers_of(other, on), *_shared(layer))
        and _layer_of(_english(snapshot, page, other.id, on), section) == layer
    ]
    whose = "the shared text" if layer.kind is LayerKind.SHARED else f"the text of the group {layer.name}"
    return f"{counted(len(readers), 'force reads', 'forces read')} this section from {whose}."


def _shared(layer: Layer) -> tuple[Layer, ...]:
    return (layer,) if layer.kind is LayerKind.SHARED else ()


def _english(snapshot: Snapshot, page: PageId, force: ForceId, on: date) -> EffectivePage:
    return snapshot.effective(page, force, Language.EN, on)


def _layer_of(effective: EffectivePage, section: SectionId) -> Layer | None:
    found = effective.section(section)
    return found.layer if found else None


def _page_url(audience: Audience) -> Callable[[PageId, str], str | None]:
    def url(page: PageId, section: str) -> str | None:
        if audience.page_url(page) is None:
            return None
        return f"{SCHEME}://page/{page}" + (f"#{section}" if section else "")

    return url


def _media_url(audience: Audience) -> Callable[[str], str | None]:
    def url(name: str) -> str | None:
        path = audience.media_path(name)
        return path and f"{SCHEME}://media/{path}"

    return url
