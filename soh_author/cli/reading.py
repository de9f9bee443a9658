"""Reading what was typed: pages, forces, layers and days, with a suggestion where one is nearly right."""

import difflib
from collections.abc import Iterable
from datetime import date

from soh_author.domain.errors import InvalidNameError, NotFoundError, UsageError
from soh_author.domain.force import Force
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.workflow.snapshot import Snapshot


def read_day(text: str, today: date) -> date:
    """A day written as 2026-11-22; ``today`` when nothing is written.

    Raises:
        UsageError: for anything else.
    """
    if not text:
        return today
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"“{text}” is no day.", todo="Write it as 2026-11-22: year, month, day.") from None


def read_language(text: str) -> Language:
    """A language written as en or cy.

    Raises:
        UsageError: for anything else.
    """
    try:
        return Language(text)
    except ValueError:
        raise UsageError(f"“{text}” is no language.", todo="Write en (English) or cy (Welsh).") from None


def read_layer(text: str) -> Layer:
    """A layer written as shared, group:wales or force:gwent.

    Raises:
        UsageError: for an unknown kind of layer. InvalidNameError: for a bad name of a group or force.
    """
    try:
        return Layer.parse(text)
    except InvalidNameError:
        raise
    except ValueError:
        todo = "Write shared, group:wales or force:gwent."
        if text and ":" not in text:
            todo = f"Write force:{text} for a force, group:{text} for a group; or shared."
        raise UsageError(f"“{text}” is no layer.", todo=todo) from None


def find_page(snapshot: Snapshot, name: str) -> PageId:
    """A page by its id, or by an id it had before.

    Raises:
        InvalidNameError: for what can't be a page id.
        NotFoundError: when there is no such page; says which are nearly called that.
    """
    page = PageId(name)
    page = snapshot.sources.moves.get(page, page)
    if not snapshot.sources.files_of(page):
        raise NotFoundError(
            f"There is no page “{name}” here.", todo=_suggest(name, snapshot.page_ids(), "pages")
        )
    return page


def find_force(snapshot: Snapshot, name: str) -> Force:
    """A force by its id.

    Raises:
        InvalidNameError: for what can't be one.
        NotFoundError: when there is no such force; says which are nearly called that.
    """
    force = snapshot.registry.forces.get(ForceId(name))
    if force is None:
        raise NotFoundError(
            f"There is no force “{name}” here.", todo=_suggest(name, snapshot.registry.forces, "forces")
        )
    return force


def check_note(note: str) -> str:
    """A note with something in it.

    Raises:
        UsageError: when it is empty.
    """
    if not note.strip():
        raise UsageError(
            "The note is empty.", safe="Nothing was changed.", todo="Say in a few words what changed."
        )
    return note.strip()


def _suggest(name: str, known: Iterable[str], what: str) -> str:
    names = list(known)
    near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    near = near or [each for each in names if name.rpartition("/")[2] in each][:3]
    quoted = " or ".join(f"“{each}”" for each in near)
    return f"Did you mean {quoted}?" if quoted else f"Look at “soh-author list {what}”."
