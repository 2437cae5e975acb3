"""Time and chance come from outside, so that a simulation can hand in its own."""

import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol
from uuid import UUID

from app.core.ids import uuid7


class Clock(Protocol):
    """What time it is."""

    def now(self) -> datetime:
        """The instant by this computer's clock, in UTC; it may jump."""

    def monotonic(self) -> float:
        """Seconds that never run backwards."""


class Chance(Protocol):
    """Randomness."""

    def bytes(self, count: int) -> bytes:
        """Random bytes, fit for keys."""

    def fraction(self) -> float:
        """A number from 0 up to, not including, 1."""


class SystemClock:
    """This computer's clock."""

    def now(self) -> datetime:
        """The instant in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since some moment."""
        return time.monotonic()


class ServerClock:
    """The server's time, as far as it is known: what is reckoned in days must not follow a
    computer whose clock is wrong, or set, by years."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._told: tuple[datetime, float] | None = None

    @property
    def is_set(self) -> bool:
        """Whether a server has told the time since the program began."""
        return self._told is not None

    def set(self, server: datetime) -> None:
        """The server has just told the time."""
        self._told = server, self._clock.monotonic()

    def now(self) -> datetime:
        """The instant in UTC; by this computer's clock while no server has told it."""
        if self._told is None:
            return self._clock.now()
        then, seconds = self._told
        return then + timedelta(seconds=self._clock.monotonic() - seconds)

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        return self._clock.monotonic()


class SystemChance:
    """The operating system's randomness."""

    def bytes(self, count: int) -> bytes:
        """Random bytes."""
        return secrets.token_bytes(count)

    def fraction(self) -> float:
        """A number from 0 up to, not including, 1."""
        return secrets.randbelow(1 << 53) / (1 << 53)


def new_id(clock: Clock, chance: Chance) -> UUID:
    """A new identifier, ordered by this computer's time."""
    return uuid7(int(clock.now().timestamp() * 1000), chance.bytes(10))
