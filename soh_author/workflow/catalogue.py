"""Which files a revision holds, by what they are for: made from paths alone, before any file is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.reading.paths import FileKind, FilePlace, classify, layer_of_folder, page_in


class PageFile(NamedTuple):
    """One file with words for a page: a layer's text in one language. ``page`` is the id its path says.

    There are thousands, and a tuple is the quickest made.
    """

    page: PageId
    layer: Layer
    language: Language
    path: str


@dataclass(frozen=True, slots=True)
class FactsFile:
    """The file with a layer's facts."""

    layer: Layer
    path: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The files of one revision. ``unknown`` are paths that no kind of file claims."""

    pages: Mapping[PageId, tuple[PageFile, ...]]
    facts: Mapping[Layer, str]
    forces: Mapping[ForceId, str]
    groups: Mapping[GroupId, str]
    media: Mapping[Layer, Mapping[str, str]]
    manifest: str | None
    unknown: tuple[str, ...] = ()

    @property
    def facts_files(self) -> tuple[FactsFile, ...]:
        """The files with facts: the shared ones, those of groups, those of forces."""
        layers = sorted(self.facts, key=lambda layer: layer.order)
        return tuple(FactsFile(layer, self.facts[layer]) for layer in layers)


_UNSORTED = frozenset({FileKind.POLICY, FileKind.RELEASE, FileKind.APPROVAL, FileKind.COMMENT})
"""Kinds of files that no catalogue holds."""


@dataclass(slots=True)
class _Draft:
    pages: dict[PageId, list[PageFile]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[Layer, str] = field(default_factory=dict)
    forces: dict[ForceId, str] = field(default_factory=dict)
    groups: dict[GroupId, str] = field(default_factory=dict)
    media: dict[Layer, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    manifest: str | None = None

    def add(self, place: FilePlace) -> None:
        if place.kind is FileKind.PAGE and place.page and place.layer and place.language:
            self.pages[place.page].append(PageFile(place.page, place.layer, place.language, place.path))
        elif place.kind is FileKind.FACTS and place.layer:
            self.facts[place.layer] = place.path
        elif place.kind is FileKind.FORCE and place.layer:
            self.forces[ForceId(place.layer.name)] = place.path
        elif place.kind is FileKind.GROUP and place.layer:
            self.groups[GroupId(place.layer.name)] = place.path
        elif place.kind is FileKind.MEDIA and place.layer:
            self.media[place.layer][place.path.partition("/media/")[2]] = place.path
        elif place.kind is FileKind.MANIFEST:
            self.manifest = place.path


def _order(file: PageFile) -> tuple[tuple[int, str], str]:
    return file.layer.order, file.language


def _add_pages(draft: _Draft, paths: Iterable[str]) -> list[str]:
    """Add the files with words for pages, in their order; give back all others.

    Nearly all files are pages, and there are thousands. Taken layer by layer, each page's come in order.
    """
    others: list[str] = []
    found: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        folder, mark, rest = path.partition("/pages/")
        if mark:
            found[folder].append(rest)
        else:
            others.append(path)
    layers = {folder: layer for folder in found if (layer := layer_of_folder(folder))}
    for folder, layer in sorted(layers.items(), key=lambda item: item[1].order):
        top = f"{folder}/pages/"
        for rest in sorted(found.pop(folder)):
            named = page_in(rest)
            if named is None:
                others.append(top + rest)
            else:
                page, language = named
                draft.pages[page].append(PageFile(page, layer, language, top + rest))
    return others + [f"{folder}/pages/{rest}" for folder, rests in found.items() for rest in rests]


def catalogue(paths: Iterable[str]) -> Catalogue:
    """Sort the paths of a revision by what they are for; the order of ``paths`` doesn't matter."""
    draft, unknown = _Draft(), []
    odd = set()
    for path in _add_pages(draft, paths):
        place = classify(path)
        if place is None:
            unknown.append(path)
            continue
        draft.add(place)
        if place.page is not None:
            odd.add(place.page)
    for page in odd:
        draft.pages[page].sort(key=_order)
    return Catalogue(
        pages={page: tuple(draft.pages[page]) for page in sorted(draft.pages)},
        facts=draft.facts,
        forces=dict(sorted(draft.forces.items())),
        groups=dict(sorted(draft.groups.items())),
        media=dict(draft.media),
        manifest=draft.manifest,
        unknown=tuple(sorted(unknown)),
    )


def changed_catalogue(known: Catalogue, came: Collection[str], gone: Collection[str]) -> Catalogue | None:
    """A catalogue after files of pages came or went; None when others did, and it must be made anew."""
    found = {path: classify(path) for path in (*came, *gone)}
    places = {path: place for path, place in found.items() if place is None or place.kind not in _UNSORTED}
    if not places:
        return known
    pages = dict(known.pages)
    for path, place in places.items():
        if (
            place is None
            or place.kind is not FileKind.PAGE
            or not (place.page and place.layer and place.language)
        ):
            return None
        others = [file for file in pages.pop(place.page, ()) if file.path != path]
        if path not in gone:
            others.append(PageFile(place.page, place.layer, place.language, path))
        if others:
            pages[place.page] = tuple(sorted(others, key=_order))
    return replace(known, pages=dict(sorted(pages.items())))


def has_shared_text(files: Iterable[PageFile]) -> bool:
    """Whether one of the files is national English text: Welsh alone, left behind by a move, is no page."""
    return any(file.layer.kind is LayerKind.SHARED and file.language is Language.EN for file in files)
