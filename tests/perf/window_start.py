"""One start of the window on a desk of the demo, in a process of its own; prints its figures.

`python -m tests.perf.window_start FOLDER`, the password on standard input. Nothing is imported up
here: the program's own order of loading is what is measured.
"""

import json
import sys
import time
from pathlib import Path

MEGABYTE = 1_000_000


def start(folder: Path, password: str) -> dict[str, float]:
    """A start as `gantry demo` does it; usable is: the first page holds its rows."""
    from app.cli.loading import loading

    with loading():
        import app.cli.demo_windows
        import app.cli.main  # noqa: F401
        from app.cli.checks import desk_checks
        from app.cli.demo_desks import demo_keys
        from app.sync.desk import Desk
        from app.sync.profile import load_profile
        from app.sync.session_keys import SessionKeys
        from app.ui.kit.layouts import MemoryLayouts
        from app.ui.program.application import new_application
        from app.ui.program.shots import settle
        from app.ui.program.window import DeskWindow

    figures = {"loaded_cpu_ms": time.process_time() * 1000}
    profile = load_profile(folder)
    desk = Desk.open(profile, SessionKeys(demo_keys(profile), password))
    application = new_application(profile.language)
    began = time.perf_counter()
    shown = DeskWindow(desk, desk_checks(profile.folder), MemoryLayouts(), starts_link=True)
    shown.window.show()
    application.processEvents()
    figures["first_window_cpu_ms"] = time.process_time() * 1000
    settle(shown.runner)
    figures["usable_s"] = time.perf_counter() - began
    figures["usable_mb"] = _megabytes()
    shown.window.navigate("schedule")
    settle(shown.runner)
    figures["schedule_mb"] = _megabytes()
    shown.window.close()
    shown.close()
    desk.close()
    return figures


def _megabytes() -> float:
    import psutil

    held: int = psutil.Process().memory_info().rss
    return held / MEGABYTE


if __name__ == "__main__":
    found = start(Path(sys.argv[1]), sys.stdin.readline().strip())
    sys.stdout.write(json.dumps(found, indent=1) + "\n")
