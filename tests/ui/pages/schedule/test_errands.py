"""Set-up, data date, settings, calendars, print and export, from their buttons."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from app.core.schedule.network import Rules
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.fields import ChoiceField
from app.ui.kit.gantt.columns import Column
from app.ui.pages.schedule.calendars_dialog import CalendarsDialog
from app.ui.pages.schedule.print_dialog import PrintDialog
from tests.services.schedule.site import DAY, TODAY, Site
from tests.ui.pages.schedule.conftest import Bench, Hands


def form(hands: Hands) -> FormDialog:
    dialog = hands.page.findChild(FormDialog)
    assert dialog is not None
    return dialog


def save(hands: Hands, dialog: FormDialog) -> None:
    hands.bot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    hands.settle()


@pytest.mark.parametrize(("days", "working"), [(None, 6), (5, 5), (7, 7)])
def test_the_first_task_asks_how_the_site_works(
    bench: Bench, site: Site, days: int | None, working: int
) -> None:
    hands = bench.open()
    hands.bot.mouseClick(hands.page.nothing.first_button, Qt.MouseButton.LeftButton)
    dialog = form(hands)
    if days is not None:
        field = dialog.form.field("work_days")
        assert isinstance(field, ChoiceField)
        field.set_value(days)
    save(hands, dialog)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.editor().selectAll()
    hands.write("土方开挖")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    plan = site.plan()
    assert [task.values.name for task in plan.tasks] == ["土方开挖"]
    assert plan.tasks[0].values.duration_minutes == DAY
    (calendar,) = plan.calendars
    assert sum(1 for shifts in calendar.week if shifts) == working
    assert bool(calendar.days) == (working < 7)
    assert plan.settings.start_at == datetime(TODAY.year, TODAY.month, TODAY.day, 8)  # noqa: DTZ001


def test_insert_on_the_empty_page_adds_the_first_task(bench: Bench, site: Site) -> None:
    site.set_up()
    hands = bench.open()
    hands.bot.keyClick(hands.page, Qt.Key.Key_Insert)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Escape)
    hands.settle()
    assert site.shape() == [("1", "新任务")]


def test_the_data_date_is_moved_and_taken_away(hands: Hands) -> None:
    for typed, chip, stored in (
        ("2026-03-27", "数据日期 03-27", datetime(2026, 3, 27, 17)),  # noqa: DTZ001
        ("", "数据日期 未设", None),
    ):
        hands.bot.mouseClick(hands.page.toolbar.data_date, Qt.MouseButton.LeftButton)
        dialog = form(hands)
        field = dialog.form.field("data_date")
        assert isinstance(field, QLineEdit)
        field.setText(typed)
        save(hands, dialog)
        assert hands.page.toolbar.data_date.text() == chip
        assert hands.site.plan().settings.data_date == stored
    hands.press("undo")
    hands.press("undo")
    assert hands.page.toolbar.data_date.text() == "数据日期 03-20"


def test_settings_are_changed_and_undone(hands: Hands) -> None:
    hands.press("settings")
    dialog = form(hands)
    rules, limit = dialog.form.field("rules"), dialog.form.field("must_finish_at")
    assert isinstance(rules, ChoiceField)
    assert isinstance(limit, QLineEdit)
    rules.set_value(Rules.MSP)
    limit.setText("2026-05-01")
    save(hands, dialog)
    assert hands.site.plan().settings.rules is Rules.MSP
    assert hands.site.plan().settings.must_finish_at == datetime(2026, 5, 1, 17)  # noqa: DTZ001
    hands.press("undo")
    assert hands.site.plan().settings.rules is Rules.GANTRY


def test_unchanged_settings_store_nothing(hands: Hands) -> None:
    count = len(hands.site.executed)
    hands.press("settings")
    save(hands, form(hands))
    assert len(hands.site.executed) == count


def calendars(hands: Hands) -> CalendarsDialog:
    hands.press("calendars")
    dialog = hands.page.findChild(CalendarsDialog)
    assert dialog is not None
    return dialog


def test_a_day_is_set_off_named_and_made_ordinary_again(hands: Hands) -> None:
    dialog = calendars(hands)
    dialog.month.choose(date(2026, 4, 13))
    assert "08:00-12:00" in dialog.day_title.text()
    dialog.day_name.setText("停电")
    hands.bot.mouseClick(dialog.off, Qt.MouseButton.LeftButton)
    hands.settle()
    assert "停电" in dialog.day_title.text()
    days = {day.day: day for day in hands.site.plan().calendars[0].days}
    assert (days[date(2026, 4, 13)].name, days[date(2026, 4, 13)].shifts) == ("停电", ())
    dialog.day_shifts.setText("08:00-12:00")
    hands.bot.mouseClick(dialog.work, Qt.MouseButton.LeftButton)
    hands.settle()
    days = {day.day: day for day in hands.site.plan().calendars[0].days}
    assert days[date(2026, 4, 13)].shifts == ((480, 720),)
    hands.bot.mouseClick(dialog.ordinary, Qt.MouseButton.LeftButton)
    hands.settle()
    assert date(2026, 4, 13) not in {day.day for day in hands.site.plan().calendars[0].days}
    for _ in range(3):
        hands.press("undo")
    assert date(2026, 4, 13) not in {day.day for day in hands.site.plan().calendars[0].days}


def test_a_provisional_holiday_is_said_to_be_one(hands: Hands) -> None:
    dialog = calendars(hands)
    dialog.month.choose(date(2026, 4, 5))
    assert "清明" in dialog.day_title.text()
    assert "预排" in dialog.day_title.text()
    hands.bot.keyClick(dialog.month, Qt.Key.Key_Down)
    assert dialog.month.day == date(2026, 4, 12)
    hands.bot.keyClick(dialog.month, Qt.Key.Key_PageDown)
    assert dialog.month.day == date(2026, 5, 12)
    assert "2026 年 5 月" in dialog.month_title.text()
    dialog.accept()


def test_the_week_is_changed_and_bad_shifts_are_not_taken(hands: Hands) -> None:
    dialog = calendars(hands)
    dialog.week[6].setText("soon")
    hands.bot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    hands.settle()
    assert hands.site.plan().calendars[0].week[6] == ()
    dialog.week[6].setText("8-12")
    dialog.name.setText("七天工作制")
    hands.bot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    hands.settle()
    calendar = hands.site.plan().calendars[0]
    assert (calendar.name, calendar.week[6]) == ("七天工作制", ((480, 720),))
    hands.bot.mouseClick(dialog.copy, Qt.MouseButton.LeftButton)
    hands.settle()
    names = sorted(one.name for one in hands.site.plan().calendars)
    assert names == ["七天工作制", "七天工作制（副本）"]
    assert dialog.calendars.count() == 2
    dialog.accept()


def test_the_plan_is_exported_to_a_workbook(hands: Hands, tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    hands.page.errands.export_to(path)
    hands.settle()
    sheet = load_workbook(path).worksheets[0]
    names = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert "一至三层结构" in names
    assert len(names) == 25
    message = hands.page.context.toasts.message
    assert message is not None
    assert str(path) in message.words


def test_the_plan_is_printed_with_a_preview(hands: Hands, tmp_path: Path) -> None:
    hands.press("print")
    dialog = hands.page.findChild(PrintDialog)
    assert dialog is not None
    hands.bot.waitUntil(lambda: dialog.preview.pages > 0)
    paper = dialog.form.field("paper")
    tiling = dialog.form.field("tiling")
    assert isinstance(paper, ChoiceField)
    assert isinstance(tiling, ChoiceField)
    paper.set_value("A4")
    tiling.set_value("tiled")
    dialog.form.touched.emit()
    hands.bot.waitUntil(lambda: dialog.preview.pages > 1)
    path = tmp_path / "plan.pdf"
    dialog.save_to(path)
    hands.settle()
    assert path.read_bytes().startswith(b"%PDF")


def test_the_time_scale_is_chosen(hands: Hands) -> None:
    chart = hands.page.view.chart
    week = chart.time_scale.px_per_day
    hands.page.toolbar.scale.choose("day")
    assert chart.time_scale.px_per_day > week
    hands.page.toolbar.scale.choose("month")
    assert chart.time_scale.px_per_day < week


def test_columns_stay_as_a_person_set_them(hands: Hands) -> None:
    header = hands.page.view.table.header
    header.set_column_shown(Column.FLOAT, False)
    layouts = hands.page.context.layouts
    hands.bot.waitUntil(lambda: layouts.load("schedule.columns") is not None)
