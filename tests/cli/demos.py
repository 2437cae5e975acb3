"""`gantry demo` as a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests.cli.running import ROOT, environment

PATIENCE_S = 60.0


@contextmanager
def demo(folder: Path, *words: str) -> Iterator["subprocess.Popen[str]"]:
    """A demo process on the shared data; if the test fails, it is ended with what it started."""
    process = subprocess.Popen(
        [sys.executable, "-m", "app", "demo", "--data", str(folder), *words],
        cwd=ROOT,
        env=environment({"QT_QPA_PLATFORM": "offscreen"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
    )
    family = psutil.Process(process.pid)
    with process:
        try:
            yield process
        except BaseException:
            for one in [*family.children(recursive=True), family]:
                one.kill()
            raise


def work_under_way(folder: Path) -> list[psutil.Process]:
    """Every process that has to do with the demo's data, PostgreSQL's own among them."""
    found = []
    for process in psutil.process_iter():
        try:
            is_ours = str(folder) in " ".join(process.cmdline()) or str(folder) in process.cwd()
            if is_ours and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except psutil.Error:
            continue
    return found


def wait_for_window(process: "subprocess.Popen[str]") -> str:
    """What it said until its window was up."""
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if "The window is open" in line:
            return "".join(said)
    raise AssertionError("".join(said))
