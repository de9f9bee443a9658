"""Blocks of texts that were read a moment ago, for whoever shows them next: a build parses each text once.

Reading a page parses its sections as far as blocks, for their normal form; showing them begins with the same
blocks. Only the latest few hundred are kept, each for one showing: the tokens are changed by it.
"""

from collections.abc import Sequence
from threading import Lock

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from soh_author.markup.parser import inline_parser, strict_parser

_MOST = 512

_kept: dict[str, tuple[Sequence[Token], int]] = {}
_lock = Lock()


def keep_blocks(body: str, tokens: Sequence[Token], first_line: int) -> None:
    """Keep the block tokens of a body; nobody else may change them from now on.

    Args:
        body: the Markdown below a heading.
        tokens: its blocks, as :func:`soh_author.markup.parser.block_parser` makes them.
        first_line: the line, counted as in the tokens, on which the body begins.
    """
    if not tokens:
        return
    with _lock:
        _kept[body] = (tokens, first_line)
        if len(_kept) > _MOST:
            del _kept[next(iter(_kept))]


def parse_body(body: str) -> Sequence[Token]:
    """Parse the Markdown below a heading, from its blocks where they are kept."""
    with _lock:
        found = _kept.pop(body, None)
    if found is None:
        return strict_parser().parse(body)
    tokens, first_line = found
    for token in tokens:
        if token.map is not None:
            token.map = [line - first_line for line in token.map]
    state = StateCore(body, inline_parser(), {}, list(tokens))
    state.md.core.process(state)
    return state.tokens
