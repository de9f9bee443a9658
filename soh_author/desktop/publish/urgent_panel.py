"""The panel of emergencies: publishing at once with a typed reason, and the review afterwards."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem, QSplitter, QVBoxLayout, QWidget

from soh_author.desktop.publish.panel import UNSURE, Panel, quiet
from soh_author.desktop.publish.urgent_looking import Urgency, look_at_urgency
from soh_author.desktop.review.layout import LOWEST
from soh_author.desktop.review.signing import Signing
from soh_author.desktop.room import Handlers
from soh_author.desktop.session import Session
from soh_author.desktop.widgets.asking import ask_yes
from soh_author.desktop.widgets.ticking import TickByClick
from soh_author.domain.errors import UnsureError
from soh_author.domain.judging.whole_release import SHORTEST_REASON
from soh_author.workflow.release.publishing import Published
from soh_author.workflow.release.publishing_emergency import (
    OpenEmergency,
    publish_in_emergency,
    review_emergency,
)

TOLD = (
    "For what can’t wait for a second pair of eyes. You alone answer for it: everybody is shown your reason "
    "until somebody else has reviewed it."
)
NOT_LIVE = "It is not live: nothing was published."
NOTHING_OPEN = "No emergency waits for its review."
BUTTONS = {
    "urgent.review": "It was right: review the emergency",
    "urgent.now": "Publish in an emergency…",
}
KEY = Qt.ItemDataRole.UserRole


class UrgentPanel(Panel):
    """Drafts and a reason at the left; what waits for its review at the right."""

    name = "Emergency"
    action = "panel.urgent"

    def __init__(self, session: Session, signing: Signing) -> None:
        super().__init__(session, signing, BUTTONS)
        self.urgency: Urgency | None = None
        self.told, self.number = quiet(TOLD), QLabel()
        self.drafts, self.waiting = QListWidget(), QListWidget()
        self.reason, self.comment = QLineEdit(), QLineEdit()
        self.parts = QSplitter(Qt.Orientation.Horizontal)
        self._furnish()
        self.drafts.itemChanged.connect(lambda _item: self.allow())
        TickByClick(self.drafts)
        self.reason.textChanged.connect(lambda _text: self.allow())
        self.waiting.currentItemChanged.connect(lambda _now, _before: self.allow())

    def handlers(self) -> Handlers:
        """What this panel carries out."""
        return {"urgent.now": self.ask, "urgent.review": self.review}

    def reason_against(self, action_id: str) -> str:
        """Why something can't be done now."""
        if self.signing.reason:
            return self.signing.reason
        if self.urgency is None:
            return "It is being looked up."
        return self._against_review() if action_id == "urgent.review" else self._against_publishing()

    def panes(self) -> Sequence[QWidget]:
        """The widgets F6 steps through."""
        return (self.drafts, self.reason, self.waiting, self.comment)

    @property
    def ticked(self) -> tuple[str, ...]:
        """The drafts that would go out."""
        items = [self.drafts.item(row) for row in range(self.drafts.count())]
        return tuple(str(item.data(KEY)) for item in items if item.checkState() is Qt.CheckState.Checked)

    @property
    def chosen(self) -> OpenEmergency | None:
        """The emergency that is chosen."""
        row = self.waiting.currentRow()
        return self.urgency.open.waiting[row] if self.urgency and row >= 0 else None

    def load(self) -> None:
        """Look what may go out at once, and what waits for its review."""
        if self.session.workspace is not None:
            task = look_at_urgency(self.workspace)
            self.session.run(task, self._show, self.calmly(self.told), topic="urgency")

    def ask(self) -> None:
        """Ask once more, then publish."""
        names = " and ".join(f"“{name}”" for name in self.ticked)
        told = (
            "The public reads it as soon as the server has taken it; until then nothing is live. Everybody "
            f"sees your reason until it is reviewed: “{self.reason.text().strip()}”."
        )
        ask_yes(self.window(), f"Publish {names} at once?", told, "Publish at once", self.publish)

    def publish(self) -> None:
        """Publish the ticked drafts, signed for by one person."""
        drafts, reason = self.ticked, self.reason.text().strip()
        self.number.setText("Not live yet: the server is asked…")
        self.signing.sign(
            lambda signer: self.session.run(
                publish_in_emergency(self.workspace, drafts, signer, reason), self._published, self._failed
            )
        )

    def review(self) -> None:
        """Say that the chosen emergency was right."""
        chosen, comment = self.chosen, self.comment.text().strip()
        if chosen is not None:
            self.signing.sign(
                lambda signer: self.session.run(
                    review_emergency(self.workspace, chosen.signed.id, "", signer, comment=comment),
                    lambda _said: self.comment.clear(),
                )
            )

    def _against_publishing(self) -> str:
        assert self.urgency is not None, "asked after the look"
        person = self.signing.person
        if person is not None and person.person not in self.urgency.publishers:
            return f"{person.name} is no publisher. Ask {self.urgency.publisher_names} to publish it."
        if len(self.urgency.open.waiting) >= self.urgency.open.most:
            return f"{self.urgency.open.sentence} Have the earlier ones reviewed first."
        if not self.ticked:
            return "Tick what goes out at once."
        if len(self.reason.text().strip()) < SHORTEST_REASON:
            return f"Say why, in at least {SHORTEST_REASON} letters."
        return ""

    def _reviewed(self, each: OpenEmergency) -> str:
        """What is still to be done when somebody has reviewed it; empty when nobody has."""
        if self.urgency is None or each.home not in self.urgency.reviewed:
            return ""
        return f"It is reviewed: a publisher ticks “{each.home}” under “Release” and publishes it."

    def _against_review(self) -> str:
        chosen, person = self.chosen, self.signing.person
        if chosen is None:
            return "Choose an emergency that waits."
        if self._reviewed(chosen):
            return self._reviewed(chosen)
        if person is not None and person.person == chosen.signed.record.person:
            return f"{person.name} published it, and nobody reviews their own emergency."
        if person is not None and chosen.able and person.name not in chosen.able:
            return f"{person.name} may not review all of it. Ask {' or '.join(chosen.able)}."
        return ""

    def _published(self, done: Published) -> None:
        self.reason.clear()
        where = "It is live." if done.is_sent else "It is live in this workspace, which has no origin."
        self.session.notice.emit(f"{where} It waits for its review.")

    def _failed(self, error: Exception) -> None:
        self.number.setText(UNSURE if isinstance(error, UnsureError) else NOT_LIVE)
        self.session.failed.emit(error)

    def _show(self, found: Urgency) -> None:
        self.urgency = found
        ticked = self.ticked
        self.told.setText(TOLD)
        self.number.setText(found.open.sentence if found.open.waiting else NOTHING_OPEN)
        self.drafts.blockSignals(True)
        self.drafts.clear()
        for name, told in found.drafts:
            item = QListWidgetItem(f"{name}\n{told}")
            item.setData(KEY, name)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {told}")
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            is_on = name in ticked
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)
            self.drafts.addItem(item)
        self.drafts.blockSignals(False)
        self.waiting.clear()
        for each in found.open.waiting:
            self.waiting.addItem(f"⚠ {each.sentence} {self._reviewed(each)}".rstrip())
        self.waiting.setCurrentRow(0 if found.open.waiting else -1)
        self.allow()

    def _furnish(self) -> None:
        for made, name in (
            (self.drafts, "Drafts to publish at once"),
            (self.waiting, "Emergencies that wait"),
        ):
            made.setAccessibleName(name)
            made.setWordWrap(True)
            made.setMinimumHeight(LOWEST)
            made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.reason.setAccessibleName("Why it can’t wait")
        self.reason.setPlaceholderText("Why it can’t wait")
        self.comment.setAccessibleName("What you say of it")
        self.comment.setPlaceholderText("What you say of it")
        self.number.setWordWrap(True)
        left = _column("Goes out at once", (self.drafts, self.reason))
        right = _column("Waits for its review", (self.number, self.waiting, self.comment))
        self.parts.addWidget(left)
        self.parts.addWidget(right)
        self.parts.setChildrenCollapsible(False)
        self.parts.setHandleWidth(1)
        self.parts.setSizes([500, 500])
        self.lay_out(self.told, self.parts, stretched=self.parts)


def _column(title: str, inside: Sequence[QWidget]) -> QWidget:
    whole = QWidget()
    layout = QVBoxLayout(whole)
    layout.setContentsMargins(16, 8, 16, 0)
    heading = QLabel(title)
    heading.setProperty("role", "heading")
    layout.addWidget(heading)
    for widget in inside:
        layout.addWidget(widget, 1 if isinstance(widget, QListWidget) else 0)
    return whole
