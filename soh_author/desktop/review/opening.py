"""From a draft under review to its text in the editor."""

from dataclasses import replace

from soh_author.desktop.location import Location, RoomId
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId
from soh_author.domain.layers import LayerKind
from soh_author.reading.paths import FileKind, classify, page_place
from soh_author.workflow.drafting import find_draft
from soh_author.workflow.release.reviewing_views import Review
from soh_author.workflow.workspace import Workspace


def place_of_draft(workspace: Workspace, found: Review, here: Location) -> Location:
    """The editor at the first text a draft changes: to write, or to read where it is somebody else's."""
    try:
        there = here.in_draft(find_draft(workspace, found.draft).name)
    except NotFoundError:
        there = here.reads(found.draft)
    there = there.in_room(RoomId.EDITOR)
    places = [classify(source.move.path) for source in found.case.proposal.content]
    pages = [page_place(place) for place in places if place is not None and place.kind is FileKind.PAGE]
    if not pages:
        return there
    first = min(pages, key=lambda place: place.path)
    force = ForceId(first.layer.name) if first.layer.kind is LayerKind.FORCE else here.force
    return replace(
        there, page=first.page, layer=first.layer, language=first.language, section=None, force=force
    )
