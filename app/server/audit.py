"""The audit chain: each entry's hash covers the one before, so that nothing can be taken out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import Connection, NullPool, create_engine, insert

from app.core.errors import EnvironmentFault
from app.models.protocol import audit_log
from app.server.connect import administrator_connection

ORIGIN = hashlib.sha256(b"gantry").digest()
"""The hash before the first entry."""

_HEAD = "select n, hash from audit_head where partition = 0"
_LOCK_HEAD = f"{_HEAD} for update"
_MOVE_HEAD = "update audit_head set n = %s, hash = %s where partition = 0"
_READ = (
    "select n, op_id, scope_id, actor, kind, state, payload_hash, at, previous_hash, hash"
    " from audit_log where n > %s order by n limit %s"
)
_PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided of one command."""

    op_id: UUID
    scope_id: UUID
    actor: str
    kind: str
    state: str
    payload_hash: bytes


def link(previous: bytes, n: int, decision: Decision, at: datetime) -> bytes:
    """The hash of entry `n`: SHA-256 over the previous hash and every field, each with length."""
    fields = (
        previous,
        str(n).encode("ascii"),
        decision.op_id.bytes,
        decision.scope_id.bytes,
        decision.actor.encode("utf-8"),
        decision.kind.encode("utf-8"),
        decision.state.encode("ascii"),
        decision.payload_hash,
        at.astimezone(UTC).isoformat(timespec="microseconds").encode("ascii"),
    )
    whole = hashlib.sha256()
    for field in fields:
        whole.update(len(field).to_bytes(4, "big"))
        whole.update(field)
    return whole.digest()


def append(connection: Connection, decisions: Sequence[Decision], at: datetime) -> None:
    """Adds entries; the head row stays locked until the transaction ends, so call it last."""
    n, previous = connection.exec_driver_sql(_LOCK_HEAD).one()
    previous = bytes(previous)
    rows = []
    for decision in decisions:
        n += 1
        digest = link(previous, n, decision, at)
        rows.append(
            {
                "n": n,
                "op_id": decision.op_id,
                "scope_id": decision.scope_id,
                "actor": decision.actor,
                "kind": decision.kind,
                "state": decision.state,
                "payload_hash": decision.payload_hash,
                "previous_hash": previous,
                "hash": digest,
                "at": at,
            }
        )
        previous = digest
    connection.execute(insert(audit_log), rows)
    connection.exec_driver_sql(_MOVE_HEAD, (n, previous))


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain. Whoever keeps it elsewhere can tell a chain made anew as a whole."""

    n: int
    hash: bytes


def verify(dsn: str) -> Head:
    """Goes through the whole chain of a database and gives its end; nothing is written.

    EnvironmentFault `server.admin.audit_broken` names the first entry that does not follow.
    """
    engine = create_engine(
        "postgresql+psycopg2://",
        creator=lambda: administrator_connection(dsn),
        isolation_level="REPEATABLE READ",
        poolclass=NullPool,
        hide_parameters=True,
    )
    with engine.connect().execution_options(postgresql_readonly=True) as connection:
        broken = broken_link(connection)
        n, digest = connection.exec_driver_sql(_HEAD).one()
    if broken is not None:
        raise EnvironmentFault("server.admin.audit_broken", n=broken, last=n)
    return Head(n, bytes(digest))


def broken_link(connection: Connection) -> int | None:
    """The number of the first entry that does not follow from the one before; None if all do.

    The head counts as the entry after the last. Run it in one REPEATABLE READ transaction.
    """
    n, previous = 0, ORIGIN
    while rows := connection.exec_driver_sql(_READ, (n, _PAGE)).all():
        for row in rows:
            op_id, scope_id, actor, kind, state, payload_hash = row[1:7]
            decision = Decision(op_id, scope_id, actor, kind, state, bytes(payload_hash))
            sound = row[0] == n + 1 and bytes(row[8]) == previous
            if not sound or bytes(row[9]) != link(previous, n + 1, decision, row[7]):
                return n + 1
            n, previous = row[0], bytes(row[9])
    head_n, head_hash = connection.exec_driver_sql(_HEAD).one()
    return None if (head_n, bytes(head_hash)) == (n, previous) else n + 1
