"""When the server is another than before (restored, failed over, set back): what it lost is sent
again, and what is long over is forgotten."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from app.services.bus import PARTS
from app.services.commands import decode, encode
from app.sync.cache import Cache
from app.sync.outbox import Outbox, renumber, take_numbers
from app.sync.wire import Number, ServerPort

SERVER_NOTE: Final = "server"
DOUBTFUL_NOTE: Final = "doubtful"
"""In an outbox that was recovered: what it calls unsent may have been sent."""

KEPT: Final = timedelta(days=30)
"""How long answered commands can be sent again."""

_IDS_A_QUESTION: Final = 1_000
_APPLIED: Final = "SELECT op_id, version, payload FROM command WHERE state = 'applied' AND kind = ?"


def send_again_what_is_lost(
    port: ServerPort,
    outbox: Outbox,
    cache: Cache,
    identity: str,
    *,
    new_device: UUID,
    now: datetime,
) -> int:
    """Reopens commands that had an effect and that this server does not know; how many.

    What it does not know gets a new device, as nobody knows which numbers of the old one are left.
    A command that it holds takes the number that it holds it under: its answer is asked for so.
    One that it does not hold carries along what the lost server gave it: an official number.
    """
    ids = [UUID(row[0]) for row in outbox.rows("SELECT op_id FROM command")]
    known: dict[UUID, Number] = {}
    for start in range(0, len(ids), _IDS_A_QUESTION):
        known |= port.known(ids[start : start + _IDS_A_QUESTION])
    carried = _carried(outbox, cache, known.keys())
    moment = now.isoformat()
    with outbox.transaction() as db:
        db.executemany(
            "UPDATE command SET state = 'stored', stored_at = ? "
            "WHERE op_id = ? AND state = 'saved'",
            [(moment, str(op_id)) for op_id in known],
        )
        take_numbers(db, known)
        reopened = 0
        for op_id in set(ids) - known.keys():
            reopened += db.execute(
                "UPDATE command SET state = 'saved', wire = NULL, reason_id = NULL, "
                "reason_parameters = NULL, stored_at = NULL "
                "WHERE op_id = ? AND state IN ('stored', 'applied', 'conflict')",
                (str(op_id),),
            ).rowcount
        db.executemany("UPDATE command SET payload = ? WHERE op_id = ?", carried)
        renumber(db, str(new_device), 1)
        db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (SERVER_NOTE, identity))
        db.execute("DELETE FROM note WHERE name = ?", (DOUBTFUL_NOTE,))
    return reopened


def _carried(outbox: Outbox, cache: Cache, known: Collection[UUID]) -> list[tuple[str, str]]:
    """New payloads, each with its op_id, of applied commands that the server forgot."""
    found: list[tuple[str, str]] = []
    with cache.read() as session:
        for kind, part in PARTS.items():
            if part.carry is None:
                continue
            for op_id, version, payload in outbox.rows(_APPLIED, (kind,)):
                if UUID(op_id) not in known:
                    command = part.carry(decode(part, version, payload), session)
                    found.append((encode(command), op_id))
    return found


def forget_answered(outbox: Outbox, now: datetime) -> Iterable[UUID]:
    """Forgets commands that were answered long ago; their ids."""
    limit = (now - KEPT).isoformat()
    with outbox.transaction() as db:
        rows = db.execute(
            "DELETE FROM command WHERE state IN ('applied', 'dismissed') AND stored_at < ? "
            "RETURNING op_id",
            (limit,),
        ).fetchall()
    return [UUID(row[0]) for row in rows]
