"""Page files read only as far as their drift needs: pins of some sections, ops, reasons; without a parser.

For lists of thousands of pages. A file in any unusual shape is no outline, and is read in full instead; what
is read says the same as :func:`soh_author.reading.files.read_file`, but for normal forms nobody asked for.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from soh_author.domain.errors import InvalidNameError
from soh_author.domain.ids import LEAD, Language, PageId, SectionId
from soh_author.domain.layers import SHARED, Place
from soh_author.domain.override import Op, OpKind, Override
from soh_author.domain.page import Page, PageKind, PageType, SectionText
from soh_author.domain.pins import Pin
from soh_author.markup.front_matter import Split, split
from soh_author.markup.plain_canonical import quick_canonical
from soh_author.markup.plain_yaml import plain_yaml
from soh_author.markup.runs import cut_into_runs
from soh_author.markup.yaml_reading import Yaml
from soh_author.reading.files import LARGEST_TEXT
from soh_author.reading.paths import PagePlace, classify, page_place
from soh_author.schema.page_types import TYPE_FIELDS

_HEADING = re.compile(r"## ([^\s#{}\\`][^#{}\\`\n]*?) \{#([a-z][a-z0-9]*(?:-[a-z0-9]+)*)\}[ ]*")
_OTHER_SECTIONS = re.compile(r"\n {0,3}(?:##(?:[ \t\n]|\Z)|-+[ \t]*(?:\n|\Z))")
"""A line that may begin, or underline, another section; looked for behind a line's end, which is quick."""
_ADDRESS = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_VERSION = re.compile(r"[0-9a-f]{7,64}")
_PAGE_KEYS = frozenset({"title", "type", "url", "summary", "owner", "review_by", "related", "moved_from"})
_SWITCHES = frozenset({"quick_exit", "beta"})
_TAKEOVER_KEYS = frozenset({"kind", "overrides", "base", "at", "why", "confirmed"})
_WELSH_KEYS = frozenset({"title", "summary", "url", "translates"})
_OP_KEYS = frozenset({"op", "section", "base", "at", "translates", "why", "owner", "review_by", "confirmed"})
_ANCHORS = {OpKind.INSERT_AFTER: "after", OpKind.INSERT_BEFORE: "before", OpKind.MOVE_AFTER: "after"}


class _UnusualError(Exception):
    """The file has to be read in full."""


def outline(path: str, data: bytes, wanted: Collection[SectionId] | None) -> Page | Override | None:
    """A page file's outline; None for a file that has to be read in full.

    Args:
        wanted: the sections whose normal form is needed (None: all). Others have their text in its place,
            which only tells whether there is any.
    """
    place = classify(path)
    if place is None or place.page is None or b"\r" in data or b"\t" in data:
        return None
    try:
        return _read(page_place(place), split(data.decode("utf-8")), wanted)
    except (_UnusualError, UnicodeDecodeError, InvalidNameError, ValueError, RecursionError):
        return None


def head(path: str, data: bytes) -> Page | Override | None:
    """What a page file's fields say: a page without any section, or an override without its ops.

    None for a file that has to be read in full; so has an override that sets fields.
    """
    try:
        text = data.decode("utf-8") if len(data) <= LARGEST_TEXT else ""
    except UnicodeDecodeError:
        return None
    end = text.find("\n---\n", 3)
    front = text if end < 0 else text[: end + 5]
    place = classify(path)
    if place is None or place.page is None or "\r" in front or "\t" in front:
        return None
    try:
        return _read_head(page_place(place), split(front))
    except (_UnusualError, InvalidNameError, ValueError, RecursionError):
        return None


def _read_head(place: PagePlace, parts: Split) -> Page | Override:
    fields = _fields(parts)
    if _is_override(place, fields):
        _require(fields.keys() == {"overrides", "ops"} and fields["overrides"] == place.page)
        return Override(place.page, place.layer, place.language, Place(place.path, 1))
    return _whole(place, parts, fields, ())


def _read(place: PagePlace, parts: Split, wanted: Collection[SectionId] | None) -> Page | Override:
    fields = _fields(parts)
    if _is_override(place, fields):
        return _override(place, parts, fields)
    return _whole(place, parts, fields, wanted)


def _fields(parts: Split) -> dict[str, Yaml]:
    fields = plain_yaml(parts.raw_yaml) if parts.has_front_matter and parts.opening == "---\n" else None
    if fields is None:
        raise _UnusualError
    return fields


def _is_override(place: PagePlace, fields: Mapping[str, Yaml]) -> bool:
    return place.layer != SHARED and "kind" not in fields and "ops" in fields


