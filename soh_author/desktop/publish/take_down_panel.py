"""The panel to take a page down: a warning on it, the page gone, or its readers led elsewhere."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from soh_author.desktop.publish.page_box import Titles, chosen_page, fill, let_type, titles_of
from soh_author.desktop.publish.panel import UNSURE, Panel, quiet
from soh_author.desktop.publish.take_down_paper import affected_paper
from soh_author.desktop.review.layout import paper
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.desktop.widgets.scrolled import ScrolledPage
from soh_author.domain.errors import SohAuthorError, UnsureError
from soh_author.domain.ids import ForceId, Language, PageId
from soh_author.domain.judging.release import ReleaseKind
from soh_author.domain.judging.whole_release import SHORTEST_REASON
from soh_author.trust.signers import Signer
from soh_author.workflow.names import Names
from soh_author.workflow.release.publishing import Published
from soh_author.workflow.release.publishing_emergency import publish_in_emergency
from soh_author.workflow.release.publishing_take_down import (
    Affected,
    Prepared,
    look_at_take_down,
    prepare_take_down,
)
from soh_author.workflow.release.take_down_wish import How, TakeDown
from soh_author.workflow.task import Outcome, Progress, Task

WIDEST = 900
TOLD = "Say which page and how; what it affects is shown before anything is written."
UNKNOWN = "No page is called so. Choose one from the list."
HOWS = {
    How.BANNER: "Put a warning at its head",
    How.REDIRECT: "Remove it, and lead links to another page",
    How.GONE: "Remove it",
}
FOR_ONE = "For one force the page stays at its address and says only this."
NOT_LIVE = "✗ It is NOT live: nothing was published. The draft is kept, to be tried again."
BUTTONS = {
    "down.prepare": "Only prepare a draft",
    "down.look": "What does it affect?",
    "down.now": "Take it down now…",
}


class TakeDownPanel(Panel):
    """What is to happen at the left; what it affects, and whether it is live, at the right."""

    name = "Take down"
    action = "panel.take_down"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self.affected: Affected | None = None
        self.looked_at: TakeDown | None = None
        self.told = quiet(TOLD)
        self.page, self.target, self.force, self.how, self.language = (QComboBox() for _ in range(5))
        self.text, self.welsh = QPlainTextEdit(), QPlainTextEdit()
        self.reason, self.authority = QLineEdit(), QLineEdit()
        self.form = QFormLayout()
        self.paper = paper("What it affects, and whether it is live")
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._furnish()

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {"down.look": self.look, "down.prepare": self.prepare, "down.now": self.ask}

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        if chosen_page(self.page) is None:
            return UNKNOWN if self.page.currentText().strip() else "Choose the page."
        if action_id == "down.look":
            return ""
        if self.looked_at is None or self.looked_at != self._valid_wish():
            return "Look first what it affects."
        if action_id == "down.prepare":
            return ""
        if len(self._why()) < SHORTEST_REASON:
            return f"Say why and on whose authority, in at least {SHORTEST_REASON} letters."
        return self.signing.reason

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.page, self.paper)

    def load(self) -> None:
        """Look which pages and forces there are."""
        if self.session.workspace is None:
            return
        workspace = self.workspace

        def titles(_progress: Progress) -> Outcome[Titles]:
            snapshot = workspace.snapshot()
            return Outcome(titles_of(snapshot.page_infos(snapshot.page_ids())))

        self.session.run(Task("Reading what pages are called", titles), self._name_pages, topic="titles")
        snapshot = workspace.snapshot()
        only = str(self.force.currentData() or "")
        self.force.clear()
        self.force.addItem("Every force", "")
        for force in snapshot.registry.forces:
            self.force.addItem(snapshot.force(force).name(), str(force))
        self.force.setCurrentIndex(max(self.force.findData(only), 0))
        self._judge()

    def _name_pages(self, titles: Titles) -> None:
        here = self.session.location.page
        fill(self.page, titles, chosen_page(self.page) or here)
        fill(self.target, titles, chosen_page(self.target))
        self.allow()

    def look(self) -> None:
        """Show what it would affect; nothing is written."""
        what = self._checked()
        if what is None:
            return

        def show(found: Affected) -> None:
            self.affected, self.looked_at = found, what
            names = Names(self.workspace.snapshot())
            self.paper.setHtml(affected_paper(found, what, names, self.session.theme.colours))
            self.allow()

        self.paper.setPlainText("Looking what it affects…")
        self.session.run(look_at_take_down(self.workspace, what), show, self._not_so, topic="take down")

    def prepare(self) -> None:
        """Write the draft, to be reviewed in the usual way."""
        what = self._checked()
        if what is not None:
            self.session.run(prepare_take_down(self.workspace, what), self._prepared, self._not_so)

    def ask(self) -> None:
        """Ask once more, then take it down at once."""
        what = self.looked_at
        if what is not None and self.affected is not None:
            told = (
                f"{self.affected.sentence} It goes out at once on your word alone; somebody else reviews it "
                "afterwards. It is not live before the server has taken it."
            )
            page = Names(self.workspace.snapshot()).page(what.page)
            ask_yes(self.window(), f"Take “{page}” down now?", told, "Take it down", self._take_down)

    def _take_down(self) -> None:
        what, why = self.looked_at, self._why()
        if what is None:
            return

        def go(signer: Signer) -> None:
            def prepared(made: Prepared) -> None:
                task = publish_in_emergency(
                    self.workspace, [made.draft.name], signer, why, ReleaseKind.TAKE_DOWN
                )
                self._tell("Not live yet: the server is asked…")
                self.session.run(task, self._live, self._not_live)

            self._tell("Not live yet: the draft is written…")
            self.session.run(prepare_take_down(self.workspace, what), prepared, self._not_so)

        self.signing.sign(go)

    def _live(self, done: Published) -> None:
        where = "It is live" if done.is_sent else "It is live in this workspace, which has no origin,"
        self._tell(f"✓ {where} since {done.release.when.astimezone():%H:%M}. It waits for its review.")
        self.reason.clear()

    def _not_live(self, error: Exception) -> None:
        self._tell(UNSURE if isinstance(error, UnsureError) else NOT_LIVE)
        self.session.failed.emit(error)

    def _prepared(self, made: Prepared) -> None:
        self._tell(f"The draft “{made.draft.name}” takes it down. It is not live; send it for review.")

    def _not_so(self, error: Exception) -> None:
        told = f"{error.what} {error.todo}" if isinstance(error, SohAuthorError) else str(error)
        self._tell(f"✗ {told}")

    def _tell(self, text: str) -> None:
        self.looked_at = None
        self.paper.setPlainText(text)
        self.session.notice.emit(text)
        self.allow()

    def _valid_wish(self) -> TakeDown | None:
        try:
            return self._wish()
        except SohAuthorError:
            return None

    def _checked(self) -> TakeDown | None:
        try:
            return self._wish()
        except SohAuthorError as error:
            self._not_so(error)
            return None

    def _wish(self) -> TakeDown:
        how, says = How(self.how.currentData()), self._says_something
        page, target = chosen_page(self.page), chosen_page(self.target)
        force = str(self.force.currentData() or "")
        language = str(self.language.currentData() or "")
        return TakeDown(
            page or PageId(self.page.currentText().strip()),
            how,
            self.text.toPlainText().strip() if says else "",
            self.welsh.toPlainText().strip() if says else "",
            target if how is How.REDIRECT else None,
            ForceId(force) if force else None,
            Language(language) if language else None,
        )

    @property
    def _says_something(self) -> bool:
        """Whether readers are told something on the page itself."""
        return How(self.how.currentData()) is How.BANNER or bool(self.force.currentData())

    def _why(self) -> str:
        """Why, and on whose authority."""
        reason, authority = self.reason.text().strip(), self.authority.text().strip()
        return f"{reason} (authority: {authority})" if reason and authority else ""

    def _judge(self) -> None:
        how = How(self.how.currentData())
        for field, is_shown in (
            (self.text, self._says_something),
            (self.welsh, self._says_something),
            (self.target, how is How.REDIRECT),
        ):
            self.form.setRowVisible(field, is_shown)
        self._name(self.text, "The warning" if how is How.BANNER else "What stands in its place")
        self.text.setPlaceholderText("" if how is How.BANNER else FOR_ONE)
        self.allow()

    def _name(self, field: QWidget, name: str) -> None:
        label = self.form.labelForField(field)
        assert isinstance(label, QLabel), "every row has a label"
        label.setText(name)
        field.setAccessibleName(name)

    def _furnish(self) -> None:
        self._furnish_boxes()
        fields = {
            "Page": self.page,
            "What happens": self.how,
            "Only for": self.force,
            "In": self.language,
            "Leads to": self.target,
            "The warning": self.text,
            "The same in Welsh": self.welsh,
            "Why": self.reason,
            "On whose authority": self.authority,
        }
        self.form.setContentsMargins(16, 8, 16, 8)
        self.form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name, field in fields.items():
            field.setAccessibleName(name)
            if isinstance(field, QComboBox) and (line := field.lineEdit()) is not None:
                line.setAccessibleName(name)
            self.form.addRow(name, field)
        for words in (self.text, self.welsh):
            words.setTabChangesFocus(True)
            words.setProperty("role", "field")
            words.setMaximumHeight(words.fontMetrics().height() * 4)
            words.textChanged.connect(self.allow)
        for box_of_words in (self.reason, self.authority):
            box_of_words.textChanged.connect(lambda _text: self.allow())
        for choice in (self.page, self.target, self.language):
            choice.currentTextChanged.connect(lambda _text: self.allow())
        for deciding in (self.how, self.force):
            deciding.currentIndexChanged.connect(lambda _index: self._judge())
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.form)
        column.addStretch(1)
        self.parts.addWidget(ScrolledPage(left, WIDEST))
        self.parts.addWidget(self.paper)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([500, 500])
        self.lay_out(self.told, self.parts, stretched=self.parts)

    def _furnish_boxes(self) -> None:
        for box in (self.page, self.target, self.how, self.force, self.language):
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for how, told in HOWS.items():
            self.how.addItem(told, how.value)
        self.language.addItem("Both languages", "")
        for language in Language:
            self.language.addItem(language.label, language.value)
        for box in (self.page, self.target):
            let_type(box)
