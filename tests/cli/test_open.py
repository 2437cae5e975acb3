"""`gantry open`: a window of its own process."""

import psutil
import pytest

from app.cli.main import main
from tests.cli.conftest import NewDesk
from tests.cli.running import GantryProcess


def test_the_window_closes_with_the_input_of_its_process(new_desk: NewDesk) -> None:
    anna = new_desk()
    anna("sync", "--wait", "30")
    options = ["--profile", str(anna.profile), "--demo-keys", "--offline", "--until-stdin-closes"]
    running = GantryProcess(["open", *options], {"QT_QPA_PLATFORM": "offscreen"})
    holder = anna.profile / "profile.pid"
    process = psutil.Process(running.process.pid)
    while holder.read_text(encoding="ascii") != str(process.pid):
        assert running.process.poll() is None, running.close()
        with pytest.raises(psutil.TimeoutExpired):
            process.wait(0.05)
    assert anna.fault("status", "--offline")["id"] == "sync.in_use"
    code, said = running.close()
    assert code in (0, 130), said
    assert "Traceback" not in said
    assert anna("status", "--offline")["link"] == "stopped"


def test_without_a_profile_no_window_is_tried(
    new_desk: NewDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = new_desk().profile / "nowhere"
    assert main(["open", "--profile", str(nowhere)]) == 1
    assert str(nowhere) in capsys.readouterr().err
