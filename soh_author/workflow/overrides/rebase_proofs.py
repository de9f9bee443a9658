"""Proof that an answer did what it says and no more: by the digests of the pages that people read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.pins import section_pin
from soh_author.markup.canonical import canonical
from soh_author.render.renderer import Renderer
from soh_author.workflow.outputs import Audience, is_live
from soh_author.workflow.overrides.changes import ChangeKind
from soh_author.workflow.overrides.rebase_answers import Answer, AnswerKind
from soh_author.workflow.overrides.rebase_items import RebaseItem
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import chain_to


@dataclass(frozen=True, slots=True)
class Proof:
    """What was proved about one answer. ``before`` and ``after`` are digests of the first public's page."""

    name: str
    is_proved: bool
    sentence: str
    before: str = ""
    after: str = ""


def prove(
    before: Snapshot, after: Snapshot, answered: Iterable[tuple[Answer, RebaseItem]], on: date
) -> Iterator[Proof]:
    """Prove each *still right* (nobody reads anything new) and each *give back* (it reads as above again)."""
    renderer = Renderer()
    for answer, item in answered:
        if answer.kind is AnswerKind.STILL_RIGHT:
            yield _unchanged(before, after, item, on, renderer)
        elif answer.kind in {AnswerKind.GIVE_BACK, AnswerKind.DROP}:
            yield _given_back(before, after, item, on, renderer)


def _unchanged(before: Snapshot, after: Snapshot, item: RebaseItem, on: date, renderer: Renderer) -> Proof:
    old, new = (_digest(each, item, on, renderer) for each in (before, after))
    said = "nobody reads anything new" if old == new else "the page changes with other answers"
    return Proof(item.name, old == new, f"{item.change.title}: {said}.", old, new)


def _given_back(before: Snapshot, after: Snapshot, item: RebaseItem, on: date, renderer: Renderer) -> Proof:
    old, new = (_digest(each, item, on, renderer) for each in (before, after))
    is_proved = _reads_as_above(after, item, on) if item.now is not None else old == new
    said = "reads as the text above does" if item.now is not None else "was read by nobody"
    if not is_proved:
        said = "is given back; this layer changes it in other ways too"
    return Proof(item.name, is_proved, f"{item.change.title} {said}.", old, new)


def _reads_as_above(after: Snapshot, item: RebaseItem, on: date) -> bool:
    layer = item.change.layer
    try:
        page = after.effective_of_layers(item.page, chain_to(after, layer, on), Language.EN)
    except NotFoundError:
        return False
    assert item.now is not None, "Asked only where there is text above."
    if item.change.kind is ChangeKind.SET:
        return page.value(item.change.field) == item.now.body
    if item.change.kind is ChangeKind.PAGE:
        return layer not in page.layers
    wanted = item.proposal.section if item.proposal else item.change.section
    shown = page.section(wanted) if wanted else None
    return shown is not None and shown.pin == section_pin(item.now.heading, _canonical(item.now.body))


def _canonical(body: str) -> list[str]:
    return [canonical(body)]


def _digest(snapshot: Snapshot, item: RebaseItem, on: date, renderer: Renderer) -> str:
    language = Language.EN if item.welsh_pin is None else Language.CY
    force = _reader(snapshot, item.change.layer, on, language)
    return digest_of(snapshot, item.page, force, language, on, renderer) if force else ""


def _reader(snapshot: Snapshot, layer: Layer, on: date, language: Language) -> ForceId | None:
    if layer.kind is LayerKind.FORCE:
        return ForceId(layer.name) if ForceId(layer.name) in snapshot.registry.forces else None
    forces = snapshot.registry.forces.values()
    return next(
        (
            each.id
            for each in forces
            if is_live(each, on)
            and language in {Language.EN, *each.languages}
            and layer in (SHARED, *snapshot.layers_of(each, on))
        ),
        None,
    )


def digest_of(  # noqa: PLR0917 - an output is named by all of these
    snapshot: Snapshot, page: PageId, force: ForceId, language: Language, on: date, renderer: Renderer
) -> str:
    """The digest of an output; empty where the force has no such page."""
    try:
        return Audience(snapshot, force, language, on).render(page, renderer)[0].digest
    except NotFoundError:
        return ""
