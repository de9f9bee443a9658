"""The web view on its leash: no page scripts, no network, no files, no clipboard, no memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
)
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QWidget

from soh_author.desktop.preview.page_script import answer, call
from soh_author.desktop.preview.scheme import ORIGIN, SCHEME
from soh_author.desktop.preview.serving import Asset, OnlyOurs, PreviewServer, with_linked_styles

_OFF = (
    QWebEngineSettings.WebAttribute.JavascriptEnabled,
    QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    QWebEngineSettings.WebAttribute.JavascriptCanAccessClipboard,
    QWebEngineSettings.WebAttribute.JavascriptCanPaste,
    QWebEngineSettings.WebAttribute.LocalStorageEnabled,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
    QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
    QWebEngineSettings.WebAttribute.PluginsEnabled,
    QWebEngineSettings.WebAttribute.PdfViewerEnabled,
    QWebEngineSettings.WebAttribute.FullScreenSupportEnabled,
    QWebEngineSettings.WebAttribute.ScreenCaptureEnabled,
    QWebEngineSettings.WebAttribute.WebGLEnabled,
    QWebEngineSettings.WebAttribute.AutoLoadIconsForPage,
    QWebEngineSettings.WebAttribute.HyperlinkAuditingEnabled,
    QWebEngineSettings.WebAttribute.DnsPrefetchEnabled,
    QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
    QWebEngineSettings.WebAttribute.ErrorPageEnabled,
    QWebEngineSettings.WebAttribute.FocusOnNavigationEnabled,
    QWebEngineSettings.WebAttribute.PlaybackRequiresUserGesture,
)
_WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld.value


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the page: its section, and the file and line its words come from (0: unknown)."""

    section: str = ""
    path: str = ""
    line: int = 0


class PreviewPage(QWebEnginePage):
    """A page that goes nowhere by itself: what a link would open is told instead."""

    link_clicked = Signal(QUrl)

    def __init__(self, profile: QWebEngineProfile, parent: QObject | None = None) -> None:
        super().__init__(profile, parent)
        self.shown_address = ""
        self.complaints: list[str] = []

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, is_main: bool
    ) -> bool:
        """Follow only the address this program asked for (called by Qt)."""
        url = QUrl(url)
        if is_main and url.toString() == self.shown_address:
            return True
        if kind is QWebEnginePage.NavigationType.NavigationTypeLinkClicked:
            self.link_clicked.emit(url)
        return False

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """Keep what Chromium says of the page (a refused picture, a refused script) out of the log."""
        del level, line, source
        self.complaints = [*self.complaints[-49:], message]

    def createWindow(self, _kind: QWebEnginePage.WebWindowType) -> QWebEnginePage | None:  # type: ignore[override]  # Qt allows None
        """No second window."""
        return None


