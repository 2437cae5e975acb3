"""What SQLite complains of, as faults with words for a person."""

from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault

_DAMAGED: Final = frozenset({"SQLITE_CORRUPT", "SQLITE_NOTADB"})
_NO_ROOM: Final = frozenset({"SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY"})


class FileDamaged(Exception):
    """A database file of the desk cannot be read any more."""


def driver_error(error: BaseException) -> BaseException:
    """The driver's own error, out of SQLAlchemy's wrapping."""
    if isinstance(error, DBAPIError) and error.orig is not None:
        return error.orig
    return error


def _tells(error: BaseException, names: frozenset[str]) -> bool:
    found = driver_error(error)
    name = str(getattr(found, "sqlite_errorname", ""))
    return isinstance(found, sqlcipher.Error) and any(name.startswith(known) for known in names)


def is_file_damage(error: BaseException) -> bool:
    """Whether SQLite says that the file itself is broken (or sealed with another key)."""
    return _tells(error, _DAMAGED)


def is_disk_fault(error: BaseException) -> bool:
    """Whether SQLite could not write: the disk is full, or not there any more."""
    return _tells(error, _NO_ROOM)


def disk_fault(folder: str) -> EnvironmentFault:
    """The words for a disk that takes no more: what was being saved is not saved."""
    return EnvironmentFault("sync.disk_full", folder=folder)
