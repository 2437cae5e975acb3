"""The strip of months."""

from pytestqt.qtbot import QtBot

from app.core.ledger import PeriodState
from app.services.ledger.queries import PeriodView
from app.ui.pages.ledger.months import MonthStrip, say_month


def month(number: int, state: PeriodState = PeriodState.OPEN) -> PeriodView:
    return PeriodView(2026, number, state, "", None)


def test_the_newest_six_months(qtbot: QtBot) -> None:
    strip = MonthStrip()
    qtbot.addWidget(strip)
    strip.show_periods([month(1, PeriodState.CLOSED), *map(month, range(2, 10))])
    assert len(strip.words) == 6
    assert strip.words[-1] == "2026-09 未结账"
    assert [one.month for one in strip.open_months] == list(range(2, 10))
    strip.show_periods([month(1, PeriodState.CLOSED)])
    strip.retranslate()
    assert strip.words == ["2026-01 已结账"]
    assert strip.open_months == ()


def test_a_month_in_words(qtbot: QtBot) -> None:
    assert say_month(month(3)) == "2026-03 未结账"
