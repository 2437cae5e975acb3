"""stage.db: server rows on their way into the cache, and how far a bootstrap has come.

Nothing in it is the only copy of anything. Attached as `stage` to the link's connection.
"""

from collections.abc import Collection, Sequence
from typing import Any, Final
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, MetaData, String, Table, Uuid, delete, insert

from app.sync.cache_schema import columns_of, definition, synced_tables
from app.sync.wire import Key, Row

STAGE_FILE: Final = "stage.db"
_STAGE = MetaData(schema="stage")

CHANGED: Final = Table(
    "changed_key",
    _STAGE,
    Column("row_table", String, primary_key=True),
    Column("scope_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
)
_NOTE: Final = Table(
    "note",
    _STAGE,
    Column("name", String, primary_key=True),
    Column("value", String),
)


def _stage_table(table: Table) -> Table:
    columns = [Column(column.name, column.type) for column in table.columns]
    return Table(table.name, _STAGE, *columns)


_SYNCED: Final = {str(table.name): table for table in synced_tables()}
STAGED: Final = {name: _stage_table(table) for name, table in _SYNCED.items()}

_KEYS_A_STATEMENT: Final = 400


class OtherCache(Exception):
    """The cache is not the one that was pulled for: it was rebuilt meanwhile, and the stage too."""


class Bootstrap(msgspec.Struct, frozen=True):
    """How far copying whole scopes has come: rows up to `after` of `table` are staged, as they
    were at `snapshot` or later."""

    identity: str
    snapshot: str
    rights: dict[UUID, str]
    table: str = ""
    after: tuple[UUID, UUID] | None = None


def create_stage(connection: Connection) -> None:
    """Makes the tables; what was staged for other definitions of tables is thrown away."""
    wanted = "\n".join(definition(table) for table in synced_tables())
    # The stage of an older program may hold tables of other shapes under the same names.
    known = connection.exec_driver_sql(
        "SELECT name FROM stage.sqlite_master WHERE type = 'table'"
    ).scalars()
    existing = set(known)
    found = None
    if "note" in existing:
        found = connection.exec_driver_sql(
            "SELECT value FROM stage.note WHERE name = 'definition'"
        ).scalar()
    if found == wanted:
        return
    for name in existing:
        connection.exec_driver_sql(f'DROP TABLE stage."{name}"')
    _STAGE.create_all(connection, checkfirst=False)
    connection.execute(insert(_NOTE).values(name="definition", value=wanted))


def clear(connection: Connection, keep: Collection[UUID] = ()) -> None:
    """Empties the stage but for the rows of some scopes."""
    connection.execute(delete(CHANGED))
    for name, staged in STAGED.items():
        connection.exec_driver_sql(f'DROP INDEX IF EXISTS stage."key_{name}"')
        spared = delete(staged).where(staged.c.scope_id.not_in(keep))
        # Without a condition SQLite lets go of the pages instead of looking at the rows.
        connection.execute(spared if keep else delete(staged))
    if not keep:
        connection.execute(delete(_NOTE).where(_NOTE.c.name == "bootstrap"))


def bootstrap_under_way(connection: Connection) -> Bootstrap | None:
    """The bootstrap that was begun and not yet applied."""
    found = connection.exec_driver_sql(
        "SELECT value FROM stage.note WHERE name = 'bootstrap'"
    ).scalar()
    return None if found is None else msgspec.json.decode(found, type=Bootstrap)


def note_bootstrap(connection: Connection, progress: Bootstrap) -> None:
    """Remembers how far a bootstrap has come."""
    connection.execute(delete(_NOTE).where(_NOTE.c.name == "bootstrap"))
    text = msgspec.json.encode(progress).decode("utf-8")
    connection.execute(insert(_NOTE).values(name="bootstrap", value=text))


def advance(connection: Connection, before: Bootstrap, reached: Bootstrap) -> None:
    """Remembers that a bootstrap has come on. OtherCache if the stage does not stand at `before`:
    what was staged until then is not in it."""
    if bootstrap_under_way(connection) != before:
        raise OtherCache
    note_bootstrap(connection, reached)


def stage_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Lays rows ready. On the driver's own connection: a bootstrap brings a hundred thousand."""
    if not rows:
        return
    raw: Any = connection.connection.driver_connection
    columns = columns_of(_SYNCED[table])
    marks = ", ".join("?" * len(rows[0]))
    raw.executemany(
        f'INSERT INTO stage."{table}" ({columns}) VALUES ({marks})',  # noqa: S608 - our own names
        rows,
    )


def stage_changes(
    connection: Connection, table: str, keys: Sequence[Key], rows: Sequence[Row]
) -> None:
    """Lays changed keys ready with the rows behind them; a key without a row means deleted."""
    raw: Any = connection.connection.driver_connection
    bare = [(scope_id.hex, row_id.hex) for scope_id, row_id in keys]
    _forget_staged(raw, table, bare)
    raw.executemany(
        "INSERT OR IGNORE INTO stage.changed_key VALUES (?, ?, ?)",
        [(table, scope_id, row_id) for scope_id, row_id in bare],
    )
    stage_rows(connection, table, rows)


def _forget_staged(raw: Any, table: str, keys: Sequence[tuple[str, str]]) -> None:
    (known,) = raw.execute(f'SELECT EXISTS (SELECT 1 FROM stage."{table}")').fetchone()  # noqa: S608
    if not known:
        return
    # Only here: a bootstrap that nothing breaks off does without.
    raw.execute(f'CREATE INDEX IF NOT EXISTS stage."key_{table}" ON "{table}" (scope_id, id)')
    for start in range(0, len(keys), _KEYS_A_STATEMENT):
        part = keys[start : start + _KEYS_A_STATEMENT]
        marks = ", ".join(["(?, ?)"] * len(part))
        raw.execute(
            f'DELETE FROM stage."{table}" '  # noqa: S608 - our own names
            f"WHERE (scope_id, id) IN (VALUES {marks})",
            [value for key in part for value in key],
        )
