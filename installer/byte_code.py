"""Byte code, made when installing: without it every start compiles some two thousand modules anew.

Python makes it by itself on first use, but not where PYTHONDONTWRITEBYTECODE is set, and uv does
not. A file that cannot be compiled, or written, costs time at each start and nothing else: no
failure here stops anything.
"""

import compileall
import os
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

# Measured: 6 s for three thousand files on two cores.
_LONGEST_SECONDS = 300


def compile_packages(python: Path, folder: Path, variables: Mapping[str, str]) -> None:
    """Compiles what is not compiled yet below `folder`, with the Python that will run it."""
    # Packages carry templates that are no Python and escapes that are warned of: not ours to tell.
    options = ["-W", "ignore", "-m", "compileall", "-q", "-q", "-j", "0"]
    with suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            [str(python), *options, str(folder)],
            env=variables,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_LONGEST_SECONDS,
            check=False,
        )


def compile_program(root: Path) -> None:
    """Compiles what changed in the program since the last time: some 20 ms when nothing did.

    To be run by the Python that will run the program. A source tree that is not ours to write to
    is left as it is.
    """
    program = root / "app"
    if os.access(program, os.W_OK):
        with suppress(OSError):
            compileall.compile_dir(program, quiet=2)
