"""`gantry demo` as a process of its own: it shows the window, and nothing is left of it."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from app.cli.main import main
from app.server.embedded.controller import EmbeddedPostgres
from app.texts import LANGUAGES
from tests.cli.running import ROOT, environment

PATIENCE_S = 60.0
PNG = b"\x89PNG\r\n\x1a\n"


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


def test_every_page_is_rendered_in_both_modes_and_languages(
    demo_folder: Path, tmp_path: Path
) -> None:
    with demo(demo_folder, "--shots", str(tmp_path / "shots")) as process:
        said, _ = process.communicate(timeout=4 * PATIENCE_S)
    assert process.returncode == 0
    shots = sorted((tmp_path / "shots").iterdir())
    pages = {shot.name.partition("-")[0] for shot in shots}
    assert {"home", "projects", "schedule", "people", "reconcile", "settings"} <= pages
    assert {shot.stem for shot in shots} == {
        f"{page}-{mode}-{language}"
        for page in pages
        for mode in ("light", "dark")
        for language in LANGUAGES
    }
    assert len({shot.read_bytes() for shot in shots}) == len(shots)
    assert all(shot.read_bytes().startswith(PNG) for shot in shots)
    assert [Path(line) for line in said.splitlines() if line.endswith(".png")]
    assert work_under_way(demo_folder) == []


def test_ctrl_c_ends_the_windows_and_the_server(demo_folder: Path) -> None:
    with demo(demo_folder, "--as", "zhou.mingyuan", "--as", "chen.li") as process:
        said = wait_for_window(process)
        assert "zhou.mingyuan" in said
        assert len(work_under_way(demo_folder)) > 3
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    assert work_under_way(demo_folder) == []
    assert EmbeddedPostgres(demo_folder / "server").status().state == "stopped"


def test_after_a_kill_everything_it_started_ends_by_itself(demo_folder: Path) -> None:
    with demo(demo_folder, "--as", "zhou.mingyuan", "--as", "chen.li") as process:
        wait_for_window(process)
        orphans = work_under_way(demo_folder)
        process.kill()
        process.wait()
    assert len(orphans) > 3
    until = time.monotonic() + PATIENCE_S
    while left := work_under_way(demo_folder):
        assert time.monotonic() < until, [one.cmdline() for one in left]
        time.sleep(0.1)
    assert EmbeddedPostgres(demo_folder / "server").status().state == "stopped"


def test_only_people_of_the_sample_have_a_desk(
    demo_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--data", str(demo_folder), "--as", "nobody"])
    assert ended.value.code == 2
    assert "zhou.mingyuan" in capsys.readouterr().err
