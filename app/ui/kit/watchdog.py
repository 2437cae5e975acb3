"""Logs whenever the window's thread was held up for over 100 ms, with the stack that held it."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from types import FrameType
from typing import Final

from PySide6.QtCore import QObject, QTimer

logger = logging.getLogger(__name__)

LIMIT_S: Final = 0.1
BEAT_MS: Final = 50
SAMPLE_S: Final = 0.02


@dataclass(frozen=True, slots=True)
class Block:
    """The window's thread stood still for at least `seconds` by the watchdog's clock."""

    seconds: float
    stack: str


class Watchdog(QObject):
    """A heartbeat on the window's thread, watched from another thread.

    `clock` gives seconds (a CPU clock of the window's thread leaves out a busy machine);
    `counts` says whether the stack found is one that must not block.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = monotonic,
        counts: Callable[[FrameType], bool] = lambda _frame: True,
        limit_s: float = LIMIT_S,
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._counts = counts
        self._limit_s = limit_s
        self._watched = threading.get_ident()
        self._beats = 0
        self._stop = threading.Event()
        self._blocks: list[Block] = []
        self._timer = QTimer(self)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._thread = threading.Thread(target=self._watch, name="gantry-watchdog", daemon=True)
        self._thread.start()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Every block seen so far."""
        return tuple(self._blocks)

    def stop(self) -> None:
        """Ends the watching thread."""
        self._timer.stop()
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        self._beats += 1

    def _watch(self) -> None:
        known, since, told = -1, self._clock(), False
        while not self._stop.wait(SAMPLE_S):
            frame = sys._current_frames().get(self._watched)
            stands = self._beats == known and frame is not None and self._counts(frame)
            if not stands:
                known, since, told = self._beats, self._clock(), False
            elif not told and self._clock() - since - BEAT_MS / 1000 > self._limit_s:
                told = True
                self._report(self._clock() - since, frame)
            del frame

    def _report(self, seconds: float, frame: FrameType | None) -> None:
        stack = "".join(traceback.format_stack(frame))
        logger.warning("the window was blocked for over %d ms:\n%s", seconds * 1000, stack)
        self._blocks.append(Block(seconds, stack))
