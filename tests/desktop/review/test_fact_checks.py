"""The fact-check pack and its answers through the review room."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from soh_author.desktop.location import RoomId
from soh_author.workflow.comments.packs import FIRST_LINE
from soh_author.workflow.together.sending_trust import trust_origin
from tests.desktop.review.conftest import DRAFT, Journey
from tests.support.people import send


def _choose(journey: Journey, action: str, file: Path) -> None:
    journey.desk.do(action)
    dialog = journey.desk.dialog()
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(file))
    dialog.reject()
    journey.later()


def test_a_pack_goes_out_and_its_answers_come_back_as_comments(journey: Journey, tmp_path: Path) -> None:
    send(journey.people, DRAFT)
    trust_origin(journey.desk.workspace)
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    pack, answers = tmp_path / "pack.html", tmp_path / "answers.txt"
    _choose(journey, "review.pack", pack)
    head = pack.read_text(encoding="utf-8").partition('<pre id="head">')[2].partition("</pre>")[0]
    assert head.startswith(FIRST_LINE)
    answers.write_text(f"{head}\nName: Dr Jo Lee\n\n[1] change: It costs more.\n", encoding="utf-8")
    told: list[str] = []
    journey.desk.session.notice.connect(told.append)
    _choose(journey, "review.answers", answers)
    assert "Dr Jo Lee: 1 to change, 0 correct." in " ".join(told)
    pane = journey.review.comments
    assert [each.thread.root.remark.text for each in pane.shown] == ["It costs more."]
    assert "Dr Jo Lee (brought in by Nia Morgan)" in pane.paper.toPlainText()
    paper = journey.review.paper.toPlainText()
    assert "Facts checked: 0 of" in paper
    assert "blocks correct, 1 to change, by Dr Jo Lee (brought in by Nia Morgan)." in paper


def test_a_file_that_is_none_and_a_place_that_takes_none_are_told(journey: Journey, tmp_path: Path) -> None:
    send(journey.people, DRAFT)
    journey.enter(RoomId.REVIEW)
    journey.sign_as("Nia Morgan")
    failures: list[Exception] = []
    session = journey.desk.session
    session.failed.disconnect()
    session.failed.connect(failures.append)
    (tmp_path / "bad.txt").write_text("Hello", encoding="utf-8")
    trust_origin(journey.desk.workspace)
    journey.review.checks.bring_in(tmp_path / "bad.txt")
    journey.review.checks.bring_in(tmp_path / "nowhere.txt")
    journey.review.checks.write_pack(tmp_path)
    journey.later()
    told = " ".join(map(str, failures))
    assert "no answers to a fact-check pack" in told
    assert "can't be read" in told
    assert "can't be written" in told
