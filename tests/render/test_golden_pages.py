"""Whole pages, byte for byte (``golden/*.html``); see ``fixture_files.py`` for how to write them anew."""

import pytest

from tests.render.fixture_files import FOLDER, IS_REWRITING
from tests.render.whole_pages import EFFECTIVE, NAMES, html_of, of_page


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_byte_for_byte_as_expected(name: str) -> None:
    _compare(name, html_of(name, of_page(name)))


@pytest.mark.parametrize("name", ["guide", "advice"])
def test_a_page_for_the_preview_is_byte_for_byte_as_expected(name: str) -> None:
    assert name in EFFECTIVE
    _compare(f"{name}_preview", html_of(name, of_page(name, "dark"), annotate=True))


def _compare(name: str, html: str) -> None:
    file = FOLDER / "golden" / f"{name}.html"
    if IS_REWRITING:
        file.write_text(html, encoding="utf-8")
    else:
        assert html == file.read_text(encoding="utf-8")
