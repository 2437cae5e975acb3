"""Figures of starting up on a warm demo desk. `python -m tests.perf.bench_window` prints them.

The first figures need byte code: without it (PYTHONDONTWRITEBYTECODE) they are twice as high.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import psutil

from app.cli.demo_desks import demo_keys, demo_profile
from app.cli.demo_server import DemoServer
from app.server.embedded.scram import random_password
from app.sync.desk import Desk
from app.sync.profile import Profile
from app.sync.session_keys import SessionKeys

LOGIN = "zhou.mingyuan"
ROUNDS = 3
MEGABYTE = 1_000_000
QUIET_S = 30.0
ROOT = Path(__file__).parents[2]


def bench() -> dict[str, float]:
    """Seconds of waiting (`_s`), milliseconds of CPU time (`_cpu_ms`) and megabytes (`_mb`)."""
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder, password = Path(name), random_password()
        began = time.perf_counter()
        with DemoServer(folder / "server", password):
            figures["server_cold_s"] = time.perf_counter() - began
        began = time.perf_counter()
        with DemoServer(folder / "server", password) as server:
            figures["server_warm_s"] = time.perf_counter() - began
            profile = demo_profile(folder, LOGIN, server, "zh_CN")
            _fill(profile, password)
            seen = [_start(profile, password) for _ in range(ROUNDS + 1)][1:]
        for figure in seen[0]:
            figures[figure] = median(one[figure] for one in seen)
    return figures


def _fill(profile: Profile, password: str) -> None:
    desk = Desk.open(profile, SessionKeys(demo_keys(profile), password))
    try:
        desk.sync_until_quiet(QUIET_S)
    finally:
        desk.close()


def _start(profile: Profile, password: str) -> dict[str, float]:
    child = subprocess.run(
        [sys.executable, "-m", "tests.perf.bench_window", str(profile.folder)],
        input=password,
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )
    figures: dict[str, float] = json.loads(child.stdout)
    return figures


def _child(folder: Path, password: str) -> dict[str, float]:
    """A start as `gantry open` does it; usable is: the first page holds its rows."""
    from app.cli.loading import loading

    with loading():
        from app.cli.checks import desk_checks
        from app.sync.profile import load_profile
        from app.ui.kit.layouts import MemoryLayouts
        from app.ui.program.application import new_application
        from app.ui.program.shots import settle
        from app.ui.program.window import DeskWindow

    figures = {"loaded_cpu_ms": time.process_time() * 1000}
    profile = load_profile(folder)
    desk = Desk.open(profile, SessionKeys(demo_keys(profile), password))
    application = new_application(profile.language)
    began = time.perf_counter()
    desk.start()
    shown = DeskWindow(desk, desk_checks(profile.folder), MemoryLayouts())
    shown.window.show()
    application.processEvents()
    figures["first_window_cpu_ms"] = time.process_time() * 1000
    settle(shown.runner)
    figures["usable_s"] = time.perf_counter() - began
    figures["usable_mb"] = psutil.Process().memory_info().rss / MEGABYTE
    shown.window.navigate("schedule")
    settle(shown.runner)
    figures["schedule_mb"] = psutil.Process().memory_info().rss / MEGABYTE
    shown.window.close()
    shown.close()
    desk.close()
    return figures


if __name__ == "__main__":
    asked = sys.argv[1:]
    found = _child(Path(asked[0]), sys.stdin.readline().strip()) if asked else bench()
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