def _whole(
    place: PagePlace, parts: Split, fields: Mapping[str, Yaml], wanted: Collection[SectionId] | None
) -> Page:
    if place.language is not Language.EN:
        _require(fields.keys() <= _WELSH_KEYS)
        return _welsh(place, fields, tuple(_sections(parts, wanted)))
    return _page(place, fields, tuple(_sections(parts, wanted)))


def _require(is_usual: object) -> None:
    if not is_usual:
        raise _UnusualError


def _text(fields: Mapping[str, Yaml], name: str, *, is_needed: bool = False) -> str:
    value = fields.get(name, "")
    _require(isinstance(value, str) and len(value) <= 2000 and (value.strip() or not is_needed))
    return str(value).strip()


def _day(fields: Mapping[str, Yaml], name: str, *, is_needed: bool = False) -> date | None:
    text = _text(fields, name, is_needed=is_needed)
    if not text:
        return None
    _require(_DAY.fullmatch(text))
    return date.fromisoformat(text)


def _pin(fields: Mapping[str, Yaml], name: str) -> Pin | None:
    text = _text(fields, name)
    pin = Pin.read(text) if text else None
    _require(pin is not None or name not in fields)
    return pin


def _version(fields: Mapping[str, Yaml]) -> str:
    text = _text(fields, "at")
    _require("at" not in fields or _VERSION.fullmatch(text))
    return text


# Sections


def _sections(
    parts: Split, wanted: Collection[SectionId] | None, *, is_override: bool = False
) -> Iterator[SectionText]:
    """The sections of a body; the lead first, which may be empty."""
    line = parts.body_line
    seen: set[str] = set()
    runs = cut_into_runs(parts.body)
    if parts.body.startswith("##"):
        runs = ("", *runs)  # nothing stands before the first heading
    for number, run in enumerate(runs):
        first, _, rest = run.partition("\n")
        body = rest if number else run
        _require(not _OTHER_SECTIONS.search(f"\n{body}"))
        section, words = (LEAD, "") if number == 0 else _heading(first, is_override=is_override)
        _require(is_override or section not in seen)
        seen.add(section)
        is_wanted = wanted is None or section in wanted
        yield SectionText(section, words, body, quick_canonical(body) if is_wanted else body.strip(), line)
        line += run.count("\n")


def _heading(line: str, *, is_override: bool) -> tuple[SectionId, str]:
    found = _HEADING.fullmatch(line)
    if found is None:
        raise _UnusualError
    section = SectionId(found[2])
    _require(section != LEAD or is_override)
    return section, " ".join(found[1].split())


# Pages


def _page(place: PagePlace, fields: Mapping[str, Yaml], sections: tuple[SectionText, ...]) -> Page:
    kind = _kind(place, fields)
    allowed = _PAGE_KEYS | _SWITCHES | frozenset(TYPE_FIELDS)
    _require(fields.keys() <= (allowed | _TAKEOVER_KEYS if kind is not PageKind.SHARED else allowed))
    is_needed = kind is not PageKind.TAKEOVER
    urls = _urls(fields, is_needed=is_needed)
    return Page(
        id=place.page,
        language=place.language,
        layer=place.layer,
        place=Place(place.path, 1),
        kind=kind,
        type=PageType(_text(fields, "type", is_needed=True)),
        fields=_shown(fields, urls),
        sections=sections,
        urls=urls,
        owner=_text(fields, "owner", is_needed=is_needed),
        review_by=_day(fields, "review_by", is_needed=is_needed),
        moved_from=_pages(fields, "moved_from"),
        related=_pages(fields, "related"),
        base=_pin(fields, "base") if kind is PageKind.TAKEOVER else None,
        at=_version(fields) if kind is PageKind.TAKEOVER else "",
        why=_text(fields, "why") if kind is PageKind.TAKEOVER else "",
    )


def _kind(place: PagePlace, fields: Mapping[str, Yaml]) -> PageKind:
    if place.layer == SHARED:
        return PageKind.SHARED
    kind = fields.get("kind")
    _require(kind == "local" or (kind == "page" and fields.get("overrides") == place.page))
    _require(kind == "page" or not fields.keys() & (_TAKEOVER_KEYS - {"kind"}))
    return PageKind.LOCAL if kind == "local" else PageKind.TAKEOVER


def _urls(fields: Mapping[str, Yaml], *, is_needed: bool) -> dict[Language, str]:
    value = fields.get("url")
    if value is None:
        _require(not is_needed)
        return {}
    if isinstance(value, str):
        found: dict[Language, str] = {Language.EN: value}
    else:
        _require(isinstance(value, dict) and "en" in value)
        found = {Language(name): str(text) for name, text in dict(value).items()}  # type: ignore[arg-type]  # checked above
    _require(all(_ADDRESS.fullmatch(text) for text in found.values()))
    return found


