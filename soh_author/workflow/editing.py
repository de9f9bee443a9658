"""Edits a person asks for by name: override a section, give it back, start a page, mend ids.

Each gives the new text of one file and the line to look at; nothing is saved by it. The editor puts the
text in as one step that can be undone, the command line saves it.
"""

from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import ContentError, NotFoundError, UsageError
from soh_author.domain.ids import ForceId, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page, PageKind, PageType
from soh_author.domain.resolving.effective import EffectivePage, EffectiveSection
from soh_author.markup.front_matter import split
from soh_author.markup.section_ids import suggest_id
from soh_author.markup.sections import read_sections
from soh_author.markup.write import add_missing_ids, add_op, new_override, new_page, remove_op, section_block
from soh_author.reading.paths import page_path
from soh_author.workflow.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class TextChange:
    """The new text of a file (None: the file goes), and the line to look at, from 1."""

    path: str
    text: str | None
    line: int = 1


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an override is there, who owns it, and when to look at it again. All may be said later."""

    why: str = ""
    owner: str = ""
    review_by: date | None = None

    def fields(self) -> dict[str, str]:
        """What is said, as an op's fields."""
        said = {"why": self.why.strip(), "owner": self.owner.strip(), "review_by": ""}
        if self.review_by is not None:
            said["review_by"] = self.review_by.isoformat()
        return {name: value for name, value in said.items() if value}


def override_section(
    snapshot: Snapshot,
    page: PageId,
    layer: Layer,
    section: SectionId,
    on: date,
    *,
    kind: OpKind = OpKind.REPLACE,
    reason: Reason = Reason(),
) -> TextChange:
    """Let a layer change a section of the layers above: their text is copied, to be edited, and pinned.

    With ``append`` and ``prepend`` the block starts empty. A section the layer changes already is only shown.

    Args:
        snapshot: what is open, with unsaved text.
        layer: a group's or a force's.
        on: the day for memberships of groups.

    Raises:
        UsageError: for the shared layer, which nothing is above.
        NotFoundError: when the layers above have no such page or section.
        ContentError: when the section is locked, or the file has a page of its own.
    """
    if layer == SHARED:
        raise UsageError("The shared text overrides nothing.", todo="Choose a force or a group.")
    path = page_path(layer, page, Language.EN)
    present = snapshot.text(path)
    value = snapshot.sources.read(path).value
    if isinstance(value, Page):
        raise ContentError(
            f"This layer has taken the whole page “{page}” over.",
            safe="Nothing was changed.",
            todo="Edit that text; there is nothing above it to override.",
        )
    known = _op_on(value, section)
    if known is not None and known.text is not None:
        return TextChange(path, present, known.text.line)
    above = effective_above(snapshot, page, layer, on)
    found = _section(above, section)
    _check_not_locked(snapshot, page, section)
    op = _op_fields(kind, found, _stored_at(snapshot, page, layer, found, on), reason)
    block = _block(kind, found)
    text = add_op(present, op, block) if present else new_override(page, [(op, block)])
    return TextChange(path, text, line_of(text, section))


def add_section(
    snapshot: Snapshot,
    page: PageId,
    layer: Layer,
    after: SectionId,
    on: date,
    *,
    heading: str,
    reason: Reason = Reason(),
) -> TextChange:
    """Give a layer a section of its own behind one of the layers above; its id is made from the heading.

    Raises:
        UsageError: for the shared layer, and for an empty heading.
        NotFoundError: when the layers above have no such page or section.
        ContentError: when the file has a page of its own.
    """
    if layer == SHARED:
        raise UsageError("Shared sections stand in the shared text.", todo="Write it there.")
    if not heading.strip():
        raise UsageError("The new section has no heading.", safe="Nothing was changed.", todo="Give it one.")
    path = page_path(layer, page, Language.EN)
    present, value = snapshot.text(path), snapshot.sources.read(path).value
    if isinstance(value, Page):
        raise ContentError(
            f"This layer has taken the whole page “{page}” over.",
            safe="Nothing was changed.",
            todo="Write the section in that text.",
        )
    above = effective_above(snapshot, page, layer, on)
    anchor = _section(above, after)
    own = value.ops if isinstance(value, Override) else ()
    section = suggest_id(heading, [*(each.id for each in above.sections), *(op.section for op in own)])
    op = {
        "op": OpKind.INSERT_AFTER.value,
        "after": str(anchor.id),
        "section": str(section),
        **reason.fields(),
    }
    block = section_block(heading.strip(), section, "")
    text = add_op(present, op, block) if present else new_override(page, [(op, block)])
    return TextChange(path, text, line_of(text, section))


