"""When the server is another than before (restored, failed over, set back): what it lost is sent
again, and what is long over is forgotten."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from app.sync.outbox import Outbox, renumber
from app.sync.wire import ServerPort

SERVER_NOTE: Final = "server"
KEPT: Final = timedelta(days=30)
"""How long answered commands can be sent again."""

_IDS_A_QUESTION: Final = 1_000


def send_again_what_is_lost(
    port: ServerPort, outbox: Outbox, identity: str, new_device: UUID
) -> int:
    """Reopens commands that had an effect and that this server does not know; how many.

    Unsent commands get a new device, as nobody knows which numbers of the old one are left.
    """
    sent = [UUID(row[0]) for row in outbox.rows("SELECT op_id FROM command WHERE state <> 'saved'")]
    lost = set(sent)
    for start in range(0, len(sent), _IDS_A_QUESTION):
        lost -= port.known(sent[start : start + _IDS_A_QUESTION])
    with outbox.transaction() as db:
        reopened = 0
        for op_id in lost:
            reopened += db.execute(
                "UPDATE command SET state = 'saved', wire = NULL, reason_id = NULL, "
                "reason_parameters = NULL, stored_at = NULL "
                "WHERE op_id = ? AND state IN ('stored', 'applied', 'conflict')",
                (str(op_id),),
            ).rowcount
        renumber(db, str(new_device), 1)
        db.execute("INSERT OR REPLACE INTO note VALUES (?, ?)", (SERVER_NOTE, identity))
    return reopened


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
