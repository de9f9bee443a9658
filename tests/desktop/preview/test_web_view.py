"""The web view on its leash, in the real Chromium."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWebEngineCore import QWebEngineSettings
from pytestqt.qtbot import QtBot

from soh_author.desktop.preview.page_script import answer, call
from soh_author.desktop.preview.scheme import ORIGIN, SCHEME
from soh_author.desktop.preview.serving import Asset, with_linked_styles
from soh_author.desktop.preview.web_view import PreviewView

pytestmark = pytest.mark.browser
LONGEST = 30_000
PICTURE = b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>"


def page(body: str, head: str = "<style>p { margin: 7px }</style>") -> str:
    """A page as the renderer makes it."""
    return f"<!doctype html><html lang='en'><head><title>Page</title>{head}</head><body>{body}</body></html>"


def lines(total: int, path: str = "shared/a.en.md") -> str:
    """A long page with a line of the file at every paragraph."""
    paragraphs = "".join(f"<p data-line='{line}' style=''>Line {line}</p>" for line in range(5, total))
    marks = f"data-section='lead' data-layer='shared' data-path='{path}' data-line='4'"
    return f"<section {marks}>{paragraphs}</section>"


def find(name: str) -> Asset | None:
    """The one picture there is."""
    return (PICTURE, "image/svg+xml") if name == "media/shared/media/a.svg" else None


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[PreviewView]:
    """A view on the screen."""
    made = PreviewView(find)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.hide()
    profile = made.profile
    shiboken6.delete(made)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert not shiboken6.isValid(profile), "the profile goes after its page"


def show(view: PreviewView, bot: QtBot, number: int, html: str, frame: str = "page") -> None:
    """Show a page and wait until it is on the screen."""
    with bot.waitSignal(view.shown, timeout=LONGEST) as shown:
        view.show_html(number, html, frame)
    assert shown.args == [number]


def ask(view: PreviewView, bot: QtBot, expression: str) -> object:
    """Ask the page something, in the world beside it."""
    found: list[object] = []
    view.page().runJavaScript(f"JSON.stringify({{v: {expression}}})", 1, found.append)
    bot.waitUntil(lambda: bool(found), timeout=LONGEST)
    return answer(found[0]).get("v")


def words(view: PreviewView, bot: QtBot) -> str:
    """The words on the page."""
    found: list[str] = []
    view.read_text(found.append)
    bot.waitUntil(lambda: bool(found), timeout=LONGEST)
    return found[0]


HOSTILE = """
<script>document.title = "ran"</script>
<img src="x" onerror="document.title = 'ran'">
<svg onload="document.title = 'ran'"></svg>
<a id="a" href="javascript:document.title='ran'">x</a>
<iframe src="https://example.org/frame"></iframe>
<iframe srcdoc="<script>parent.document.title='ran'</script>"></iframe>
<img src="https://example.org/a.png"><img src="file:///etc/hostname">
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">
<link rel="stylesheet" href="https://example.org/a.css">
<style>@import "https://example.org/b.css"; body { background: url(https://example.org/c.png) }</style>
<object data="https://example.org/o"></object><embed src="https://example.org/e">
<video src="https://example.org/v.mp4" autoplay></video>
<meta http-equiv="refresh" content="0; url=https://example.org/">
<form action="https://example.org/" id="f"><input name="q"><button>go</button></form>
<p>Still here</p>
"""


def test_scripts_never_run_and_no_request_leaves(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page(HOSTILE))
    show(view, qtbot, 2, page(HOSTILE + "<p>Swapped</p>"))
    ask(view, qtbot, "document.getElementById('a').click()")
    ask(view, qtbot, "document.getElementById('f').submit()")
    qtbot.wait(150)
    assert view.page().title() == "Page"
    assert "Swapped" in words(view, qtbot)
    assert view.url().toString().startswith(ORIGIN)
    assert all(url.startswith(f"{SCHEME}:") for url in view.interceptor.allowed)
    outside = [url for url in view.interceptor.allowed if not url.startswith(f"{SCHEME}://")]
    assert outside == []
    assert any("Content Security Policy" in said for said in view._page.complaints)


def test_only_what_is_needed_is_switched_on(view: PreviewView) -> None:
    settings = view.page().settings()
    off = QWebEngineSettings.WebAttribute
    assert not settings.testAttribute(off.JavascriptEnabled)
    assert not settings.testAttribute(off.LocalStorageEnabled)
    assert not settings.testAttribute(off.JavascriptCanAccessClipboard)
    assert view.profile.isOffTheRecord()


def test_styles_of_the_template_apply_and_styles_of_the_text_do_not(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page("<p id='p'>x</p><style>p { color: rgb(255, 0, 0) }</style>"))
    assert ask(view, qtbot, "getComputedStyle(document.getElementById('p')).marginTop") == "7px"
    assert ask(view, qtbot, "getComputedStyle(document.getElementById('p')).color") == "rgb(0, 0, 0)"


def test_styles_become_files_of_their_own() -> None:
    html, styles = with_linked_styles(page("<style>b {}</style>"))
    assert len(styles) == 1
    name = next(iter(styles))
    assert f'<link rel="stylesheet" href="{ORIGIN}{name}">' in html
    assert html.count("<style>") == 1, "the body is left alone"


def test_our_pictures_are_shown_and_others_refused(view: PreviewView, qtbot: QtBot) -> None:
    inside = (
        f"<img id='a' src='{SCHEME}://media/shared/media/a.svg'><img id='b' src='{SCHEME}://media/no.svg'>"
    )
    show(view, qtbot, 1, page(inside))
    qtbot.waitUntil(
        lambda: ask(view, qtbot, "document.getElementById('a').naturalWidth") == 10, timeout=LONGEST
    )
    assert ask(view, qtbot, "document.getElementById('b').naturalWidth") == 0


def test_a_swap_keeps_the_place_the_nodes_and_what_was_opened(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page("<details id='d'><summary>More</summary>x</details>" + lines(200)))
    ask(view, qtbot, "(scrollTo(0, 900), document.getElementById('d').open = true)")
    ask(view, qtbot, "(globalThis.kept = document.querySelector('[data-line=\"20\"]'), 1)")
    changed = page("<details id='d'><summary>More</summary>x</details>" + lines(200)).replace(
        "Line 60<", "New<"
    )
    place = ask(view, qtbot, "scrollY")
    show(view, qtbot, 2, changed)
    assert place == ask(view, qtbot, "scrollY") != 0
    assert ask(view, qtbot, "document.querySelector('[data-line=\"20\"]') === globalThis.kept") is True
    assert ask(view, qtbot, "document.getElementById('d').open") is True
    assert "New" in words(view, qtbot)


def test_another_page_is_shown_from_its_top(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page(lines(200)), "one")
    ask(view, qtbot, "scrollTo(0, 900)")
    show(view, qtbot, 2, page(lines(200)), "two")
    assert ask(view, qtbot, "scrollY") == 0


def test_a_page_asked_for_while_another_loads_is_the_one_that_is_shown(
    view: PreviewView, qtbot: QtBot
) -> None:
    view.show_html(1, page("<p>First</p>"), "page")
    show(view, qtbot, 2, page("<p>Second</p>"))
    assert words(view, qtbot).strip() == "Second"


def test_the_page_scrolls_to_a_line_of_the_text(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page(lines(200)))
    view.follow_file("shared/a.en.md")
    view.scroll_to_line(100)
    top = "document.querySelector('[data-line=\"100\"]').getBoundingClientRect().top"
    qtbot.waitUntil(lambda: abs(float(str(ask(view, qtbot, top))) - 12) < 2, timeout=LONGEST)


def test_scrolling_the_page_tells_the_line_but_never_its_own_doing(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page(lines(200)))
    view.follow_file("shared/a.en.md")
    told: list[int] = []
    view.scrolled_to_line.connect(told.append)
    view.scroll_to_line(100)
    qtbot.wait(350)
    assert told == []
    ask(view, qtbot, "document.querySelector('[data-line=\"50\"]').scrollIntoView()")
    qtbot.waitUntil(lambda: bool(told), timeout=LONGEST)
    assert abs(told[-1] - 50) <= 1


def test_lines_of_other_files_do_not_count(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page(lines(100, "forces/kent/a.en.md") + lines(300)))
    view.follow_file("shared/a.en.md")
    view.scroll_to_line(50)
    wanted = "document.querySelectorAll('[data-line=\"50\"]')[1].getBoundingClientRect().top"
    qtbot.waitUntil(lambda: abs(float(str(ask(view, qtbot, wanted))) - 12) < 2, timeout=LONGEST)


def test_what_the_caret_is_in_comes_into_view_and_what_is_seen_already_stays(
    view: PreviewView, qtbot: QtBot
) -> None:
    override = "<section data-path='forces/kent/a.en.md' data-line='7'><h2 data-line='7'>Ours</h2></section>"
    view.follow_file("forces/kent/a.en.md")
    view.reveal_line(9)
    show(view, qtbot, 1, page(lines(200) + override + lines(200)))
    top = "document.querySelector('h2').getBoundingClientRect().top"
    qtbot.waitUntil(lambda: 0 < float(str(ask(view, qtbot, top))) < 300, timeout=LONGEST)
    ask(view, qtbot, "scrollBy(0, 40)")
    place = ask(view, qtbot, "scrollY")
    view.reveal_line(8)
    assert ask(view, qtbot, "scrollY") == place


def test_a_place_on_the_page_knows_its_section_file_and_line(view: PreviewView, qtbot: QtBot) -> None:
    show(view, qtbot, 1, page(lines(20)))
    found: list[object] = []
    view.page().runJavaScript(call("at", 20, 20), 1, found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=LONGEST)
    assert answer(found[0]) == {"section": "lead", "path": "shared/a.en.md", "line": 5}


@pytest.mark.parametrize(
    "url", [f"{SCHEME}://page/advice/fees#amounts", "https://example.org/x", "tel:101", "javascript:alert(1)"]
)
def test_a_click_on_a_link_is_told_and_goes_nowhere(view: PreviewView, qtbot: QtBot, url: str) -> None:
    show(view, qtbot, 1, page(f"<p><a style='' href='{url}'>Somewhere else</a></p>"))
    clicked: list[str] = []
    view.link_clicked.connect(lambda target: clicked.append(target.toString()))
    ask(view, qtbot, "document.querySelector('a').click()")
    if url.startswith(("javascript:", "tel:")):  # Chromium asks nobody: they are switched off
        qtbot.wait(100)
        assert clicked == []
    else:
        qtbot.waitUntil(lambda: clicked == [url], timeout=LONGEST)
    assert view.url().toString() == f"{ORIGIN}page-1"
    assert view.page().title() == "Page"
