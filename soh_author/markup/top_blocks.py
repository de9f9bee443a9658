"""A text cut into its outermost blocks, as written: paragraphs, lists, tables, components, code."""

from soh_author.markup.parser import block_parser


def top_blocks(text: str) -> tuple[str, ...]:
    """The outermost blocks of a Markdown text, without the empty lines between them."""
    lines = text.splitlines(keepends=True)
    blocks = []
    for token in block_parser().parse(text):
        if token.level == 0 and token.nesting >= 0 and token.map is not None:
            block = "".join(lines[token.map[0] : token.map[1]]).strip("\r\n")
            if block.strip():
                blocks.append(block)
    return tuple(blocks)
