"""Gathers what is to be mended: of the file that is open, and of the page as the chosen force has it."""

from PySide6.QtCore import QObject

from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.editor.problems import ProblemsPanel, sorted_problems
from soh_author.desktop.editor.section_notes import Mark
from soh_author.desktop.preview.asking import Shown
from soh_author.desktop.preview.pane import PreviewPane
from soh_author.desktop.session import Session
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import PageId


class ProblemFinding(QObject):
    """Both come at their own pace; the list shows what is known."""

    def __init__(
        self, session: Session, texts: OpenTexts, preview: PreviewPane, panel: ProblemsPanel
    ) -> None:
        super().__init__(texts)
        self._session = session
        self._texts = texts
        self._panel = panel
        self._of_page: tuple[PageId | None, tuple[Diagnostic, ...]] = (None, ())
        preview.shown.connect(self._page_shown)
        texts.news.refreshed.connect(lambda _tab: self._show())
        texts.area.current_changed.connect(self._show)

    def _page_shown(self, shown: Shown) -> None:
        self._of_page = (shown.preview.request.page, shown.preview.diagnostics)
        self._show()

    def _show(self) -> None:
        tab = self._texts.area.current
        if tab is None or tab.state is None:
            self._panel.show_problems([])
            return
        page, of_page = self._of_page
        findings = [*tab.state.diagnostics, *(of_page if page == tab.key.page else ())]
        problems = sorted_problems(findings, tab.state.path, tab.state.names_by_path)
        self._panel.show_problems(problems)
        self._mark_lines(tab, [one.finding for one in problems if one.is_here])

    def _mark_lines(self, tab: FileTab, findings: list[Diagnostic]) -> None:
        tab.edit.notes.set_marks(
            Mark(finding.place.line, finding.severity, f"{finding.message}\n{finding.hint}")
            for finding in findings
            if finding.place.line
        )
        tab.edit.refresh_notes()
