"""Markdown to HTML, example by example (``fragments/*.txt``)."""

import pytest

from tests.render.building import text_html
from tests.render.fixture_files import IS_REWRITING, Example, examples, rewrite


@pytest.mark.parametrize("example", examples("fragments"), ids=str)
def test_markdown_becomes_the_expected_html(example: Example) -> None:
    html = text_html(example.markdown)
    if IS_REWRITING:
        rewrite(example, html)
    else:
        assert html == example.expected
