"""Welsh whose English changed since it was written: told like outdated overrides, and answered like them."""

from collections.abc import Iterator
from datetime import date

from soh_author.domain.comparing.rebase import SectionWords
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.welsh_texts import WelshText, welsh_texts
from soh_author.workflow.overrides.base_texts import BaseTexts
from soh_author.workflow.overrides.changes import OUTDATED, Change, ChangeKind, section_title
from soh_author.workflow.pinning import rendered_pin
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.viewpoints import chain_to
from soh_author.workflow.workspace import Workspace


def outdated_welsh(
    snapshot: Snapshot, page: PageId, layer: Layer, on: date
) -> Iterator[tuple[Change, WelshText, Pin]]:
    """The Welsh texts of a layer that are outdated, each with the pin of the English as it is."""
    path = _path(snapshot, page, layer)
    value = snapshot.sources.read(path).value if path else None
    if not isinstance(value, Page | Override):
        return
    chain = chain_to(snapshot, layer, on)
    try:
        english = snapshot.effective_of_layers(page, chain, Language.EN)
        welsh = snapshot.effective_of_layers(page, chain, Language.CY)
    except NotFoundError:
        return
    late = {found.place for found in welsh.diagnostics if found.code == "outdated-welsh"}
    for text in welsh_texts([(layer, value)]):
        pin = rendered_pin(english, text) if text.place in late else None
        if pin is not None:
            yield _change(english, layer, text), text, pin


def _path(snapshot: Snapshot, page: PageId, layer: Layer) -> str | None:
    files = snapshot.sources.files_of(page)
    found = (file.path for file in files if file.layer == layer and file.language is Language.CY)
    return next(found, None)


def _change(english: EffectivePage, layer: Layer, text: WelshText) -> Change:
    return Change(
        kind=ChangeKind.WELSH,
        section=text.section,
        title=section_title(english, text.section),
        state=OUTDATED,
        layer=layer,
        place=text.place,
        number=text.op.number if text.op else None,
        owner=text.op.owner if text.op else "",
    )


def english_of(
    workspace: Workspace, snapshot: Snapshot, page: PageId, text: WelshText, on: date
) -> tuple[SectionWords | None, SectionWords | None]:
    """The English that a Welsh text rendered when it was written (None: it can't be found), and that of
    today.
    """
    bases = BaseTexts(workspace, snapshot, page, text.layer, on, is_own=True)
    then = bases.section(text.translates, text.op.at if text.op else "")
    today = snapshot.effective_of_layers(page, chain_to(snapshot, text.layer, on), Language.EN)
    now = today.section(text.section)
    return (
        SectionWords(then.heading, then.body) if then else None,
        SectionWords(now.heading, now.body) if now else None,
    )
