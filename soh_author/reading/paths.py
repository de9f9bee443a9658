"""Where files lie in a content repository, and what each is for (CONTENT_MODEL, "A content repository")."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from soh_author.domain.errors import InvalidNameError
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import SHARED, Layer

# Pictures alone: a page or a script among them would be published, and reviewers would have seen neither.
_MEDIA = re.compile(
    r"(?:[a-z0-9]+(?:[-_][a-z0-9]+)*/)*[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*\.(?i:png|jpe?g|gif|webp|avif|svg)"
)
_POLICY = re.compile(r"policy/(?:[a-z0-9]+(?:[-_][a-z0-9]+)*/)*[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_RELEASE = re.compile(r"releases/[a-z0-9]+(?:[-.][a-z0-9]+)*\.yml")
_APPROVAL = re.compile(r"approvals/([0-9a-f]{2})/\1[0-9a-f]{62}\.(?:json|sig)")
_COMMENT = re.compile(r"comments/([0-9a-f]{2})/\1[0-9a-f]{62}\.(?:json|sig)")
_LONGEST = 400
_SUFFIXES = {f".{language.value}.md": language for language in Language}


class FileKind(StrEnum):
    """What a file is for."""

    MANIFEST = "manifest"
    PAGE = "page"
    FACTS = "facts"
    FORCE = "force"
    GROUP = "group"
    MEDIA = "media"
    POLICY = "policy"
    RELEASE = "release"
    APPROVAL = "approval"
    COMMENT = "comment"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """What a path says about its file. ``page`` and ``language`` are only filled for pages and overrides."""

    kind: FileKind
    path: str
    layer: Layer | None = None
    page: PageId | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where words for a page lie: which layer's, of which page, in which language."""

    path: str
    layer: Layer
    page: PageId
    language: Language


def page_place(place: FilePlace) -> PagePlace:
    """The place of a page's file; ``place`` must be of a page."""
    assert place.layer, "A page's file is of a layer."
    assert place.page, "A page's file is of a page."
    assert place.language, "A page's file is in a language."
    return PagePlace(place.path, place.layer, place.page, place.language)


# Paths of one revision are asked about by several, and again for the next revision.
@lru_cache(maxsize=65_536)
def classify(path: str) -> FilePlace | None:
    """Tell what a path is for; None for one that belongs to no kind of file or breaks the naming rules.

    Args:
        path: path from the top of the repository, with ``/`` between folders.
    """
    if len(path) > _LONGEST:
        return None
    top, _, rest = path.partition("/")
    if top == "shared":
        return _in_layer(path, SHARED, rest)
    if top in {"forces", "groups"}:
        name, _, rest = rest.partition("/")
        layer = _layer(top, name)
        return _in_layer(path, layer, rest) if layer else None
    return _elsewhere(path, top)


# As above.
@lru_cache(maxsize=65_536)
def page_of(path: str) -> tuple[PageId, Layer, Language] | None:
    """What :func:`classify` says of a file with words for a page, several times as quickly.

    None for any other file, and for those of a force or group that is called “pages”.
    """
    folder, mark, rest = path.partition("/pages/")
    layer = layer_of_folder(folder) if mark and len(path) <= _LONGEST else None
    named = page_in(rest) if layer is not None else None
    return None if named is None or layer is None else (named[0], layer, named[1])


def page_in(rest: str) -> tuple[PageId, Language] | None:
    """Page and language of a file by its path below a layer's ``pages/``; None when that is no page's."""
    language = _SUFFIXES.get(rest[-6:])
    page = None if language is None or len(rest) > _LONGEST else _page_id(rest[:-6])
    return None if page is None or language is None else (page, language)


@lru_cache(maxsize=500)
def layer_of_folder(folder: str) -> Layer | None:
    """The layer whose files are below a folder; None when it is no layer's."""
    if folder == "shared":
        return SHARED
    top, _, name = folder.partition("/")
    return _layer(top, name) if top in {"forces", "groups"} and "/" not in name else None


def page_path(layer: Layer, page: PageId, language: Language) -> str:
    """Path of the file with a layer's words for a page."""
    return f"{layer.folder}/pages/{page}.{language.value}.md"


def facts_path(layer: Layer) -> str:
    """Path of a layer's facts."""
    return f"{layer.folder}/facts.yml"


def media_path(layer: Layer, name: str) -> str:
    """Path of a layer's picture or other file for pages."""
    return f"{layer.folder}/media/{name}"


def looks_like_page(path: str) -> bool:
    """Whether a path that is no page's was surely meant to be one: a Markdown file below ``pages/``."""
    return path.endswith(".md") and path.startswith(("shared/", "groups/", "forces/")) and "/pages/" in path


@lru_cache(maxsize=500)
def _layer(folder: str, name: str) -> Layer | None:
    if folder == "forces":
        return Layer.of_force(name) if ForceId.is_valid(name) else None
    return Layer.of_group(name) if GroupId.is_valid(name) else None


def _in_layer(path: str, layer: Layer, rest: str) -> FilePlace | None:
    if rest.startswith("pages/"):
        return _page(path, layer, rest.removeprefix("pages/"))
    if rest.startswith("media/"):
        return FilePlace(FileKind.MEDIA, path, layer) if _MEDIA.fullmatch(rest[6:]) else None
    if rest == "facts.yml":
        return FilePlace(FileKind.FACTS, path, layer)
    if rest == f"{layer.kind}.yml" and layer is not SHARED:
        return FilePlace(FileKind(layer.kind.value), path, layer)
    return None


def _page(path: str, layer: Layer, rest: str) -> FilePlace | None:
    language = _SUFFIXES.get(rest[-6:])
    page = _page_id(rest[:-6]) if language else None
    return FilePlace(FileKind.PAGE, path, layer, page, language) if page else None


# A page's name comes again for every force that overrides it.
@lru_cache(maxsize=20_000)
def _page_id(name: str) -> PageId | None:
    try:
        return PageId(name)
    except InvalidNameError:
        return None


def _elsewhere(path: str, top: str) -> FilePlace | None:
    if path == "soh.yml":
        return FilePlace(FileKind.MANIFEST, path)
    if top == "policy" and _POLICY.fullmatch(path):
        return FilePlace(FileKind.POLICY, path)
    if top == "releases" and _RELEASE.fullmatch(path):
        return FilePlace(FileKind.RELEASE, path)
    if top == "approvals" and _APPROVAL.fullmatch(path):
        return FilePlace(FileKind.APPROVAL, path)
    if top == "comments" and _COMMENT.fullmatch(path):
        return FilePlace(FileKind.COMMENT, path)
    return None
