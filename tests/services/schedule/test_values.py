"""Shifts and dates that a schedule cannot have are refused."""

from datetime import datetime, timedelta

import pytest

from app.core.errors import Refused
from app.services.schedule.values import EARLIEST, LATEST, Shifts, check_shifts, check_times


@pytest.mark.parametrize("shifts", [(), ((0, 1440),), ((480, 720), (780, 1020)), ((1, 2), (2, 3))])
def test_sound_shifts(shifts: Shifts) -> None:
    check_shifts(shifts)


@pytest.mark.parametrize(
    "shifts", [((720, 480),), ((480, 480),), ((480, 720), (700, 800)), ((-1, 5),), ((1400, 1441),)]
)
def test_unsound_shifts(shifts: Shifts) -> None:
    with pytest.raises(Refused) as refused:
        check_shifts(shifts)
    assert refused.value.reason.text_id == "schedule.shifts_unsound"


def test_dates_of_this_age_only() -> None:
    check_times(None, EARLIEST, LATEST, datetime(2026, 3, 2, 8))  # noqa: DTZ001 - site time
    for wrong in (EARLIEST - timedelta(minutes=1), LATEST + timedelta(minutes=1)):
        with pytest.raises(Refused) as refused:
            check_times(EARLIEST, wrong)
        assert refused.value.reason.parameters["date"] == wrong.isoformat(" ", "minutes")
