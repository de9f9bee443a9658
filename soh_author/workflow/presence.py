"""Which layers speak in a page, and so who has it."""

from collections.abc import Callable, Collection, Iterable

from soh_author.domain.force import Force
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import Layer
from soh_author.domain.page import Page
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.sources import Sources


class Presence:
    """Where one page stands: which layers speak in it, which have a whole page, which say something in Welsh.

    Files are read only as far as a question needs them.

    Args:
        sources: the content.
        page: which page.
        may_touch: whether a file counts: a group speaks in the pages it may touch only.
    """

    def __init__(
        self, sources: Sources, page: PageId, may_touch: Callable[[PageFile], bool] = lambda _file: True
    ) -> None:
        self._sources = sources
        self._may_touch = may_touch
        self._files: dict[Layer, list[PageFile]] = {}
        adopters = sources.adopters
        for file in sources.files_of(page):
            if (
                adopters.get(file, page) == page
            ):  # else it lies where its page was once, and speaks no more here
                self._files.setdefault(file.layer, []).append(file)
        self._in_welsh = {
            layer
            for layer, files in self._files.items()
            if any(file.language is Language.CY and may_touch(file) for file in files)
        }
        self._whole: dict[Layer, bool] = {}

    @property
    def layers(self) -> Collection[Layer]:
        """The layers that have words for the page."""
        return self._files.keys()

    def speaking(self, layers: Iterable[Layer]) -> tuple[Layer, ...]:
        """Those of some layers that have words for the page: others read the same without them."""
        return tuple([layer for layer in layers if layer in self._files])

    def has_output(self, force: Force, language: Language, layers: tuple[Layer, ...]) -> bool:
        """Whether a force whose ``layers`` these are, shared included, has the page in a language.

        A Welsh output exists where the force publishes in Welsh and either has Welsh words for the page or
        must publish both languages together.
        """
        if language is not Language.EN and language not in force.languages:
            return False
        for layer in layers:  # nearly always the first has it, and this is asked for every output
            if layer in self._files and self._is_whole(layer):
                break
        else:
            return False
        is_english = language is Language.EN
        return is_english or force.welsh_parity or not self._in_welsh.isdisjoint(layers)

    def _is_whole(self, layer: Layer) -> bool:
        known = self._whole.get(layer)
        if known is None:
            files = filter(self._may_touch, self._files[layer])
            english = [file.path for file in files if file.language is Language.EN]
            # Welsh words alone make no page: its structure is that of the English one.
            known = any(isinstance(value, Page) for value in self._sources.read_heads(english).values())
            self._whole[layer] = known
        return known
