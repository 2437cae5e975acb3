"""Blocks from a spreadsheet: one action, all or nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel

from app.services.schedule.tasks import EditTask, TaskFields
from app.ui.kit.gantt.columns import Column
from tests.services.schedule.site import COLLEAGUE, DAY
from tests.ui.pages.schedule.conftest import Hands

CONTROL = Qt.KeyboardModifier.ControlModifier


def paste(hands: Hands, code: str, column: Column, words: str) -> None:
    QGuiApplication.clipboard().setText(words)
    hands.cell(code, column)
    hands.key(Qt.Key.Key_V, CONTROL)
    hands.settle()


def test_a_block_edits_rows_and_one_undo_takes_it_all_back(hands: Hands) -> None:
    before = hands.site.plan()
    paste(hands, "1.3.1", Column.NAME, "一至二层\t10\r\n三至六层\t2w\r\n七层\t12h\r\n")
    plan = hands.site.plan()
    assert [
        (task.values.name, task.values.duration_minutes)
        for task in plan.tasks
        if task.outline in ("1.3.1", "1.3.2", "1.3.3")
    ] == [("一至二层", 10 * DAY), ("三至六层", 12 * DAY), ("七层", 720)]
    hands.press("undo")
    assert [task.values for task in hands.site.plan().tasks] == [
        task.values for task in before.tasks
    ]
    hands.press("redo")
    assert [task.values for task in hands.site.plan().tasks] == [task.values for task in plan.tasks]


def test_lines_below_the_last_row_are_new_tasks(hands: Hands) -> None:
    paste(hands, "1.5.3", Column.NAME, "电梯安装\t7\r\n电梯验收\t2\r\n拆除外架\t\r\n")
    shape = hands.site.shape()
    assert shape[-3:] == [("1.5.3", "电梯安装"), ("1.5.4", "电梯验收"), ("1.5.5", "拆除外架")]
    last = hands.site.plan().tasks[-1].values
    assert last.duration_minutes == DAY
    hands.press("undo")
    assert len(hands.site.plan().tasks) == 25
    hands.press("redo")
    assert hands.site.shape() == shape


def test_every_cell_that_cannot_be_meant_is_named_and_nothing_is_taken(hands: Hands) -> None:
    before = hands.site.plan()
    paste(hands, "1.3.1", Column.NAME, "甲\tmany\r\n\t5\r\n丙\t8\r\n")
    dialog = hands.page.findChild(QDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "1: “many”" in said
    assert "2: 名称不能为空" in said
    dialog.accept()
    assert hands.site.plan() == before


def test_one_refused_row_takes_the_whole_block_back(hands: Hands) -> None:
    victim = hands.site.plan().task(hands.ids["1.3.2"])
    assert victim is not None
    hands.cell("1.3.1", Column.NAME)
    hands.open_editor()
    hands.site.as_other(
        EditTask(
            scope_id=hands.site.project_id,
            task_id=victim.id,
            base=victim.values.base_of("name"),
            values=TaskFields(name="同事的"),
        ),
        COLLEAGUE,
    )
    hands.settle()
    table = hands.page.view.table
    QGuiApplication.clipboard().setText("一\r\n二\r\n三\r\n")
    # The keys are in the open editor: the table still shows what was there before the colleague.
    table.paste()
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Escape)
    hands.settle()
    names = [
        task.values.name
        for task in hands.site.plan().tasks
        if task.outline in ("1.3.1", "1.3.2", "1.3.3")
    ]
    assert names == ["一至三层结构", "同事的", "七至八层结构"]
    message = hands.page.context.toasts.message
    assert message is not None
    assert "他人" in message.words


def test_filling_down_is_one_action_too(hands: Hands) -> None:
    hands.cell("1.3.1", Column.DURATION)
    hands.select("1.3.1", "1.3.2", "1.3.3")
    hands.page.view.table.selectionModel().setCurrentIndex(
        hands.page.view.table.currentIndex().siblingAtColumn(int(Column.DURATION)),
        hands.page.view.table.selectionModel().SelectionFlag.NoUpdate,
    )
    hands.key(Qt.Key.Key_D, CONTROL)
    hands.settle()
    durations = {
        task.values.duration_minutes
        for task in hands.site.plan().tasks
        if task.outline in ("1.3.1", "1.3.2", "1.3.3")
    }
    assert durations == {15 * DAY}
    hands.press("undo")
    assert hands.words("1.3.2", Column.DURATION) == "12"
