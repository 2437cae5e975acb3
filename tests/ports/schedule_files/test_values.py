from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.values import (
    read_date,
    read_hours,
    read_number,
    read_period,
    shown,
)
from tests.ports.schedule_files.findings import found_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-05 08:00", "2026-01-05T08:00:00"),
        ("2026-01-05T08:00:59", "2026-01-05T08:00:00"),
        ("2026-01-05", "2026-01-05T00:00:00"),
        (" 2026-01-05T08:00:00Z ", "2026-01-05T08:00:00"),
    ],
)
def test_dates_are_read_to_the_minute(text: str, expected: str) -> None:
    faults = Faults()
    assert read_date(text, "f", "L1", faults) == datetime.fromisoformat(expected)
    assert not faults


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("0000-01-01 00:00", "date_out_of_range"),
        ("0001-01-01", "date_out_of_range"),
        ("9999-12-31T23:59:59", "date_out_of_range"),
        ("1899-12-31", "date_out_of_range"),
        ("2026-02-30", "bad_date"),
        ("2026-01-05 25:00", "bad_date"),
        ("05/01/2026", "bad_date"),
        ("２０２６-01-05", "bad_date"),
        ("NaN", "bad_date"),
    ],
)
def test_impossible_dates_are_found(text: str, finding: str) -> None:
    faults = Faults()
    assert read_date(text, "f", "L1", faults) is None
    assert found_in(faults) == [("L1", finding)]


@pytest.mark.parametrize(
    ("text", "expected"), [("1.5", 1.5), ("1,5", 1.5), ("-3", -3.0), ("1E3", 1000.0), ("", None)]
)
def test_numbers(text: str, expected: float | None) -> None:
    faults = Faults()
    assert read_number(text, "f", "L1", faults) == expected
    assert not faults


@pytest.mark.parametrize("text", ["nan", "inf", "1e99", "0x10", "1_000", "--1", "９", "1" * 400])
def test_impossible_numbers_are_found(text: str) -> None:
    faults = Faults()
    assert read_number(text, "f", "L1", faults) is None
    assert found_in(faults) == [("L1", "bad_number")]


def test_hours_become_whole_minutes() -> None:
    assert read_hours("0.33", "f", "L1", Faults()) == 20


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("PT8H30M0S", 510), ("PT0H0M45S", 1), ("P1DT1H", 1500), ("-PT1H", -60), ("", None)],
)
def test_periods(text: str, minutes: int | None) -> None:
    assert read_period(text, "f", "L1", Faults()) == minutes


@pytest.mark.parametrize("text", ["8h", "PT", "P", "PT8", "PT9999999999H", "PT1H " + "x" * 99])
def test_impossible_periods_are_found(text: str) -> None:
    faults = Faults()
    assert read_period(text, "f", "L1", faults) is None
    assert found_in(faults) == [("L1", "bad_duration_text")]


@settings(deadline=None)
@given(st.text())
def test_no_text_breaks_a_reader_or_a_finding(text: str) -> None:
    faults = Faults()
    for read in (read_date, read_number, read_hours, read_period):
        read(text, "f", "L1", faults)
    assert len(shown(text)) <= 41
    assert all(c.isprintable() for c in shown(text))
