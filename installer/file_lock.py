"""One installation at a time in a folder."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installer.words import Stopped, say

_LOOK_AGAIN_SECONDS = 0.2


@contextmanager
def only_one(path: Path, *, minutes: float = 30) -> Iterator[None]:
    """Holds the lock file `path`, waiting for another holder. Stopped when that takes too long.

    The system drops the lock when its holder dies, so nothing is ever left locked.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _try_lock(descriptor):
            say("waiting")
            _wait(descriptor, path, minutes)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, minutes: float) -> None:
    deadline = time.monotonic() + minutes * 60
    while not _try_lock(descriptor):
        if time.monotonic() > deadline:
            raise Stopped("waited_too_long", minutes=minutes, file=path)
        time.sleep(_LOOK_AGAIN_SECONDS)


def _try_lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
