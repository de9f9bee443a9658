"""Blocks that reading left are shown as the text parsed anew would be, once."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soh_author.markup.kept_blocks import parse_body
from soh_author.markup.parser import strict_parser
from soh_author.markup.sections import read_sections

_BODY = """\
The lead with {{ fact.fee }}.

## First {#first}

- one
  - two [link](page:advice/x)

| a | b |
|---|---|
| 1 | ![map](media:map.png) |

::: warning Mind {{ force.name }}
Inside

1. three
:::

Second
------

```
## no heading
```

> quoted \\
> on

## Empty {#empty}
"""
_lines = st.sampled_from(
    [
        *(
            "## Heading {#a}",
            "### Lower {#b}",
            "words {{ fact.fee }} on",
            "- item",
            "  more",
            "> quote",
            "| a |",
        ),
        *(
            "|---|",
            "::: note",
            ":::",
            "```",
            "    code",
            "",
            "",
            "1. one",
            "[x](page:a/b)",
            "Setext",
            "---",
            "\t",
        ),
    ]
)
_bodies = st.lists(_lines, max_size=25).map("\n".join)


def _shown(body: str) -> list[Mapping[str, object]]:
    return [token.as_dict() for token in parse_body(body)]


def _anew(body: str) -> list[Mapping[str, object]]:
    return [token.as_dict() for token in strict_parser().parse(body)]


@pytest.mark.parametrize(
    "body", [_BODY, _BODY.replace("\n", "\r\n"), "", "\n\n", "## A {#a}\n\nx [" + "[" * 6000]
)
def test_a_section_that_was_just_read_is_parsed_as_it_would_be_alone(body: str) -> None:
    texts = read_sections(body, first_line=8).texts
    for text in texts:
        assert _shown(text.body) == _anew(text.body)


@given(_bodies)
def test_whatever_was_read_shows_the_same_blocks_and_lines(body: str) -> None:
    for text in read_sections(body).texts:
        assert _shown(text.body) == _anew(text.body)


def test_what_was_shown_once_is_shown_again_the_same() -> None:
    text = read_sections("## Twice {#twice}\n\nSome *words* and {{ fact.fee }}.\n").texts[1]
    first = _shown(text.body)
    assert _shown(text.body) == first == _anew(text.body)
