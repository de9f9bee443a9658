"""Builders of pages and overrides as values, for tests that need no files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from soh_author.domain.ids import LEAD, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Layer, Place
from soh_author.domain.override import FieldChange, Op, OpKind, Override
from soh_author.domain.page import Page, PageKind, PageType, SectionText
from soh_author.domain.pins import Pin
from soh_author.domain.resolving.contested import LayerText

PAGE = PageId("advice/seized-vehicles")
KENT = Layer.of_force("kent")
GWENT = Layer.of_force("gwent")
WALES = Layer.of_group("wales")
PILOT = Layer.of_group("pilot")


def canonical_of(body: str) -> str:
    """A body as it reads: each paragraph on a line of its own, like the real normal form."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in body.split("\n\n")]
    return "\n".join(paragraph for paragraph in paragraphs if paragraph)


def text(section: str, body: str, heading: str | None = None, line: int = 1) -> SectionText:
    """One section's words; the heading is made from the id when none is given."""
    made = "" if section == LEAD else section.replace("-", " ").capitalize()
    title = made if heading is None else heading
    return SectionText(SectionId(section), title, body, canonical_of(body), line)


def texts(sections: Mapping[str, str | SectionText]) -> tuple[SectionText, ...]:
    """Sections from ids and bodies, in order; the lead comes first and is empty when none is given."""
    full: dict[str, str | SectionText] = {"lead": "", **sections}
    made = []
    for number, (section, body) in enumerate(full.items()):
        made.append(body if isinstance(body, SectionText) else text(section, body, line=10 + 4 * number))
    return tuple(made)


def page(
    sections: Mapping[str, str | SectionText],
    *,
    layer: Layer = SHARED,
    kind: PageKind = PageKind.SHARED,
    language: Language = Language.EN,
    page_id: str = PAGE,
    title: str = "Seized vehicles",
    fields: Mapping[str, str] | None = None,
    aliases: Mapping[str, str] | None = None,
    locked: Mapping[str, str] | None = None,
    base: Pin | None = None,
    translates: Mapping[str, Pin] | None = None,
    moved_from: Sequence[str] = (),
) -> Page:
    """A page file."""
    return Page(
        id=PageId(page_id),
        language=language,
        layer=layer,
        place=Place(f"{layer.folder}/pages/{page_id}.{language}.md", 1),
        kind=kind,
        type=PageType.ADVICE,
        fields={"title": title, "summary": "What to do.", "url": f"/{page_id}/"}
        if fields is None
        else fields,
        sections=texts(sections),
        aliases={SectionId(old): SectionId(new) for old, new in (aliases or {}).items()},
        locked={SectionId(section): reason for section, reason in (locked or {}).items()},
        base=base,
        translates={SectionId(section): pin for section, pin in (translates or {}).items()},
        moved_from=tuple(PageId(old) for old in moved_from),
    )


def op(
    kind: str,
    section: str,
    body: str | SectionText | None = None,
    *,
    anchor: str | None = None,
    base: Pin | None = None,
    translates: Pin | None = None,
    heading: str | None = None,
    review_by: date | None = None,
    why: str = "",
    owner: str = "",
) -> Op:
    """One op; its place and number are filled in by :func:`override`."""
    words = text(section, body, heading, line=30) if isinstance(body, str) else body
    return Op(
        kind=OpKind(kind),
        section=SectionId(section),
        place=Place(""),
        anchor=SectionId(anchor) if anchor else None,
        text=words,
        base=base,
        translates=translates,
        why=why,
        owner=owner,
        review_by=review_by,
    )


def override(
    layer: Layer,
    *ops: Op,
    sets: Mapping[str, str] | None = None,
    set_bases: Mapping[str, Pin] | None = None,
    language: Language = Language.EN,
    page_id: str = PAGE,
) -> Override:
    """An override file of a layer."""
    path = f"{layer.folder}/pages/{page_id}.{language}.md"
    return Override(
        page=PageId(page_id),
        layer=layer,
        language=language,
        place=Place(path, 1),
        ops=tuple(
            replace(each, number=number, place=Place(path, 4 + number)) for number, each in enumerate(ops)
        ),
        sets=tuple(
            FieldChange(name, value, Place(path, 3), (set_bases or {}).get(name))
            for name, value in (sets or {}).items()
        ),
    )


def layer_text(of: Override | Page) -> LayerText:
    """An override or a layer's own page as :func:`soh_author.domain.resolving.resolve.resolve` takes it."""
    return LayerText(of.layer, page=of) if isinstance(of, Page) else LayerText(of.layer, override=of)
