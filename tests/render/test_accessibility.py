"""Every kind of page keeps WCAG 2.2 A and AA, as axe-core finds in real Chromium, light and dark."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from tests.render.whole_pages import EFFECTIVE, NAMES, html_of, of_page
from tests.support.browser import Browser

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def browser(qapp: QApplication) -> Iterator[Browser]:
    """One web page for all audits."""
    with Browser(qapp) as opened:
        yield opened


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_a_page_breaks_no_rule(browser: Browser, name: str, theme: str) -> None:
    html = html_of(name, replace(of_page(name, theme), stylesheet_urls=(), script_url=""))
    assert [str(violation) for violation in browser.audit(html)] == []


@pytest.mark.parametrize("name", EFFECTIVE)
def test_a_page_on_a_phone_breaks_no_rule_and_does_not_scroll_sideways(browser: Browser, name: str) -> None:
    html = html_of(name, replace(of_page(name, "light"), stylesheet_urls=(), script_url=""))
    assert [str(violation) for violation in browser.audit(html, width=320)] == []
    with browser.shown():
        browser.load(html, width=320)
        assert browser.run("String(document.documentElement.scrollWidth <= innerWidth)") == "true"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_of_the_preview_breaks_no_rule(browser: Browser, theme: str) -> None:
    context = replace(of_page("guide", theme), stylesheet_urls=(), script_url="")
    html = html_of("guide", context, annotate=True)
    assert [str(violation) for violation in browser.audit(html)] == []


def test_the_audit_finds_faults(browser: Browser) -> None:
    html = (
        '<!doctype html><html><head><title>x</title></head><body><img src="x">'
        '<p style="color: #aaa; background: #fff">grey on grey</p></body></html>'
    )
    assert {violation.rule for violation in browser.audit(html)} >= {
        "color-contrast",
        "image-alt",
        "html-has-lang",
    }


def test_targets_are_at_least_24_pixels_high(browser: Browser) -> None:
    html = html_of("guide", replace(of_page("guide", "light"), stylesheet_urls=(), script_url=""))
    script = """JSON.stringify([...document.querySelectorAll(
        ".site-menu a, .footing-menu a, .crumbs a, .contents a, .exit-button, summary")]
        .filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML))"""
    with browser.shown():
        browser.load(html)
        assert browser.run(script) == "[]"
