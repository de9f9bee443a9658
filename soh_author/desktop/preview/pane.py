"""The preview beside the text: the page as a force reads it, while it is being written."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPoint, QUrl, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from soh_author.desktop.location import Location
from soh_author.desktop.preview.asking import PreviewAsker, Shown, Texts
from soh_author.desktop.preview.bar import PreviewBar
from soh_author.desktop.preview.dress import dress
from soh_author.desktop.preview.following import page_behind
from soh_author.desktop.preview.pointing import Pointing
from soh_author.desktop.preview.section_menu import SectionVerbs, section_menu, sections_menu
from soh_author.desktop.preview.section_words import layer_words, title_of
from soh_author.desktop.preview.stage import Stage
from soh_author.desktop.preview.web_view import PreviewView, Spot
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.eliding import ElidedLabel
from soh_author.domain.days import day_in_words
from soh_author.domain.errors import SohAuthorError
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.resolving.effective import EffectiveSection
from soh_author.workflow.effects import Effects
from soh_author.workflow.previewing import PreviewRequest

LEAST_WIDTH = 330
"""So much width is enough also when everything is large: a small screen has no more."""
HINT = "Point at a section to see whose it is; right-click to override."


class PreviewPane(QWidget):
    """Bar, page, and a line that tells whose the section under the pointer is."""

    shown = Signal(object)
    """Shown: this page is on the screen now; the editor takes layers and problems from it."""
    override_wanted = Signal(str)
    """SectionId: the person wants to override this section for the force."""
    text_wanted = Signal(str, int)
    """Path and line: the person wants to go to the text."""
    scrolled_to_line = Signal(int)
    """The page was scrolled by the person; this line of the followed file is on top."""

    def __init__(self, session: Session, texts: Callable[[], Texts], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.current: Shown | None = None
        self.page_theme = ""
        self.zoom = 100
        self.asker = PreviewAsker(session, texts, self)
        self.bar = PreviewBar(session.theme, session.shortcuts)
        self.view = PreviewView(self.asker.pictures.find)
        self.stage = Stage(self.view)
        self.foot = ElidedLabel()
        self.foot.set_words(HINT)
        self.foot.setProperty("role", "quiet")
        self.foot.setContentsMargins(10, 3, 10, 3)
        self.pointing = Pointing(session, self.foot, texts)
        self.why_not_override: Callable[[SectionId], str] = lambda _section: ""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stage, 1)
        layout.addWidget(self.foot)
        self.setAccessibleName("Preview")
        self.setFocusProxy(self.view)
        self.setMinimumWidth(min(session.theme.px(220), LEAST_WIDTH))
        self._connect()
        self._restyle()

    def _connect(self) -> None:
        self.asker.answered.connect(self._show)
        self.asker.failed.connect(self._fail)
        self.view.scrolled_to_line.connect(self.scrolled_to_line)
        self.view.pointed_at.connect(self._tell_section)
        self.view.menu_wanted.connect(self._open_menu)
        self.view.line_wanted.connect(self._want_text)
        self.view.link_clicked.connect(self._follow_link)
        self.bar.sections_wanted.connect(self._open_sections)
        self.bar.language_wanted.connect(self.set_language)
        self.bar.width_wanted.connect(self.set_width)
        self.bar.zoom_wanted.connect(self.set_zoom)
        self.bar.theme_wanted.connect(self.set_page_theme)
        self.session.theme.changed.connect(self._theme_changed)
        self.set_width("desktop")
        self.set_zoom(100)

    # What others ask for

    def show_location(self, location: Location) -> None:
        """Show a place's page as its force and in its language."""
        force = location.force
        on = location.on or self.session.today()
        self.bar.show_day(f"As on {day_in_words(on)}" if location.on else "")
        if location.page is None or force is None:
            self.asker.want(None)
            self.stage.say("Choose a page at the left to see it here." if location.page is None else "")
            return
        self.asker.want(PreviewRequest(location.page, force, location.language, on, self._theme()))

    def text_changed(self) -> None:
        """The editor's text changed; the page follows when the typing pauses."""
        self.asker.ask_soon()

    def apply_effects(self, effects: Effects) -> None:
        """Look again at what a verb touched."""
        page = self.session.location.page
        if page is not None and (effects.touches(page) or effects.private):
            self.asker.ask_now()

    def follow(self, path: str, line: int) -> None:
        """Scroll in step with the text: this line of this file is on top there."""
        self.view.follow_file(path)
        self.view.scroll_to_line(line)

    def reveal(self, path: str, line: int) -> None:
        """The caret is in this line of this file: what it became is to be seen, too."""
        self.view.follow_file(path)
        self.view.reveal_line(line)

    def set_language(self, language: Language) -> None:
        """Read in another language."""
        self.session.go(replace(self.session.location, language=language))

    def set_force(self, force: ForceId) -> None:
        """Read as another force."""
        language = self.session.location.language
        known = self.current.registry.forces.get(force) if self.current else None
        if known is not None and language not in known.languages:
            language = Language.EN
        self.session.go(replace(self.session.location, force=force, language=language))

    def set_width(self, width: str) -> None:
        """Show the page as wide as a phone, a tablet or the room."""
        self.stage.set_width(width)
        self.bar.show_width(width)

    def set_zoom(self, percent: int) -> None:
        """Show the page larger or smaller than the rest of the window."""
        self.zoom = percent
        self.stage.set_zoom(round(percent * self.session.theme.zoom / 100))

    def set_page_theme(self, theme: str) -> None:
        """Show the page ``light`` or ``dark`` (empty: as the window)."""
        self.page_theme = theme
        self._theme_changed()

    # What comes back

    def _show(self, number: int, shown: Shown) -> None:
        self.current = shown
        request = shown.preview.request
        self.stage.say("")
        self.asker.pictures.show(shown.pictures)
        self.bar.show_force(shown.force.name())
        self.bar.show_language(request.language, shown.force.languages)
        self.view.show_html(number, shown.preview.html, str(request.page))
        self.shown.emit(shown)

    def _fail(self, _number: int, error: Exception) -> None:
        self.current = None
        words = str(error) if isinstance(error, SohAuthorError) else f"The page can’t be shown: {error}"
        self.stage.say(words)

    def _restyle(self) -> None:
        theme = self._theme()
        self.view.dress(dress(theme))
        self.view.set_paper(QColor(self.session.theme.colours.surface))

    def _theme_changed(self) -> None:
        self._restyle()
        self.set_zoom(self.zoom)
        self.show_location(self.session.location)

    def _theme(self) -> str:
        return self.page_theme or ("dark" if self.session.theme.colours.is_dark else "light")

    # Sections

    def section(self, section: str) -> EffectiveSection | None:
        """A section of the page that is shown."""
        if self.current is None or not SectionId.is_valid(section):
            return None
        return self.current.preview.effective.section(SectionId(section))

    def _verbs(self) -> SectionVerbs:
        return SectionVerbs(self.override_wanted.emit, self._go_to, self._tell_story, self.why_not_override)

    def _tell_section(self, section: str) -> None:
        found = self.section(section)
        if found is None or self.current is None:
            self.pointing.point_at(HINT, None, None)
        else:
            words = f"{title_of(found)} · {layer_words(found.layer, self.current.registry)}"
            self.pointing.point_at(words, found, self.current.preview.request)

    def _open_menu(self, spot: Spot, place: QPoint) -> None:
        found = self.section(spot.section)
        if found is not None and self.current is not None:
            section_menu(found, self.current.registry, self._verbs(), self).popup(place)

    def _open_sections(self) -> None:
        if self.current is not None:
            sections = self.current.preview.effective.sections
            menu = sections_menu(sections, self.current.registry, self._verbs(), self)
            menu.popup(self.bar.sections.mapToGlobal(QPoint(0, self.bar.sections.height())))

    def _want_text(self, spot: Spot) -> None:
        self.text_wanted.emit(spot.path, spot.line)

    def _go_to(self, section: SectionId) -> None:
        found = self.section(section)
        if found is not None:
            self.text_wanted.emit(found.place.path, found.place.line)

    def _tell_story(self, section: SectionId) -> None:
        found = self.section(section)
        if self.current is not None and found is not None:
            self.pointing.tell(found, self.current.preview.request, self._say)

    def _say(self, sentence: str) -> None:
        self.foot.set_words(sentence)
        self.session.notice.emit(sentence)

    def _follow_link(self, url: QUrl) -> None:
        target = page_behind(url, self.current)
        if target is None:
            self._say(
                f"This link leads to {url.toDisplayString()}. Links out are not followed in the preview."
            )
            return
        location = self.session.location
        page, section, language = target
        if page == location.page and language is location.language:
            self.view.show_section(section)
        else:
            there = replace(location, page=page, language=language)
            self.session.go(
                replace(there, section=SectionId(section) if SectionId.is_valid(section) else None)
            )
