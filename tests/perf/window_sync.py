"""A window while its desk sends a queue and takes in what others changed; prints its figures.

`python -m tests.perf.window_sync FOLDER`, the desk's secrets as JSON on standard input.
"""

import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from app.cli.checks import desk_checks
from app.sync.desk import Desk
from app.sync.keys import GivenKeys
from app.sync.profile import load_profile
from app.ui.kit.layouts import MemoryLayouts
from app.ui.kit.runner import Runner
from app.ui.kit.watchdog import Watchdog
from app.ui.program.application import new_application
from app.ui.program.shots import settle
from app.ui.program.window import DeskWindow

BEAT_MS = 5
PATIENCE_S = 300.0
QUIET_ROUNDS = 20
"""Beats without work until it counts as done."""


class Beats:
    """Beats on the window's thread: the longest time between two, and its CPU between two."""

    def __init__(self) -> None:
        self.longest_s = self.longest_cpu_s = 0.0
        self._last, self._last_cpu = time.perf_counter(), time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def stop(self) -> None:
        """No more beats."""
        self._timer.stop()

    def _beat(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.longest_s = max(self.longest_s, now - self._last)
        self.longest_cpu_s = max(self.longest_cpu_s, cpu - self._last_cpu)
        self._last, self._last_cpu = now, cpu


def watch(folder: Path, secrets: dict[str, str]) -> dict[str, float]:
    """Opens the schedule, starts the link, and looks until everything is answered and shown."""
    profile = load_profile(folder)
    desk = Desk.open(profile, GivenKeys(secrets))
    application = new_application(profile.language)
    shown = DeskWindow(desk, desk_checks(folder), MemoryLayouts())
    shown.window.show()
    application.processEvents()
    settle(shown.runner)
    shown.window.navigate("schedule")
    settle(shown.runner)
    beats, dog = Beats(), Watchdog(shown)
    began = time.perf_counter()
    desk.start()
    _let_work(desk, shown.runner)
    took = time.perf_counter() - began
    beats.stop()
    dog.stop()
    for block in dog.blocks:
        sys.stderr.write(block.stack + "\n")
    shown.window.close()
    shown.close()
    desk.close()
    return {
        "window_blocks_over_100_ms": float(len(dog.blocks)),
        "window_longest_gap_ms": beats.longest_s * 1000,
        "window_longest_gap_cpu_ms": beats.longest_cpu_s * 1000,
        "window_reconciled_s": took,
    }


def _let_work(desk: Desk, runner: Runner) -> None:
    """Lets the window work as it always does: a sleeping one would count as blocked."""
    done = threading.Event()

    def look(_: object) -> None:
        if desk._store.link.report.pulls and not desk._store.outbox.open_ids():
            done.set()

    desk.subscribe(look)
    ends, quiet = time.monotonic() + PATIENCE_S, 0
    while quiet < QUIET_ROUNDS:
        assert time.monotonic() < ends
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        quiet = quiet + 1 if done.is_set() and runner.is_idle() else 0


if __name__ == "__main__":
    found = watch(Path(sys.argv[1]), json.loads(sys.stdin.read()))
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
