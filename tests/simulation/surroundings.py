"""Time and chance of a simulated world: everything follows from the seed."""

from datetime import UTC, datetime, timedelta
from random import Random

BEGINNING = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


class WorldTime:
    """Seconds since the world began; they pass only when told to."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        """The true instant."""
        return BEGINNING + timedelta(seconds=self.seconds)


class SimClock:
    """A computer's clock: it runs with the world, and may be set wrong by years."""

    def __init__(self, world: WorldTime) -> None:
        self._world = world
        self.off = timedelta()

    def now(self) -> datetime:
        """What the computer shows."""
        return self._world.now() + self.off

    def monotonic(self) -> float:
        """Never set."""
        return 1000.0 + self._world.seconds


class SimChance:
    """Chance out of a seed."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def bytes(self, count: int) -> bytes:
        """Random bytes."""
        return self._random.randbytes(count)

    def fraction(self) -> float:
        """A number from 0 up to, not including, 1."""
        return self._random.random()
