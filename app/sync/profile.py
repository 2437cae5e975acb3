"""A profile: a folder that says who works here and where the server is. No secret is in it."""

import ipaddress
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from filelock import FileLock, Timeout

from app.core.errors import EnvironmentFault, Finding, InputRejected, Reason
from app.core.toml import LONGEST, NotToml, parse_toml
from app.models.engines import PostgresAddress
from app.sync.atomic import write_atomically
from app.texts import LANGUAGES, Language

PROFILE_FILE: Final = "profile.toml"
LOCK_FILE: Final = "profile.lock"
HOLDER_FILE: Final = "profile.pid"
DEFAULT_PORT: Final = 5432
_SSL_MODES: Final = frozenset({"disable", "prefer", "require", "verify-ca", "verify-full"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who works here and where the server is; `hosts` are tried in order."""

    folder: Path
    profile_id: UUID
    login: str
    hosts: tuple[str, ...]
    port: int = DEFAULT_PORT
    database: str = "gantry"
    sslmode: str = "verify-full"
    sslrootcert: str = "system"
    language: Language = "zh_CN"

    def addresses(self) -> list[PostgresAddress]:
        """Where to connect to. EnvironmentFault `sync.tls_required` for a server off this computer
        that would not have to prove who it is."""
        return [self._address(host) for host in self.hosts]

    def _address(self, host: str) -> PostgresAddress:
        local = is_loopback(host)
        if not local and self.sslmode != "verify-full":
            raise EnvironmentFault("sync.tls_required", host=host, sslmode=self.sslmode)
        proving = self.sslmode.startswith("verify")
        return PostgresAddress(
            host=host,
            port=self.port,
            database=self.database,
            user=self.login,
            sslmode=self.sslmode,
            sslrootcert=self.sslrootcert if proving else "",
            application_name="gantry-desk",
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this computer itself."""
    if host == "localhost":
        return True
    if "%" in host:
        # After it anything may stand, a comma and another host for libpq too.
        return False
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class _Server(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    hosts: list[str]
    port: int = DEFAULT_PORT
    database: str = "gantry"
    sslmode: str = "verify-full"
    sslrootcert: str = "system"


class _Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    profile_id: UUID
    login: str
    server: _Server
    language: str = "zh_CN"


def new_profile(folder: Path, login: str, hosts: tuple[str, ...], **others: Any) -> Profile:
    """A profile that is not saved yet; `others` are fields of Profile."""
    return Profile(folder=folder, profile_id=uuid4(), login=login, hosts=hosts, **others)


def load_profile(folder: Path) -> Profile:
    """Reads a profile. EnvironmentFault `sync.no_profile`; InputRejected with all findings."""
    path = folder / PROFILE_FILE
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST + 1)
    except OSError as error:
        raise EnvironmentFault("sync.no_profile", folder=str(folder)) from error
    try:
        stored = msgspec.convert(parse_toml(content), _Stored)
    except (NotToml, msgspec.ValidationError) as error:
        raise _rejected("sync.profile_unreadable", path, str(error)) from error
    findings = tuple(_findings(stored))
    if findings:
        raise InputRejected(findings)
    server = stored.server
    return Profile(
        folder=folder,
        profile_id=stored.profile_id,
        login=stored.login,
        hosts=tuple(server.hosts),
        port=server.port,
        database=server.database,
        sslmode=server.sslmode,
        sslrootcert=server.sslrootcert,
        language="en" if stored.language == "en" else "zh_CN",
    )


def _rejected(text_id: str, path: Path, detail: str) -> InputRejected:
    return InputRejected((Finding(Reason(text_id, {"detail": detail[:200]}), path.name),))


def _findings(stored: _Stored) -> list[Finding]:
    server = stored.server
    checks = {
        "login": bool(stored.login.strip()),
        "language": stored.language in LANGUAGES,
        "server.hosts": bool(server.hosts) and all(_is_one_host(host) for host in server.hosts),
        "server.port": 0 < server.port < 65536,
        "server.sslmode": server.sslmode in _SSL_MODES,
        "server.database": bool(server.database.strip()),
    }
    return [
        Finding(Reason("sync.profile_value", {"field": field}), field)
        for field, sound in checks.items()
        if not sound
    ]


def _is_one_host(host: str) -> bool:
    # libpq would try every one of a list, and certificates are asked for host by host.
    return bool(host.strip()) and "," not in host


def save_profile(profile: Profile) -> None:
    """Writes a profile so that a crash leaves the old or the new one."""
    profile.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lines = [
        f'profile_id = "{profile.profile_id}"',
        f"login = {_quoted(profile.login)}",
        f'language = "{profile.language}"',
        "",
        "[server]",
        f"hosts = [{', '.join(_quoted(host) for host in profile.hosts)}]",
        f"port = {profile.port}",
        f"database = {_quoted(profile.database)}",
        f"sslmode = {_quoted(profile.sslmode)}",
        f"sslrootcert = {_quoted(profile.sslrootcert)}",
        "",
    ]
    write_atomically(profile.folder / PROFILE_FILE, "\n".join(lines).encode("utf-8"))


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string, but for the one control character that JSON lets pass.
    return msgspec.json.encode(text).decode("utf-8").replace("\x7f", "\\u007f")


class ProfileLock:
    """One process owns a desk at a time; the operating system frees it when that process dies."""

    def __init__(self, folder: Path) -> None:
        self._lock = FileLock(folder / LOCK_FILE, timeout=0)
        self._holder = folder / HOLDER_FILE

    def take(self) -> None:
        """EnvironmentFault `sync.in_use`, with the owner's process id."""
        try:
            self._lock.acquire()
        except Timeout:
            raise EnvironmentFault("sync.in_use", process=self._owner()) from None
        # Windows locks the lock file's content against readers, so the number has its own file.
        write_atomically(self._holder, str(os.getpid()).encode("ascii"))

    def release(self) -> None:
        """Gives the desk free."""
        self._lock.release()

    def _owner(self) -> str:
        try:
            found = self._holder.read_text(encoding="ascii")[:20]
        except (OSError, UnicodeDecodeError):
            return "?"
        return found if found.isdigit() else "?"
