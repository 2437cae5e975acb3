"""The whole page with real keys and mouse: every edit reaches the rows and can be undone."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from msgspec import UNSET
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel

from app.core.schedule.network import ActivityKind, ConstraintKind, LinkType
from app.services.schedule.tasks import EditTask, TaskFields
from app.services.schedule.views import TaskValues
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.links import LinkKind
from tests.services.schedule.site import CLERK, COLLEAGUE, DAY, Site
from tests.ui.pages.schedule.conftest import Bench, Hands, tools_for

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def values(hands: Hands, code: str) -> TaskValues:
    task = hands.site.plan().task(hands.ids[code])
    assert task is not None
    return task.values


def undo(hands: Hands) -> None:
    hands.press("undo")


def redo(hands: Hands) -> None:
    hands.press("redo")


def test_it_shows_the_plan_with_its_dates(hands: Hands) -> None:
    view = hands.page.view
    assert len(view.outline) == 25
    assert hands.words("1.1.1", Column.START) == "01-26"
    assert hands.words("1.3.1", Column.DURATION) == "15"
    assert hands.words("1.3.1", Column.FLOAT) == "0"
    assert hands.page.toolbar.data_date.text() == "数据日期 03-20"
    assert any(holiday.name == "春节" for holiday in hands.page.presenter.picture.calendar.holidays)  # type: ignore[union-attr]
    assert any("预排" in holiday.name for holiday in hands.page.presenter.picture.calendar.holidays)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "minutes"), [("9", 9 * DAY), ("3d", 3 * DAY), ("12h", 720), ("2w", 12 * DAY)]
)
def test_a_typed_duration_is_stored_and_moves_what_follows(
    hands: Hands, typed: str, minutes: int
) -> None:
    before = hands.words("1.3.2", Column.START)
    hands.type_into("1.3.1", Column.DURATION, typed)
    assert values(hands, "1.3.1").duration_minutes == minutes
    assert hands.words("1.3.2", Column.START) != before
    undo(hands)
    assert values(hands, "1.3.1").duration_minutes == 15 * DAY
    assert hands.words("1.3.2", Column.START) == before
    redo(hands)
    assert values(hands, "1.3.1").duration_minutes == minutes


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


def test_an_edited_duration_is_on_screen_before_it_is_stored(hands: Hands) -> None:
    hands.cell("1.3.1", Column.DURATION)
    hands.open_editor()
    with hands.site.holding():
        hands.write("9")
        hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
        hands.bot.waitUntil(lambda: hands.words("1.3.1", Column.DURATION) == "9")
        hands.bot.waitUntil(lambda: hands.words("1.3.2", Column.START) == "04-16")
        assert values(hands, "1.3.1").duration_minutes == 15 * DAY
    hands.settle()
    assert values(hands, "1.3.1").duration_minutes == 9 * DAY
    assert hands.words("1.3.2", Column.START) == "04-16"


def test_a_name_a_code_and_a_percentage_are_typed_in_place(hands: Hands) -> None:
    hands.type_into("1.3.2", Column.NAME, "四至七层结构")
    hands.type_into("1.3.2", Column.CODE, "A-17")
    hands.type_into("1.2.2", Column.PERCENT, "25%")
    assert values(hands, "1.3.2").name == "四至七层结构"
    assert values(hands, "1.3.2").code == "A-17"
    begun = values(hands, "1.2.2")
    assert begun.percent_complete == Decimal("0.25")
    assert begun.actual_start is not None
    for _ in range(3):
        undo(hands)
    assert values(hands, "1.3.2").name == "四至六层结构"
    assert values(hands, "1.2.2").actual_start is None


def test_a_typed_start_is_a_limit_and_an_emptied_one_none(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.START, "2026-04-13")
    held = values(hands, "1.3.1")
    assert held.constraint_kind is ConstraintKind.START_NO_EARLIER
    assert held.constraint_at == datetime(2026, 4, 13, 8)  # noqa: DTZ001
    assert hands.words("1.3.1", Column.START) == "04-13"
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Backspace)
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert values(hands, "1.3.1").constraint_kind is ConstraintKind.AS_SOON_AS_POSSIBLE


def test_a_typed_finish_sets_the_duration(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.FINISH, "4-11")
    assert values(hands, "1.3.1").duration_minutes == 6 * DAY
    assert hands.words("1.3.1", Column.FINISH) == "04-11"


def test_what_cannot_be_meant_is_said_and_kept_in_the_cell(hands: Hands) -> None:
    hands.cell("1.3.1", Column.DURATION)
    hands.open_editor()
    hands.write("bald")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    toasts = hands.page.context.toasts
    hands.bot.waitUntil(lambda: toasts.message is not None)
    assert toasts.message is not None
    assert "bald" in toasts.message.words
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    assert hands.editor().text() == "bald"
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Escape)
    hands.settle()
    assert values(hands, "1.3.1").duration_minutes == 15 * DAY


def test_two_cells_of_one_row_typed_in_a_run_do_not_clash(hands: Hands) -> None:
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.write("4-13")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is None)
    hands.cell("1.3.1", Column.START)
    hands.open_editor()
    hands.write("4-15")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert values(hands, "1.3.1").constraint_at == datetime(2026, 4, 15, 8)  # noqa: DTZ001


def test_dragging_a_bar_limits_its_start_and_its_edge_its_duration(hands: Hands) -> None:
    hands.drag("1.3.1", 5)
    moved = values(hands, "1.3.1")
    assert moved.constraint_kind is ConstraintKind.START_NO_EARLIER
    assert moved.constraint_at is not None
    undo(hands)
    assert values(hands, "1.3.1").constraint_at is None
    hands.drag("1.3.1", 7, edge=True)
    assert values(hands, "1.3.1").duration_minutes > 15 * DAY
    undo(hands)
    assert values(hands, "1.3.1").duration_minutes == 15 * DAY


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
    undo(hands)
    undo(hands)
    assert len(hands.site.plan().tasks) == 25
    redo(hands)
    assert ("1.3.2", "新任务") in hands.site.shape()


def test_delete_takes_the_branch_and_undo_brings_it_back_with_its_links(hands: Hands) -> None:
    before = hands.site.plan()
    hands.select("1.3", "1.4.1")
    hands.key(Qt.Key.Key_Delete)
    hands.settle()
    after = hands.site.plan()
    assert len(after.tasks) == 19
    assert len(after.links) < len(before.links)
    undo(hands)
    again = hands.site.plan()
    assert hands.site.shape() == [(task.outline, task.values.name) for task in before.tasks]
    assert set(again.links) == set(before.links)
    assert [task.values for task in again.tasks] == [task.values for task in before.tasks]
    redo(hands)
    assert len(hands.site.plan().tasks) == 19


def test_indent_and_outdent_move_rows_and_undo_puts_them_back(hands: Hands) -> None:
    before = hands.site.shape()
    hands.select("1.4", "1.5")
    hands.key(Qt.Key.Key_Right, ALT_SHIFT)
    hands.settle()
    assert ("1.3.5", "机电预埋") in hands.site.shape()
    assert ("1.3.6", "措施与设备") in hands.site.shape()
    undo(hands)
    assert hands.site.shape() == before
    hands.select("1.3.2", "1.3.3")
    hands.key(Qt.Key.Key_Left, ALT_SHIFT)
    hands.settle()
    assert ("1.4", "四至六层结构") in hands.site.shape()
    assert ("1.5", "七至八层结构") in hands.site.shape()
    undo(hands)
    assert hands.site.shape() == before
    redo(hands)
    assert ("1.4", "四至六层结构") in hands.site.shape()


def test_a_task_cannot_go_below_what_it_waits_for(hands: Hands) -> None:
    before = hands.site.shape()
    hands.select("1.3.2")
    hands.key(Qt.Key.Key_Right, ALT_SHIFT)
    hands.settle()
    assert hands.site.shape() == before
    dialog = hands.page.findChild(QDialog)
    assert dialog is not None
    dialog.accept()


def test_a_milestone_that_became_a_summary_is_one_again_after_undo(hands: Hands) -> None:
    new = hands.site.add("验收资料", parent=hands.ids["1.3"], after=hands.ids["1.3.4"])
    hands.page.keeper.refresh()
    hands.settle()
    hands.ids["new"] = new
    hands.select("new")
    hands.key(Qt.Key.Key_Right, ALT_SHIFT)
    hands.settle()
    assert values(hands, "1.3.4").kind is ActivityKind.SUMMARY
    undo(hands)
    assert values(hands, "1.3.4").kind is ActivityKind.FINISH_MILESTONE
    assert ("1.3.5", "验收资料") in hands.site.shape()


def test_undoing_twice_in_a_run_waits_for_what_is_in_view(hands: Hands) -> None:
    hands.select("1.3.2")
    hands.key(Qt.Key.Key_Insert)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.write("砌体")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    # The deletion names the version that the row has once its name is taken back.
    for _ in range(2):
        hands.bot.mouseClick(hands.page.toolbar.buttons["undo"], Qt.MouseButton.LeftButton)
    hands.settle()
    assert len(hands.site.plan().tasks) == 25


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
    undo(hands)
    assert len(hands.site.plan().links) == count + 1
    undo(hands)
    assert len(hands.site.plan().links) == count


def test_a_link_that_closes_a_cycle_is_refused_with_the_cycle_named(hands: Hands) -> None:
    count = len(hands.site.plan().links)
    hands.page.view.chart.link_requested.emit(hands.ids["1.3.3"], hands.ids["1.3.1"], LinkKind.FS)
    hands.settle()
    dialog = hands.page.findChild(QDialog)
    assert dialog is not None
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    for name in ("1.3.1 一至三层结构", "1.3.2 四至六层结构", "1.3.3 七至八层结构"):
        assert name in said
    assert said.count("→") == 3
    dialog.accept()
    assert len(hands.site.plan().links) == count
    assert not hands.page.toolbar.buttons["undo"].isEnabled()


def test_a_dragged_link_has_its_type(hands: Hands) -> None:
    hands.page.view.chart.link_requested.emit(hands.ids["1.4.1"], hands.ids["1.4.3"], LinkKind.SS)
    hands.settle()
    kinds = {
        link.type
        for link in hands.site.plan().links
        if (link.predecessor_id, link.successor_id) == (hands.ids["1.4.1"], hands.ids["1.4.3"])
    }
    assert kinds == {LinkType.SS}


def test_the_undo_button_names_the_action(hands: Hands) -> None:
    hands.type_into("1.3.1", Column.DURATION, "9")
    assert "修改任务" in hands.page.toolbar.buttons["undo"].toolTip()
    undo(hands)
    assert "修改任务" in hands.page.toolbar.buttons["redo"].toolTip()


def test_the_hint_tells_dates_float_and_what_drives(hands: Hands) -> None:
    hands.select("1.3.1")
    hint = hands.page.status_hint()
    for part in ("一至三层结构", "工期 15 天", "总时差 0 天", "驱动前置 1.2.2 地下室顶板"):
        assert part in hint
    hands.select("1.3.1", "1.3.2")
    assert "已选 2 项" in hands.page.status_hint()


def someone_edits(site: Site, task_id: UUID, **fields: object) -> None:
    task = site.plan().task(task_id)
    assert task is not None
    site.as_other(
        EditTask(
            scope_id=site.project_id,
            task_id=task_id,
            base=task.values.base_of(*fields),
            values=TaskFields(**fields),  # type: ignore[arg-type]
        ),
        COLLEAGUE,
    )


def test_a_colleagues_change_comes_in_and_selection_and_scroll_stay(hands: Hands) -> None:
    hands.select("1.5.3")
    view = hands.page.view
    view.chart.verticalScrollBar().setValue(30)
    across = view.chart.horizontalScrollBar().value()
    someone_edits(hands.site, hands.ids["1.3.1"], duration_minutes=3 * DAY)
    hands.settle()
    assert hands.words("1.3.1", Column.DURATION) == "3"
    assert view.selected_ids() == (hands.ids["1.5.3"],)
    assert view.chart.verticalScrollBar().value() == 30
    assert view.chart.horizontalScrollBar().value() == across


def test_an_open_editor_outlives_a_colleagues_change(hands: Hands) -> None:
    hands.cell("1.3.2", Column.NAME)
    hands.open_editor()
    hands.write("四至")
    someone_edits(hands.site, hands.ids["1.3.1"], duration_minutes=3 * DAY)
    hands.settle()
    assert hands.editor().text() == "四至"
    hands.write("七层")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    assert values(hands, "1.3.2").name == "四至七层"
    assert hands.words("1.3.1", Column.DURATION) == "3"


def test_an_edit_over_an_unseen_change_is_a_clash_that_says_so(hands: Hands) -> None:
    hands.cell("1.3.2", Column.NAME)
    hands.open_editor()
    hands.write("我的名称")
    someone_edits(hands.site, hands.ids["1.3.2"], name="同事的名称")
    hands.settle()
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    message = hands.page.context.toasts.message
    assert message is not None
    assert "他人" in message.words
    assert hands.words("1.3.2", Column.NAME) == "同事的名称"
    assert values(hands, "1.3.2").name == "同事的名称"


def test_a_storekeeper_sees_but_does_not_edit(bench: Bench, hands: Hands) -> None:
    other = bench.open(hands.ids, tools=tools_for(hands.site, login=CLERK))
    assert not other.page.toolbar.buttons["add"].isEnabled()
    other.cell("1.3.1", Column.DURATION)
    other.key(Qt.Key.Key_F2)
    assert other.page.presenter.editor() is None
    other.key(Qt.Key.Key_Insert)
    other.settle()
    assert len(other.site.plan().tasks) == 25


def test_the_language_is_switched_without_restart(hands: Hands) -> None:
    hands.page.context.texts.set_language("en")
    hands.page.retranslate()
    hands.settle()
    assert hands.page.toolbar.data_date.text() == "Data date 03-20"
    hands.select("1.3.1")
    assert "driven by" in hands.page.status_hint()
