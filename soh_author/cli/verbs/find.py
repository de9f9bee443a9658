"""``find WORDS``: where words stand in the texts of any page, and in facts."""

import click

from soh_author.cli.answer import Answer, Json
from soh_author.cli.call import Call, verb
from soh_author.cli.options import SOURCE
from soh_author.cli.reading import read_layer
from soh_author.workflow.catalogue import PageFile
from soh_author.workflow.searching import MOST_MATCHES, Match, index_words, search

_WIDEST = 160


@click.command()
@click.argument("words")
@click.option(
    "--layer", "layers", multiple=True, metavar="LAYER", help="Only shared, group:wales …; repeatable."
)
@SOURCE
@click.option(
    "--limit", default=MOST_MATCHES, type=click.IntRange(1, 100_000), help="The most places to list."
)
@click.option(
    "--index",
    "is_to_index",
    is_flag=True,
    help="First take in all texts, so that this and later finds are quick.",
)
@verb
def find(
    call: Call, words: str, layers: tuple[str, ...], source: str, limit: int, *, is_to_index: bool
) -> Answer:
    """Find WORDS that stand one after the other, the last perhaps only begun.

    Capitals, accents, line ends and signs between the words make no difference.
    """
    wanted = [read_layer(layer) for layer in layers]
    with call.reading() as workspace:
        snapshot = workspace.snapshot(source)
        if is_to_index:
            call.value(index_words(workspace, snapshot))
        found = call.value(search(workspace, snapshot, words, layers=wanted, limit=limit))
    lines = [f"{one.file.path}:{one.line}: {_excerpt(one)}" for one in found.matches]
    data: dict[str, Json] = {
        "words": words,
        "source": source,
        "files": found.files,
        "is_cut": found.is_cut,
        "matches": [_match(one) for one in found.matches],
    }
    return Answer(data, "\n".join([*lines, found.sentence]))


def _excerpt(one: Match) -> str:
    """The line for people: so much of it that the words are in sight."""
    text = one.text.strip()
    if len(text) <= _WIDEST:
        return text
    start = max(0, one.column - _WIDEST // 3)
    shown = one.text[start : start + _WIDEST].strip()
    return f"{'… ' if start else ''}{shown}{' …' if start + _WIDEST < len(one.text) else ''}"


def _match(one: Match) -> Json:
    return {
        "path": one.file.path,
        "page": one.file.page if isinstance(one.file, PageFile) else None,
        "fact": one.fact,
        "layer": str(one.file.layer),
        "language": one.file.language.value if isinstance(one.file, PageFile) else None,
        "line": one.line,
        "column": one.column + 1,
        "text": one.text,
    }
