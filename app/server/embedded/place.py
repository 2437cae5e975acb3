"""Where a data folder really lies and under which account its server runs."""

import json
import re
import secrets
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from app.core.errors import EnvironmentFault

DATABASE_FOLDER = "pgdata"
NOTE_FILE = "server.json"
# Of root alone: programs and data that an unprivileged account must reach when the folder that
# was named lies below a private one such as /root.
SHARED_FOLDER = Path("/var/lib/gantry")
_ID = re.compile(r"[0-9a-f]{32}")
_LAST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class Note:
    """What a data folder remembers between starts; nothing in it is secret."""

    folder_id: str
    port: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged operating system account: PostgreSQL refuses to run as root."""

    name: str
    user_id: int
    group_id: int


@dataclass(frozen=True, slots=True)
class Place:
    """`folder` as the caller named it; `home` holds the database; `account` None: ourselves."""

    folder: Path
    home: Path
    account: Account | None

    @property
    def database(self) -> Path:
        """PostgreSQL's own data folder."""
        return self.home / DATABASE_FOLDER

    @property
    def logs(self) -> Path:
        """Where the running server writes its log."""
        return self.database / "log"


def prepare(folder: Path) -> tuple[Place, Note]:
    """Makes the folders of a server. EnvironmentFault when the disk or the rights refuse."""
    folder = folder.absolute()
    try:
        return _prepare(folder)
    except PermissionError as error:
        raise EnvironmentFault(
            "server.embedded.no_permission", folder=str(error.filename or folder)
        ) from error


def _prepare(folder: Path) -> tuple[Place, Note]:
    as_root = _is_root()
    if as_root:
        make_enterable(folder)
    else:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    note = read_note(folder)
    if note is None:
        note = Note(secrets.token_hex(16))
        write_note(folder, note)
    place = locate(folder, note)
    if place.home != folder:
        make_enterable(place.home)
    return place, note


def make_enterable(folder: Path) -> None:
    """Makes a folder and those above it that are missing, for every account to pass through
    whatever this process keeps from others otherwise; existing ones stay as they are."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        one.chmod(0o711)


def locate(folder: Path, note: Note) -> Place:
    """Which place belongs to a folder; creates nothing but a missing service account."""
    if not _is_root():
        return Place(folder, folder, None)
    from app.server import posix

    database = folder / DATABASE_FOLDER
    if database.is_dir() and posix.owner_of(database) != 0:
        # Made by an ordinary user: PostgreSQL wants the owner, and the owner is no more than that.
        return Place(folder, folder, posix.account_of(posix.owner_of(database)))
    account = posix.service_account()
    if posix.may_enter(folder, account):
        return Place(folder, folder, account)
    return Place(folder, SHARED_FOLDER / "embedded" / note.folder_id, account)


def read_note(folder: Path) -> Note | None:
    """The note of a folder, None before the first start. EnvironmentFault when it is damaged."""
    path = folder / NOTE_FILE
    try:
        written = json.loads(path.read_text(encoding="utf-8"))
        folder_id, port = written["id"], written["port"]
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise EnvironmentFault("server.embedded.note_damaged", file=str(path)) from error
    sound = isinstance(folder_id, str) and _ID.fullmatch(folder_id)
    if not sound or not (port is None or (type(port) is int and 0 < port <= _LAST_PORT)):
        raise EnvironmentFault("server.embedded.note_damaged", file=str(path))
    return Note(folder_id, port)


def write_note(folder: Path, note: Note) -> None:
    """Replaces the note of a folder in one step."""
    path = folder / NOTE_FILE
    draft = path.with_suffix(".new")
    text = json.dumps({"id": note.folder_id, "port": note.port}, indent=1) + "\n"
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def with_port(note: Note, port: int) -> Note:
    """The note with another port."""
    return replace(note, port=port)


def _is_root() -> bool:
    if sys.platform == "win32":
        return False
    from app.server import posix

    return posix.is_root()
