"""The one script of a built site: Escape leaves like the button does."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from soh_author.render.assets import script_asset
from tests.support.browser import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

_PAGE = '<!doctype html><html lang="en"><head><title>x</title></head><body>{}</body></html>'
_EXIT = '<a id="page_exit" href="about:blank#left">Leave</a>'


@pytest.fixture(scope="module")
def browser(qapp: QApplication) -> Iterator[Browser]:
    """One web page for all tests of this file."""
    with Browser(qapp) as opened:
        yield opened


@pytest.mark.parametrize(
    ("deed", "leaves"),
    [
        ("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'}))", True),
        ("document.getElementById('page_exit').click()", True),
        ("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'a'}))", False),
    ],
)
def test_escape_and_the_button_hide_the_page_and_leave(browser: Browser, deed: str, leaves: bool) -> None:
    browser.load(_PAGE.format(_EXIT))
    browser.run(f"{script_asset().data.decode()}; {deed}; ''")
    assert (browser.address() == "about:blank#left") is leaves


def test_on_a_page_without_quick_exit_the_script_does_nothing(browser: Browser) -> None:
    browser.load(_PAGE.format("Text."))
    browser.run(f"{script_asset().data.decode()}; ''")
    browser.run("document.dispatchEvent(new KeyboardEvent('keydown', {key: 'Escape'})); ''")
    assert browser.run("document.body.textContent") == "Text."
    assert browser.console == ()
