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

import pytest

from app.cli.main import main

ROOT = Path(__file__).parents[2]


def environment(more: dict[str, str] | None = None) -> dict[str, str]:
    """What a process of its own finds around it: English, and what is given."""
    return {**os.environ, "GANTRY_LANGUAGE": "en", **(more or {})}


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


class DeskLine:
    """The command on one person's profile, answering in JSON, with the demo's public keys."""

    def __init__(self, profile: Path, password: str, capsys: pytest.CaptureFixture[str]) -> None:
        self.profile = profile
        self.password = password
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Any:
        """What a command said that went well."""
        code, said = self.run(*arguments)
        assert code == 0, said
        return said

    def run(self, *arguments: str) -> tuple[int, Any]:
        """Exit code and what it said."""
        with secret(self.password) as descriptor:
            options = ["--profile", str(self.profile), "--demo-keys", "--password-fd", descriptor]
            code = main([*arguments, *options, "--json"])
        return code, json.loads(self._capsys.readouterr().out)

    def fault(self, *arguments: str) -> Any:
        """The fault in words of a command that did not go well."""
        code, said = self.run(*arguments)
        assert code == 1, said
        return said["error"]


class GantryProcess:
    """A `gantry` process whose standard input stays open until `close`."""

    def __init__(self, words: Sequence[str], more: dict[str, str] | None = None) -> None:
        flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "app", *words],
            cwd=ROOT,
            env=environment(more),
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
