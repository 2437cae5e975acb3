"""Keeps Python's collection of reference cycles on the window's thread.

A widget in a cycle that a worker thread happened to collect would be destroyed on that thread, and
Qt crashes.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 500


class WindowGarbage(QObject):
    """While it lives, cycles are collected by its timer only, by Python's own thresholds."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()

    def stop(self) -> None:
        """Gives collection back to Python."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()


def collect_due() -> None:
    """Collects the oldest generation that is due, if any. Call on the window's thread."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
