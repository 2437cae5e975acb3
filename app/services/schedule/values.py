"""Value types that the schedule's commands share."""

from datetime import datetime
from typing import Annotated

import msgspec

from app.core.errors import Refused
from app.core.schedule.work_calendar import shifts_are_sound

Minutes = Annotated[int, msgspec.Meta(ge=0, le=10**10)]
Lag = Annotated[int, msgspec.Meta(ge=-(10**10), le=10**10)]
Shift = tuple[int, int]
Shifts = Annotated[tuple[Shift, ...], msgspec.Meta(max_length=24)]
Week = tuple[Shifts, Shifts, Shifts, Shifts, Shifts, Shifts, Shifts]
SiteTime = Annotated[datetime, msgspec.Meta(tz=False)]

EARLIEST = datetime(1970, 1, 1)  # noqa: DTZ001 - site time carries no zone
LATEST = datetime(2199, 12, 31)  # noqa: DTZ001


def check_shifts(shifts: Shifts) -> None:
    """Refuses shifts that overlap, run backwards or leave the day."""
    if not shifts_are_sound(shifts):
        raise Refused("schedule.shifts_unsound")


def check_times(*times: datetime | None) -> None:
    """Refuses dates that no construction schedule has."""
    for time in times:
        if time is not None and not EARLIEST <= time <= LATEST:
            raise Refused("schedule.date_out_of_range", date=time.isoformat(" ", "minutes"))
