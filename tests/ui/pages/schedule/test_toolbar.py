"""Buttons: what they are called, and when they can be pressed."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Reason
from app.ui.kit.gantt.columns import Column
from app.ui.pages.schedule.toolbar import Possible, Toolbar
from tests.ui.pages.schedule.conftest import Hands


def test_the_undo_button_names_the_action(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.DURATION, "9")
    assert "修改任务" in hands.page.toolbar.buttons["undo"].toolTip()
    hands.press("undo")
    assert "修改任务" in hands.page.toolbar.buttons["redo"].toolTip()


ALWAYS = {"undo", "redo", "import"}
PLAN = {"calendars", "settings"}
ROWS = PLAN | {"export", "print"}
CHANGES = {"add", "delete", "outdent", "indent", "unlink"}


@pytest.fixture
def toolbar(qtbot: QtBot) -> Iterator[Toolbar]:
    holder = QWidget()
    qtbot.addWidget(holder)
    row, bar, end = QHBoxLayout(holder), QHBoxLayout(), QHBoxLayout()
    row.addLayout(bar)
    row.addLayout(end)
    made = Toolbar(bar, end, holder)
    holder.show()
    yield made
    holder.close()


@pytest.mark.parametrize(
    ("now", "can"),
    [
        (Possible(), set()),
        (Possible(plan=True), PLAN),
        (Possible(plan=True, edit=True), PLAN | {"add"}),
        (Possible(plan=True, rows=True, selected=1), ROWS | {"form"}),
        (Possible(plan=True, rows=True, edit=True, selected=1), ROWS | CHANGES | {"form"}),
        (Possible(plan=True, rows=True, edit=True, selected=3), ROWS | CHANGES | {"link"}),
    ],
)
def test_buttons_offer_what_can_be_done(toolbar: Toolbar, now: Possible, can: set[str]) -> None:
    toolbar.show_possible(now)
    enabled = {key for key, made in toolbar.buttons.items() if made.isEnabled()}
    assert enabled - ALWAYS == can
    assert "import" in enabled
    assert toolbar.data_date.isVisible() == now.plan
    assert toolbar.data_date.isEnabled() == (now.plan and now.edit)
    assert toolbar.scale.isVisible() == now.rows


def test_undo_and_redo_say_what_they_do(toolbar: Toolbar) -> None:
    toolbar.show_undo(Reason("schedule.edit_task"), None)
    undo, redo = toolbar.buttons["undo"], toolbar.buttons["redo"]
    assert (undo.isEnabled(), redo.isEnabled()) == (True, False)
    assert undo.toolTip() == "撤销 修改任务 (Ctrl+Z)"
    assert undo.accessibleName() == "撤销 修改任务"
    assert redo.toolTip() == "重做 (Ctrl+Y)"


def test_every_button_is_pressed_under_its_key_and_has_a_name(
    toolbar: Toolbar, qtbot: QtBot
) -> None:
    toolbar.show_possible(Possible(plan=True, edit=True, rows=True, selected=2))
    pressed: list[str] = []
    toolbar.pressed.connect(pressed.append)
    keys = [key for key, made in toolbar.buttons.items() if made.isEnabled()]
    for key in keys:
        assert toolbar.buttons[key].accessibleName()
        qtbot.mouseClick(toolbar.buttons[key], Qt.MouseButton.LeftButton)
    qtbot.mouseClick(toolbar.data_date, Qt.MouseButton.LeftButton)
    assert pressed == [*keys, "data_date"]


def test_the_data_date_is_written_on_its_button(toolbar: Toolbar) -> None:
    toolbar.show_data_date(date(2026, 3, 20), date(2026, 11, 2))
    assert toolbar.data_date.text() == "数据日期 03-20"
    toolbar.show_data_date(date(2026, 3, 20), date(2027, 1, 2))
    assert toolbar.data_date.text() == "数据日期 2026-03-20"
    toolbar.show_data_date(None, date(2026, 11, 2))
    assert toolbar.data_date.text() == "数据日期 未设"


def test_a_scale_is_chosen(toolbar: Toolbar, qtbot: QtBot) -> None:
    toolbar.show_possible(Possible(plan=True, rows=True))
    with qtbot.waitSignal(toolbar.scale_chosen) as heard:
        where = toolbar.scale.place_of("month")
        qtbot.mouseClick(toolbar.scale, Qt.MouseButton.LeftButton, pos=where)
    assert heard.args == ["month"]
