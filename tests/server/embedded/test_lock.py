import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import EnvironmentFault
from app.server.embedded.lock import FolderLock

_HOLD = """
import sys
from pathlib import Path
from app.server.embedded.lock import FolderLock
FolderLock(Path(sys.argv[1])).take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_lock_is_free_after_release(tmp_path: Path) -> None:
    for _ in range(2):
        with FolderLock(tmp_path / "lock"):
            pass
    FolderLock(tmp_path / "lock").release()


def test_a_killed_holder_does_not_keep_the_lock(tmp_path: Path) -> None:
    path = tmp_path / "锁"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(EnvironmentFault) as raised:
            FolderLock(path).take()
        assert str(holder.pid) in str(raised.value.reason.parameters["holder"])
        holder.kill()
        holder.wait(20)
        with FolderLock(path):
            assert str(os.getpid()) in path.read_text(encoding="utf-8")
