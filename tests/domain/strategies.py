"""Arbitrary pages and overrides, sensible and senseless ones."""

from hypothesis import strategies as st

from soh_author.domain.ids import SectionId
from soh_author.domain.layers import SHARED, Layer
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page, PageKind
from soh_author.domain.pins import pin_of
from tests.support.pages import GWENT, PILOT, WALES, op, override, page

IDS = ["lead", "a", "b", "c", "d", "e", "f"]
BODIES = ["", "One.", "Two.", "Three.\n\nFour."]
ids = st.sampled_from(IDS)
bodies = st.sampled_from(BODIES)
pins = st.none() | st.sampled_from([pin_of(body) for body in BODIES])


@st.composite
def pages(draw: st.DrawFn, layer: Layer = SHARED, kind: PageKind = PageKind.SHARED) -> Page:
    """A page with some of the ids, any aliases (circles too) and locks."""
    return page(
        draw(st.dictionaries(ids, bodies, max_size=6)),
        layer=layer,
        kind=kind,
        aliases=draw(st.dictionaries(ids, ids, max_size=3)),
        locked=draw(st.dictionaries(ids, st.just("why"), max_size=1)),
        base=draw(pins),
    )


@st.composite
def ops(draw: st.DrawFn) -> Op:
    """An op, which may lack what it needs or name what isn't there."""
    kind = draw(st.sampled_from(list(OpKind)))
    return op(
        str(kind),
        draw(ids),
        draw(st.none() | bodies) if not kind.carries_text else draw(bodies),
        anchor=draw(st.none() | ids),
        base=draw(pins),
    )


@st.composite
def overrides(draw: st.DrawFn, layer: Layer) -> Override:
    """An override of a layer."""
    sets = draw(st.dictionaries(st.sampled_from(["title", "summary", "related"]), bodies, max_size=2))
    return override(layer, *draw(st.lists(ops(), max_size=6)), sets=sets)


def files(layer: Layer) -> st.SearchStrategy[Page | Override]:
    """What a layer may say: an override, mostly, a takeover or a local page."""
    whole = st.sampled_from([PageKind.TAKEOVER, PageKind.LOCAL]).flatmap(lambda kind: pages(layer, kind))
    return st.one_of(overrides(layer), overrides(layer), overrides(layer), whole)


@st.composite
def chains(draw: st.DrawFn) -> list[Page | Override]:
    """The files of two groups and a force, any of which may be missing."""
    drawn = [draw(st.none() | files(layer)) for layer in (WALES, PILOT, GWENT)]
    return [file for file in drawn if file is not None]


def section_ids(names: list[str]) -> list[SectionId]:
    """Names as section ids."""
    return [SectionId(name) for name in names]
