"""Secrets by pipe, and a process that ends with the one that started it."""

import subprocess
import sys

import pytest

from app.core.errors import EnvironmentFault
from app.server.descriptors import line_from
from tests.cli.running import secret


def test_a_line_from_a_descriptor() -> None:
    with secret("päss wörd") as descriptor:
        assert line_from(int(descriptor)) == "päss wörd"
    with pytest.raises(EnvironmentFault):
        line_from(987)


def test_the_end_of_the_input_is_told() -> None:
    waiting = (
        "import threading; from app.server.descriptors import stop_when_input_closes\n"
        "stop = threading.Event(); stop_when_input_closes(stop)\n"
        "print('waiting', flush=True); stop.wait(); print('ended')"
    )
    with subprocess.Popen(
        [sys.executable, "-c", waiting],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        process.stdin.write("not the end\n")
        process.stdin.flush()
        assert process.poll() is None
        process.stdin.close()
        assert process.stdout.read() == "ended\n"
        assert process.wait(30) == 0
