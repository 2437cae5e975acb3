"""When to wake the desks: at most five times a second, and always after the last change."""

from collections.abc import Callable

INTERVAL_SECONDS = 0.2


class Wake:
    """Decides about `NOTIFY gantry_feed`; `clock` gives monotonic seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._last = -INTERVAL_SECONDS
        self._owed = False

    @property
    def owed(self) -> bool:
        """Whether something changed since the desks were last woken."""
        return self._owed

    def changed(self) -> None:
        """Something was changed (or may have been, when a worker takes over)."""
        self._owed = True

    def wait_seconds(self) -> float:
        """How long until the desks may be woken again; 0 for now."""
        return max(0.0, self._last + INTERVAL_SECONDS - self._clock())

    def sent(self) -> None:
        """The wake was committed."""
        self._last = self._clock()
        self._owed = False
