"""Buttons: what they are called, and when they can be pressed."""

from app.ui.kit.gantt.columns import Column
from tests.ui.pages.schedule.conftest import Hands


def test_the_undo_button_names_the_action(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.DURATION, "9")
    assert "修改任务" in hands.page.toolbar.buttons["undo"].toolTip()
    hands.press("undo")
    assert "修改任务" in hands.page.toolbar.buttons["redo"].toolTip()
