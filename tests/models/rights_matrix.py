"""Who may do what on the server, written out: the tests compare the catalogue with it.

A star marks a privilege on some columns only. What is not written is not allowed.
"""

from app.core.people import MONEY, Job
from app.models.parts import SYNCED

PERSON, WORKER, READER = "gantry_person", "gantry_worker", "gantry_reader"
INTAKE, RIGHTS, GATEWAY = "gantry_intake", "gantry_rights", "gantry_gateway"
PRUNER, WARDEN = "gantry_pruner", "gantry_warden"

EVERY_ROLE = (
    *(PERSON, WORKER, READER, INTAKE, RIGHTS, GATEWAY, PRUNER, WARDEN),
    *(f"gantry_job_{job.value}" for job in Job),
)

_SYNCED = {PERSON: {"select"}, WORKER: {"select", "insert", "update*", "delete"}}

# Money is read by those whose job it is; entries are never deleted, lines never updated.
MONEY_READERS = tuple(f"gantry_job_{job.value}" for job in sorted(MONEY))
_MONEY: dict[str, set[str]] = {reader: {"select"} for reader in MONEY_READERS}
_LEDGER: dict[str, dict[str, set[str]]] = {
    "ledger_period": _MONEY | {WORKER: {"select", "insert", "update*"}},
    "ledger_entry": _MONEY | {WORKER: {"select", "insert", "update*"}},
    "ledger_line": _MONEY | {WORKER: {"select", "insert", "delete"}},
}

TABLES: dict[str, dict[str, set[str]]] = {
    **{model.__tablename__: dict(_SYNCED) for model in SYNCED},
    **_LEDGER,
    "command_inbox": {
        PERSON: {"select", "insert*"},
        GATEWAY: {"insert*"},
        INTAKE: {"select"},
        WORKER: {"select", "update*"},
    },
    "payload_chunk": {
        PERSON: {"select", "insert*"},
        INTAKE: {"select"},
        WORKER: {"select", "delete"},
    },
    "command_result": {PERSON: {"select"}, WORKER: {"select", "insert"}},
    "change_feed": {
        PERSON: {"select"},
        WORKER: {"select", "insert"},
        PRUNER: {"select", "delete"},
    },
    "audit_log": {READER: {"select"}, WORKER: {"select", "insert"}},
    "audit_head": {READER: {"select"}, WORKER: {"select", "update"}},
    "worker_lease": {WORKER: {"select", "update"}},
    "document_number": {WORKER: {"select", "insert", "update"}},
    "job": {WORKER: {"select", "insert", "update"}},
    "device": {
        READER: {"select"},
        INTAKE: {"select", "insert"},
        WORKER: {"select", "update"},
    },
    "device_token": {READER: {"select"}, INTAKE: {"select", "insert", "update*"}},
    "server_meta": {
        READER: {"select"},
        RIGHTS: {"select", "update*"},
        PRUNER: {"select", "update*"},
        WORKER: {"select"},
    },
    "alembic_version": {},
}
# What is booked is never changed, by nobody.
FINAL = ("stock_move",)
for _table in FINAL:
    TABLES[_table] = {PERSON: {"select"}, WORKER: {"select", "insert"}}
for _table in ("scope_member", "project", "person"):
    TABLES[_table][READER] = {"select"}
TABLES["scope_member"][RIGHTS] = {"select"}

_ENVELOPE = (
    "op_id scope_id actor device_id device_seq depends_on kind kind_version payload issued_at"
)

_RESTAMPED = {"row_version", "updated_at", "updated_by"}
_WRITTEN_OF_ENTRIES = (
    "business_date summary party state number content_hash remark edited_by submitted_by"
    " submitted_at approved_by approved_at posted_by posted_at"
)

COLUMNS: dict[tuple[str, str, str], set[str]] = {
    ("command_inbox", PERSON, "insert"): set(_ENVELOPE.split()),
    ("command_inbox", GATEWAY, "insert"): {"on_behalf_of"},
    ("command_inbox", WORKER, "update"): {"done"},
    ("payload_chunk", PERSON, "insert"): {"scope_id", "sha256", "actor", "body"},
    ("device_token", INTAKE, "update"): {"lineage"},
    ("server_meta", RIGHTS, "update"): {"rights_epoch"},
    ("server_meta", PRUNER, "update"): {"prune_floor"},
    **{
        (model.__tablename__, WORKER, "update"): {
            column.name for column in model.__table__.columns if not column.primary_key
        }
        for model in SYNCED
        if model.__tablename__ not in (*FINAL, *_LEDGER)
    },
    ("ledger_period", WORKER, "update"): {"state", "closed_by", "closed_at"} | _RESTAMPED,
    ("ledger_entry", WORKER, "update"): _RESTAMPED | set(_WRITTEN_OF_ENTRIES.split()),
}

FUNCTIONS: dict[str, set[str]] = {
    "me": {PERSON, WORKER, READER, INTAKE, RIGHTS},
    "my_scopes": {PERSON, WORKER, READER},
    "hello": {PERSON, WORKER, READER},
    "history": {PERSON, READER},
    "claim_device": {PERSON, INTAKE},
    "align_jobs": {WORKER, RIGHTS},
    "prune_feed": {WORKER, PRUNER},
    "end_overdue": {WORKER, WARDEN},
    "command_arrives": {INTAKE},
    "commands_arrived": {INTAKE},
    "chunks_arrived": {INTAKE},
    "feed_insert": set(),
    "feed_update": set(),
    "feed_delete": set(),
    "stock_move_is_final": set(),
    "stock_balance_holds": set(),
    "ledger_keeps": set(),
    "ledger_line_changes": set(),
    "ledger_balances": set(),
}

DEFINERS = {
    "my_scopes": READER,
    "hello": READER,
    "history": READER,
    "claim_device": INTAKE,
    "align_jobs": RIGHTS,
    "prune_feed": PRUNER,
    "end_overdue": WARDEN,
    "command_arrives": INTAKE,
    "commands_arrived": INTAKE,
    "chunks_arrived": INTAKE,
}

# The only forms of a policy: an InitPlan for scopes (a function a row is a hundred times slower),
# the own name, and roles that see all.
OWN_SCOPES = "(scope_id = ANY (( SELECT app.my_scopes() AS my_scopes)::uuid[]))"
# Keys and edits of money are told to those alone who may read money.
OWN_SCOPES_WITHOUT_MONEY = f"({OWN_SCOPES} AND ((row_table)::text !~ '^ledger_'::text))"
POLICY_FORMS = {
    OWN_SCOPES,
    OWN_SCOPES_WITHOUT_MONEY,
    "((actor)::text = app.me())",
    "((person)::text = app.me())",
}
SEES_ALL = {WORKER, READER, INTAKE, RIGHTS, PRUNER}

# What PostgreSQL brings and lets everybody call, though it writes (large objects, the write-ahead
# log) or fills the table of locks that all share.
WRITING_BUILTINS = (
    *("lo_creat", "lo_create", "lo_from_bytea", "lo_put", "lo_open", "lowrite"),
    *("lo_truncate", "lo_truncate64", "lo_unlink", "pg_logical_emit_message"),
    *("pg_advisory_lock", "pg_advisory_lock_shared", "pg_advisory_unlock"),
    *("pg_advisory_unlock_shared", "pg_advisory_unlock_all"),
    *("pg_advisory_xact_lock", "pg_advisory_xact_lock_shared"),
    *("pg_try_advisory_lock", "pg_try_advisory_lock_shared"),
    *("pg_try_advisory_xact_lock", "pg_try_advisory_xact_lock_shared"),
)