class PreviewView(QWebEngineView):
    """Shows one page after another, each swapped into the one before without a flicker."""

    scrolled_to_line = Signal(int)
    """The person scrolled; this line of the text is now on top."""
    pointed_at = Signal(str)
    """The pointer is over this section (empty: over none)."""
    menu_wanted = Signal(object, QPoint)
    """Spot, QPoint: a menu was asked for here; the second is the place on the screen."""
    line_wanted = Signal(object)
    """Spot: a double click; the person wants to go to the text of this."""
    link_clicked = Signal(QUrl)
    shown = Signal(int)
    """The page with this number is on the screen."""

    def __init__(self, find_asset: Callable[[str], Asset | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Preview of the page")
        # Without a name a profile is off the record: nothing is ever written. It belongs to the application
        # because a page must be gone before its profile.
        self.profile = QWebEngineProfile(QCoreApplication.instance())
        self.server = PreviewServer(find_asset, self.profile)
        self.interceptor = OnlyOurs(self.profile)
        self.profile.installUrlSchemeHandler(SCHEME.encode(), self.server)
        self.profile.setUrlRequestInterceptor(self.interceptor)
        self.profile.setPersistentPermissionsPolicy(
            QWebEngineProfile.PersistentPermissionsPolicy.AskEveryTime
        )
        self.profile.downloadRequested.connect(_refuse_download)
        self._page = PreviewPage(self.profile, self)
        for attribute in _OFF:
            self._page.settings().setAttribute(attribute, False)
        self._page.settings().setUnknownUrlSchemePolicy(
            QWebEngineSettings.UnknownUrlSchemePolicy.DisallowUnknownUrlSchemes
        )
        self.setPage(self._page)
        self._page.link_clicked.connect(self.link_clicked)
        self._page.loadFinished.connect(self._loaded)
        self._page.scrollPositionChanged.connect(self._scrolled)
        self.destroyed.connect(self.profile.deleteLater)
        self._number = 0
        self._frame = self._path = ""
        self._is_loaded = False
        self._dress = ""
        self._waiting: tuple[int, str] | None = None
        self._revealed = 0
        self._line_after_load = 0
        self._scroll_pause = _timer(self, 30, self._tell_scroll)
        self._quiet = _timer(self, 250, lambda: None)
        self._hover_pause = _timer(self, 60, self._tell_pointed)
        self._pointer = QPoint()

    @property
    def is_loaded(self) -> bool:
        """Whether there is a page that can be asked."""
        return self._is_loaded

    def follow_file(self, path: str) -> None:
        """Lines are those of this file from now on; sections from other files are passed over."""
        self._path = path

    def show_html(self, number: int, html: str, frame: str) -> None:
        """Show a page. Pages of the same ``frame`` (page, force, language, look) are swapped in place."""
        self._number = number
        if frame != self._frame or not self._frame:
            self._load(html, frame)
        elif not self._is_loaded:
            self._waiting = (number, html)
        else:
            self._quiet.start()
            self._run("swap", self._swapped, with_linked_styles(html)[0])

    def dress(self, css: str) -> None:
        """Lay these rules over the page: stripes and words that tell whose each section is."""
        self._dress = css
        if self._is_loaded:
            self._run("dress", None, css)

    def scroll_to_line(self, line: int) -> None:
        """Bring what a line of the text became to the top."""
        if not self._is_loaded:
            self._line_after_load = line
            return
        self._quiet.start()
        self._run("toLine", None, self._path, line)

    def reveal_line(self, line: int) -> None:
        """Bring what a line of the text became into view, unless it is seen already."""
        self._revealed = line
        if self._is_loaded:
            self._quiet.start()
            self._run("reveal", None, self._path, line)

    def show_section(self, section: str) -> None:
        """Bring a section to the top."""
        self._run("show", None, section)

    def read_text(self, on_text: Callable[[str], None]) -> None:
        """Ask for the words that are on the page."""
        self._run("text", lambda found: on_text(str(found.get("text", ""))))

    def set_paper(self, colour: QColor) -> None:
        """Colour seen before a page is there, so that nothing flashes."""
        self._page.setBackgroundColor(colour)

    # What Qt calls

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask which section is there, then ask for its menu (called by Qt)."""
        place = event.globalPos()
        self._ask_at(event.pos(), lambda spot: self.menu_wanted.emit(spot, place))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Watch the inner widget Chromium paints into, which comes and goes."""
        inner = self.focusProxy() if event.type() == QEvent.Type.ChildAdded else None
        if inner is not None:
            inner.installEventFilter(self)
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer and double clicks (called by Qt)."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseMove:
                self._pointer = event.position().toPoint()
                self._hover_pause.start()
            elif event.type() == QEvent.Type.MouseButtonDblClick:
                self._ask_at(event.position().toPoint(), self._want_line)
        elif event.type() == QEvent.Type.Leave:
            self._hover_pause.stop()
            self.pointed_at.emit("")
        return super().eventFilter(watched, event)

    # Inner steps

    def _load(self, html: str, frame: str) -> None:
        self._frame, self._is_loaded, self._waiting = frame, False, None
        name = f"page-{self._number}"
        self.server.put(name, html)
        self._page.shown_address = ORIGIN + name
        self._page.load(QUrl(self._page.shown_address))

    def _loaded(self, is_ok: bool) -> None:
        if not is_ok:
            return
        self._is_loaded = True
        self._quiet.start()
        self._run("dress", None, self._dress)
        if self._waiting is not None:
            number, html = self._waiting
            self._waiting = None
            self.show_html(number, html, self._frame)
        else:
            self.shown.emit(self._number)
        if self._line_after_load:
            line, self._line_after_load = self._line_after_load, 0
            self.scroll_to_line(line)
        if self._revealed:
            self.reveal_line(self._revealed)

    def _scrolled(self) -> None:
        self._scroll_pause.start()

    def _swapped(self, _found: Mapping[str, object]) -> None:
        self.shown.emit(self._number)

    def _run(
        self, name: str, on_answer: Callable[[Mapping[str, object]], None] | None, *arguments: object
    ) -> None:
        if not self._is_loaded:
            return

        def heard(result: object) -> None:
            # A page that is taken down answers with nothing, when this view may be gone already.
            if on_answer is not None and isinstance(result, str) and result:
                on_answer(answer(result))

        self._page.runJavaScript(call(name, *arguments), _WORLD, heard)

    def _ask_at(self, place: QPoint, on_answer: Callable[[Spot], None]) -> None:
        zoom = self.zoomFactor()

        def heard(found: Mapping[str, object]) -> None:
            line = found.get("line", 0)
            section, path = str(found.get("section", "")), str(found.get("path", ""))
            on_answer(Spot(section, path, line if isinstance(line, int) else 0))

        self._run("at", heard, place.x() / zoom, place.y() / zoom)

    def _want_line(self, spot: Spot) -> None:
        if spot.line:
            self.line_wanted.emit(spot)

    def _tell_pointed(self) -> None:
        self._ask_at(self._pointer, lambda spot: self.pointed_at.emit(spot.section))

    def _tell_scroll(self) -> None:
        if self._quiet.isActive():
            return

        def heard(found: Mapping[str, object]) -> None:
            line = found.get("line", 0)
            if isinstance(line, int) and line > 0:
                self.scrolled_to_line.emit(line)

        self._run("line", heard, self._path)


def _timer(owner: QObject, milliseconds: int, on_time: Callable[[], object]) -> QTimer:
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(on_time)
    return timer


def _refuse_download(request: QWebEngineDownloadRequest) -> None:
    request.cancel()
