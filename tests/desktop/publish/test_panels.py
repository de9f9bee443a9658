"""The panels of the publish room: timetable, emergencies, taking down, freezes, who did what, people."""

import json
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from soh_author.desktop.location import RoomId
from soh_author.desktop.publish.freeze_dialog import FreezeDialog
from soh_author.desktop.publish.moment_dialog import PASSED, MomentDialog
from soh_author.desktop.publish.take_down_panel import HOWS
from soh_author.workflow.release.freezing import freezes
from soh_author.workflow.release.reviewing import submit
from soh_author.workflow.release.take_down_wish import How
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import VEHICLES, agree, go_out, send, write

REASON = "Fraudsters pretend to be us"


def _at(journey: Journey, action: str, name: str) -> None:
    journey.enter(RoomId.PUBLISH)
    journey.sign_as(name)
    journey.desk.do(action)


def _publish_fees(journey: Journey) -> str:
    """Nia's draft goes out, on other desks; the window gets the latest."""
    people = journey.people
    send(people, DRAFT)
    agree(people.sam, DRAFT)
    people.clock.pass_time(minutes=1)
    done = go_out(people.alex, DRAFT)
    people.clock.pass_time(minutes=1)
    journey.desk.do("latest.get")
    return done.release.id


def test_a_draft_is_scheduled_and_says_what_it_needs_and_what_a_day_brings(journey: Journey) -> None:
    send(journey.people, DRAFT)
    _at(journey, "panel.schedule", "Alex Rees")
    panel = journey.publish.schedule
    journey.desk.do("schedule.set")
    dialog = journey.desk.dialog()
    assert isinstance(dialog, MomentDialog)
    dialog.when.setDateTime(QDateTime.fromSecsSinceEpoch(0))
    assert dialog.fault.text() == PASSED
    assert not dialog.go.isEnabled()
    moment = datetime(2026, 12, 5, 9, 0, tzinfo=UTC)
    dialog.when.setDateTime(QDateTime.fromSecsSinceEpoch(int(moment.timestamp())))
    dialog.go.click()
    journey.later()
    (planned,) = panel.planned
    assert (planned.draft, planned.moment, planned.outputs) == (DRAFT, moment, 4)
    said = panel.paper.toPlainText()
    assert "It won’t go out as it is" in said
    assert "“Fees” as Essex and Kent read it, in English" in said
    assert " · " not in said
    assert said.count("is not approved yet") == 1
    panel.day.setDate(QDate(2026, 12, 4))
    panel.look.click()
    journey.later()
    said = panel.paper.toPlainText()
    assert "No draft goes out by itself until the end of 4 December 2026." in said
    assert "From 1 December 2026 “Storage” is £30 for everybody." in said
    panel.day.setDate(QDate(2026, 12, 5))
    panel.look.click()
    journey.later()
    assert "What you have to pay." in panel.paper.toPlainText()
    journey.desk.do("schedule.off")
    journey.say_yes()
    assert panel.planned == ()


def test_a_scheduled_draft_says_that_it_will_stop_a_later_one(journey: Journey) -> None:
    people, workspace = journey.people, journey.people.nia.workspace
    send(people, DRAFT)
    write(people.nia, "later", VEHICLES, "We seize vehicles that", "We may seize vehicles that")
    write(people.nia, "later", "shared/pages/advice/fees.en.md", "What you pay.", "What you owe.")
    submit(workspace, "later", people.nia.signer).run()
    panel = journey.publish.schedule
    _at(journey, "panel.schedule", "Alex Rees")
    panel.set(DRAFT, datetime(2026, 12, 5, 9, 0, tzinfo=UTC))
    journey.later()
    panel.set("later", datetime(2026, 12, 6, 9, 0, tzinfo=UTC))
    journey.later()
    assert any("won’t go out then" in each for each in panel.planned[0].crossings)
    assert panel.sheet.rows.rows[0][3] == "✗ needs something"


