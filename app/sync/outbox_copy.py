"""A second copy of the outbox, made daily, and what to do when the first one is damaged."""

import logging
from collections.abc import Collection
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlcipher3 import dbapi2 as sqlcipher

from app.core.errors import EnvironmentFault, Reason
from app.models.engines import SYSTEM_DISK, CipherKey, Disk, open_encrypted
from app.sync.faults import is_file_damage
from app.sync.history import DOUBTFUL_NOTE
from app.sync.outbox import COLUMNS, Outbox

logger = logging.getLogger(__name__)

OUTBOX_FILE: Final = "outbox.db"
COPY_FILE: Final = "outbox.copy.db"


def copy_outbox(outbox: Outbox, folder: Path) -> None:
    """Makes a fresh copy, sealed with the same key, in place of the last one."""
    beside = folder / f"{COPY_FILE}.new"
    beside.unlink(missing_ok=True)
    outbox.rows("VACUUM INTO ?", (str(beside),))
    beside.replace(folder / COPY_FILE)


def open_outbox(
    folder: Path, key: CipherKey, new_device: UUID, now: datetime, disk: Disk = SYSTEM_DISK
) -> tuple[Outbox, list[Reason]]:
    """Opens the outbox; a damaged one is set aside and saved from, with a notice."""
    path = folder / OUTBOX_FILE
    try:
        return _opened(path, key, new_device, disk), []
    except (sqlcipher.DatabaseError, EnvironmentFault) as error:
        if not (is_file_damage(error) or _says_damaged(error)):
            raise
        logger.exception("the outbox is damaged")
    aside = set_aside(path, now)
    kept, damaged = folder / COPY_FILE, aside
    commands = readable_commands(kept, key, disk) | readable_commands(damaged, key, disk)
    outbox = Outbox(path, key, new_device, disk)
    _take_over(outbox, commands, new_device)
    return outbox, [Reason("sync.outbox_recovered", {"count": len(commands), "file": aside.name})]


def missing_told(
    outbox: Outbox,
    copied: dict[str, tuple[Any, ...]],
    new_device: UUID,
    shown: Collection[UUID],
) -> list[Reason]:
    """What the cache shows as pending and the outbox has lost without a sign of damage: its log was
    spoilt, or an older copy lies in its place. Taken over from the daily copy, and told."""
    kept = {UUID(row[0]) for row in outbox.rows("SELECT op_id FROM command")}
    lost = set(shown) - kept
    if not lost:
        return []
    found = {op_id: row for op_id, row in copied.items() if UUID(op_id) not in kept}
    _take_over(outbox, found, new_device)
    missing = len(lost - {UUID(op_id) for op_id in found})
    logger.error("the outbox has lost %d commands, %d are in its copy", len(lost), len(found))
    return [Reason("sync.outbox_incomplete", {"count": len(found), "missing": missing})]


def _opened(path: Path, key: CipherKey, new_device: UUID, disk: Disk) -> Outbox:
    outbox = Outbox(path, key, new_device, disk)
    try:
        found = outbox.rows("PRAGMA quick_check(1)")[0][0]
        if found != "ok":
            raise EnvironmentFault("sync.outbox_damaged")
    except BaseException:
        outbox.close()
        raise
    return outbox


def _says_damaged(error: BaseException) -> bool:
    return isinstance(error, EnvironmentFault) and error.reason.text_id == "sync.outbox_damaged"


def set_aside(path: Path, now: datetime) -> Path:
    """Renames a damaged file with its log, so that nothing of it is lost; where to."""
    aside = path.with_name(f"{path.stem}.damaged-{now:%Y%m%dT%H%M%S%f}{path.suffix}")
    for ending in ("-wal", "-shm"):
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(aside.with_name(aside.name + ending))
    path.replace(aside)
    return aside


def readable_commands(path: Path, key: CipherKey, disk: Disk) -> dict[str, tuple[Any, ...]]:
    """Every command that can still be read, by op_id: from both ends up to the damage."""
    found: dict[str, tuple[Any, ...]] = {}
    if path.exists():
        for order in ("ASC", "DESC"):
            # Each its own connection: after one broken page the cipher refuses all others.
            with (
                suppress(sqlcipher.Error),
                closing(open_encrypted(path, key, disk=disk)) as connection,
            ):
                for row in connection.execute(
                    f"SELECT n, {COLUMNS} FROM command ORDER BY n {order}"  # noqa: S608
                ):
                    found[row[1]] = row
    return found


def _take_over(outbox: Outbox, commands: dict[str, tuple[Any, ...]], new_device: UUID) -> None:
    """Old commands keep their numbers, under which the server may hold them; the device is new."""
    rows = sorted(commands.values())
    marks = ", ".join("?" * (len(COLUMNS.split(",")) + 1))
    with outbox.transaction() as db:
        db.executemany(f"INSERT INTO command (n, {COLUMNS}) VALUES ({marks})", rows)  # noqa: S608
        db.execute("UPDATE command SET wire = NULL WHERE state = 'saved'")
        db.execute(
            "UPDATE identity SET device_id = ?, next_seq = 1, lineage = NULL", (str(new_device),)
        )
        db.execute("INSERT OR REPLACE INTO note VALUES (?, '')", (DOUBTFUL_NOTE,))
