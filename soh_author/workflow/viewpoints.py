"""Where one stands when looking at a page: at a layer, in a draft or version, on a day."""

from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.gitstore.names import DRAFTS
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import LIVE, Workspace

_STEP = 500


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """A place to look from.

    ``layer``: the page as it stands once this layer has spoken. ``source``: ``published``, a draft, a
    release, a version, or a day such as ``2026-11-22`` (what was live at its end). ``on`` is the day for
    memberships and facts; None: the source's day, or today.
    """

    layer: Layer = SHARED
    source: str = LIVE
    language: Language = Language.EN
    on: date | None = None


@dataclass(frozen=True, slots=True)
class View:
    """What is seen of one page from a viewpoint: ``effective`` is None where there is no such page.

    ``who`` names the layer for people, ``when`` the source.
    """

    page: PageId
    layer: Layer
    language: Language
    on: date
    who: str
    when: str
    effective: EffectivePage | None
    snapshot: Snapshot

    @property
    def force(self) -> ForceId | None:
        """The force whose public reads it; None where a layer above is looked at."""
        return ForceId(self.layer.name) if self.layer.kind is LayerKind.FORCE else None


def look(workspace: Workspace, page: PageId, viewpoint: Viewpoint, today: date) -> View:
    """See a page from a viewpoint.

    Raises:
        NotFoundError: when nothing has the source's name, or nothing was live on that day.
    """
    day = day_of(viewpoint.source)
    source = source_on(workspace, day) if day else viewpoint.source
    on = viewpoint.on or day or today
    snapshot = workspace.snapshot(source)
    return view_of(
        snapshot, page, viewpoint.layer, viewpoint.language, on, when=source_name(workspace, viewpoint.source)
    )


def view_of(
    snapshot: Snapshot, page: PageId, layer: Layer, language: Language, on: date, *, when: str = ""
) -> View:
    """See a page of a snapshot, with whatever unsaved text is laid over it."""
    known = snapshot.sources.moves.get(page, page)
    effective = _effective(snapshot, known, layer, language, on)
    return View(known, layer, language, on, layer_name(snapshot, layer), when, effective, snapshot)


def layer_name(snapshot: Snapshot, layer: Layer) -> str:
    """What people call a layer: *the shared text*, a group's name, a force's short name."""
    if layer.kind is LayerKind.SHARED:
        return "the shared text"
    if layer.kind is LayerKind.GROUP:
        group = snapshot.registry.groups.get(GroupId(layer.name))
        return group.name if group else layer.name
    force = snapshot.registry.forces.get(ForceId(layer.name))
    return force.name(form="short_name") if force else layer.name


def chain_to(snapshot: Snapshot, layer: Layer, on: date) -> tuple[Layer, ...]:
    """The layers below shared down to a layer: for a force its groups on a day, then itself."""
    if layer.kind is LayerKind.SHARED:
        return ()
    if layer.kind is LayerKind.GROUP:
        return (layer,)
    force = snapshot.registry.forces.get(ForceId(layer.name))
    return snapshot.layers_of(force, on) if force else (layer,)


def _effective(
    snapshot: Snapshot, page: PageId, layer: Layer, language: Language, on: date
) -> EffectivePage | None:
    force = snapshot.registry.forces.get(ForceId(layer.name)) if layer.kind is LayerKind.FORCE else None
    try:
        return snapshot.effective_of_layers(
            page,
            chain_to(snapshot, layer, on),
            language,
            parity=bool(force and force.welsh_parity),
        )
    except NotFoundError:
        return None


def day_of(source: str) -> date | None:
    """The day a source names, or None when it is a draft, release or version."""
    try:
        return date.fromisoformat(source) if len(source) == 10 else None
    except ValueError:
        return None


def source_on(workspace: Workspace, day: date) -> str:
    """The version that was live at the end of a day.

    Raises:
        NotFoundError: when nothing was live yet.
    """
    live = workspace.revision_of(LIVE)
    skip = 0
    while versions := workspace.store.history(live, None, _STEP, skip):
        for version in versions:
            if version.when.date() <= day:
                return str(version.revision)
        skip += len(versions)
    raise NotFoundError(
        f"Nothing was published by {day.isoformat()}.",
        todo="Choose a later day, or a version of the history.",
    )


def source_name(workspace: Workspace, source: str) -> str:
    """What people call a source."""
    if source == LIVE:
        return "what is live"
    if day_of(source):
        return f"as on {source}"
    if any(branch.name == DRAFTS + source for branch in workspace.store.branches()):
        return f"the draft “{source}”"
    return f"version {source[:8]}"
