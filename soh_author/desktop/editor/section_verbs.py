"""Override a section, give it back, say why; mend ids and details. Each is one step of undo in the text."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QMenu, QWidget

from soh_author.desktop.editor.file_reading import FileKey
from soh_author.desktop.editor.file_tab import FileTab
from soh_author.desktop.editor.open_texts import OpenTexts
from soh_author.desktop.editor.override_dialog import OverrideDialog, ReasonDialog, Voice
from soh_author.desktop.preview.pane import PreviewPane
from soh_author.desktop.preview.section_words import title_of
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import Choice, Chooser
from soh_author.domain.diagnostics import Diagnostic
from soh_author.domain.ids import ForceId, Language, SectionId
from soh_author.domain.layers import SHARED, Layer, LayerKind
from soh_author.domain.override import Op, OpKind, Override
from soh_author.workflow.detailing import change_reason, set_detail
from soh_author.workflow.editing import (
    Reason,
    TextChange,
    add_section,
    give_back,
    mend_ids,
    override_section,
)
from soh_author.workflow.editing_welsh import override_welsh
from soh_author.workflow.snapshot import Snapshot
from soh_author.workflow.task import Outcome, Progress, Task

NEEDS_DRAFT = "Start or choose a draft first."


class SectionVerbs:
    """Asks, has the new text made on a thread, and puts it into the tab of the file."""

    def __init__(self, session: Session, texts: OpenTexts, preview: PreviewPane, parent: QWidget) -> None:
        self._session = session
        self._texts = texts
        self._preview = preview
        self._parent = parent
        preview.override_wanted.connect(self.override)
        preview.why_not_override = self.reason_against

    def handlers(self) -> Handlers:
        """What this carries out, by action id."""
        return {
            "section.override": self.override_here,
            "section.give_back": self.give_back_here,
            "section.add_ids": self.mend_ids,
        }

    def add_to_menu(self, menu: QMenu) -> None:
        """Offer what can be done with the section that was clicked in the text."""
        menu.addSeparator()
        override = menu.addAction("Override this section…")
        override.triggered.connect(lambda _on=False: self.override_here())
        override.setEnabled(bool(self._session.location.draft))
        tab = self._texts.area.current
        if tab is not None and tab.state is not None and isinstance(tab.state.value, Override):
            menu.addAction("Give this section back").triggered.connect(
                lambda _on=False: self.give_back_here()
            )

    def reason_against(self, section: SectionId) -> str:
        """Why a section can't be overridden for the force the page reads as; empty when it can."""
        here = self._session.location
        if not here.draft:
            return NEEDS_DRAFT
        if here.force is None or here.page is None:
            return "Choose a force first."
        found = self._preview.section(section)
        if found is not None and found.layer.kind is LayerKind.FORCE:
            return "It is the force’s own text already."
        return ""

    def override_here(self) -> None:
        """Override the section the caret is in."""
        tab = self._texts.area.current
        section = tab.section() if tab is not None else None
        if section is None:
            self._session.notice.emit(
                "This section has no id yet. Give it one first: {#id} behind its heading."
            )
        elif tab is not None:
            self.override(section, tab.key.language)

    def choose_section(self) -> None:
        """Choose which section of the page to override."""
        current = self._preview.current
        sections = current.preview.effective.sections if current is not None else ()
        chooser = Chooser(
            self._session.theme,
            "Override a section",
            "Heading",
            lambda typed: [
                Choice(one.id, title_of(one), self.reason_against(one.id))
                for one in sections
                if typed.casefold() in title_of(one).casefold()
            ],
            self._parent,
        )
        chooser.ask(lambda key: self.override(SectionId(key), Language.EN))

    def override(self, section: str, language: Language | None = None) -> None:
        """Ask why a section is to be said differently for the force, then open its text.

        Without a language it is the preview's: what one points at is what one says differently.
        """
        wanted = SectionId(section)
        reason = self.reason_against(wanted)
        here = self._session.location
        if (language or here.language) is Language.CY:
            self._override_welsh(wanted)
            return
        found = self._preview.section(section)
        if found is not None and found.layer.kind is LayerKind.FORCE and here.draft:
            self._texts.go_to(found.place.path, found.place.line)
            return
        if reason or here.force is None:
            self._session.notice.emit(reason)
            return
        force = self._preview.current.force.name() if self._preview.current else here.force
        tab = self._texts.area.current
        titles = tab.state.section_titles if tab is not None and tab.state is not None else {}
        title = titles.get(section) or (title_of(found) if found is not None else section)
        dialog = OverrideDialog(
            self._session.theme,
            f"{force}: “{title}”",
            voices=self._voices(here.force, force),
            today=self._session.today(),
            parent=self._parent,
        )
        dialog.accepted.connect(
            lambda: self._override(wanted, dialog.layer, dialog.kind, dialog.reason, dialog.heading.text())
        )
        dialog.open()

    def give_back_here(self) -> None:
        """Give back the section the caret is in."""
        tab = self._texts.area.current
        section = tab.section() if tab is not None else None
        if section is not None:
            self.give_back(section)

    def give_back(self, section: str) -> None:
        """Read the text above again; undo takes it back."""
        tab = self._texts.area.current
        if tab is None or tab.state is None or not isinstance(tab.state.value, Override):
            self._session.notice.emit("Open the text of the force: only what it overrides can be given back.")
            return
        key, wanted = tab.key, SectionId(section)
        self._make(
            "Giving the section back",
            lambda snapshot: give_back(snapshot, key.page, key.layer, wanted, key.language),
            key,
            f"The text above shows here again. {self._undo} takes that back.",
        )

    def change_reason(self, op: Op) -> None:
        """Change why an op is there, who looks after it, and when to look again."""
        tab = self._texts.area.current
        if tab is None or tab.state is None:
            return
        state = tab.state
        dialog = ReasonDialog(
            self._session.theme, Reason(op.why, op.owner, op.review_by), self._session.today(), self._parent
        )
        dialog.accepted.connect(
            lambda: tab.apply_text(
                change_reason(state.path, tab.text(), op.number, dialog.reason).text or "", name="new reason"
            )
        )
        dialog.open()

    def change_field(self, tab: FileTab, name: str, value: str) -> None:
        """Set a field of the head of a file."""
        if tab.state is not None and not tab.edit.isReadOnly():
            change = set_detail(tab.state.path, tab.text(), name, value)
            tab.apply_text(change.text or "", name="new detail")

    def mend(self, finding: Diagnostic) -> None:
        """Mend what the program can mend when asked."""
        if finding.code == "missing-section-id":
            self.mend_ids()

    def mend_ids(self) -> None:
        """Give every section of the open text that has no id one made from its heading."""
        tab = self._texts.area.current
        if tab is None or tab.state is None or tab.edit.isReadOnly() or not tab.has_text:
            return
        change = mend_ids(tab.state.path, tab.text())
        if change.text is None or not tab.edit.replace_text(change.text, "new section ids"):
            self._session.notice.emit("Every section has an id.")
        else:
            self._session.notice.emit(f"Every section has an id now. {self._undo} takes that back.")

    def _override_welsh(self, section: SectionId) -> None:
        """Open own Welsh of a section, the tab's or the force's; the reason stands with its English."""
        here, on, tab = self._session.location, self._day, self._texts.area.current
        page, own = here.page, tab.key.layer if tab is not None else SHARED
        if page is None or here.force is None or not here.draft:
            self._session.notice.emit("Choose a force first." if here.draft else NEEDS_DRAFT)
            return
        layer = Layer.of_force(here.force) if own == SHARED else own

        def make(snapshot: Snapshot) -> TextChange:
            return override_welsh(snapshot, page, layer, section, on)

        told = "Write what is said here in Welsh."
        self._make("Opening the section", make, FileKey(page, layer, Language.CY), told, below=1)

    def _voices(self, force: ForceId, name: str) -> list[Voice]:
        """The force and its groups; first the one whose text is open."""
        tab = self._texts.area.current
        own = Layer.of_force(force)
        groups = [
            Voice(whose.layer, f"{whose.name}: every force in it", self._owner_of(whose.layer))
            for whose in (tab.state.layers if tab is not None and tab.state is not None else ())
            if whose.layer.kind is LayerKind.GROUP and whose.is_near
        ]
        voices = [Voice(own, f"{name} alone", self._owner_of(own)), *groups]
        is_open = tab.key.layer if tab is not None else SHARED
        return sorted(voices, key=lambda voice: voice.layer != is_open)

    def _override(
        self, section: SectionId, layer: Layer, kind: OpKind, reason: Reason, heading: str = ""
    ) -> None:
        page, on = self._session.location.page, self._day
        if page is None:
            return

        def make(snapshot: Snapshot) -> TextChange:
            if kind is OpKind.INSERT_AFTER:
                return add_section(snapshot, page, layer, section, on, heading=heading, reason=reason)
            return override_section(snapshot, page, layer, section, on, kind=kind, reason=reason)

        told = f"Hidden. {self._undo} takes that back." if kind is OpKind.HIDE else "Write what is said here."
        below = 1 if kind.carries_text else 0
        self._make("Opening the section", make, FileKey(page, layer, Language.EN), told, below=below)

    def _make(
        self, title: str, make: Callable[[Snapshot], TextChange], key: FileKey, told: str, *, below: int = 0
    ) -> None:
        workspace, source = self._session.workspace, self._session.location.source
        assert workspace is not None, "sections are only changed in a workspace"
        texts = self._texts.keeper.texts()

        def work(_progress: Progress) -> Outcome[TextChange]:
            return Outcome(make(workspace.snapshot(source, unsaved=texts)), notice=told)

        self._session.run(
            Task(title, work), lambda change: self._texts.begin(key, change.text or "", change.line + below)
        )

    def _owner_of(self, layer: Layer) -> str:
        for tab in self._texts.area.tabs:
            value = tab.state.value if tab.state is not None else None
            if tab.key.layer == layer and isinstance(value, Override):
                return next((op.owner for op in value.ops if op.owner), "")
        return ""

    @property
    def _undo(self) -> str:
        """What to press to take a step back."""
        return self._session.shortcuts.words("edit.undo")

    @property
    def _day(self) -> date:
        return self._session.location.on or self._session.today()
