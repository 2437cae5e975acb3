"""When a pull is better put off: each one replays what the server has not answered yet."""

from collections.abc import Callable
from typing import Final

DEEP: Final = 20
"""A queue of more unanswered commands than this is answered first, if the server is at it."""

LONGEST_S: Final = 10.0
"""So long, at most, do the changes of others wait for the answers to a deep queue."""

STILL_S: Final = 1.0
"""A server that has answered nothing for so long is not waited for."""

_ANSWERS_A_SECOND: Final = 1_000
_SHORTEST_S: Final = 0.1


class Backlog:
    """Watches how the server works off what a desk has sent. Times are monotonic seconds."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._moved_at = 0.0
        self._left = 0

    def wait_s(
        self, now: float, rested_at: float, sent: int, unanswered: Callable[[], int]
    ) -> float:
        """How long a pull that is due is put off; 0: it is time.

        A pull waits until `rested_at`, unless it would have little to replay by now. `sent`
        commands are not known to be answered; `unanswered` asks the server how many are not.
        """
        rest = max(0.0, rested_at - now)
        if sent <= DEEP:
            self._since = None
            return rest
        left = unanswered()
        if self._since is None:
            self._since = self._moved_at = now
        elif left < self._left:
            self._moved_at = now
        self._left = left
        if left <= DEEP:
            self._since = None
            return 0.0
        look = min(max(_SHORTEST_S, left / _ANSWERS_A_SECOND), STILL_S)
        if now - self._moved_at < STILL_S and now - self._since < LONGEST_S:
            return look
        if not rest:
            self._since = None
        return min(rest, look)
