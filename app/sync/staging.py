"""stage.db: server rows on their way into the cache, and how far a bootstrap has come.

Nothing in it is the only copy of anything. Attached as `stage` to the link's connection.
"""

from collections.abc import Collection, Sequence
from typing import Final
from uuid import UUID

import msgspec
from sqlalchemy import Column, Connection, MetaData, String, Table, Uuid, delete, insert, tuple_

from app.sync.cache_schema import definition, synced_tables
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


STAGED: Final = {table.name: _stage_table(table) for table in synced_tables()}


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
    for staged in STAGED.values():
        connection.execute(delete(staged).where(staged.c.scope_id.not_in(keep)))
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


def stage_rows(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    """Lays rows ready."""
    if rows:
        connection.execute(insert(STAGED[table]), list(rows))


def stage_changes(
    connection: Connection, table: str, keys: Sequence[Key], rows: Sequence[Row]
) -> None:
    """Lays changed keys ready with the rows behind them; a key without a row means deleted."""
    staged = STAGED[table]
    for start in range(0, len(keys), 400):
        part = keys[start : start + 400]
        connection.execute(delete(staged).where(tuple_(staged.c.scope_id, staged.c.id).in_(part)))
    connection.execute(
        insert(CHANGED).prefix_with("OR IGNORE"),
        [{"row_table": table, "scope_id": scope, "id": row_id} for scope, row_id in keys],
    )
    stage_rows(connection, table, rows)
