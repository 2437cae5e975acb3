"""Time and chance come from outside, so that a simulation can hand in its own."""

import secrets
import time
from datetime import UTC, datetime
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
