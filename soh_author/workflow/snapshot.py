"""Content as it stands at one revision, with unsaved text on top: here pages are put together."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from soh_author.domain.errors import ContentError, NotFoundError, WorkspaceError
from soh_author.domain.facts import FactSheet
from soh_author.domain.force import Force, Group, Manifest, Registry
from soh_author.domain.ids import ForceId, GroupId, Language, PageId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.page import Page
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.gitstore.store import MANIFEST
from soh_author.reading.files import FactFile
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.presence import Presence
from soh_author.workflow.putting_together import PageFiles, put_together, tell_fields
from soh_author.workflow.sources import Sources, is_unsaved

_REGISTRY_FILES = ("/force.yml", "/group.yml")


@dataclass(frozen=True, slots=True)
class PageInfo:
    """A page in a list: where it stands, which layers speak in it, and what it is called in Welsh."""

    id: PageId
    title: str
    type: str
    url: str
    layers: tuple[Layer, ...]
    languages: tuple[Language, ...]
    other_titles: tuple[str, ...] = ()

    @property
    def area(self) -> str:
        """First folder of the page id."""
        return self.id.area


class Snapshot:
    """One revision of the content. Cheap to make; files are read when asked for, and kept by their content.

    Args:
        sources: the files.
        revision: name of the revision, for people and for caches.
    """

    def __init__(self, sources: Sources, revision: str = "") -> None:
        self.sources = sources
        self.revision = revision
        self.stored: Snapshot = self
        """The same revision without anybody's unsaved texts."""
        self._layers: dict[tuple[ForceId, date], tuple[Layer, ...]] = {}
        self._presence: dict[PageId, Presence] = {}
        self._below: Snapshot | None = None

    def with_unsaved(self, unsaved: Mapping[str, str | None]) -> "Snapshot":
        """The same content with texts of an editor laid over it (None: the file is gone)."""
        if not unsaved:
            return self
        coded = {path: None if text is None else text.encode("utf-8") for path, text in unsaved.items()}
        over = Snapshot(self.sources.with_unsaved(coded), self.revision)
        if not any(path.endswith(_REGISTRY_FILES) for path in unsaved):
            over._below = self
            over._layers = self._layers
        return over

    def read_through(self, sources: Sources) -> "Snapshot":
        """The same content, its files read by other sources; forces and groups are known already."""
        other = Snapshot(sources, self.revision)
        other.stored = self.stored
        other.__dict__["registry"] = self.registry
        return other

    @cached_property
    def manifest(self) -> Manifest:
        """What soh.yml says.

        Raises:
            WorkspaceError: when there is none, or it can't be read: this is no content repository.
        """
        # Not by the catalogue: opening asks this alone, and sorting all files takes several times as long.
        value = self.sources.read(MANIFEST).value
        if not isinstance(value, Manifest):
            raise WorkspaceError(
                "This is not a repository of Single Online Home content: it has no readable soh.yml.",
                safe="Nothing was changed.",
                todo="Open another folder or address, or make a new workspace from a folder of content.",
            )
        return value

    @cached_property
    def registry(self) -> Registry:
        """All forces and groups that can be read."""
        if self._below is not None:
            return self._below.registry
        found = self.sources.catalogue
        forces = self.sources.read_all(found.forces.values())
        groups = self.sources.read_all(found.groups.values())
        return Registry(
            {read.value.id: read.value for read in forces.values() if isinstance(read.value, Force)},
            {read.value.id: read.value for read in groups.values() if isinstance(read.value, Group)},
        )

    def force(self, force: str) -> Force:
        """The profile of a force.

        Raises:
            NotFoundError: when there is no such force.
        """
        known = self.registry.forces.get(ForceId(force))
        if known is None:
            raise NotFoundError(
                f"There is no force “{force}” here.", todo="Choose one from the list of forces."
            )
        return known

    def page_ids(self) -> tuple[PageId, ...]:
        """All pages, in order of their ids; ids that only moved overrides use are left out."""
        adopted = {file.path for files in self.sources.adopted.values() for file in files}
        if not adopted:
            return tuple(self.sources.catalogue.pages)
        return tuple(
            page
            for page, files in self.sources.catalogue.pages.items()
            if any(file.path not in adopted for file in files)
        )

    def page_info(self, page: PageId) -> PageInfo:
        """A page's line in a list.

        Raises:
            NotFoundError: when no file has words for it.
        """
        return self._info(page, *self._named(self.files_of(page)))

    def page_infos(self, pages: Iterable[PageId]) -> list[PageInfo]:
        """The lines of many pages, read in one go; those no file has words for are left out."""
        named = {page: self._named(files) for page in pages if (files := self.sources.files_of(page))}
        self.sources.read_heads(file.path for first, others in named.values() for file in (first, *others))
        return [self._info(page, *files) for page, files in named.items()]

    @staticmethod
    def _named(files: Sequence[PageFile]) -> tuple[PageFile, list[PageFile]]:
        """The file a page has its name from, and those that give it in other languages."""
        first = next((file for file in files if file.language is Language.EN), files[0])
        others = [file for file in files if file.language is not Language.EN and file.layer == first.layer]
        return first, others

    def _info(self, page: PageId, first: PageFile, others: Sequence[PageFile]) -> PageInfo:
        heads = self.sources.read_heads(file.path for file in (first, *others))
        shown = heads[first.path]
        title, kind, url = str(page).rpartition("/")[2].replace("-", " ").capitalize(), "", ""
        if isinstance(shown, Page):
            title, kind, url = (
                shown.fields.get("title") or title,
                shown.type.value,
                shown.fields.get("url", ""),
            )
        files = self.files_of(page)
        layers = tuple(dict.fromkeys(file.layer for file in files))
        languages = tuple(sorted({file.language for file in files}))
        in_others = [heads[file.path] for file in others]
        names = tuple(other.fields.get("title", "") for other in in_others if isinstance(other, Page))
        return PageInfo(page, title, kind, url, layers, languages, names)

    def files_of(self, page: PageId) -> tuple[PageFile, ...]:
        """The files with words for a page, the general layers first.

        Raises:
            NotFoundError: when there are none.
        """
        files = self.sources.files_of(page)
        if not files:
            raise NotFoundError(f"There is no page “{page}” here.", todo="Choose one from the list of pages.")
        return files

    def presence(self, page: PageId) -> Presence:
        """Which layers speak in a page; nobody does in one that is not there."""
        known = self._presence.get(page)
        if known is None:
            known = self._presence[page] = Presence(self.sources, page, self.may_touch)
        return known

    def layers_of(self, force: Force, on: date) -> tuple[Layer, ...]:
        """The layers below shared that speak for a force on a day."""
        known = self._layers.get((force.id, on))
        if known is None:
            known = self._layers[force.id, on] = self.registry.layers_of(force, on)
        return known

    def facts_of(self, layer: Layer) -> FactSheet:
        """The facts a layer gives; empty when it gives none."""
        path = self.sources.catalogue.facts.get(layer)
        value = self.sources.read(path).value if path else None
        return value.facts if isinstance(value, FactFile) else {}

    def content_hash(self, path: str) -> str:
        """Hexadecimal SHA-256 of a file's bytes."""
        stamp = self.sources.stamp(path)
        return self.sources.memory.recall(
            ("sha256", stamp), lambda: hashlib.sha256(self.sources.data(path) or b"").hexdigest()
        )

    def text(self, path: str) -> str | None:
        """The exact text of a file, or None when there is none.

        Raises:
            ContentError: when the file is not UTF-8.
        """
        data = self.sources.data(path)
        try:
            return None if data is None else data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise ContentError(
                f"“{path}” is not saved as UTF-8 (byte {error.start + 1}).",
                safe="The file is unchanged.",
                todo="Save it as UTF-8 in the program it came from, and bring it in again.",
            ) from error

    def effective(self, page: PageId, force: ForceId, language: Language, on: date) -> EffectivePage:
        """The page as a force has it on a day; facts are still holes.

        Raises:
            NotFoundError: when the force is unknown, or has no such page.
        """
        profile = self.force(force)
        return self.effective_of_layers(
            page, self.layers_of(profile, on), language, parity=profile.welsh_parity
        )

    def effective_of_layers(
        self, page: PageId, layers: tuple[Layer, ...], language: Language, *, parity: bool = False
    ) -> EffectivePage:
        """The page as it stands after some layers below shared (none: the shared text alone).

        Raises:
            NotFoundError: when none of the layers has the page.
        """
        chain = self._chain(page, layers)

        def make() -> EffectivePage:
            values = {file.path: self.sources.read(file.path).value for file in chain.files}
            return put_together(chain, values, language, parity=parity)

        key, is_passing = self._key(chain, language, parity=parity)
        return self.sources.memory.recall(("effective", *key), make, is_passing=is_passing)

    def fields_of_layers(
        self, page: PageId, layers: tuple[Layer, ...], language: Language, *, parity: bool = False
    ) -> EffectivePage:
        """As :meth:`effective_of_layers`; all but the fields may be missing in it. Several times as fast.

        Raises:
            NotFoundError: when none of the layers has the page.
        """
        chain = self._chain(page, layers)

        def make() -> EffectivePage:
            heads = self.sources.read_heads(file.path for file in chain.files)
            if not tell_fields(chain, heads):
                return self.effective_of_layers(page, layers, language, parity=parity)
            return put_together(chain, heads, language, parity=parity)

        key, is_passing = self._key(chain, language, parity=parity)
        known = self.sources.memory.peek(("effective", *key))
        if isinstance(known, EffectivePage):
            return known
        return self.sources.memory.recall(("fields", *key), make, is_passing=is_passing)

    def _key(
        self, chain: PageFiles, language: Language, *, parity: bool
    ) -> tuple[tuple[Hashable, ...], bool]:
        """All that a page is put together from, and whether somebody is typing some of it."""
        stamps = tuple((file.path, self.sources.stamp(file.path)) for file in chain.files)
        is_passing = any(is_unsaved(stamp) for _path, stamp in stamps)
        return (chain.page, language, parity, stamps, chain.refused), is_passing

    def _chain(self, page: PageId, layers: tuple[Layer, ...]) -> PageFiles:
        known = self.files_of(page)
        files = [file for layer in (SHARED, *layers) for file in known if file.layer == layer]
        return PageFiles(page, files, tuple(file for file in files if not self.may_touch(file)))

    def may_touch(self, file: PageFile) -> bool:
        """Whether a file counts: a group speaks in the pages it may touch only."""
        if file.layer.kind is not LayerKind.GROUP:
            return True
        group = self.registry.groups.get(GroupId(file.layer.name))
        return group is None or group.may_touch(file.page)