def _shown(fields: Mapping[str, Yaml], urls: Mapping[Language, str]) -> dict[str, str]:
    for name in _SWITCHES:
        _require(fields.get(name, "true") in {"true", "false"})
    _require(not fields.keys() & set(TYPE_FIELDS))
    found = {
        "title": _text(fields, "title", is_needed=True),
        "summary": _text(fields, "summary", is_needed=True),
        "url": urls.get(Language.EN, ""),
        "review_by": _text(fields, "review_by"),
        "quick_exit": str(fields.get("quick_exit", "true")),
        "beta": str(fields.get("beta", "false")),
        "related": ", ".join(_pages(fields, "related")),
    }
    return {name: value for name, value in found.items() if value}


def _pages(fields: Mapping[str, Yaml], name: str) -> tuple[PageId, ...]:
    value = fields.get(name, [])
    _require(isinstance(value, list) and all(isinstance(each, str) for each in value))
    return tuple(PageId(str(each)) for each in value)


def _welsh(place: PagePlace, fields: Mapping[str, Yaml], sections: tuple[SectionText, ...]) -> Page:
    url, given = fields.get("url"), fields.get("translates", {})
    _require(url is None or (isinstance(url, str) and _ADDRESS.fullmatch(url)))
    _require(isinstance(given, dict))
    pins = {SectionId(name): Pin.read(str(pin)) for name, pin in dict(given).items()}  # type: ignore[arg-type]  # checked above
    _require(all(pins.values()))
    shown = {
        "title": _text(fields, "title", is_needed=True),
        "summary": _text(fields, "summary", is_needed=True),
        "url": str(url or ""),
    }
    return Page(
        id=place.page,
        language=place.language,
        layer=place.layer,
        place=Place(place.path, 1),
        kind=PageKind.SHARED if place.layer == SHARED else PageKind.LOCAL,
        type=PageType.ADVICE,
        fields={name: value for name, value in shown.items() if value},
        sections=sections,
        translates={name: pin for name, pin in pins.items() if pin},
    )


# Overrides


@dataclass(slots=True)
class _Blocks:
    """The ``##`` blocks of an override, each to be taken by its op."""

    found: dict[SectionId, list[SectionText]]

    def take(self, section: SectionId) -> SectionText:
        blocks = self.found.get(section)
        if not blocks or not blocks[0].canonical:
            raise _UnusualError
        return blocks.pop(0)


def _override(place: PagePlace, parts: Split, fields: Mapping[str, Yaml]) -> Override:
    _require(fields.keys() == {"overrides", "ops"} and fields["overrides"] == place.page)
    entries = fields["ops"]
    lead, *texts = _sections(parts, None, is_override=True)
    _require(isinstance(entries, list) and entries and not lead.body.strip())
    blocks = _Blocks({})
    for text in texts:
        blocks.found.setdefault(text.id, []).append(text)
    lines = _lines_of_ops(parts.raw_yaml)
    _require(len(lines) == len(entries))
    ops = tuple(
        _op(place, entry, number, lines[number], blocks) for number, entry in enumerate(list(entries))
    )
    _require(not any(blocks.found.values()))
    _require(len({(_slot(op), op.section) for op in ops}) == len(ops))
    return Override(place.page, place.layer, place.language, Place(place.path, 1), ops)


def _slot(op: Op) -> str:
    """What a section can have but one of: a text of its own (or none), a place, an addition."""
    if op.kind in {OpKind.REPLACE, OpKind.HIDE}:
        return "text"
    return "insert" if op.kind.is_insert else op.kind.value


def _lines_of_ops(raw: str) -> list[int]:
    """Lines of the file on which the ops stand; the front matter begins on line 2."""
    return [number for number, line in enumerate(raw.split("\n"), 2) if line.lstrip(" ").startswith("- {")]


def _op(place: PagePlace, entry: Yaml, number: int, line: int, blocks: _Blocks) -> Op:
    if not isinstance(entry, dict):
        raise _UnusualError
    kind = OpKind(_text(entry, "op", is_needed=True))
    anchor = _ANCHORS.get(kind) if place.language is Language.EN else None
    _require(entry.keys() <= (_OP_KEYS | {anchor} if anchor else _OP_KEYS))
    section = SectionId(_text(entry, "section", is_needed=True))
    beside = SectionId(_text(entry, anchor, is_needed=True)) if anchor else None
    _require(beside != section)
    base, translates = _pin(entry, "base"), _pin(entry, "translates")
    return Op(
        kind=kind,
        section=section,
        place=Place(place.path, line),
        number=number,
        anchor=beside,
        text=blocks.take(section) if kind.carries_text else None,
        base=None if kind.is_additive else base,
        at=_version(entry),
        why=_text(entry, "why"),
        owner=_text(entry, "owner"),
        review_by=_day(entry, "review_by"),
        translates=translates,
        confirmed=_text(entry, "confirmed"),
    )
