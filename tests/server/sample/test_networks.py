"""What became of a sample plan fits the plan and the data date."""

import random
from datetime import date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from app.server.sample.networks import draw_network, site_calendar, working_day
from app.server.sample.plans import load_sample, unrolled

ROWS = unrolled(load_sample("plans")["public"], 2)


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 999), days=st.integers(0, 500), pace=st.floats(0.9, 1.3))
def test_progress_agrees_with_the_data_date(seed: int, days: int, pace: float) -> None:
    drawn = draw_network(ROWS, date(2026, 1, 5), random.Random(seed))
    data_date = datetime.fromordinal(date(2026, 1, 5).toordinal() + days)
    reached = drawn.progress(pace, data_date, random.Random(seed))
    assert reached.keys() == {row.key for row in ROWS}
    for row in ROWS:
        progress = reached[row.key]
        if progress.percent == 1:
            assert progress.started is not None
            assert progress.finished is not None
            assert progress.started <= progress.finished <= data_date
        elif progress.percent == 0:
            assert progress.started is progress.finished is None
        else:
            assert progress.started is not None
            assert progress.started < data_date
            assert progress.remaining


def test_the_site_works_six_days_but_not_on_holidays() -> None:
    calendar = site_calendar()
    exceptions = dict(calendar.exceptions)
    assert calendar.week[5]
    assert not calendar.week[6]
    assert exceptions[date(2026, 2, 17)] == ()


def test_work_never_begins_on_a_sunday() -> None:
    assert working_day(date(2026, 3, 1)) == date(2026, 3, 2)
    assert working_day(date(2026, 3, 2)) == date(2026, 3, 2)
