"""Weeks and special days of the project's calendars."""

from datetime import date

from PySide6.QtCore import Qt

from app.ui.pages.schedule.calendars_dialog import CalendarsDialog
from tests.ui.pages.schedule.conftest import Hands


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


def test_the_keys_are_on_the_choice_of_calendars(hands: Hands) -> None:
    dialog = calendars(hands)
    hands.bot.waitUntil(dialog.calendars.hasFocus)
    dialog.reject()
