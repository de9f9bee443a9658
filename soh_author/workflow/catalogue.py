"""Which files a revision holds, by what they are for: made from paths alone, before any file is read."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import Layer, LayerKind
from soh_author.reading.paths import FileKind, FilePlace, classify, page_of


@dataclass(frozen=True, slots=True)
class PageFile:
    """One file with words for a page: a layer's text in one language. ``page`` is the id its path says."""

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

    def page_file(self, page: PageId, layer: Layer, language: Language) -> PageFile | None:
        """The file of a page at a layer in a language, by its path."""
        for file in self.pages.get(page, ()):
            if file.layer == layer and file.language is language:
                return file
        return None


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


def _in_order(files: list[PageFile]) -> tuple[PageFile, ...]:
    return tuple(files if len(files) == 1 else sorted(files, key=_order))


def catalogue(paths: Iterable[str]) -> Catalogue:
    """Sort the paths of a revision by what they are for; the order of ``paths`` doesn't matter."""
    draft, unknown = _Draft(), []
    for path in paths:
        words = page_of(path)  # nearly all files are pages, and there are thousands
        if words is not None:
            draft.pages[words[0]].append(PageFile(*words, path))
        elif place := classify(path):
            draft.add(place)
        else:
            unknown.append(path)
    return Catalogue(
        pages={page: _in_order(files) for page, files in sorted(draft.pages.items())},
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
