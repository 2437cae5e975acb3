"""A desk's disk: real files that can be cut off at any statement, fill up, or forget the last
seconds in a power cut."""

import shutil
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "COMMIT", "CREATE", "VACUUM")
_FORGETFUL = ("cache.db", "stage.db")
_ENDINGS = ("", "-wal")
_PAGE = 4096
_TREES = (2, 5, 10, 13)


class Killed(BaseException):
    """The process is gone: nothing that comes after this statement is run."""


class Violation(BaseException):
    """An invariant does not hold. No code of the program may catch it."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(f"{name}: {detail}")
        self.name = name
        self.detail = detail


class SimDisk:
    """Connects to plain files. `kill_after` statements and commits the process ends; while `full`,
    whatever writes fails."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kill_after: int | None = None
        self.dead = False
        self.full = False
        self._open: list[_Connection] = []
        self._kept: dict[str, bytes | None] = {}

    def connect(self, path: Path) -> Any:
        """A connection that looks at this disk before and after every statement."""
        self.look("OPEN")
        opened: _Connection = sqlcipher.connect(
            str(path), isolation_level=None, check_same_thread=False, factory=_Connection
        )
        opened.disk = self
        self._open.append(opened)
        return opened

    def look(self, statement: str) -> None:
        """Killed or SQLITE_FULL if it is time."""
        if self.dead:
            raise Killed
        if self.kill_after is not None:
            self.kill_after -= 1
            if self.kill_after < 0:
                self.dead = True
                raise Killed
        if self.full and statement.lstrip()[:7].upper().startswith(_WRITING):
            raise _full()

    def let_go(self) -> None:
        """What the operating system does for a process that is gone."""
        self.dead = True
        for opened in self._open:
            sqlcipher.Connection.close(opened)
        self._open.clear()

    def remember(self) -> None:
        """What is on the platters by now: a power cut takes the cache back to here."""
        self._kept = {
            name + ending: _content(self.folder / (name + ending))
            for name in _FORGETFUL
            for ending in _ENDINGS
        }

    def forget_since(self, names: tuple[str, ...]) -> None:
        """A power cut: files that are not written through stand as they were remembered."""
        for name in names:
            if not self._kept.get(name):
                continue
            for ending in (*_ENDINGS, "-shm"):
                (self.folder / (name + ending)).unlink(missing_ok=True)
            for ending in _ENDINGS:
                kept = self._kept.get(name + ending)
                if kept is not None:
                    (self.folder / (name + ending)).write_bytes(kept)

    def damage(self, name: str, at: float) -> None:
        """Overwrites a piece of a file, somewhere between its beginning (0.0) and its end (1.0)."""
        path = self.folder / name
        if not path.exists():
            return
        path.with_name(name + "-wal").unlink(missing_ok=True)
        path.with_name(name + "-shm").unlink(missing_ok=True)
        content = bytearray(path.read_bytes())
        # In a sealed file every altered page is told; in these plain ones, a page of a tree is.
        pages = [0, *(n for n in range(_PAGE, len(content), _PAGE) if content[n] in _TREES)]
        page = pages[int(at * len(pages))]
        content[page : page + _PAGE] = b"\xa5" * _PAGE
        path.write_bytes(content)

    def copy_to(self, folder: Path) -> None:
        """Copies the whole folder, as an administrator who clones a computer does."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("profile.*", "*-shm"))


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _full() -> Exception:
    error = sqlcipher.OperationalError("database or disk is full")
    error.sqlite_errorname = "SQLITE_FULL"
    return error  # type: ignore[no-any-return]


class _Cursor(sqlcipher.Cursor):  # type: ignore[misc]
    def execute(self, statement: str, *values: Any) -> Any:
        if statement.startswith("PRAGMA key") or statement.startswith("PRAGMA cipher"):
            return self
        disk: SimDisk = self.connection.disk
        disk.look(statement)
        if statement.startswith("ATTACH"):
            super().execute("ATTACH ? AS stage", values[0][:1])
        else:
            super().execute(statement, *values)
        if statement == "COMMIT":
            disk.look("")
        return self

    def executemany(self, statement: str, values: Any) -> Any:
        self.connection.disk.look(statement)
        super().executemany(statement, values)
        return self


class _Connection(sqlcipher.Connection):  # type: ignore[misc]
    disk: SimDisk

    def cursor(self, *_: Any) -> Any:
        return super().cursor(_Cursor)

    def execute(self, statement: str, *values: Any) -> Any:
        return self.cursor().execute(statement, *values)

    def executemany(self, statement: str, values: Any) -> Any:
        return self.cursor().executemany(statement, values)

    def commit(self) -> None:
        if self.in_transaction:
            self.disk.look("COMMIT")
            super().commit()
            self.disk.look("")

    def rollback(self) -> None:
        if not self.disk.dead:
            super().rollback()

    def close(self) -> None:
        if not self.disk.dead:
            super().close()
