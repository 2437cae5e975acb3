"""The worker's statements as SQLite says them. A statement without its line here fails loudly."""

from app.server import apply, audit, chunks, group, lease, waiting, worker

SCHEMA = """
CREATE TABLE current_xid (xid INTEGER NOT NULL);
INSERT INTO current_xid VALUES (0);
CREATE TABLE command_inbox (
    op_id UUID PRIMARY KEY, received_no INTEGER NOT NULL UNIQUE, scope_id UUID NOT NULL,
    actor TEXT NOT NULL, device_id UUID NOT NULL,
    device_seq INTEGER NOT NULL CHECK (device_seq > 0),
    depends_on UUID, kind TEXT NOT NULL, kind_version INTEGER NOT NULL, payload TEXT NOT NULL,
    payload_hash BLOB NOT NULL, issued_at TIMESTAMPTZ NOT NULL, received_at TIMESTAMPTZ NOT NULL,
    done INTEGER NOT NULL DEFAULT 0, UNIQUE (actor, device_id, device_seq)
);
CREATE TABLE command_result (
    op_id UUID PRIMARY KEY REFERENCES command_inbox (op_id), scope_id UUID NOT NULL,
    actor TEXT NOT NULL, state TEXT NOT NULL, reason_id TEXT, reason_parameters TEXT,
    epoch INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE change_feed (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, xid INTEGER NOT NULL, scope_id TEXT NOT NULL,
    row_table TEXT NOT NULL, row_id TEXT NOT NULL, op TEXT NOT NULL
);
CREATE TABLE payload_chunk (
    scope_id UUID, sha256 BLOB, actor TEXT NOT NULL, body BLOB NOT NULL,
    PRIMARY KEY (actor, scope_id, sha256)
);
CREATE TABLE device (
    device_id UUID PRIMARY KEY, actor TEXT NOT NULL,
    last_seq INTEGER NOT NULL DEFAULT 0, last_seen TIMESTAMPTZ
);
CREATE TABLE document_number (
    scope_id CHAR(32), series TEXT, year INTEGER, last INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (scope_id, series, year)
);
CREATE TABLE audit_log (
    n INTEGER PRIMARY KEY, op_id UUID NOT NULL UNIQUE, scope_id UUID NOT NULL, actor TEXT NOT NULL,
    kind TEXT NOT NULL, state TEXT NOT NULL, payload_hash BLOB NOT NULL,
    previous_hash BLOB NOT NULL, hash BLOB NOT NULL, at TIMESTAMPTZ NOT NULL
);
CREATE TABLE audit_head (partition INTEGER PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL);
CREATE TABLE worker_lease (
    partition INTEGER PRIMARY KEY, holder UUID, epoch INTEGER NOT NULL DEFAULT 0,
    seen_at TIMESTAMPTZ NOT NULL
)
"""

FEED = """
CREATE TRIGGER "feed_{table}_{op}" AFTER {event} ON "{table}" BEGIN
    INSERT INTO change_feed (xid, scope_id, row_table, row_id, op)
    SELECT xid, {row}.scope_id, '{table}', {row}.id, '{op}' FROM current_xid;
END
"""

_STATE = (
    'SELECT holder, epoch, seen_at < before_now(?), now() AS "now [TIMESTAMPTZ]"'
    " FROM worker_lease WHERE partition = 0"
)
_AMONG = "IN (SELECT value FROM json_each(?))"

SQLITE: dict[str, tuple[str, ...]] = {
    "begin": (),
    "set local synchronous_commit = off": (),
    lease._STATE: (_STATE,),
    lease._LOCK: (_STATE,),
    lease._TAKE: (
        "UPDATE worker_lease SET holder = ?, epoch = ?, seen_at = now() WHERE partition = 0",
    ),
    lease._SEEN: ("UPDATE worker_lease SET seen_at = now() WHERE partition = 0",),
    lease._LEAVE: ("UPDATE worker_lease SET holder = NULL WHERE partition = 0",),
    waiting._READY: (
        "WITH waiting AS ("
        " SELECT op_id, device_id, device_seq, last_seq,"
        " row_number() OVER run AS place, max(received_no) OVER run AS turn"
        " FROM command_inbox JOIN device USING (device_id)"
        " WHERE NOT done AND device_seq > last_seq"
        " WINDOW run AS (PARTITION BY device_id ORDER BY device_seq))"
        ' SELECT op_id AS "op_id [UUID]" FROM waiting WHERE device_seq = last_seq + place'
        " AND device_id NOT IN (SELECT value FROM json_each(?)) ORDER BY turn, device_seq LIMIT ?",
    ),
    waiting._LOAD: (waiting._LOAD.replace("= any(%s::uuid[])", _AMONG),),
    waiting._DECIDED: (waiting._DECIDED.replace("= any(%s::uuid[])", _AMONG),),
    group._DONE: ("UPDATE command_inbox SET done = 1 WHERE op_id " + _AMONG,),
    group._INACTIVE: (
        "SELECT login FROM person WHERE NOT active AND login " + _AMONG + " AND scope_id ="
        " '00000000000070008000000000000001'",
    ),
    apply._SAVE: ("SAVEPOINT command",),
    apply._KEEP: (
        "PRAGMA foreign_key_check",
        "RELEASE SAVEPOINT command",
        "SAVEPOINT command",
    ),
    apply._TAKE_BACK: ("ROLLBACK TO SAVEPOINT command",),
    chunks._READ: (
        chunks._READ.replace("%s", "?", 2).replace(
            "sha256 = any(%s::bytea[])", "lower(hex(sha256)) " + _AMONG
        ),
    ),
    audit._LOCK_HEAD: (audit._HEAD,),
    audit._HEAD: (audit._HEAD,),
    audit._MOVE_HEAD: (audit._MOVE_HEAD.replace("%s", "?"),),
    audit._READ: (audit._READ.replace("%s", "?"),),
    worker._WAKE_DESKS: ("SELECT 'wake'",),
    "select app.align_jobs(?)": ("SELECT ?",),
}
