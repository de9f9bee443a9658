"""A change goes through the window from a draft to the public, and back again."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from soh_author.desktop.location import RoomId
from soh_author.desktop.publish.roll_back_dialog import RollBackDialog
from soh_author.desktop.review.signing import ASK, MINE, NOBODY, OTHER
from soh_author.gitstore.origin import set_origin
from soh_author.workflow.release.reviewing_queue import QueueState, queue
from soh_author.workflow.together.syncing import get_latest
from tests.desktop.conftest import LONGEST
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import FEES

SAM_MAY_NOT = "Sam Okafor is no publisher. Ask Alex Rees to publish it."


def test_nobody_signs_until_somebody_is_chosen(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    box = journey.review.signer_box.box
    names = [box.itemText(number) for number in range(box.count())]
    assert names == [ASK, "Alex Rees", "Nia Morgan", "Sam Okafor", OTHER, MINE]
    assert journey.review.reason_against("review.withdraw") == NOBODY
    assert not journey.review.buttons["review.withdraw"].isEnabled()


def test_whoever_wrote_it_is_told_in_words_why_they_may_not_approve(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    reason = journey.review.reason_against("review.approve")
    assert "Nia Morgan wrote some of" in reason
    assert "Sam Okafor" in reason
    assert journey.review.why.text() == reason
    assert not journey.review.buttons["review.approve"].isEnabled()


def test_a_draft_shows_each_change_once_with_marked_words_and_what_it_needs(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    text = journey.review.paper.toPlainText()
    assert "1 page for 3 forces will read differently, from 1 changed file." in text
    assert text.count("What you have to pay.") == 2, "once in English, once in Welsh"
    assert "Fees, in English: changes for 3 forces\nEssex, Gwent, Kent" in text
    assert "Fees, in Welsh: changes for Gwent" in text
    assert (
        "The shared text of “Fees” is not approved yet by somebody who may do so and did not write it."
        in text
    )
    assert text.count("is not approved yet") == 1
    assert "advice/fees" not in text, "people know pages by their titles"
    also = (
        "The same goes for “Fees” as Essex and Kent read it, in English"
        " and for “Fees” as Gwent reads it, in English and Welsh."
    )
    assert f"{also}\nAsk Sam Okafor or Alex Rees." in text
    assert "text-decoration: underline" in journey.review.paper.toHtml()


def test_asking_for_changes_takes_a_note_and_changes_the_queue(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    journey.sign_as("Sam Okafor")
    assert journey.review.reason_against("review.ask") == "Write in the box what should change."
    journey.review.comment.setPlainText("Say the sum")
    journey.desk.do("review.ask")
    assert journey.review.list.waiting[0].state is QueueState.CHANGES_ASKED
    assert journey.review.comment.toPlainText() == ""
    assert "Sam Okafor asked for changes: “Say the sum”" in journey.review.paper.toPlainText()
    again = journey.review.buttons["review.together"]
    assert (again.isVisible(), again.text()) == (True, "Send it again…")
    assert not journey.review.buttons["draft.send"].isVisible()
    QTest.keyClick(journey.review.list, Qt.Key.Key_Return)
    journey.desk.settle()
    here = journey.desk.session.location
    assert (here.room, here.page, here.draft) == (RoomId.EDITOR, "advice/fees", DRAFT)


def test_a_change_goes_from_a_draft_to_the_public_and_back(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    journey.sign_as("Sam Okafor")
    journey.review.comment.setPlainText("Fine")
    journey.review.buttons["review.approve"].setFocus()
    journey.desk.do("review.approve")
    journey.later()
    assert journey.review.list.waiting[0].state is QueueState.APPROVED
    assert journey.review.reason_against("review.approve").startswith("You have approved exactly this.")
    assert journey.desk.window.focusWidget() is journey.review.list, "the button that was pressed is shut now"
    journey.enter(RoomId.PUBLISH)
    lists = journey.publish.release.lists
    row = lists.drafts.visualItemRect(lists.drafts.item(0))
    for x in (row.left() + 12, row.center().x(), row.center().x()):
        before = lists.ticked
        QTest.mouseClick(lists.drafts.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, row.center().y()))
        assert lists.ticked != before, "a click on the box and one on the words do the same"
    journey.desk.settle()
    assert journey.publish.release.reason_against("publish.now") == SAM_MAY_NOT
    journey.sign_as("Alex Rees")
    assert journey.publish.release.plan is not None
    told = journey.publish.release.paper.toPlainText()
    assert "1 page for 3 forces, in English and Welsh: 4 published pages." in told
    journey.desk.do("publish.dry_run")
    assert "The server would accept it." in journey.publish.release.paper.toPlainText()
    journey.desk.do("publish.now")
    journey.say_yes()
    assert "What you have to pay." in (journey.desk.workspace.snapshot().text(FEES) or "")
    assert journey.publish.release.receipt is not None
    assert "Receipt of" in journey.publish.release.paper.toPlainText()
    assert journey.publish.release.lists.chosen == journey.publish.release.receipt.release.id
    journey.desk.do("publish.roll_back")
    asked = journey.desk.dialog()
    assert isinstance(asked, RollBackDialog)
    asked.go.click()
    journey.later()
    here = journey.desk.session.location
    assert (here.room, here.draft) == (RoomId.REVIEW, f"roll-back-{DRAFT}")
    assert "What you pay." in (journey.desk.workspace.snapshot(here.draft).text(FEES) or "")


def test_the_live_page_stands_beside_the_one_to_be_with_what_differs_marked(journey: Journey) -> None:
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    view = journey.review.view
    view.output.setCurrentText("Kent · English · Fees")
    journey.desk.do("review.pages")
    assert view.sides is not None
    assert view.stack.currentWidget() is view.sides
    assert view.sides.titles[1].text().startswith("As it will be, as read in Kent")
    shown: list[str] = []
    for side in view.sides.views:
        side.page().toPlainText(shown.append)
    journey.desk.bot.waitUntil(lambda: len(shown) == 2, timeout=LONGEST)
    assert "What you have to pay." not in shown[0]
    journey.desk.do("review.pages")
    assert view.stack.currentWidget() is journey.review.paper


def test_everything_but_publishing_is_done_offline_waits_visibly_and_goes_with_the_latest(
    journey: Journey,
) -> None:
    origin, store = str(journey.people.origin), journey.desk.workspace.store
    set_origin(store, "https://127.0.0.1:9/content.git")
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    journey.submit()
    slot = journey.desk.window.status.slots["outgoing"]
    assert slot.text() == "1 draft to send"
    assert "“fees” was sent for review without a connection." in slot.toolTip()
    journey.sign_as("Sam Okafor")
    journey.desk.do("review.approve")
    journey.later()
    assert journey.review.list.waiting[0].state is QueueState.APPROVED
    journey.enter(RoomId.PUBLISH)
    journey.sign_as("Alex Rees")
    journey.publish.release.lists.tick(DRAFT)
    journey.desk.settle()
    journey.desk.do("publish.dry_run")
    assert "The server would accept it." in journey.publish.release.paper.toPlainText()
    live = journey.desk.workspace.revision_of("published")
    journey.desk.do("publish.now")
    journey.say_yes()
    assert journey.desk.workspace.revision_of("published") == live, "the last step needs the server"
    assert slot.text() == "1 draft to send"
    set_origin(store, origin)
    journey.desk.do("latest.get")
    assert slot.text() == ""
    get_latest(journey.people.sam.workspace).run()
    (waiting,) = queue(journey.people.sam.workspace).run().value
    assert waiting.state is QueueState.APPROVED
