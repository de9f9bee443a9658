"""Somebody presses everything, in any order: no fault of our own, whatever is pressed.

``SOH_SEEDS=40`` plays forty orders instead of the few that every run has time for.
"""

import os
import random
from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog

from soh_author.workflow.drafting import new_draft
from tests.desktop.conftest import Desk
from tests.desktop.hands import Hands

_SEEDS = range(1, int(os.environ.get("SOH_SEEDS", "2")) + 1)
_STEPS = 80


@pytest.mark.parametrize("seed", _SEEDS)
def test_whatever_is_pressed_in_whatever_order_nothing_unexpected_happens(
    desk: Desk, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda *_: True)
    monkeypatch.chdir(tmp_path)
    new_draft(desk.workspace, "mine").run()
    hands = Hands(desk, random.Random(seed))
    try:
        for _ in range(_STEPS):
            hands.press_something()
            if not desk.window.isVisible() or hands.faults:
                break
    finally:
        request.node.add_report_section("call", f"pressed by seed {seed}", hands.story())
    for dialog in desk.window.findChildren(QDialog):
        dialog.close()
    desk.settle()
    assert not hands.faults, f"seed {seed}: {hands.faults[0]}"
    assert len(hands.done) > _STEPS // 2
