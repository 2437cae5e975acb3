"""What people type, as values."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.ui.kit.formats import say_date, say_money
from app.ui.kit.parsing import parse_date, parse_number

TODAY = date(2026, 3, 24)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("1,234.50", "1234.50"),
        ("￥1，234", "1234"),
        ("１２．５", "12.5"),
        ("(12.5)", "-12.5"),
        ("（12）", "-12"),
        ("-3", "-3"),
    ],
)
def test_numbers_in_any_usual_way(typed: str, number: str) -> None:
    assert parse_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "abc", "1e999999", "NaN", "Infinity", "1.2.3", "九", "9" * 99]
)
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_number(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-24",
        "2026/3/24",
        "2026.3.24",
        "20260324",
        "260324",
        "3-24",
        "0324",
        "324",
        "3月24日",
    ],
)
def test_dates_in_any_usual_way(typed: str) -> None:
    assert parse_date(typed, TODAY) == date(2026, 3, 24)


@pytest.mark.parametrize(
    "typed", ["", "2026-02-30", "13/45", "明天", "1", "1-2-3-4", "20260324123"]
)
def test_what_is_no_date(typed: str) -> None:
    with pytest.raises(ValueError):
        parse_date(typed, TODAY)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_a_date_written_is_read_back(day: date) -> None:
    assert parse_date(say_date(day), TODAY) == day


@given(st.decimals("-1e12", "1e12", places=2))
def test_money_written_is_read_back(yuan: Decimal) -> None:
    assert parse_number(say_money(yuan)) == yuan


@given(st.text(max_size=40))
def test_any_typing_is_a_value_or_a_value_error(typed: str) -> None:
    for read in (parse_number, lambda words: parse_date(words, TODAY)):
        try:
            read(typed)
        except ValueError:
            continue
