"""A month of a working calendar."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from app.services.schedule.views import CalendarView, SpecialDay
from app.ui.pages.schedule.month_view import CELL_HEIGHT, CELL_WIDTH, HEAD, MonthView
from tests.services.schedule.site import SIX_DAYS, new_id
from tests.ui.pages.schedule.plans import day_off

CALENDAR = CalendarView(
    new_id(),
    "六天工作制",
    SIX_DAYS,
    "",
    (
        day_off(date(2026, 4, 5), "清明", provisional=True),
        SpecialDay(new_id(), date(2026, 4, 12), ((480, 720),), "补班", False),
    ),
)


@pytest.fixture
def month(qtbot: QtBot) -> MonthView:
    made = MonthView(date(2026, 4, 8))
    qtbot.addWidget(made)
    made.show_calendar(CALENDAR)
    made.show()
    return made


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 4, 8), "2026-04-08, 08:00-12:00"),
        (date(2026, 4, 19), "2026-04-19, 休息"),
        (date(2026, 4, 5), "2026-04-05, 休息, 清明, 预排"),
        (date(2026, 4, 12), "2026-04-12, 08:00-12:00, 补班"),
    ],
)
def test_a_day_is_said_with_what_is_special(month: MonthView, day: date, words: str) -> None:
    assert month.words_for(day).startswith(words)
    month.choose(day)
    assert month.accessibleName() == month.words_for(day)


def test_only_a_special_day_is_special(month: MonthView) -> None:
    assert month.special() is None
    month.choose(date(2026, 4, 5))
    special = month.special()
    assert special is not None
    assert special.name == "清明"


def test_keys_go_by_days_weeks_and_months(month: MonthView, qtbot: QtBot) -> None:
    heard: list[date] = []
    month.chosen.connect(heard.append)
    for key in (
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_PageDown,
        Qt.Key.Key_PageUp,
    ):
        qtbot.keyClick(month, key)
    days = [(4, 9), (4, 16), (4, 15), (4, 8), (5, 8), (4, 8)]
    assert heard == [date(2026, of_month, day) for of_month, day in days]


def test_the_day_under_the_pointer_is_chosen(month: MonthView, qtbot: QtBot) -> None:
    def click(column: int, row: int) -> date:
        place = QPoint(column * CELL_WIDTH + 20, HEAD + row * CELL_HEIGHT + 20)
        qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=place)
        return month.day

    # April 2026 begins on a Wednesday: the first cell is Monday, 30 March.
    assert click(2, 1) == date(2026, 4, 8)
    assert click(6, 4) == date(2026, 5, 3)
    assert click(0, 0) == date(2026, 4, 27)
    qtbot.mouseClick(month, Qt.MouseButton.LeftButton, pos=QPoint(200, HEAD // 2))
    assert month.day == date(2026, 4, 27)


def test_a_short_month_takes_its_last_day_and_time_has_ends(month: MonthView) -> None:
    month.choose(date(2026, 1, 31))
    month.turn(1)
    assert month.day == date(2026, 2, 28)
    month.turn(-14)
    assert month.day == date(2024, 12, 28)
    month.choose(date(2199, 12, 20))
    month.turn(3)
    assert month.day == date(2199, 12, 31)
    month.choose(date(1900, 1, 1))
    assert month.day == date(1970, 1, 1)


def test_days_off_are_drawn_differently(month: MonthView) -> None:
    drawn = month.grab().toImage()

    def ground(row: int, column: int) -> str:
        ratio = drawn.devicePixelRatio()
        x = (column + 1) * CELL_WIDTH - 6
        y = HEAD + (row + 1) * CELL_HEIGHT - 4
        return drawn.pixelColor(round(x * ratio), round(y * ratio)).name()

    usual, weekend = ground(2, 0), ground(2, 6)
    holiday, makeup = ground(0, 6), ground(1, 6)
    assert len({usual, weekend, holiday, makeup}) == 4
