"""The windows of `gantry demo`: several people, and every page."""

import time
from pathlib import Path

from app.server.embedded.controller import EmbeddedPostgres
from app.texts import LANGUAGES
from tests.cli.demos import PATIENCE_S, demo, wait_for_window, work_under_way

PNG = b"\x89PNG\r\n\x1a\n"


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
