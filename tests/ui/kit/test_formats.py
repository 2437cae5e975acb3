"""Dates, durations, numbers and money as people read them."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from app.ui.kit.formats import (
    say_date,
    say_days,
    say_money,
    say_number,
    say_percent,
    say_time,
)

SHANGHAI = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("yuan", "said"),
    [
        (Decimal("1234567.5"), "1,234,567.50"),
        (Decimal("-0.004"), "0.00"),
        (Decimal("-1234.5"), "-1,234.50"),
        (None, "–"),
    ],
)
def test_money(yuan: Decimal | None, said: str) -> None:
    assert say_money(yuan) == said


def test_money_with_its_sign() -> None:
    assert say_money(Decimal("-1234.5"), sign=True) == "-¥1,234.50"


@pytest.mark.parametrize(
    ("number", "places", "said"),
    [
        (1234567, None, "1,234,567"),
        (Decimal("12.5000"), None, "12.5"),
        (Decimal("1200"), None, "1,200"),
        (Decimal("1E+3"), None, "1,000"),
        (Decimal("2.345"), 2, "2.34"),
        (None, None, "–"),
    ],
)
def test_numbers(number: Decimal | int | None, places: int | None, said: str) -> None:
    assert say_number(number, places) == said


def test_dates_and_times() -> None:
    moment = datetime(2026, 3, 24, 1, 12, tzinfo=UTC)
    assert say_date(date(2026, 3, 24)) == "2026-03-24"
    assert say_date(date(2026, 3, 24), short=True) == "03-24"
    assert say_time(moment, SHANGHAI) == "2026-03-24 09:12"
    assert say_time(moment, SHANGHAI, day=False) == "09:12"
    assert say_date(None) == say_time(None) == "–"


def test_durations() -> None:
    assert say_days(15 * 480, 480) == "15 天"
    assert say_days(720, 480) == "1.5 天"
    assert say_days(720, 480, unit=False) == "1.5"
    assert say_days(None, 480) == "–"


def test_percent() -> None:
    assert say_percent(Decimal("0.345"), 1) == "34.5%"
    assert say_percent(None) == "–"
