"""Working time of an activity whose resources keep different calendars: each does its own share."""

import numpy as np
from numpy.typing import NDArray

from app.core.schedule.clock import Clock


class CrewClock:
    """The activity goes on while anybody works, and ends when the last share is done.

    `shares` are (clock, minutes of that resource for the whole `duration`). Floats are counted by
    the activity's own calendar, as MS Project counts them.
    """

    __slots__ = ("_base", "_duration", "_shares")

    def __init__(self, base: Clock, shares: tuple[tuple[Clock, int], ...], duration: int) -> None:
        self._base = base
        self._shares = shares
        self._duration = max(1, duration)

    def _share(self, minutes: int, work: int) -> int:
        return round(minutes * work / self._duration)

    def work_between(self, begin: int, end: int) -> int:
        """By the activity's own calendar."""
        return self._base.work_between(begin, end)

    def works_between(
        self, begins: NDArray[np.int64], ends: NDArray[np.int64]
    ) -> NDArray[np.int64]:
        """By the activity's own calendar."""
        return self._base.works_between(begins, ends)

    def next_start(self, instant: int) -> int:
        """When the first of the crew can start."""
        return min(clock.next_start(instant) for clock, _ in self._shares)

    def previous_finish(self, instant: int) -> int:
        """When the last of the crew can have ended."""
        return max(clock.previous_finish(instant) for clock, _ in self._shares)

    def finish_after(self, start: int, work: int) -> int:
        """When the last share is done."""
        if work <= 0:
            return start if work == 0 else self.start_before(start, -work)
        return max(
            clock.finish_after(start, self._share(minutes, work)) for clock, minutes in self._shares
        )

    def start_before(self, finish: int, work: int) -> int:
        """When the first share must begin."""
        if work <= 0:
            return finish if work == 0 else self.finish_after(finish, -work)
        return min(
            clock.start_before(finish, self._share(minutes, work))
            for clock, minutes in self._shares
        )
