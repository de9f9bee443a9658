"""The pane of comments: what was said, the chosen conversation, and what one does with it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.review.comment_lines import conversation, headline, line_of
from soh_author.desktop.review.say_dialog import SaidOf, SayDialog
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.chooser import ChoiceDelegate, ChoiceModel
from soh_author.desktop.widgets.eliding import ElidingBox
from soh_author.desktop.widgets.flow import Flow
from soh_author.desktop.widgets.focus import allow, leave
from soh_author.domain.errors import NotFoundError, WorkspaceError
from soh_author.domain.ids import PageId
from soh_author.trust.signers import Signer
from soh_author.workflow.comments.discussing import Discussion, discuss
from soh_author.workflow.comments.placing import Placed
from soh_author.workflow.comments.sayable import Sayable
from soh_author.workflow.comments.saying import accept, add_comment, reopen, reply, resolve, suggest
from soh_author.workflow.comments.voice import Remarked
from soh_author.workflow.names import Names
from soh_author.workflow.task import Task
from soh_author.workflow.workspace import Workspace

NOBODY_SAID = "Nobody has said anything here yet. Select words, then press “Comment…”."
ALL_RESOLVED = "Everything that was said here is resolved. Tick the box above to see it."
_LOWEST = 60


class CommentsPane(QFrame):
    """Shows what was said of a draft, or of one page of it, and lets a person answer.

    Args:
        unsaved: texts that aren't saved yet, by path, so that comments stand where the words are now.
    """

    loaded = Signal(object)
    """Discussion | None: what was said was read anew."""
    chosen = Signal(object)
    """Placed: a person chose a conversation."""
    comment_wanted = Signal()
    """The person wants to say something new."""

    def __init__(
        self, session: Session, signing: Signing, unsaved: Callable[[], Mapping[str, str | None]]
    ) -> None:
        super().__init__()
        self._session = session
        self._signing = signing
        self._unsaved = unsaved
        self._draft = self._preferred = ""
        self._page: PageId | None = None
        self.found: Discussion | None = None
        self.shown: tuple[Placed, ...] = ()
        self.heading = QLabel("Comments")
        self.which = ElidingBox()
        self.done = QCheckBox("Show resolved ones")
        self.model, self.list = ChoiceModel(self), QListView()
        self.paper = QTextBrowser()
        self.answer = QPlainTextEdit()
        self.why = QLabel()
        names = {"new": "Comment…", "reply": "Answer", "resolve": "Resolve", "accept": "Take over"}
        self.buttons = {name: QPushButton(text) for name, text in names.items()}
        self._furnish()
        self._connect()
        self._show(None)

    @property
    def draft(self) -> str:
        """The draft whose comments are shown; empty for none."""
        return self._draft

    def show_drafts(self, drafts: Sequence[str]) -> None:
        """Show what was said of one of some drafts: of the one a person chose, else of the first."""
        with QSignalBlocker(self.which):
            self.which.clear()
            self.which.addItems(drafts)
            self.which.setCurrentText(self._preferred)  # where it is none of them, nothing is set
        self.which.setVisible(len(drafts) > 1)
        self.show_draft(self.which.currentText())

    def show_draft(self, draft: str, page: PageId | None = None) -> None:
        """Show what was said of a draft (empty: of none), or only of one page of it."""
        is_other = (draft, page) != (self._draft, self._page)
        self._draft, self._page = draft, page
        if is_other:
            self._show(None)
        self.load()

    def load(self) -> None:
        """Read anew what was said."""
        workspace = self._session.workspace
        if workspace is None or not self._draft:
            self._show(None)
            return
        task = discuss(workspace, self._draft, unsaved=self._unsaved())
        self._session.run(task, self._show, self._unread, topic=f"comments {id(self)}")

    def say(self, sayable: Sequence[Sayable], quote: str) -> None:
        """Ask what to say of which section, and say it."""

        def answered(said: SaidOf) -> None:
            draft = self._draft

            def make(signer: Signer) -> Task[Remarked]:
                if said.words is None:
                    return add_comment(self._workspace, draft, said.spot, said.text, signer)
                return suggest(self._workspace, draft, said.spot, said.words, signer, text=said.text)

            self._sign(make)

        SayDialog(self._session.theme, sayable, quote, self.window()).ask(answered)

    def reply(self) -> None:
        """Answer in the chosen conversation."""
        text, each = self.answer.toPlainText().strip(), self.current
        if each is not None and text:
            self._sign(lambda signer: reply(self._workspace, self._draft, each.thread.id, signer, text))

    def resolve(self) -> None:
        """Resolve the chosen conversation, or open it again; what stands in the box goes with it."""
        text, each = self.answer.toPlainText().strip(), self.current
        if each is not None:
            verb = resolve if each.thread.is_open else reopen
            self._sign(lambda signer: verb(self._workspace, self._draft, each.thread.id, signer, text))

    def accept(self) -> None:
        """Take the suggested words over; what is typed is saved before."""
        each = self.current
        if each is not None:
            self._session.version_wanted.emit()
            self._sign(lambda signer: accept(self._workspace, self._draft, each.thread.id, signer))

    @property
    def current(self) -> Placed | None:
        """The conversation that is chosen."""
        row = self.list.currentIndex().row()
        return self.shown[row] if 0 <= row < len(self.shown) else None

    def panes(self) -> tuple[QWidget, ...]:
        """The widgets F6 steps through."""
        return (self.list, self.answer) if self.isVisible() else ()

    @property
    def _workspace(self) -> Workspace:
        assert self._session.workspace is not None, "comments are in a workspace"
        return self._session.workspace

    def _sign(self, make: Callable[[Signer], Task[Remarked]]) -> None:
        self._signing.sign(lambda signer: self._session.run(make(signer), self._said))

    def _said(self, _made: Remarked) -> None:
        self.answer.clear()
        self.load()

    def _unread(self, error: Exception) -> None:
        self._show(None)
        if isinstance(error, WorkspaceError):
            self.paper.setPlainText(f"{error.what} {error.todo}")
        elif not isinstance(error, NotFoundError):
            self._session.failed.emit(error)

    def _show(self, found: Discussion | None) -> None:
        self.found = found
        self._list()
        self.loaded.emit(found)

    def _list(self) -> None:
        before = self.current.thread.id if self.current else ""
        every = self._everything()
        self.shown = tuple(each for each in every if each.thread.is_open or self.done.isChecked())
        self.heading.setText(headline(every))
        now = self._session.workspace.clock() if self._session.workspace else None
        lines = [line_of(self.found, each, now) for each in self.shown] if self.found and now else []
        self.model.show_choices(lines)
        rows = [row for row, each in enumerate(self.shown) if each.thread.id == before]
        if not self.shown:
            leave(self.list, self.buttons["new"])
        self.list.setVisible(bool(self.shown))
        if self.shown:
            self.list.setCurrentIndex(self.model.index(rows[0] if rows else 0))
        self._read()

    def _everything(self) -> tuple[Placed, ...]:
        if self.found is None:
            return ()
        return self.found.on_page(self._page) if self._page is not None else self.found.placed

    def _read(self) -> None:
        each, colours = self.current, self._session.theme.colours
        if each is None or self.found is None:
            told = ALL_RESOLVED if self._everything() else NOBODY_SAID
            self.paper.setHtml(f'<p style="color:{colours.quiet}">{told}</p>' if self._draft else "")
        else:
            names = Names(self._workspace.snapshot())
            self.paper.setHtml(conversation(self.found, each, names, colours))
        self._allow()

    def _allow(self) -> None:
        each, has_text = self.current, bool(self.answer.toPlainText().strip())
        signing = self._signing.reason
        nothing = "" if each else "Choose a comment first."
        reasons = {
            "new": signing or ("" if self._draft else "Choose a draft first."),
            "reply": signing or nothing or ("" if has_text else "Write your answer in the box."),
            "resolve": signing or nothing,
            "accept": signing or nothing,
        }
        self.buttons["resolve"].setText("Reopen" if each and not each.thread.is_open else "Resolve")
        is_offered = each is not None and each.thread.is_suggestion and each.thread.is_open
        if not is_offered:
            leave(self.buttons["accept"], self.list)
        self.buttons["accept"].setVisible(is_offered)
        for name, button in self.buttons.items():
            allow(button, reasons[name], self.list if self.shown else self.buttons["new"])
        self.why.setText(signing)
        self.why.setVisible(bool(signing) and bool(self.shown))

    def _prefer(self, draft: str) -> None:
        self._preferred = draft
        self.show_draft(draft)

    def _current_changed(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self._read()
        if self.list.hasFocus():
            self._tell_chosen()

    def _tell_chosen(self) -> None:
        if self.current is not None:
            self.chosen.emit(self.current)

    def _connect(self) -> None:
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.activated.connect(lambda _index: self._tell_chosen())
        self.which.currentTextChanged.connect(self._prefer)
        self.done.toggled.connect(self._list)
        self.answer.textChanged.connect(self._allow)
        self._signing.changed.connect(self._allow)
        self._session.theme.changed.connect(self._dress)
        self.buttons["new"].clicked.connect(self.comment_wanted)
        for name, do in (("reply", self.reply), ("resolve", self.resolve), ("accept", self.accept)):
            self.buttons[name].clicked.connect(do)

    def _dress(self) -> None:
        theme = self._session.theme
        self.answer.setFixedHeight(self.answer.fontMetrics().height() * 2 + theme.px(14))
        self.setMinimumWidth(theme.px(240))
        self._read()

    def _furnish(self) -> None:
        self.heading.setProperty("role", "heading")
        self.list.setModel(self.model)
        self.list.setItemDelegate(ChoiceDelegate(self._session.theme, self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget, name in ((self.list, "Comments"), (self.paper, "The conversation")):
            widget.setAccessibleName(name)
            widget.setMinimumHeight(_LOWEST)
        self.paper.setFrameShape(QFrame.Shape.NoFrame)
        self.paper.setProperty("role", "paper")
        self.paper.setTabChangesFocus(True)
        self.paper.setOpenLinks(False)
        self.paper.document().setDocumentMargin(8)
        self.buttons["accept"].setProperty("role", "primary")
        self.answer.setProperty("role", "field")
        self.which.setAccessibleName("Comments of the draft")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.which.setMinimumContentsLength(8)
        self.which.hide()
        self.answer.setAccessibleName("Your answer")
        self.answer.setPlaceholderText("Your answer")
        self.answer.setTabChangesFocus(True)
        self.why.setWordWrap(True)
        self.why.setProperty("role", "quiet")
        _lay_out(self)
        self._dress()


def _lay_out(pane: CommentsPane) -> None:
    """Stack what it shows: which draft, what was said, the chosen conversation, the answer."""
    parts = QSplitter(Qt.Orientation.Vertical)
    parts.setHandleWidth(1)
    parts.setChildrenCollapsible(False)
    parts.addWidget(pane.list)
    parts.addWidget(pane.paper)
    parts.setSizes([200, 300])
    head, row = QHBoxLayout(), QWidget()
    head.addWidget(pane.heading, 1)
    head.addWidget(pane.buttons["new"])
    buttons = Flow(row, 8)
    for name in ("reply", "resolve", "accept"):
        buttons.addWidget(pane.buttons[name])
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(12, 8, 12, 8)
    layout.addLayout(head)
    layout.addWidget(pane.which)
    layout.addWidget(pane.done)
    layout.addWidget(parts, 1)
    below: tuple[QWidget, ...] = (pane.answer, pane.why, row)
    for widget in below:
        layout.addWidget(widget)
