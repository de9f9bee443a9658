"""``show PAGE``: the text of a page at a layer, exactly as it is saved."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import LANGUAGE, SOURCE
from soh_author.cli.reading import find_page, read_language, read_layer
from soh_author.domain.errors import NotFoundError
from soh_author.domain.ids import Language, PageId
from soh_author.domain.layers import Layer
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.snapshot import Snapshot


@click.command()
@click.argument("page")
@click.option("--layer", default="", help="shared, group:wales, force:gwent …; else the page's first.")
@LANGUAGE
@SOURCE
@verb
def show(call: Call, page: str, layer: str, language: str, source: str) -> Answer:
    """Print the text of a PAGE as a layer says it, byte for byte."""
    wanted = read_layer(layer) if layer else None
    tongue = read_language(language)
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        file = _find(snapshot, find_page(snapshot, page), wanted, tongue)
        text = snapshot.text(file.path) or ""
        layers = [str(other.layer) for other in snapshot.files_of(file.page) if other.language is tongue]
    data: dict[str, Json] = {
        "page": file.page,
        "layer": str(file.layer),
        "language": file.language.value,
        "path": file.path,
        "text": text,
        "layers": layers,
    }
    return Answer(data, text, is_exact=True)


def _find(snapshot: Snapshot, page: PageId, layer: Layer | None, language: Language) -> PageFile:
    files = [file for file in snapshot.files_of(page) if file.language is language]
    for file in files:
        if layer is None or file.layer == layer:
            return file
    where = f" at the layer {layer}" if layer else ""
    there = ", ".join(str(file.layer) for file in files)
    raise NotFoundError(
        f"The page “{page}” has no {language.label} text{where}.",
        todo=f"It has {language.label} text at: {there}." if there else "Choose another page or language.",
    )
