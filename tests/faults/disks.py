"""Disks that get full: a small one of its own where that is allowed, else a limit on every file."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

_SIZE = "24m"
_FILE_LIMIT = 96 * 1024


class FullableDisk(Protocol):
    """A folder on a disk that is filled and freed at will."""

    folder: Path

    def fill(self) -> None:
        """From here on nothing more fits."""

    def free(self) -> None:
        """There is room again."""


class SmallDisk:
    """A tmpfs of its own: the operating system itself says that it is full."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "desk"
        self._filler = folder / "filler"

    def fill(self) -> None:
        """Takes every byte that is left."""
        with contextlib.suppress(OSError), self._filler.open("ab", buffering=0) as opened:
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while opened.write(bytes(size)):
                        pass

    def free(self) -> None:
        """Gives it all back."""
        self._filler.unlink(missing_ok=True)


class LimitedFiles:
    """No file of this process grows beyond a limit: what an ordinary user can arrange."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "desk"

    def fill(self) -> None:
        """Sets the limit."""
        self._limit(_FILE_LIMIT)

    def free(self) -> None:
        """Takes it away."""
        self._limit(None)

    def _limit(self, size: int | None) -> None:
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most if size is None else size, most))


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[FullableDisk]:
    """A small disk of its own; where nobody may mount one, limited files."""
    place = folder / "disk"
    place.mkdir()
    if not _mounted(place):
        with limited_files(folder) as limited:
            yield limited
        return
    try:
        yield SmallDisk(place)
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextlib.contextmanager
def limited_files(folder: Path) -> Iterator[FullableDisk]:
    """Files with a limit, for one test."""
    limited = LimitedFiles(folder)
    try:
        yield limited
    finally:
        limited.free()


def _mounted(place: Path) -> bool:
    words = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(place)]
    try:
        return subprocess.run(words, check=False, capture_output=True).returncode == 0
    except OSError:
        return False
