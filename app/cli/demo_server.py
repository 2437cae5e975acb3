"""The demo's own server process: started, told its password, and never left behind."""

import json
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from app.core.errors import EnvironmentFault

STOP_S = 20.0


class DemoServer:
    """`gantry server` on an embedded database with the sample company, as a child process.

    It stops when this process ends, however that comes about: its standard input closes then.
    """

    def __init__(
        self, folder: Path, password: str, meanwhile: Callable[[], object] | None = None
    ) -> None:
        """Returns once the server is ready; `meanwhile` is done while it starts."""
        command = [sys.executable, "-m", "app", "server", "--data", str(folder)]
        options = ["--sample", "--no-backups", "--until-stdin-closes", "--json"]
        # The password goes through the pipe: the process list is everybody's to read.
        self._process = subprocess.Popen(  # noqa: S603 - our own program
            [*command, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        try:
            self._tell(password)
            if meanwhile is not None:
                meanwhile()
            ready = self._answer()
        except BaseException:
            self.stop()
            raise
        self.host: str = ready["host"]
        self.port: int = ready["port"]
        self.database: str = ready["database"]

    def _tell(self, password: str) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(password + "\n")
            self._process.stdin.flush()

    def _answer(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise EnvironmentFault("cli.demo.server_failed", code=self._process.wait())
        ready: dict[str, Any] = json.loads(line)
        return ready

    def __enter__(self) -> "DemoServer":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Closes the server's input and waits; a server that does not listen is killed."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        try:
            self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
