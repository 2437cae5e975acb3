"""Calls that only POSIX systems know: accounts, ownership, file locks. Import it behind a check."""

import fcntl
import os
import pwd
import shutil
import stat
import subprocess
import sys
from pathlib import Path

from app.core.errors import EnvironmentFault
from app.server.embedded.place import Account

assert sys.platform != "win32"

SERVICE_ACCOUNT = "gantry"
_CREATE_SECONDS = 30
_CREATE_ATTEMPTS = 5


def is_root() -> bool:
    """Whether this process may do everything (and PostgreSQL therefore refuses to run in it)."""
    return os.geteuid() == 0


def own_account() -> Account:
    """The account of this process."""
    return account_of(os.geteuid())


def account_of(user_id: int) -> Account:
    """The account with this id. EnvironmentFault when the system has no name for it."""
    try:
        entry = pwd.getpwuid(user_id)
    except KeyError:
        raise EnvironmentFault("server.embedded.no_account_name", user=user_id) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def service_account() -> Account:
    """The account `gantry`, created as a system account without login when it is missing (as root).

    Never `nobody`: other programs run as nobody too and could read the company's database.
    """
    for _ in range(_CREATE_ATTEMPTS):
        # Two programs may create it at once; the loser of that race finds it in the next round.
        found = _named(SERVICE_ACCOUNT)
        if found is not None:
            return found
        _create_system_account(SERVICE_ACCOUNT)
    raise EnvironmentFault("server.embedded.no_account", account=SERVICE_ACCOUNT)


def _named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    if entry.pw_uid == 0:
        raise EnvironmentFault("server.embedded.account_is_root", account=name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create_system_account(name: str) -> None:
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if program is None:
        raise EnvironmentFault("server.embedded.no_account", account=name)
    subprocess.run(  # noqa: S603 - fixed words, no input
        [
            program,
            *("--system", "--user-group", "--no-create-home"),
            *("--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        timeout=_CREATE_SECONDS,
        check=False,
    )


def owner_of(path: Path) -> int:
    """The user id that owns `path`."""
    return path.stat().st_uid


def give_to(path: Path, account: Account) -> None:
    """Makes `account` the owner of one file or folder, never through a symbolic link."""
    os.chown(path, account.user_id, account.group_id, follow_symlinks=False)


def may_enter(folder: Path, account: Account) -> bool:
    """Whether `account` may pass through `folder` and every folder above it, by permission bits."""
    resolved = folder.resolve()
    return all(_allows(place, account, stat.S_IXOTH) for place in (resolved, *resolved.parents))


def may_read(path: Path, account: Account) -> bool:
    """Whether `account` may reach and read `path`, by permission bits."""
    return may_enter(path.parent, account) and _allows(path.resolve(), account, stat.S_IROTH)


def _allows(path: Path, account: Account, right_of_others: int) -> bool:
    found = path.stat()
    if found.st_uid == account.user_id:
        return bool(found.st_mode & (right_of_others << 6))
    if found.st_gid == account.group_id:
        return bool(found.st_mode & (right_of_others << 3))
    return bool(found.st_mode & right_of_others)


def try_lock(descriptor: int) -> bool:
    """Takes the exclusive lock of an open file; False when another process holds it."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
