"""The tables of outbox.db and the way from each of their versions to the next."""

from typing import Any, Final

from app.core.errors import EnvironmentFault

_FIRST = """
CREATE TABLE identity (
    single INTEGER PRIMARY KEY CHECK (single = 1),
    device_id TEXT NOT NULL,
    next_seq INTEGER NOT NULL
) STRICT;
CREATE TABLE command (
    n INTEGER PRIMARY KEY AUTOINCREMENT,
    op_id TEXT NOT NULL UNIQUE,
    scope_id TEXT NOT NULL,
    device_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    wire TEXT,
    issued_at TEXT NOT NULL,
    depends_on TEXT,
    online INTEGER NOT NULL,
    bulk INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN (
        'saved', 'stored', 'applied', 'refused', 'conflict', 'blocked', 'dismissed')),
    reason_id TEXT,
    reason_parameters TEXT,
    stored_at TEXT,
    UNIQUE (device_id, seq)
) STRICT;
CREATE INDEX command_open ON command (n) WHERE state IN ('saved', 'stored');
CREATE INDEX command_told ON command (n) WHERE state IN ('refused', 'conflict', 'blocked');
CREATE TABLE chunk (
    op_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (op_id, position)
) STRICT;
CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
"""

# The server's token of the last push, and the one that goes with the next.
_TOKENS = """
ALTER TABLE identity ADD COLUMN lineage TEXT;
ALTER TABLE identity ADD COLUMN coming_lineage TEXT;
"""

MIGRATIONS: Final = (_FIRST, _TOKENS)
"""Statements that lead from version n to version n + 1. Only ever appended to."""


def migrate(connection: Any) -> None:
    """Brings an open outbox to this program's version, in one transaction.

    EnvironmentFault `sync.outbox_newer` if a newer program wrote it.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise EnvironmentFault("sync.outbox_newer")
    if version == len(MIGRATIONS):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for script in MIGRATIONS[version:]:
            for statement in script.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