def give_back(
    snapshot: Snapshot,
    page: PageId,
    layer: Layer,
    section: SectionId,
    language: Language = Language.EN,
) -> TextChange:
    """Take a layer's change of a section out, so that the text above shows again.

    Raises:
        NotFoundError: when the layer doesn't change this section.
    """
    path = page_path(layer, page, language)
    value = snapshot.sources.read(path).value
    op, text = _op_on(value, section), snapshot.text(path)
    if op is None or text is None:
        raise NotFoundError(f"Nothing of “{section}” is changed here.", safe="Nothing was changed.")
    return TextChange(path, remove_op(text, op.number))


def start_page(layer: Layer, page: PageId, title: str, kind: PageType) -> TextChange:
    """The text of a new page with the fields filled in that are known.

    A page of a group or force is a local one: nobody else has it.
    """
    local = {} if layer == SHARED else {"kind": PageKind.LOCAL.value}
    known = {**local, "title": title, "type": kind.value, "url": f"/{page}/"}
    text = new_page(known, "\n")
    return TextChange(page_path(layer, page, Language.EN), text, text.count("\n"))


def start_welsh(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> TextChange:
    """The text of a new Welsh file beside a page: the English headings, and nothing made up below them.

    Raises:
        NotFoundError: when there is no English to render.
    """
    english = effective_above(snapshot, page, layer, on) if layer != SHARED else None
    shown = english or snapshot.effective_of_layers(page, (), Language.EN)
    blocks = [section_block(section.heading, section.id, "") for section in shown.sections if section.heading]
    text = new_page({"title": shown.value("title")}, "\n" + "\n".join(blocks))
    return TextChange(page_path(layer, page, Language.CY), text, 2)


def mend_ids(path: str, text: str) -> TextChange:
    """Give every section without a good id one of its own, made from its heading."""
    return TextChange(path, add_missing_ids(text, language=_language(path)))


def effective_above(snapshot: Snapshot, page: PageId, layer: Layer, on: date) -> EffectivePage:
    """The English page as the layers above a layer have it.

    For a force: shared and its groups on that day. For a group: the shared page.

    Raises:
        NotFoundError: when none of them has the page.
    """
    above: tuple[Layer, ...] = ()
    if layer.kind is LayerKind.FORCE:
        force = snapshot.force(ForceId(layer.name))
        above = tuple(known for known in snapshot.layers_of(force, on) if known != layer)
    return snapshot.effective_of_layers(page, above, Language.EN)


def _op_on(value: object, section: SectionId) -> Op | None:
    ops = value.ops if isinstance(value, Override) else ()
    return next((op for op in ops if op.section == section), None)


def _section(above: EffectivePage, section: SectionId) -> EffectiveSection:
    found = above.section(section)
    if found is None:
        raise NotFoundError(
            f"The text above has no section “{section}”.",
            safe="Nothing was changed.",
            todo="Choose a section of the page.",
        )
    return found


def _check_not_locked(snapshot: Snapshot, page: PageId, section: SectionId) -> None:
    for file in snapshot.files_of(page):
        value = snapshot.sources.read(file.path).value
        if isinstance(value, Page) and section in value.locked:
            raise ContentError(
                f"The section “{section}” can't be overridden: {value.locked[section]}.",
                safe="Nothing was changed.",
                todo="Ask the national team if the wording doesn't fit.",
            )


def _stored_at(
    snapshot: Snapshot, page: PageId, layer: Layer, above: EffectiveSection, on: date
) -> dict[str, str]:
    """Where the text above can be read later; nothing while it is saved in no version."""
    try:
        stored = effective_above(snapshot.stored, page, layer, on).section(above.id)
    except NotFoundError:
        return {}
    return {"at": snapshot.revision} if stored is not None and stored.pin == above.pin else {}


def _op_fields(kind: OpKind, above: EffectiveSection, at: dict[str, str], reason: Reason) -> dict[str, str]:
    pinned = {} if kind.is_additive else {"base": str(above.pin), **at}
    return {"op": kind.value, "section": str(above.id), **pinned, **reason.fields()}


def _block(kind: OpKind, above: EffectiveSection) -> str | None:
    if not kind.carries_text:
        return None
    body = above.body if kind is OpKind.REPLACE else ""
    return section_block(above.heading or "Lead", above.id, body)


def line_of(text: str, section: SectionId) -> int:
    """The line of an override at which the block of a section begins; 1 when it has none."""
    file = split(text)
    sections = read_sections(file.body, file.body_line, is_override=True)
    lines = [known.line for known in sections.texts if known.id == section]
    return lines[-1] if lines else 1


def _language(path: str) -> Language:
    return Language.CY if path.endswith(".cy.md") else Language.EN
