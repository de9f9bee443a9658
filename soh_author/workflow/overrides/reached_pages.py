"""Which pages a change of files concerns: by their words, by the facts they show, by what they link to."""

from collections.abc import Iterable, Iterator

from soh_author.domain.facts import Fact
from soh_author.domain.ids import PageId
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.reading.files import FactFile
from soh_author.reading.paths import FileKind, FilePlace, classify
from soh_author.workflow.snapshot import Snapshot


def changed_paths(before: Snapshot, after: Snapshot) -> tuple[str, ...]:
    """The files that differ between two snapshots."""
    old, new = before.sources.stamps, after.sources.stamps
    return tuple(sorted(path for path in {*old, *new} if old.get(path) != new.get(path)))


def concerned_pages(before: Snapshot, after: Snapshot, paths: Iterable[str]) -> tuple[PageId, ...]:
    """The pages that somebody may read differently after these files changed, in order."""
    places = [place for path in paths if (place := classify(path)) is not None]
    own = {place.page for place in places if place.page}
    own = {after.sources.moves.get(page, page) for page in own}
    if any(place.kind in {FileKind.FORCE, FileKind.GROUP, FileKind.MANIFEST} for place in places):
        return tuple(sorted({*before.page_ids(), *after.page_ids()}))
    words = {*_fact_words(before, after, places), *_media_words(places), *_link_words(before, after, own)}
    return tuple(sorted({*own, *_mentioning(before, words), *_mentioning(after, words)}))


def _fact_words(before: Snapshot, after: Snapshot, places: Iterable[FilePlace]) -> Iterator[bytes]:
    """How text names the facts that changed: ``fact.fee`` and ``force.fee``."""
    for place in places:
        if place.kind is FileKind.FACTS:
            old, new = _facts(before, place.path), _facts(after, place.path)
            for name in {*old, *new}:
                if _said(old.get(name)) != _said(new.get(name)):
                    yield f".{name}".encode()


def _facts(snapshot: Snapshot, path: str) -> dict[str, Fact]:
    value = snapshot.sources.read(path).value
    return {str(name): fact for name, fact in value.facts.items()} if isinstance(value, FactFile) else {}


def _said(fact: Fact | None) -> object:
    return (fact.type, fact.values) if fact else None


def _media_words(places: Iterable[FilePlace]) -> Iterator[bytes]:
    for place in places:
        if place.kind is FileKind.MEDIA:
            yield b"media:" + place.path.partition("/media/")[2].encode()


def _link_words(before: Snapshot, after: Snapshot, pages: Iterable[PageId]) -> Iterator[bytes]:
    """How text names pages whose title or address changed for somebody, that came or that went."""
    for page in pages:
        if _signs(before, page) != _signs(after, page):
            yield str(page).encode()


def _signs(snapshot: Snapshot, page: PageId) -> frozenset[tuple[object, ...]]:
    """The titles and addresses that the layers give a page: what links to it show."""
    values = [(file, snapshot.sources.read(file.path).value) for file in snapshot.sources.files_of(page)]
    return frozenset(
        (file.layer, file.language, name, said)
        for file, value in values
        for name, said in _shown_fields(value)
        if name in {"title", "url"}
    )


def _shown_fields(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, Page):
        yield from value.fields.items()
        yield from (("url", address) for address in value.urls.values())
    elif isinstance(value, Override):
        yield from ((change.name, change.value) for change in value.sets)


def _mentioning(snapshot: Snapshot, words: set[bytes]) -> set[PageId]:
    if not words:
        return set()
    paths = {file.path: page for page in snapshot.page_ids() for file in snapshot.sources.files_of(page)}
    texts = snapshot.sources.data_of(list(paths))
    return {paths[path] for path, text in texts.items() if any(word in text for word in words)}
