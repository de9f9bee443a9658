"""Files that hold a whole page: shared, local or taken over, in English or Welsh."""

from collections.abc import Iterator, Mapping
from datetime import date

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.ids import Language
from soh_author.domain.layers import Place
from soh_author.domain.page import Page, PageKind, PageType, SectionText
from soh_author.markup.front_matter import Split
from soh_author.markup.sections import read_sections
from soh_author.markup.yaml_reading import YamlText
from soh_author.reading.findings import Reason, diagnostics_of, missing_reason
from soh_author.reading.paths import PagePlace
from soh_author.schema.checking import Checked, check
from soh_author.schema.faults import Fault
from soh_author.schema.page_types import TYPE_FIELDS, type_faults
from soh_author.schema.pages import LocalPage, SharedPage, TakenOverPage, WelshPage

type_of_english = SharedPage | LocalPage | TakenOverPage

_MODELS: Mapping[PageKind, type[type_of_english]] = {
    PageKind.SHARED: SharedPage,
    PageKind.LOCAL: LocalPage,
    PageKind.TAKEOVER: TakenOverPage,
}


def read_page(
    place: PagePlace, split: Split, yaml: YamlText, kind: PageKind
) -> tuple[Page, list[Diagnostic]]:
    """Read a page; what is wrong is left out or replaced, so that there always is one.

    A page without a good title has its id for one.
    """
    sections = read_sections(split.body, split.body_line, place.path)
    build = _welsh_page if place.language is Language.CY else _english_page
    page, found = build(place, yaml, kind, sections.texts)
    return page, [*found, *sections.diagnostics]


def _fallbacks(place: PagePlace, kind: PageKind) -> dict[str, object]:
    """Texts that stand in for required fields; none but the title and the type is ever read again."""
    fallbacks: dict[str, object] = {
        "title": place.page,
        "type": PageType.ADVICE.value,
        "summary": "–",
        "url": "/",
        "owner": "–",
        "review_by": "1970-01-01",
    }
    return (
        fallbacks if kind is PageKind.SHARED else {**fallbacks, "kind": kind.value, "overrides": place.page}
    )


def _english_page(
    place: PagePlace, yaml: YamlText, kind: PageKind, sections: tuple[SectionText, ...]
) -> tuple[Page, list[Diagnostic]]:
    checked: Checked[type_of_english] = check(_MODELS[kind], yaml.value, fallbacks=_fallbacks(place, kind))
    read = checked.value
    assert read is not None, "Every required field of a page has a fallback."
    own = None if "url" in checked.replaced else read.url
    urls = {language or Language.EN: address for language, address in (own or {}).items()}
    faults = [*checked.faults, *_more_faults(read, yaml.value, checked, urls)]
    found = diagnostics_of(faults, yaml, place.path)
    over = read if isinstance(read, TakenOverPage) else None
    if over:
        found.extend(_takeover_findings(over, place, yaml))
    page = Page(
        id=place.page,
        language=place.language,
        layer=place.layer,
        place=Place(place.path, 1),
        kind=kind,
        type=read.type,
        fields=_fields(read, checked, urls.get(Language.EN, "")),
        sections=sections,
        urls=urls,
        owner="" if "owner" in checked.replaced else read.owner,
        review_by=None if "review_by" in checked.replaced else read.review_by,
        aliases=read.section_aliases,
        locked=read.locked,
        moved_from=tuple(read.moved_from),
        related=tuple(read.related),
        base=over.base if over else None,
        at=(over.at or "") if over else "",
        why=over.why if over else "",
        importance=read.importance,
    )
    return page, found


def _more_faults(
    read: type_of_english,
    given: Mapping[str, object],
    checked: Checked[type_of_english],
    urls: Mapping[Language, str],
) -> Iterator[Fault]:
    if "type" not in checked.replaced:
        yield from type_faults(read.type, given)
    if urls and Language.EN not in urls:
        yield Fault("bad-url", "In “url”, the English address is missing.", ("url",))
    for old, new in read.section_aliases.items():
        if old == new:
            yield Fault(
                "bad-value", f"In “section_aliases”, “{old}” stands for itself.", ("section_aliases", old)
            )


def _takeover_findings(read: TakenOverPage, place: PagePlace, yaml: YamlText) -> Iterator[Diagnostic]:
    line = yaml.lines.of(("kind",))
    what = "The page is taken over"
    yield from missing_reason(what, Reason(read.why, read.owner, read.review_by), Place(place.path, line))
    if read.overrides != place.page:
        yield mismatch(read.overrides, place, yaml)


def mismatch(overrides: str, place: PagePlace, yaml: YamlText) -> Diagnostic:
    """The finding that a file says it overrides another page than its path says."""
    text = f"The file lies where overrides of “{place.page}” belong, but says it overrides “{overrides}”."
    return diagnose("path-mismatch", text, Place(place.path, yaml.lines.of(("overrides",))))


def _fields(read: type_of_english, checked: Checked[type_of_english], address: str) -> dict[str, str]:
    """The fields an override may set, as text; only the two switches are there if not given."""
    fields: dict[str, str] = {
        "title": read.title,
        "summary": read.summary,
        "url": address,
        "review_by": _day(read.review_by),
        "quick_exit": str(read.quick_exit).lower(),
        "beta": str(read.beta).lower(),
        "related": ", ".join(read.related),
    }
    for name in TYPE_FIELDS:
        value: str | date | None = getattr(read, name)
        fields[name] = _day(value) if isinstance(value, date) else value or ""
    left_out = checked.replaced - {"title"}
    return {name: value for name, value in fields.items() if value and name not in left_out}


def _day(value: date | None) -> str:
    return value.isoformat() if value else ""


def _welsh_page(
    place: PagePlace, yaml: YamlText, kind: PageKind, sections: tuple[SectionText, ...]
) -> tuple[Page, list[Diagnostic]]:
    checked = check(WelshPage, yaml.value, fallbacks=_fallbacks(place, kind))
    read = checked.value
    assert read is not None, "Every required field of a Welsh page has a fallback."
    own = None if "url" in checked.replaced else read.url
    urls = {language or Language.CY: address for language, address in (own or {}).items()}
    found = diagnostics_of(checked.faults, yaml, place.path)
    if read.overrides is not None and read.overrides != place.page:
        found.append(mismatch(read.overrides, place, yaml))
    given = {"title": read.title, "summary": read.summary, "url": urls.get(Language.CY, "")}
    left_out = checked.replaced - {"title"}
    page = Page(
        id=place.page,
        language=place.language,
        layer=place.layer,
        place=Place(place.path, 1),
        kind=kind,
        type=PageType.ADVICE,
        fields={name: value for name, value in given.items() if value and name not in left_out},
        sections=sections,
        urls=urls,
        owner=read.owner,
        review_by=read.review_by,
        translates=read.translates,
    )
    return page, found
