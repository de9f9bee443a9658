"""``find WORDS``: where words stand in the texts of any page."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import SOURCE
from soh_author.cli.reading import read_layer
from soh_author.workflow.searching import MOST_MATCHES, Match, search


@click.command()
@click.argument("words")
@click.option(
    "--layer", "layers", multiple=True, metavar="LAYER", help="Only shared, group:wales …; repeatable."
)
@SOURCE
@click.option(
    "--limit", default=MOST_MATCHES, type=click.IntRange(1, 100_000), help="The most places to list."
)
@verb
def find(call: Call, words: str, layers: tuple[str, ...], source: str, limit: int) -> Answer:
    """Find WORDS that stand one after the other, the last perhaps only begun.

    Capitals, accents, line ends and signs between the words make no difference.
    """
    wanted = [read_layer(layer) for layer in layers]
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        found = call.value(search(workspace, snapshot, words, layers=wanted, limit=limit))
    lines = [f"{one.file.path}:{one.line}: {one.text.strip()}" for one in found.matches]
    data: dict[str, Json] = {
        "words": words,
        "source": source,
        "files": found.files,
        "is_cut": found.is_cut,
        "matches": [_match(one) for one in found.matches],
    }
    return Answer(data, "\n".join([*lines, found.sentence]))


def _match(one: Match) -> Json:
    return {
        "path": one.file.path,
        "page": one.file.page,
        "layer": str(one.file.layer),
        "language": one.file.language.value,
        "line": one.line,
        "column": one.column + 1,
        "text": one.text,
    }
