"""Site times as people type them."""

from datetime import date, datetime, time

import pytest

from app.ui.pages.schedule.moments import (
    clock_time,
    read_moment,
    say_moment,
    usual_finish,
    usual_start,
)

TODAY = date(2026, 3, 24)
EIGHT = time(8)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2026-04-02", datetime(2026, 4, 2, 8)),  # noqa: DTZ001
        ("4-2", datetime(2026, 4, 2, 8)),  # noqa: DTZ001
        ("2026-04-02 13:30", datetime(2026, 4, 2, 13, 30)),  # noqa: DTZ001
        ("２０２６－０４－０２　９：０５", datetime(2026, 4, 2, 9, 5)),  # noqa: DTZ001
        ("4月2日", datetime(2026, 4, 2, 8)),  # noqa: DTZ001
        ("2026-04-02 24:00", datetime(2026, 4, 3)),  # noqa: DTZ001
        ("", None),
    ],
)
def test_what_is_typed(typed: str, moment: datetime | None) -> None:
    assert read_moment(typed, TODAY, EIGHT) == moment


@pytest.mark.parametrize("typed", ["x", "2026-13-01", "2026-04-02 25:00", "4-2 9:99", "1" * 40])
def test_what_cannot_be_meant(typed: str) -> None:
    with pytest.raises(ValueError):
        read_moment(typed, TODAY, EIGHT)


def test_the_hour_is_shown_only_where_it_is_unusual() -> None:
    assert say_moment(datetime(2026, 4, 2, 8), EIGHT) == "2026-04-02"  # noqa: DTZ001
    assert say_moment(datetime(2026, 4, 2, 13, 30), EIGHT) == "2026-04-02 13:30"  # noqa: DTZ001
    assert say_moment(None, EIGHT) == ""


def test_a_day_begins_and_ends_with_its_shifts() -> None:
    shifts = ((420, 660), (780, 1080))
    assert (usual_start(shifts), usual_finish(shifts)) == (time(7), time(18))
    assert (usual_start(()), usual_finish(())) == (time(8), time(17))
    assert clock_time(1440) == time(23, 59)
