"""Roll back for one force: what it read before comes back as text of its own; nobody else notices."""

from collections.abc import Mapping, Sequence
from datetime import date

from soh_author.domain.effective import EffectivePage
from soh_author.domain.errors import ContentError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.override import OpKind
from soh_author.markup.write import replace_section
from soh_author.workflow.editing import Reason, override_section
from soh_author.workflow.release.releasing_case import day_for
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.workspace import Workspace


def restored_for_force(
    workspace: Workspace,
    before: str,
    force: ForceId,
    pages: Sequence[PageId],
    own: Mapping[str, bytes | None],
) -> dict[str, bytes | None]:
    """The files with which a force reads its pages as they were at a revision.

    Args:
        before: the revision.
        force: whose public it is.
        pages: the pages, in English; Welsh follows the Welsh text.
        own: files of the force that are brought back already.

    Raises:
        ContentError: when a page differs by more than words: sections that went, titles, facts.
    """
    on = day_for(workspace)
    earlier = workspace.published_snapshot(before)
    texts = {path: None if data is None else data.decode() for path, data in own.items()}
    now = workspace.snapshot(unsaved=texts)
    changes: dict[str, bytes | None] = {}
    for page in pages:
        for path, text in _of_page(earlier, now, force, page, on).items():
            changes[path] = text.encode()
    return changes


def _of_page(earlier: Snapshot, now: Snapshot, force: ForceId, page: PageId, on: date) -> dict[str, str]:
    old = earlier.effective(page, force, Language.EN, on)
    new = now.effective(page, force, Language.EN, on)
    _check_is_about_words(old, new, force)
    texts: dict[str, str] = {}
    reason = Reason("Rolled back for this force", old.value("owner"))
    layer, present = Layer.of_force(force), now
    for section in new.sections:
        was = old.section(section.id)
        if was is not None and was.pin == section.pin:
            continue
        kind = OpKind.HIDE if was is None else OpKind.REPLACE
        change = override_section(present, page, layer, section.id, on, kind=kind, reason=reason)
        text = change.text or ""
        if was is not None:
            heading = was.heading or None
            text = replace_section(text, section.id, was.body + "\n", heading=heading)
        texts[change.path] = text
        present = now.with_unsaved(texts)
    return texts


def _check_is_about_words(old: EffectivePage, new: EffectivePage, force: ForceId) -> None:
    gone = [section.id for section in old.sections if new.section(section.id) is None]
    fields = [name for name in ("title", "summary", "url") if old.value(name) != new.value(name)]
    if gone or fields:
        what = f"the section “{gone[0]}” went" if gone else f"its {fields[0]} changed"
        raise ContentError(
            f"“{new.page}” can't be brought back for {force} alone: {what}.",
            safe="Nothing was changed.",
            todo="Roll the page back for everybody, or write the force's own text.",
        )
