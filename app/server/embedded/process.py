"""Runs PostgreSQL's programs with a deadline, and knows which servers are at work on a folder."""

import contextlib
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.core.errors import EnvironmentFault
from app.server.embedded.place import Account

_SERVER_NAMES = frozenset({"postgres", "postgres.exe"})
# A leaving server is waited for, then ended: its children notice its death within moments.
_LEAVE_SECONDS = 10.0
_LOOK_AGAIN_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Ran:
    """How a program ended and what it wrote (its last part)."""

    code: int
    said: str


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None,
    folder: Path,
    output: Path,
    seconds: float,
    typed: bytes = b"",
) -> Ran:
    """Runs a program in `folder` as `account`, typing `typed`; its words go to the file `output`.

    A file, because a server that pg_ctl starts inherits the stream: a pipe would never end.
    Raises EnvironmentFault when the program takes longer than `seconds` or cannot be started.
    """
    name = Path(command[0]).stem
    try:
        with output.open("wb") as written:
            done = subprocess.run(  # noqa: S603 - our own programs
                [str(word) for word in command],
                cwd=folder,
                env=clean_environment(),
                input=typed,
                stdout=written,
                stderr=subprocess.STDOUT,
                timeout=seconds,
                check=False,
                user=account.user_id if account else None,
                group=account.group_id if account else None,
                extra_groups=[] if account else None,
                umask=0o077 if account else -1,
                creationflags=int(getattr(subprocess, "CREATE_NO_WINDOW", 0)),
            )
    except subprocess.TimeoutExpired as error:
        raise EnvironmentFault(
            "server.embedded.too_slow", program=name, seconds=round(seconds), log=str(output)
        ) from error
    except OSError as error:
        raise EnvironmentFault(
            "server.embedded.cannot_run", program=name, why=error.strerror or str(error)
        ) from error
    return Ran(done.returncode, tail_of(output))


def clean_environment() -> Mapping[str, str]:
    """This process's environment without what would steer PostgreSQL, and in English.

    English, because the reasons of a failed start are recognised by their words.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PG", "LC_", "LANG"))
    }
    return {**kept, "LC_ALL": "C"}


def tail_of(path: Path, size: int = 20_000) -> str:
    """The end of a text file, empty when there is none."""
    try:
        with path.open("rb") as source:
            source.seek(max(0, path.stat().st_size - size))
            return source.read(size).decode("utf-8", "replace")
    except OSError:
        return ""


def servers_on(database: Path) -> list[psutil.Process]:
    """Every PostgreSQL process at work in this data folder.

    They are known by their working folder: process ids in a left-over pid file are used again.
    """
    if not database.is_dir():
        return []
    return [
        process
        for process in psutil.process_iter(["name"])
        if process.info["name"] in _SERVER_NAMES and _works_in(process, database)
    ]


def _works_in(process: psutil.Process, database: Path) -> bool:
    try:
        return database.samefile(process.cwd())
    except (psutil.Error, OSError):
        # Ended meanwhile, or of another account, which could not open this folder.
        return False


def wait_or_kill(database: Path, processes: Sequence[psutil.Process]) -> None:
    """Waits until these servers have left the folder; who stays too long is ended.

    EnvironmentFault when even that does not help.
    A dead process that its parent has not buried yet has left: it holds no file any more.
    """
    if _have_left(database, processes):
        return
    for staying in processes:
        with contextlib.suppress(psutil.Error):
            staying.kill()
    if not _have_left(database, processes):
        raise EnvironmentFault("server.embedded.still_running", folder=str(database))


def _have_left(database: Path, processes: Sequence[psutil.Process]) -> bool:
    deadline = time.monotonic() + _LEAVE_SECONDS
    while any(_works_in(one, database) for one in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_AGAIN_SECONDS)
    return True


def postmaster_id(database: Path) -> int | None:
    """The process id in the folder's pid file; None without a readable one."""
    try:
        with (database / "postmaster.pid").open(encoding="utf-8", errors="replace") as lines:
            return int(lines.readline())
    except (OSError, ValueError):
        return None
