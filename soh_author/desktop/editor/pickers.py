"""Lists to choose from by typing: a heading of the text, a page to link to, a fact to put in."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from soh_author.desktop.editor.candidates import Candidates
from soh_author.desktop.editor.formatting import insert_link
from soh_author.desktop.editor.headings import headings
from soh_author.desktop.editor.tab_area import TabArea
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser

_SCHEMES = ("https://", "tel:", "mailto:")
_MOST = 60


class Pickers:
    """Each opens a box; Esc leaves everything as it was."""

    def __init__(self, session: Session, area: TabArea, candidates: Candidates, parent: QWidget) -> None:
        self._session = session
        self._area = area
        self._candidates = candidates
        self._parent = parent

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "format.link": self.choose_link,
            "insert.fact": self.choose_fact,
            "edit.outline": self.choose_heading,
        }

    def choose_heading(self) -> None:
        """Go to another heading of the text."""
        tab = self._area.current
        if tab is None:
            return
        found = headings(tab.edit.document())

        def search(typed: str) -> list[Choice]:
            return [
                Choice(
                    str(one.line),
                    ("" if one.level <= 2 else "   " * (one.level - 2)) + (one.title or "(no words)"),
                    "A level is missing above this heading" if one.skips else one.id and f"#{one.id}",
                    f"line {one.line}",
                )
                for one in found
                if typed.casefold() in one.title.casefold()
            ]

        def take(key: str) -> None:
            tab.go_to_line(int(key))
            tab.edit.setFocus()

        here = [str(one.line) for one in found if one.line <= tab.edit.line()]
        self._choose("Go to a heading", "Words of the heading", search, take, begin_at="".join(here[-1:]))

    def choose_link(self) -> None:
        """Put in a link to a page, or to an address that is typed."""
        tab = self._area.current
        if tab is None or tab.edit.isReadOnly():
            return
        chosen = tab.edit.textCursor().selectedText()
        self._candidates.known()

        def take(key: str) -> None:
            target = key if key.startswith(_SCHEMES) else f"page:{key}"
            label = chosen or self._title_of(key)
            tab.edit.setTextCursor(insert_link(tab.edit.textCursor(), label, target))
            tab.edit.setFocus()

        self._choose(
            "Link to", "Title of a page, or an address that begins with https://", self._find_pages, take
        )

    def choose_fact(self) -> None:
        """Put in a fact."""
        tab = self._area.current
        if tab is None or tab.edit.isReadOnly():
            return
        known = self._candidates.known()

        def search(typed: str) -> list[Choice]:
            words = typed.casefold().split()
            facts = known.facts if known else ()
            return [
                Choice(fact.text, fact.detail or fact.text, f"{{{{ {fact.text} }}}}")
                for fact in facts
                if all(word in f"{fact.text} {fact.detail}".casefold() for word in words)
            ][:_MOST]

        def take(key: str) -> None:
            tab.edit.textCursor().insertText(f"{{{{ {key} }}}}")
            tab.edit.setFocus()

        self._choose("Put in a fact", "Name of the fact, for example fee", search, take)

    def _find_pages(self, typed: str) -> list[Choice]:
        if typed.startswith(_SCHEMES):
            return [Choice(typed.strip(), typed.strip(), "An address outside these pages")]
        known, words = self._candidates.known(), typed.casefold().split()
        pages = known.pages if known else ()
        return [
            Choice(page.id, page.title, page.url or page.id, page.area)
            for page in pages
            if all(word in f"{page.title} {page.id}".casefold() for word in words)
        ][:_MOST]

    def _title_of(self, key: str) -> str:
        known = self._candidates.known()
        return next((page.title for page in known.pages if page.id == key), key) if known else key

    def _choose(
        self,
        title: str,
        hint: str,
        search: Callable[[str], Sequence[Choice]],
        take: Callable[[str], None],
        *,
        begin_at: str = "",
    ) -> None:
        chooser = Chooser(self._session.theme, title, hint, search, self._parent)
        chooser.begin_at(begin_at)
        chooser.ask(take)
