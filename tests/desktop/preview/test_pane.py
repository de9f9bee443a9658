"""The preview of real pages, as they are being written."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QLineEdit, QMenu

from soh_author.desktop.preview.bar import WIDTHS
from soh_author.desktop.preview.following import page_behind
from soh_author.desktop.preview.web_view import Spot
from soh_author.domain.ids import ForceId, Language
from soh_author.domain.layers import Layer
from soh_author.workflow.task import Outcome, Progress, Task
from tests.desktop.preview.conftest import LONGEST, SHARED_PATH, VEHICLES, Previewed

pytestmark = pytest.mark.browser


def test_a_page_is_shown_as_the_force_has_it(previewed: Previewed) -> None:
    previewed.go("kent")
    previewed.wait_for("Bring the notice and your passport.")
    previewed.go("essex")
    previewed.wait_for("Bring the notice.")
    assert "passport" not in previewed.words()
    assert previewed.pane.bar.force.accessibleName() == "Reads as Essex Police. Choose another force"


def test_typing_shows_after_a_pause_and_never_takes_the_focus(previewed: Previewed) -> None:
    field = QLineEdit(previewed.pane)
    field.show()
    previewed.go("essex")
    previewed.wait_for("not insured")
    previewed.pane.activateWindow()
    field.setFocus()
    previewed.bot.waitUntil(field.hasFocus, timeout=LONGEST)
    for letter in range(5):
        previewed.change("not insured", "not insured" + "!" * letter)
    previewed.wait_for("not insured!!!!")
    assert field.hasFocus()
    previewed.go("kent")
    assert field.hasFocus()


def test_a_late_answer_is_dropped(previewed: Previewed) -> None:
    previewed.go("essex")
    previewed.wait_for("not insured")
    shown: list[int] = []
    previewed.pane.asker.answered.connect(lambda number, _shown: shown.append(number))
    asker = previewed.pane.asker
    previewed.change("not insured", "first")
    asker.ask_now()
    first = asker.latest
    previewed.change("first", "second")
    asker.ask_now()
    previewed.settle()
    assert shown == [first + 1]
    previewed.wait_for("second")


def test_an_answer_that_was_on_its_way_when_the_page_was_left_is_dropped(previewed: Previewed) -> None:
    previewed.go("essex")
    previewed.wait_for("not insured")
    previewed.pane.asker.ask_now()
    previewed.session.go(replace(previewed.session.location, page=None))
    previewed.settle()
    assert previewed.pane.stage.message.text().startswith("Choose a page")


def test_text_is_never_run(previewed: Previewed) -> None:
    previewed.go("essex")
    previewed.change(
        "We seize",
        "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"> {{ 7*7 }} We",
    )
    previewed.wait_for("onerror")
    assert "Seized vehicles" in previewed.pane.view.page().title()
    assert previewed.pane.view.interceptor.refused == []


def test_each_section_says_whose_it_is(previewed: Previewed) -> None:
    previewed.go("kent")
    previewed.wait_for("passport")
    assert "Kent Police" in previewed.pane.current.preview.html  # type: ignore[union-attr]  # it is shown
    previewed.pane.view.pointed_at.emit("bring")
    assert previewed.pane.foot.words == "What to bring · Kent Police’s own text"
    previewed.pane.view.pointed_at.emit("why")
    assert previewed.pane.foot.words == "Why we seize vehicles · Shared text"


def menu_of(previewed: Previewed) -> QMenu:
    """The menu that is open."""
    previewed.bot.waitUntil(
        lambda: any(menu.isVisible() for menu in previewed.pane.findChildren(QMenu)), timeout=LONGEST
    )
    return next(menu for menu in previewed.pane.findChildren(QMenu) if menu.isVisible())


def do(menu: QMenu, words: str) -> None:
    """Do one line of a menu."""
    next(action for action in menu.actions() if action.text().startswith(words)).trigger()
    menu.close()


def test_a_section_has_a_menu(previewed: Previewed) -> None:
    previewed.go("essex")
    wished: list[str] = []
    previewed.pane.override_wanted.connect(wished.append)
    previewed.pane.text_wanted.connect(lambda path, line: wished.append(f"{path}:{line}"))
    spot = Spot("why", SHARED_PATH, 12)
    previewed.pane.view.menu_wanted.emit(spot, QPoint(10, 10))
    do(menu_of(previewed), "Override this section…")
    previewed.pane.view.menu_wanted.emit(spot, QPoint(10, 10))
    do(menu_of(previewed), "Go to text")
    assert wished == ["why", f"{SHARED_PATH}:12"]


def test_the_story_of_a_section_is_told_below_the_page_and_in_its_menu(previewed: Previewed) -> None:
    previewed.go("essex")
    previewed.pane.view.pointed_at.emit("bring")
    assert previewed.pane.foot.words.endswith("Shared text")
    readers = "2 forces read this section from the shared text."
    previewed.bot.waitUntil(lambda: readers in previewed.pane.foot.accessibleName(), timeout=LONGEST)
    for said in ("Written by ", "Published before releases were kept.", "2 forces read"):
        assert said in previewed.pane.foot.toolTip()
    previewed.pane.view.menu_wanted.emit(Spot("bring", SHARED_PATH, 12), QPoint(10, 10))
    with previewed.bot.waitSignal(previewed.session.notice, timeout=LONGEST) as told:
        do(menu_of(previewed), "Who wrote it")
    assert "2 forces read this section from the shared text." in str(told.args)


def test_all_sections_are_reached_without_a_mouse(previewed: Previewed) -> None:
    previewed.go("kent")
    previewed.pane.bar.sections.click()
    menu = menu_of(previewed)
    assert [action.text() for action in menu.actions()][-1] == "What to bring: Kent Police’s own text"


def test_a_section_that_cannot_be_overridden_says_why(previewed: Previewed) -> None:
    previewed.pane.why_not_override = lambda _section: "Start or choose a draft first."
    previewed.go("essex")
    previewed.pane.view.menu_wanted.emit(Spot("why"), QPoint(10, 10))
    action = menu_of(previewed).actions()[2]
    assert not action.isEnabled()
    assert action.text().endswith("Start or choose a draft first.")


def test_forces_are_walked_by_one_key(previewed: Previewed) -> None:
    previewed.go("essex")
    names = [force.id for force in previewed.forces.all]
    assert names == ["essex", "gwent", "kent"]
    previewed.verbs.step_force(1)
    previewed.settle()
    assert previewed.session.location.force == "gwent"
    previewed.verbs.step_force(-2)
    previewed.settle()
    assert previewed.session.location.force == "kent"


def test_the_language_changes_where_the_force_has_it(previewed: Previewed) -> None:
    previewed.go("gwent")
    assert not previewed.pane.bar.languages[Language.CY].isHidden()
    previewed.verbs.other_language()
    previewed.settle()
    previewed.wait_for("Heb yswiriant")
    previewed.pane.set_force(ForceId("kent"))
    previewed.settle()
    assert previewed.session.location.language is Language.EN
    assert previewed.pane.bar.languages[Language.CY].isHidden()
    with previewed.bot.waitSignal(previewed.session.notice) as told:
        previewed.verbs.other_language()
    assert told.args == ["Kent Police does not publish in Welsh."]


def test_facts_are_shown_as_on_another_day(previewed: Previewed) -> None:
    previewed.go("essex", page="advice/fees")
    previewed.wait_for("£26")
    previewed.verbs.set_day(date(2026, 12, 24))
    previewed.settle()
    previewed.wait_for("£30")
    assert previewed.pane.bar.day.text().startswith("As on 24 December 2026")
    previewed.pane.bar.day.click()
    previewed.settle()
    previewed.wait_for("£26")


def test_the_page_is_as_wide_as_a_phone_or_made_to_fit(previewed: Previewed) -> None:
    previewed.pane.set_width("phone")
    assert previewed.pane.view.width() == WIDTHS["phone"]
    previewed.pane.set_width("tablet")
    assert previewed.pane.view.width() == previewed.pane.stage.width()
    assert previewed.pane.view.zoomFactor() == pytest.approx(
        previewed.pane.stage.width() / WIDTHS["tablet"], 0.01
    )
    previewed.pane.set_width("desktop")
    previewed.pane.stage.set_zoom(150)
    assert previewed.pane.view.zoomFactor() == pytest.approx(1.5)


def test_the_page_follows_the_look_of_the_window(previewed: Previewed) -> None:
    previewed.go("essex")
    assert 'data-theme="light"' in previewed.pane.current.preview.html  # type: ignore[union-attr]  # it is shown
    previewed.pane.set_page_theme("dark")
    previewed.settle()
    assert 'data-theme="dark"' in previewed.pane.current.preview.html  # type: ignore[union-attr]  # the same


def test_links_lead_to_pages_and_languages_and_nowhere_else(previewed: Previewed) -> None:
    previewed.go("gwent")
    shown = previewed.pane.current
    assert page_behind(QUrl("soh-preview://page/advice/fees#amounts"), shown) == (
        "advice/fees",
        "amounts",
        Language.EN,
    )
    other = page_behind(QUrl("soh-preview://local/cy-GB/cyngor/cerbydau/"), shown)
    assert other == (VEHICLES, "", Language.CY)
    assert page_behind(QUrl("https://example.org/"), shown) is None
    with previewed.bot.waitSignal(previewed.session.notice) as told:
        previewed.pane.view.link_clicked.emit(QUrl("https://example.org/"))
    assert "not followed" in str(told.args)
    previewed.pane.view.link_clicked.emit(QUrl("soh-preview://page/advice/fees"))
    previewed.settle()
    assert previewed.session.location.page == "advice/fees"


def test_a_page_the_force_does_not_have_is_said_in_words(previewed: Previewed) -> None:
    previewed.go("kent", Language.CY)
    assert "Kent Police has no page" in previewed.pane.stage.message.text()
    previewed.go("kent")
    previewed.wait_for("passport")
    assert not previewed.pane.view.isHidden()


def test_the_page_opens_in_a_browser_as_one_file(
    previewed: Previewed, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    previewed.go("essex")
    previewed.verbs.open_in_browser()
    previewed.settle()
    html = Path(opened[0]).read_text(encoding="utf-8")
    assert "We seize vehicles that are not insured." in html
    assert "soh-preview:" not in html
    assert "data-section" not in html
    assert "<style>" in html


def test_a_first_force_is_chosen_and_a_layer_is_read_by_its_own(previewed: Previewed) -> None:
    assert previewed.session.location.force == "essex"
    here = previewed.session.location
    kent = previewed.forces.as_reader(here.at_page(VEHICLES, Layer.of_force("kent")))
    assert kent.force == "kent"
    group = previewed.forces.as_reader(
        replace(here, force=ForceId("gwent"), layer=Layer.of_group("south-east"))
    )
    assert group.force in {"kent", "essex"}


def test_slow_work_elsewhere_never_stops_the_preview(previewed: Previewed) -> None:
    previewed.go("essex")

    def broken(_progress: Progress) -> Outcome[None]:
        raise ValueError("broken")

    failed: list[object] = []
    previewed.session.failed.connect(failed.append)
    previewed.session.run(Task("Broken", broken))
    previewed.change("not insured", "not taxed")
    previewed.wait_for("not taxed")
    assert len(failed) == 1
