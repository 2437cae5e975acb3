"""Server-only tables of the protocol between desks and the server: no desk caches them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import BYTEA, JSONB, TIMESTAMP
from sqlalchemy.types import UserDefinedType

from app.models.base import LOGIN_LENGTH
from app.models.base import SERVER as SERVER
from app.models.limits import CHUNK_LIMIT, PAYLOAD_LIMIT
from app.models.numbers import document_number as document_number

NOW = text("now()")


class Xid8(UserDefinedType[str]):
    """PostgreSQL's 64-bit transaction id. Never sort its text."""

    cache_ok = True

    def get_col_spec(self, **_: object) -> str:
        return "xid8"


def _instant(name: str, *, filled: bool = True) -> Column[object]:
    return Column(
        name,
        TIMESTAMP(timezone=True),
        nullable=not filled,
        server_default=NOW if filled else None,
    )


# The payload stays text: a jsonb column would turn away a whole batch for one odd payload.
command_inbox = Table(
    "command_inbox",
    SERVER,
    Column("op_id", Uuid, primary_key=True),
    Column("received_no", BigInteger, Identity(always=True), nullable=False, unique=True),
    Column("scope_id", Uuid, nullable=False),
    Column("actor", String(LOGIN_LENGTH), nullable=False),
    Column("on_behalf_of", String(LOGIN_LENGTH)),
    Column("device_id", Uuid, nullable=False),
    Column("device_seq", BigInteger, nullable=False),
    Column("depends_on", Uuid),
    Column("kind", String(80), nullable=False),
    Column("kind_version", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("payload_hash", BYTEA, nullable=False),
    Column("issued_at", TIMESTAMP(timezone=True), nullable=False),
    _instant("received_at"),
    Column("done", Boolean, nullable=False, server_default=text("false")),
    UniqueConstraint("actor", "device_id", "device_seq"),
    CheckConstraint(f"octet_length(payload) <= {PAYLOAD_LIMIT}", name="payload_size"),
    CheckConstraint("device_seq > 0", name="device_seq_positive"),
    # Beyond these years the driver cannot read a row, and one such row would stop the worker.
    CheckConstraint(
        "issued_at >= '1970-01-01 00:00:00+00' and issued_at < '9000-01-01 00:00:00+00'",
        name="issued_at_sane",
    ),
    Index("ix_command_inbox_waiting", "received_no", postgresql_where=text("not done")),
    Index("ix_command_inbox_quota", "actor", postgresql_where=text("not done")),
)

command_result = Table(
    "command_result",
    SERVER,
    Column("op_id", Uuid, ForeignKey("command_inbox.op_id"), primary_key=True),
    Column("scope_id", Uuid, nullable=False),
    Column("actor", String(LOGIN_LENGTH), nullable=False),
    Column("state", String(10), nullable=False),
    Column("reason_id", String(80)),
    Column("reason_parameters", JSONB),
    Column("epoch", BigInteger, nullable=False),
    _instant("applied_at"),
    CheckConstraint("state in ('applied', 'refused', 'conflict', 'blocked')", name="state"),
    Index("ix_command_result_actor", "actor", "applied_at"),
)

change_feed = Table(
    "change_feed",
    SERVER,
    Column("xid", Xid8, nullable=False, server_default=text("pg_current_xact_id()")),
    Column("seq", BigInteger, Identity(always=True), primary_key=True),
    Column("scope_id", Uuid, nullable=False),
    Column("row_table", String(63), nullable=False),
    Column("row_id", Uuid, nullable=False),
    Column("op", String(1), nullable=False),
    _instant("at"),
    CheckConstraint("op in ('I', 'U', 'D')", name="op"),
    Index("ix_change_feed_scope", "scope_id", "xid", "seq"),
    Index("ix_change_feed_xid", "xid"),
)

payload_chunk = Table(
    "payload_chunk",
    SERVER,
    Column("scope_id", Uuid, nullable=False),
    Column("sha256", BYTEA, nullable=False),
    Column("actor", String(LOGIN_LENGTH), nullable=False),
    Column("body", LargeBinary, nullable=False),
    _instant("received_at"),
    CheckConstraint(f"octet_length(body) <= {CHUNK_LIMIT}", name="body_size"),
    CheckConstraint("sha256 = sha256(body)", name="content_addressed"),
    PrimaryKeyConstraint("actor", "scope_id", "sha256"),
)

audit_log = Table(
    "audit_log",
    SERVER,
    Column("n", BigInteger, primary_key=True, autoincrement=False),
    Column("op_id", Uuid, nullable=False, unique=True),
    Column("scope_id", Uuid, nullable=False),
    Column("actor", String(LOGIN_LENGTH), nullable=False),
    Column("kind", String(80), nullable=False),
    Column("state", String(10), nullable=False),
    Column("payload_hash", BYTEA, nullable=False),
    Column("previous_hash", BYTEA, nullable=False),
    Column("hash", BYTEA, nullable=False),
    _instant("at"),
)

audit_head = Table(
    "audit_head",
    SERVER,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("n", BigInteger, nullable=False),
    Column("hash", BYTEA, nullable=False),
)

worker_lease = Table(
    "worker_lease",
    SERVER,
    Column("partition", Integer, primary_key=True, autoincrement=False),
    Column("holder", Uuid),
    Column("epoch", BigInteger, nullable=False, server_default=text("0")),
    _instant("seen_at"),
)

device = Table(
    "device",
    SERVER,
    Column("device_id", Uuid, primary_key=True),
    Column("actor", String(LOGIN_LENGTH), nullable=False),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    _instant("first_seen"),
    _instant("last_seen"),
)

device_token = Table(
    "device_token",
    SERVER,
    Column("actor", String(LOGIN_LENGTH), primary_key=True),
    Column("device_id", Uuid, primary_key=True),
    Column("lineage", Uuid, nullable=False),
)

server_meta = Table(
    "server_meta",
    SERVER,
    Column("single", Boolean, primary_key=True, server_default=text("true")),
    Column("generation", Uuid, nullable=False, server_default=text("gen_random_uuid()")),
    Column("schema_oldest", Integer, nullable=False),
    Column("schema_newest", Integer, nullable=False),
    Column("prune_floor", Xid8, nullable=False, server_default=text("'0'::xid8")),
    Column("rights_epoch", BigInteger, nullable=False, server_default=text("0")),
    CheckConstraint("single", name="single_row"),
)

job = Table(
    "job",
    SERVER,
    Column("id", Uuid, primary_key=True, server_default=text("gen_random_uuid()")),
    Column("scope_id", Uuid, nullable=False),
    Column("kind", String(80), nullable=False),
    Column("dedupe_key", String(200), nullable=False, unique=True),
    Column("payload", JSONB, nullable=False),
    Column("due_at", TIMESTAMP(timezone=True), nullable=False, server_default=NOW),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("done_at", TIMESTAMP(timezone=True)),
    Column("last_error", Text),
    Index("ix_job_due", "due_at", postgresql_where=text("done_at is null")),
)
