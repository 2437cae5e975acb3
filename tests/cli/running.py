"""Runs the `gantry` command: in this process, or as one of its own."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@contextmanager
def secret(text: str) -> Iterator[str]:
    """The number of a file descriptor from which a secret can be read once."""
    reading, writing = os.pipe()
    os.write(writing, f"{text}\n".encode())
    os.close(writing)
    try:
        yield str(reading)
    finally:
        os.close(reading)


class GantryProcess:
    """A `gantry` process whose standard input stays open until `close`."""

    def __init__(self, words: Sequence[str], environment: dict[str, str] | None = None) -> None:
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", *words],
            cwd=ROOT,
            env={**os.environ, "GANTRY_LANGUAGE": "en", **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            creationflags=flags,
        )
        self._said: list[str] = []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        self._said.extend(self.process.stderr)

    def ready(self) -> dict[str, Any]:
        """The line that tells that it works."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.close()
        found: dict[str, Any] = json.loads(line)
        return found

    def close(self) -> tuple[int, str]:
        """Closes standard input and waits; exit code and what it said on standard error."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        return self.wait()

    def wait(self) -> tuple[int, str]:
        """Waits for the end."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        code = self.process.wait(60)
        self._listener.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            stream.close()
        return code, "".join(self._said)
