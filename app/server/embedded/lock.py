"""One program on a data folder: a lock that the operating system drops when its holder dies."""

import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from app.core.errors import EnvironmentFault

# Windows keeps other programs from reading locked bytes: lock one far behind the holder's name.
_LOCKED_BYTE = 1 << 20
_HOLDER_BYTES = 400


class FolderLock:
    """The right to control the server of a data folder.

    `FolderLock(path)` with `take()` and `release()`, or as a context manager. The file stays behind
    and tells who holds (or held) it; only the lock decides.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def take(self) -> None:
        """EnvironmentFault `server.embedded.in_use`, naming the holder, when it is not free."""
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | _no_follow(), 0o600)
        if not _try_lock(descriptor):
            holder = os.read(descriptor, _HOLDER_BYTES)
            os.close(descriptor)
            raise EnvironmentFault(
                "server.embedded.in_use",
                folder=str(self._path.parent),
                holder=holder.decode("utf-8", "replace").strip() or "?",
            )
        os.ftruncate(descriptor, 0)
        os.write(descriptor, _holder().encode("utf-8", "replace")[:_HOLDER_BYTES])
        self._descriptor = descriptor

    def release(self) -> None:
        """Gives the folder free; does nothing when it was not taken."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _holder() -> str:
    program = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    return f"{program} (PID {os.getpid()})"


def _no_follow() -> int:
    return int(getattr(os, "O_NOFOLLOW", 0))


def _try_lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
        return True
    from app.server import posix

    return posix.try_lock(descriptor)
