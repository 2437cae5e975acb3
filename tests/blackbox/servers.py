"""Two `gantry server` processes on one database: one works, the other stands by."""

import contextlib
import subprocess
import threading
from typing import Final

import psutil

from tests.blackbox.programs import PATIENCE_S, Gantry

COUNT: Final = 2


class Servers:
    """The server processes; any may be killed or stopped, and all are there again after `heal`."""

    def __init__(self, gantry: Gantry) -> None:
        self._gantry = gantry
        self._guard = threading.Lock()
        self._processes: list[subprocess.Popen[str]] = [self._start() for _ in range(COUNT)]
        self._killed: set[int] = set()
        self.failed_starts = 0
        self.ended: list[str] = []

    def kill(self, which: int) -> None:
        """kill -9."""
        with self._guard:
            process = self._processes[which]
            self._killed.add(process.pid)
            process.kill()
            process.wait(PATIENCE_S)

    def freeze(self, which: int) -> None:
        """Stops it where it stands, with all that it holds."""
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self._processes[which].pid).suspend()

    def thaw(self, which: int) -> None:
        """Lets it go on, as if nothing had happened."""
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(self._processes[which].pid).resume()

    def heal(self) -> None:
        """Starts what does not run."""
        with self._guard:
            for which, process in enumerate(self._processes):
                if process.poll() is None:
                    continue
                self._judge(process)
                self._processes[which] = self._start()

    def _judge(self, process: "subprocess.Popen[str]") -> None:
        """Only a kill may end one that was ready; without the database one does not get so far."""
        said, _ = process.communicate(timeout=PATIENCE_S)
        if process.pid in self._killed:
            return
        if '"ready"' in said:
            self.ended.append(f"a server process ended by itself: {process.returncode}")
        self.failed_starts += 1

    def close(self) -> None:
        """Ends them in good order; AssertionError if one does not."""
        for process in self._processes:
            process.communicate(timeout=PATIENCE_S)

    def kill_all(self) -> None:
        """Ends what is left, after a failure."""
        for process in self._processes:
            process.kill()
            process.communicate(timeout=PATIENCE_S)

    def _start(self) -> "subprocess.Popen[str]":
        words = ["server", "--no-backups", "--until-stdin-closes", "--json"]
        return self._gantry.start(words)