def test_an_emergency_needs_a_publisher_a_tick_and_a_reason_and_waits_for_its_review(
    journey: Journey,
) -> None:
    _at(journey, "panel.urgent", "Sam Okafor")
    panel = journey.publish.urgent
    against = journey.publish.reason_against
    assert against("urgent.now") == "Sam Okafor is no publisher. Ask Alex Rees to publish it."
    journey.sign_as("Alex Rees")
    assert against("urgent.now") == "Tick what goes out at once."
    panel.drafts.item(0).setCheckState(Qt.CheckState.Checked)
    assert against("urgent.now") == "Say why, in at least 10 letters."
    panel.reason.setText(REASON)
    journey.desk.do("urgent.now")
    journey.say_yes()
    assert panel.number.text() == "1 of at most 2 emergency releases waits for review."
    (waiting,) = panel.urgency.open.waiting if panel.urgency else ()
    assert REASON in waiting.sentence
    assert against("urgent.review") == "Alex Rees published it, and nobody reviews their own emergency."
    journey.sign_as("Nia Morgan")
    assert against("urgent.review") == "Nia Morgan may not review all of it. Ask Sam Okafor."
    journey.sign_as("Sam Okafor")
    journey.desk.do("urgent.review")
    journey.later()
    assert f"a publisher ticks “{waiting.home}” under “Release”" in against("urgent.review")
    assert "It is reviewed" in panel.waiting.item(0).text()
    journey.desk.do("panel.release")
    item = journey.publish.release.lists.drafts.item(0)
    assert item.text().endswith("Sam Okafor · review of an emergency")
    journey.sign_as("Alex Rees")
    journey.publish.release.lists.tick(str(item.data(Qt.ItemDataRole.UserRole)))
    journey.desk.settle()
    journey.desk.do("publish.now")
    journey.say_yes()
    journey.desk.do("panel.urgent")
    assert panel.number.text() == "No emergency waits for its review."


def test_a_page_is_taken_down_only_after_a_look_and_says_when_it_is_live(journey: Journey) -> None:
    _at(journey, "panel.take_down", "Alex Rees")
    panel = journey.publish.take_down
    against = journey.publish.reason_against
    assert [panel.page.itemText(row) for row in range(panel.page.count())].count("Fees") == 1
    panel.page.setCurrentText("No such page")
    assert against("down.look") == "No page is called so. Choose one from the list."
    panel.page.setCurrentText("fees")
    panel.how.setCurrentIndex(list(HOWS).index(How.GONE))
    assert not panel.text.isVisible()
    assert against("down.now") == "Look first what it affects."
    journey.desk.do("down.look")
    assert "would link to a page that is gone" in panel.paper.toPlainText()
    panel.how.setCurrentIndex(list(HOWS).index(How.BANNER))
    panel.text.setPlainText("Do not pay.")
    panel.force.setCurrentIndex(panel.force.findData("kent"))
    journey.desk.do("down.look")
    assert "1 published page of 1 force; 1 file links to it." in panel.paper.toPlainText()
    assert "Say why and on whose authority" in against("down.now")
    panel.reason.setText(REASON)
    panel.authority.setText("Duty superintendent")
    journey.desk.do("down.now")
    journey.say_yes()
    assert panel.paper.toPlainText().startswith("✓ It is live since")
    audited = journey.publish.audit
    journey.desk.do("panel.audit")
    assert audited.found is not None
    assert f"{REASON} (authority: Duty superintendent)" in audited.found.as_csv()


def test_a_page_is_taken_down_for_one_force_and_says_what_its_readers_are_told(journey: Journey) -> None:
    _at(journey, "panel.take_down", "Alex Rees")
    panel = journey.publish.take_down
    panel.page.setCurrentText("advice/fees")
    panel.how.setCurrentIndex(list(HOWS).index(How.GONE))
    assert not panel.text.isVisible()
    panel.force.setCurrentIndex(panel.force.findData("kent"))
    assert panel.text.isVisible()
    assert panel.text.accessibleName() == "What stands in its place"
    journey.desk.do("down.look")
    assert "not told why the page says no more" in panel.paper.toPlainText()
    panel.text.setPlainText("We no longer charge.")
    journey.desk.do("down.look")
    told = panel.paper.toPlainText()
    assert "1 published page of 1 force; 1 file links to it." in told
    assert "These links still lead to the page" in told
    panel.language.setCurrentIndex(panel.language.findData("cy"))
    assert journey.publish.reason_against("down.prepare") == "Look first what it affects."


