"""A page put together from the files of its layers, whole or as far as its fields go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from soh_author.domain.diagnostics import Diagnostic, diagnose
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import SHARED, LayerKind, Place
from soh_author.domain.override import Override
from soh_author.domain.page import Page
from soh_author.domain.resolving.effective import EffectivePage
from soh_author.domain.resolving.resolve import LayerText, resolve
from soh_author.domain.resolving.welsh import in_welsh
from soh_author.workflow.catalogue import PageFile


@dataclass(frozen=True, slots=True)
class PageFiles:
    """The files of a page in a chain of layers, shared first; ``refused`` are those of groups that may not
    touch it.
    """

    page: PageId
    files: Sequence[PageFile]
    refused: tuple[PageFile, ...]

    @property
    def allowed(self) -> list[PageFile]:
        """The files that have a say: all but the refused ones."""
        return [file for file in self.files if file not in self.refused] if self.refused else [*self.files]


def put_together(
    chain: PageFiles, values: Mapping[str, object], language: Language, *, parity: bool
) -> EffectivePage:
    """Resolve a page.

    Args:
        chain: its files.
        values: what each of them says, by path.
        language: of the page.
        parity: whether the force publishes both languages or none.

    Raises:
        NotFoundError: when none of the layers has the page.
    """
    allowed = chain.allowed
    english = [_layer_text(file, values) for file in allowed if file.language is Language.EN]
    base = next((text.page for text in english if text.layer == SHARED), None)
    below = [text for text in english if text.layer != SHARED]
    if base is None and not any(text.page for text in below):
        raise NotFoundError(
            f"This force has no page “{chain.page}”.", todo="Choose another page, or a force that has it."
        )
    resolved = resolve(base, below)
    if language is not Language.EN:
        welsh = [(file.layer, values[file.path]) for file in allowed if file.language is language]
        texts = [(layer, value) for layer, value in welsh if isinstance(value, Page | Override)]
        layers = tuple(dict.fromkeys(file.layer for file in chain.files))
        resolved = in_welsh(resolved, texts, parity=parity, chain=layers)
    refused = (not_touched(file, values[file.path]) for file in chain.refused)
    return replace(resolved, diagnostics=(*resolved.diagnostics, *refused))


def tell_fields(chain: PageFiles, values: Mapping[str, object]) -> bool:
    """Whether the heads of files alone tell the fields of their page, as the whole files would.

    What a section says decides of fields only where a page taken over may not change a locked one, and where
    groups stand against each other.
    """
    allowed = [file for file in chain.allowed if file.language is Language.EN]
    groups = {file.layer for file in allowed if file.layer.kind is LayerKind.GROUP}
    pages = [value for file in allowed if isinstance(value := values[file.path], Page)]
    return len(groups) < 2 and not any(page.locked for page in pages)


def _layer_text(file: PageFile, values: Mapping[str, object]) -> LayerText:
    value = values[file.path]
    override = value if isinstance(value, Override) else None
    return LayerText(file.layer, override, value if isinstance(value, Page) else None)


def not_touched(file: PageFile, value: object) -> Diagnostic:
    """That a group's file isn't applied, because the group may not touch its page."""
    message = (
        f"The group {file.layer.name} may not touch the page “{file.page}”, which “pages” of"
        f" “{file.layer.folder}/group.yml” doesn't name; this file isn't applied."
    )
    place = value.place if isinstance(value, Page | Override) else Place(file.path)
    return diagnose("group-page", message, place)
