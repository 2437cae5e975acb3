"""Space kept back on the disk, so that a full one can still be cleaned up."""

import errno
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from app.sync.faults import disk_fault, is_disk_fault

T = TypeVar("T")

BALLAST_BYTES: Final = 4 * 1024 * 1024
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})


class Ballast:
    """A file of no use but its size. While it cannot be kept, no edit is taken."""

    def __init__(self, folder: Path, size: int = BALLAST_BYTES) -> None:
        self.folder = folder
        self._path = folder / "ballast"
        self._size = size
        self._kept = False

    def ensure(self) -> None:
        """EnvironmentFault `sync.disk_full` if there is no room for it."""
        if self._kept:
            return
        try:
            if not self._path.exists() or self._path.stat().st_size < self._size:
                self._path.write_bytes(b"\x01" * self._size)
        except OSError as error:
            self.drop()
            raise disk_fault(str(self.folder)) from error
        self._kept = True

    def drop(self) -> None:
        """Gives the space free: even deleting a row needs some."""
        self._kept = False
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def with_room(folder: Path, opening: Callable[[], T]) -> T:
    """Opens the files of a folder; on a full disk once more with the ballast given up.

    EnvironmentFault `sync.disk_full` if that does not help.
    """
    try:
        return opening()
    except Exception as error:
        if not _is_no_room(error):
            raise
    Ballast(folder).drop()
    try:
        return opening()
    except Exception as error:
        if not _is_no_room(error):
            raise
        raise disk_fault(str(folder)) from error


def _is_no_room(error: Exception) -> bool:
    return is_disk_fault(error) or (isinstance(error, OSError) and error.errno in _NO_ROOM)