def test_a_freeze_is_proposed_signed_by_two_roots_and_published(journey: Journey) -> None:
    _at(journey, "panel.freezes", "Alex Rees")
    journey.desk.do("freeze.add")
    dialog = journey.desk.dialog()
    assert isinstance(dialog, FreezeDialog)
    assert not dialog.go.isEnabled()
    dialog.force.setCurrentText("Kent")
    dialog.why.setText("Local elections")
    dialog.go.click()
    journey.later()
    journey.desk.do("panel.people")
    panel = journey.publish.people
    assert "version 2. Signed by nobody" in panel.proposed.item(0).text()
    for name in ("Nia Morgan", "Alex Rees"):
        journey.sign_as(name)
        journey.desk.do("policy.sign")
        journey.later()
    assert journey.publish.reason_against("policy.sign") == "Alex Rees has signed it."
    assert "Signed by Alex Rees, Nia Morgan. It may be published." in panel.proposed.item(0).text()
    journey.desk.do("panel.release")
    lists = journey.publish.release.lists
    lists.tick("policy-freezes")
    journey.desk.settle()
    journey.desk.do("publish.now")
    journey.say_yes()
    (state,) = freezes(journey.desk.workspace).run().value
    assert (state.freeze.force, state.state) == ("kent", "holds today")


def test_who_did_what_is_filtered_proved_and_saved(journey: Journey, tmp_path: Path) -> None:
    release = _publish_fees(journey)
    _at(journey, "panel.audit", "Alex Rees")
    panel = journey.publish.audit
    assert "all of it holds" in panel.told.text()
    assert len(panel.sheet.rows.rows) == 4
    panel.force.setCurrentText("Kent")
    journey.desk.settle()
    (row,) = panel.sheet.rows.rows
    assert row[1:] == (
        "Fees",
        "Kent, English",
        "Nia Morgan",
        "Sam Okafor",
        "Alex Rees",
        release,
        "✓ holds",
    )
    for action, ending in (("audit.table", "csv"), ("audit.data", "json")):
        journey.desk.do(action)
        dialog = journey.desk.dialog()
        assert isinstance(dialog, QFileDialog)
        dialog.fileSelected.emit(str(tmp_path / f"audit.{ending}"))
        dialog.close()
    assert "Nia Morgan" in (tmp_path / "audit.csv").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "audit.json").read_bytes())["entries"][0]["force"] == "kent"
    panel.is_since.setChecked(True)
    panel.since.setDate(QDate(2030, 1, 1))
    journey.desk.settle()
    assert panel.sheet.rows.rows == []


def test_everybody_with_their_roles_is_listed_and_a_stranger_is_told_whom_to_ask(journey: Journey) -> None:
    _at(journey, "panel.people", "Sam Okafor")
    rows = journey.publish.people.sheet.rows.rows
    assert [row[0] for row in rows] == ["Nia Morgan", "Sam Okafor", "Alex Rees"]
    assert rows[0] == ("Nia Morgan", "editor", "1 in force", "root")
    assert journey.publish.reason_against("policy.sign") == "No new policy is proposed."


def test_every_control_of_every_panel_has_a_name(journey: Journey) -> None:
    journey.enter(RoomId.PUBLISH)
    for panel in journey.publish.panels:
        journey.publish.go_to(panel)
        journey.desk.settle()
        for widget in panel.findChildren(QWidget):
            takes_focus = widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
            if widget.isVisibleTo(panel) and takes_focus and not widget.objectName().startswith("qt_"):
                said = widget.accessibleName() or getattr(widget, "text", str)()
                assert said, (panel.name, widget)
