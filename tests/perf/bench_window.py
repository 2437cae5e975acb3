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

from app.cli.demo_desks import demo_keys, demo_profile
from app.cli.demo_server import DemoServer
from app.server.embedded.scram import random_password
from app.sync.desk import Desk
from app.sync.profile import Profile
from app.sync.session_keys import SessionKeys

LOGIN = "zhou.mingyuan"
ROUNDS = 3
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
        [sys.executable, "-m", "tests.perf.window_start", str(profile.folder)],
        input=password,
        capture_output=True,
        check=True,
        cwd=ROOT,
        encoding="utf-8",
        env={"QT_QPA_PLATFORM": "offscreen", **os.environ},
    )
    figures: dict[str, float] = json.loads(child.stdout)
    return figures


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bench(), indent=1) + "\n")
