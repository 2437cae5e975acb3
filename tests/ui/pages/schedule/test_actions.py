"""Edits from table, chart and keys: each reaches the rows, and can be undone."""

from datetime import datetime

from msgspec import UNSET
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit

from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    LinkType,
)
from app.services.schedule.tasks import EditTask, TaskFields
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.links import LinkKind
from tests.services.schedule.site import DAY
from tests.ui.pages.schedule.conftest import Hands

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def test_a_typed_start_is_a_limit_and_an_emptied_one_none(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.START, "2026-04-13")
    held = hands.values("1.3.1")
    assert held.constraint_kind is ConstraintKind.START_NO_EARLIER
    assert held.constraint_at == datetime(2026, 4, 13, 8)  # noqa: DTZ001
    assert hands.words("1.3.1", Column.START) == "04-13"
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Backspace)
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert hands.values("1.3.1").constraint_kind is ConstraintKind.AS_SOON_AS_POSSIBLE


def test_a_typed_finish_sets_the_duration(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.FINISH, "4-11")
    assert hands.values("1.3.1").duration_minutes == 6 * DAY
    assert hands.words("1.3.1", Column.FINISH) == "04-11"


def test_every_edit_of_a_task_tells_the_whole_group_that_was_seen(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.DURATION, "9")
    command = hands.site.executed[-1]
    assert isinstance(command, EditTask)
    seen = {
        name for name in TaskFields.__struct_fields__ if getattr(command.base, name) is not UNSET
    }
    assert seen == {
        "duration_minutes",
        "elapsed_duration",
        "calendar_id",
        "pinned_start",
        "pinned_finish",
    }


def test_dragging_a_bar_limits_its_start_and_its_edge_its_duration(hands: Hands) -> None:
    hands.drag("1.3.1", 5)
    moved = hands.values("1.3.1")
    assert moved.constraint_kind is ConstraintKind.START_NO_EARLIER
    assert moved.constraint_at is not None
    hands.press("undo")
    assert hands.values("1.3.1").constraint_at is None
    hands.drag("1.3.1", 7, edge=True)
    assert hands.values("1.3.1").duration_minutes > 15 * DAY
    hands.press("undo")
    assert hands.values("1.3.1").duration_minutes == 15 * DAY


def test_insert_adds_a_task_above_and_opens_its_name(hands: Hands) -> None:
    hands.select("1.3.2")
    hands.key(Qt.Key.Key_Insert)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    assert hands.editor().text() == "新任务"
    hands.editor().selectAll()
    hands.write("样板层验收")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert ("1.3.2", "样板层验收") in hands.site.shape()
    hands.press("undo")
    hands.press("undo")
    assert len(hands.site.plan().tasks) == 25
    hands.press("redo")
    assert ("1.3.2", "新任务") in hands.site.shape()


def test_delete_takes_the_branch_and_undo_brings_it_back_with_its_links(hands: Hands) -> None:
    before = hands.site.plan()
    hands.select("1.3", "1.4.1")
    hands.key(Qt.Key.Key_Delete)
    hands.settle()
    after = hands.site.plan()
    assert len(after.tasks) == 19
    assert len(after.links) < len(before.links)
    hands.press("undo")
    again = hands.site.plan()
    assert hands.site.shape() == [(task.outline, task.values.name) for task in before.tasks]
    assert set(again.links) == set(before.links)
    assert [task.values for task in again.tasks] == [task.values for task in before.tasks]
    hands.press("redo")
    assert len(hands.site.plan().tasks) == 19


def test_indent_and_outdent_move_rows_and_undo_puts_them_back(hands: Hands) -> None:
    before = hands.site.shape()
    hands.select("1.4", "1.5")
    hands.key(Qt.Key.Key_Right, ALT_SHIFT)
    hands.settle()
    assert ("1.3.5", "机电预埋") in hands.site.shape()
    assert ("1.3.6", "措施与设备") in hands.site.shape()
    hands.press("undo")
    assert hands.site.shape() == before
    hands.select("1.3.2", "1.3.3")
    hands.key(Qt.Key.Key_Left, ALT_SHIFT)
    hands.settle()
    assert ("1.4", "四至六层结构") in hands.site.shape()
    assert ("1.5", "七至八层结构") in hands.site.shape()
    hands.press("undo")
    assert hands.site.shape() == before
    hands.press("redo")
    assert ("1.4", "四至六层结构") in hands.site.shape()


def test_a_milestone_that_became_a_summary_is_one_again_after_undo(hands: Hands) -> None:
    new = hands.site.add("验收资料", parent=hands.ids["1.3"], after=hands.ids["1.3.4"])
    hands.page.keeper.refresh()
    hands.settle()
    hands.ids["new"] = new
    hands.select("new")
    hands.key(Qt.Key.Key_Right, ALT_SHIFT)
    hands.settle()
    assert hands.values("1.3.4").kind is ActivityKind.SUMMARY
    hands.press("undo")
    assert hands.values("1.3.4").kind is ActivityKind.FINISH_MILESTONE
    assert ("1.3.5", "验收资料") in hands.site.shape()


def test_rows_are_linked_and_unlinked_by_keys(hands: Hands) -> None:
    count = len(hands.site.plan().links)
    hands.select("1.4.3", "1.5.3")
    hands.key(Qt.Key.Key_F2, CONTROL)
    hands.settle()
    plan = hands.site.plan()
    pairs = {(link.predecessor_id, link.successor_id) for link in plan.links}
    assert (hands.ids["1.4.3"], hands.ids["1.5.3"]) in pairs
    hands.key(Qt.Key.Key_F2, CONTROL | SHIFT)
    hands.settle()
    assert len(hands.site.plan().links) == count
    hands.press("undo")
    assert len(hands.site.plan().links) == count + 1
    hands.press("undo")
    assert len(hands.site.plan().links) == count


def test_a_dragged_link_has_its_type(hands: Hands) -> None:
    hands.page.view.chart.link_requested.emit(hands.ids["1.4.1"], hands.ids["1.4.3"], LinkKind.SS)
    hands.settle()
    kinds = {
        link.type
        for link in hands.site.plan().links
        if (link.predecessor_id, link.successor_id) == (hands.ids["1.4.1"], hands.ids["1.4.3"])
    }
    assert kinds == {LinkType.SS}


def test_the_data_date_is_moved_and_taken_away(hands: Hands) -> None:
    for typed, chip, stored in (
        ("2026-03-27", "数据日期 03-27", datetime(2026, 3, 27, 17)),  # noqa: DTZ001
        ("", "数据日期 未设", None),
    ):
        hands.bot.mouseClick(hands.page.toolbar.data_date, Qt.MouseButton.LeftButton)
        dialog = hands.form()
        field = dialog.form.field("data_date")
        assert isinstance(field, QLineEdit)
        field.setText(typed)
        hands.save(dialog)
        assert hands.page.toolbar.data_date.text() == chip
        assert hands.site.plan().settings.data_date == stored
    hands.press("undo")
    hands.press("undo")
    assert hands.page.toolbar.data_date.text() == "数据日期 03-20"


def test_rows_linked_already_are_not_linked_again(hands: Hands) -> None:
    count = len(hands.site.executed)
    hands.select("1.3.1", "1.3.2", "1.3.3")
    hands.key(Qt.Key.Key_F2, CONTROL)
    hands.settle()
    assert len(hands.site.executed) == count
    assert hands.page.findChild(QDialog) is None
