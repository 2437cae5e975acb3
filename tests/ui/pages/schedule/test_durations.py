"""Durations as planners write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.schedule.work_calendar import DAY_SHIFTS
from app.ui.pages.schedule.durations import (
    day_length,
    day_minutes,
    read_duration,
    read_lag,
    say_days,
    say_duration,
    say_lag,
)

SIX_DAYS = (*((DAY_SHIFTS,) * 6), ())


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("15", 15 * 480),
        ("3d", 1440),
        ("12h", 720),
        (" 1.5 天 ", 720),
        ("１５", 7200),
        ("2w", 2 * 6 * 480),
        ("2周", 2 * 6 * 480),
        ("90min", 90),
        ("30分钟", 30),
        ("1d4h", 720),
        ("1天4小时", 720),
        (".5", 240),
        ("0", 0),
    ],
)
def test_what_is_typed(typed: str, minutes: int) -> None:
    assert read_duration(typed, 480) == minutes


@pytest.mark.parametrize(
    "typed", ["", "x", "3x", "-1", "1..2", "d", "9" * 41, "99999999999", "3d,", "1e3"]
)
def test_what_cannot_be_meant(typed: str) -> None:
    with pytest.raises(ValueError):
        read_duration(typed, 480)


@pytest.mark.parametrize(
    ("minutes", "words"), [(7200, "15"), (720, "1.5"), (0, "0"), (75, "1.25h"), (100, "100min")]
)
def test_what_is_shown(minutes: int, words: str) -> None:
    assert say_duration(minutes, 480) == words


@given(st.integers(0, 1_000_000), st.sampled_from([360, 420, 480, 600, 1440]))
def test_what_is_shown_can_be_typed_again(minutes: int, day: int) -> None:
    assert read_duration(say_duration(minutes, day), day) == minutes


@given(st.integers(-500_000, 500_000))
def test_a_lag_keeps_its_sign(minutes: int) -> None:
    assert read_lag(say_lag(minutes, 480), 480) == minutes


def test_floats_have_at_most_one_place() -> None:
    assert [say_days(m, 480) for m in (0, 480, -960, 100)] == ["0", "1", "-2", "0.2"]


def test_a_day_is_the_most_usual_one_of_the_week() -> None:
    assert day_minutes(SIX_DAYS) == 480
    assert day_minutes((((0, 1440),), *SIX_DAYS[1:])) == 480
    assert day_minutes(((),) * 7) == 480
    assert day_length(SIX_DAYS, elapsed=True) == 1440
