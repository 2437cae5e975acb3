"""Server processes that can be killed and frozen."""

import subprocess
import sys
from pathlib import Path
from types import TracebackType
from uuid import UUID

import psutil

ROOT = Path(__file__).parents[2]


class WorkerProcess:
    """A worker in a real process, on the database of `dsn`."""

    def __init__(self, dsn: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.server.worker_process"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        assert self._process.stdin is not None
        self._process.stdin.write(f"{dsn}\n")
        self._process.stdin.flush()
        self.holder = UUID(self.line())
        self._seen = psutil.Process(self._process.pid)

    def line(self) -> str:
        """The next line that it writes."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def kill(self) -> None:
        """As kill -9."""
        self._process.kill()
        self._process.wait()

    def freeze(self) -> None:
        """As SIGSTOP."""
        self._seen.suspend()

    def thaw(self) -> None:
        """As SIGCONT."""
        self._seen.resume()

    def __enter__(self) -> "WorkerProcess":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self.thaw()
        self._process.communicate()
