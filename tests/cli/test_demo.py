"""`gantry demo` from database to window; nothing is left of it."""

import signal
from pathlib import Path

import pytest

from app.cli.main import main
from app.server.embedded.controller import EmbeddedPostgres
from tests.cli.demos import PATIENCE_S, demo, wait_for_window, work_under_way


def test_ctrl_c_ends_the_windows_and_the_server(demo_folder: Path) -> None:
    with demo(demo_folder, "--as", "zhou.mingyuan", "--as", "chen.li") as process:
        said = wait_for_window(process)
        assert "zhou.mingyuan" in said
        assert len(work_under_way(demo_folder)) > 3
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    assert work_under_way(demo_folder) == []
    assert EmbeddedPostgres(demo_folder / "server").status().state == "stopped"


def test_only_people_of_the_sample_have_a_desk(
    demo_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demo", "--data", str(demo_folder), "--as", "nobody"])
    assert ended.value.code == 2
    assert "zhou.mingyuan" in capsys.readouterr().err
