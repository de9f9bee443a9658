"""Any file of a content repository, from its bytes to a value and all that is wrong with it."""

from dataclasses import dataclass

from soh_author.domain.diagnostics import Diagnostic, diagnose, few_of_a_kind
from soh_author.domain.force import Force, Group, Manifest
from soh_author.domain.ids import ForceId, GroupId, Language
from soh_author.domain.layers import SHARED, Layer, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page, PageKind
from soh_author.markup.front_matter import Split, read, split
from soh_author.markup.hidden_signs import hidden_signs
from soh_author.markup.yaml_reading import YamlText, read_yaml
from soh_author.reading.findings import diagnostics_of
from soh_author.reading.overrides import read_override
from soh_author.reading.pages import read_page
from soh_author.reading.paths import FileKind, FilePlace, PagePlace, classify, looks_like_page, page_place
from soh_author.reading.pictures import picture_faults
from soh_author.reading.registry_files import FactFile, read_facts, read_force, read_group, read_manifest
from soh_author.schema.checking import check
from soh_author.schema.releases import ReleaseFile

__all__ = ["LARGEST_TEXT", "MOST_LINES", "FactFile", "ReadFile", "read_file"]

LARGEST_TEXT = 2 * 1024 * 1024
"""Most bytes a page or another text file may have."""

MOST_LINES = 50_000
"""Most lines it may have: each costs some kilobytes while it is read."""

_WITHOUT_VALUE = frozenset({FileKind.POLICY, FileKind.APPROVAL, FileKind.COMMENT})

Value = Page | Override | FactFile | Force | Group | Manifest


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file says, and what is wrong with it. ``value`` is None when nothing can be made of it."""

    value: Value | None
    diagnostics: tuple[Diagnostic, ...] = ()


def read_file(path: str, data: bytes) -> ReadFile:
    """Read a file. Never raises for what is in it.

    A page with broken fields is still a page, with what can be read of it. Pictures, the policy, approvals,
    comments and releases have no value here; of these only pictures and releases are checked.

    Args:
        path: path from the top of the repository.
        data: the bytes of the file.
    """
    place = classify(path)
    if place is None:
        return ReadFile(None, (_stray(path),))
    if place.kind is FileKind.MEDIA:
        return ReadFile(None, tuple(picture_faults(path, data)))
    if place.kind in _WITHOUT_VALUE:
        return ReadFile(None)
    text, problem = _decode(path, data)
    if problem:
        return ReadFile(None, (problem,))
    value, found = _read(place, text)
    yaml_end = split(text).body_start if place.kind is FileKind.PAGE else None
    return ReadFile(value, tuple(few_of_a_kind([*found, *hidden_signs(text, path, yaml_end)])))


def _stray(path: str) -> Diagnostic:
    if looks_like_page(path):
        return diagnose("bad-path", f"“{path}” can't be the path of a page.", Place(path))
    return diagnose("unknown-file", f"“{path}” is no kind of file that belongs in the content.", Place(path))


def _decode(path: str, data: bytes) -> tuple[str, Diagnostic | None]:
    if len(data) > LARGEST_TEXT:
        size = f"{len(data) / 1024 / 1024:.1f} MB"
        return "", diagnose("too-large", f"The file has {size}; at most 2 MB are read.", Place(path))
    lines = data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")
    if lines > MOST_LINES:
        message = f"The file has {lines:,} lines; at most {MOST_LINES:,} are read."
        return "", diagnose("too-large", message, Place(path))
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return "", diagnose("not-utf8", "The file holds bytes that are no UTF-8 text.", Place(path, line))


def _read(place: FilePlace, text: str) -> tuple[Value | None, list[Diagnostic]]:
    if place.kind is FileKind.PAGE:
        return _read_words(page_place(place), split(text))
    yaml = read_yaml(text.removeprefix("\ufeff"), place.path)
    value, found = _read_yaml(place, yaml)
    return value, [*yaml.diagnostics, *found]


def _read_yaml(place: FilePlace, yaml: YamlText) -> tuple[Value | None, list[Diagnostic]]:
    layer: Layer = place.layer or SHARED
    if place.kind is FileKind.FACTS:
        return read_facts(place.path, layer, yaml)
    if place.kind is FileKind.FORCE:
        return read_force(place.path, ForceId(layer.name), yaml)
    if place.kind is FileKind.GROUP:
        return read_group(place.path, GroupId(layer.name), yaml)
    if place.kind is FileKind.RELEASE:
        return None, diagnostics_of(check(ReleaseFile, yaml.value).faults, yaml, place.path)
    return read_manifest(place.path, yaml)


def _read_words(place: PagePlace, parts: Split) -> tuple[Value, list[Diagnostic]]:
    yaml = read(parts.raw_yaml, place.path)
    found = list(yaml.diagnostics)
    if not parts.has_front_matter:
        text = "The --- that ends the fields is missing." if parts.is_unclosed else "The file has no fields."
        found.append(diagnose("no-front-matter", text, Place(place.path, 1)))
        yaml = YamlText({}, yaml.lines, (), is_whole=False)
    value: Value
    if _is_override(place, yaml):
        value, more = read_override(place, parts, yaml)
    else:
        kind = _page_kind(place, yaml)
        if kind is not PageKind.SHARED and "kind" not in yaml.value and place.language is Language.EN:
            found.extend(_no_kind(place, yaml))
            yaml = YamlText({**yaml.value, "kind": kind.value}, yaml.lines, yaml.diagnostics, yaml.is_whole)
        value, more = read_page(place, parts, yaml, kind)
    return value, [*found, *more]


def _is_override(place: PagePlace, yaml: YamlText) -> bool:
    """Whether a file changes a page of the layers above rather than holding a whole one."""
    if place.layer == SHARED or "kind" in yaml.value:
        return False
    given = yaml.value.keys()
    return bool(given & {"overrides", "ops", "set"}) or (yaml.is_whole and "title" not in given)


def _page_kind(place: PagePlace, yaml: YamlText) -> PageKind:
    if place.layer == SHARED:
        return PageKind.SHARED
    written = yaml.value.get("kind")
    is_takeover = written == "page" or (written != "local" and "overrides" in yaml.value)
    return PageKind.TAKEOVER if is_takeover else PageKind.LOCAL


def _no_kind(place: PagePlace, yaml: YamlText) -> list[Diagnostic]:
    if not yaml.is_whole:
        return []
    text = "A force's or group's file says “overrides: …”, or “kind: local” for a page only it has."
    return [diagnose("missing-key", text, Place(place.path, yaml.lines.first))]
