"""Dialogs that do not block."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import (
    EnvironmentFault,
    Finding,
    GantryError,
    InputRejected,
    Reason,
    Refused,
)
from app.ui.kit.buttons import Button
from app.ui.kit.dialogs import Dialog, FormDialog, confirm, show_error, show_notice
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import Label
from tests.ui.desk import anything
from tests.ui.typing import type_words


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
    return made


def words(dialog: Dialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(Label) if label.isVisible())


def press(qtbot: QtBot, dialog: Dialog, said: str) -> None:
    button = next(one for one in dialog.findChildren(Button) if one.text() == said)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_dangerous_question_is_not_answered_by_enter(qtbot: QtBot, window: QWidget) -> None:
    agreed: list[bool] = []
    dialog = confirm(window, "删除合同 HT-018？", "不能撤销。", "删除", lambda: agreed.append(True))
    assert "HT-018" in words(dialog)
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert agreed == []
    dialog = confirm(window, "删除合同 HT-018？", "不能撤销。", "删除", lambda: agreed.append(True))
    press(qtbot, dialog, "删除")
    assert agreed == [True]


def test_a_harmless_question_is_answered_by_enter(qtbot: QtBot, window: QWidget) -> None:
    agreed: list[bool] = []
    dialog = confirm(window, "发布？", "…", "发布", lambda: agreed.append(True), danger=False)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert agreed == [True]


def test_escape_leaves_everything(qtbot: QtBot, window: QWidget) -> None:
    dialog = confirm(window, "删除？", "…", "删除", lambda: pytest.fail("not agreed"))
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("error", "title", "whose"),
    [
        (Refused("kit.undo"), "未能保存", "规则"),
        (EnvironmentFault("kit.undo"), "暂时无法完成", "不是您"),
        (InputRejected(()), "内容有误", "都还在"),
        (ZeroDivisionError("x"), "程序出错", "程序的问题"),
    ],
)
def test_an_error_says_what_whose_and_what_to_do(
    qtbot: QtBot, window: QWidget, error: Exception, title: str, whose: str
) -> None:
    dialog = show_error(window, error)
    assert dialog.windowTitle() == title
    assert whose in words(dialog)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return)


def test_all_findings_are_said_up_to_a_screenful(qtbot: QtBot, window: QWidget) -> None:
    reason = Reason("kit.fault_required")
    dialog = show_error(
        window, InputRejected(tuple(Finding(reason, f"第 {n} 行") for n in range(15)))
    )
    assert words(dialog).count("必填") == 12
    assert "另有 3 处" in words(dialog)
    dialog.reject()


def test_a_refused_form_stays_with_what_was_typed(qtbot: QtBot, window: QWidget) -> None:
    answers: list[GantryError | None] = [Refused("kit.fault_choice"), None]
    dialog = FormDialog(
        window,
        "新建合同",
        [FieldSpec("name", "kit.columns", required=True)],
        "保存",
        lambda _values, done: done(answers.pop(0)),
        today=date(2026, 3, 24),
    )
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    field = dialog.form.field("name")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(answers) == 2
    type_words(field, "钢筋")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "请从列表中选择" in words(dialog)
    assert dialog.form.values() == {"name": "钢筋"}
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_while_it_is_stored_it_cannot_be_sent_twice(qtbot: QtBot, window: QWidget) -> None:
    dialog = FormDialog(window, "x", [FieldSpec("a", "kit.undo")], "保存", anything, today=date.min)
    dialog.open()
    press(qtbot, dialog, "保存")
    assert not dialog.action.isEnabled()
    dialog.reject()


def test_the_keys_are_on_the_first_field(qtbot: QtBot, window: QWidget) -> None:
    specs = [FieldSpec("a", "kit.undo", "choice"), FieldSpec("b", "kit.redo")]
    dialog = FormDialog(window, "x", specs, "保存", anything, today=date.min)
    dialog.open()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    assert dialog.form.field("a").hasFocus()
    dialog.reject()


def test_a_notice_stays_until_it_was_read(qtbot: QtBot, window: QWidget) -> None:
    dialog = show_notice(window, Reason("sync.cache_rebuilt"))
    assert "没有丢失" in words(dialog)
    with qtbot.waitSignal(dialog.finished):
        press(qtbot, dialog, "关闭")
