import subprocess
import sys
from pathlib import Path

import pytest

from installer.file_lock import only_one
from installer.words import Stopped

_ROOT = Path(__file__).parents[2]
_HOLD = """
import sys
from pathlib import Path
from installer.file_lock import only_one
with only_one(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_one_waits_and_a_killed_holder_frees_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "build" / "lock"
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Stopped) as raised, only_one(path, minutes=0.001):
            pass
        assert str(path) in raised.value.words
        assert "等它完成" in capsys.readouterr().out
        holder.kill()
        holder.wait(20)
        with only_one(path):
            pass
