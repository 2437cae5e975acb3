"""Prepares this folder and runs Gantry from it: `python3 installer/bootstrap.py install|demo|test`.

Standard library only, and only such words as an old Python understands: it has to be able to say
that it is too old.
"""

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

OLDEST_PYTHON = (3, 11)
_NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")
_REPOSITORY = Path(__file__).resolve().parent.parent


def main() -> int:
    """Runs the sub-command of the command line and returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        # A console that cannot show Chinese must not end the installation.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.version_info[:2] < OLDEST_PYTHON:
        return _with_newer_python()
    sys.path.insert(0, str(_REPOSITORY))
    return int(import_module("installer.commands").main(sys.argv[1:], _REPOSITORY))


def _with_newer_python() -> int:
    for name in _NEWER:
        program = shutil.which(name)
        if program and subprocess.call([program, "-c", ""]) == 0:
            return subprocess.call([program, os.path.abspath(__file__), *sys.argv[1:]])  # noqa: PTH100
    needed = ".".join(str(part) for part in OLDEST_PYTHON)
    found = ".".join(str(part) for part in sys.version_info[:3])
    print("需要 Python {} 或更新版本，这里是 {}。请先安装新版 Python。".format(needed, found))  # noqa: UP032
    print("Python {} or newer is needed; this is {}. Install it first.".format(needed, found))  # noqa: UP032
    return 1


if __name__ == "__main__":
    sys.exit(main())
