"""The transaction that a handler works in: the same on a desk's cache and on the server."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, insert, select
from sqlalchemy.orm import Session

from app.core.errors import GantryError
from app.core.merge import GroupClash, Values, merge
from app.models.base import Scoped
from app.services.changes import Changes

Row = TypeVar("Row", bound=Scoped)

Groups = Mapping[str, tuple[str, ...]]


# Every edit looks for its row: `Session.get` would make the same statement anew each time.
@cache
def _locked(model: type[Row]) -> Select[Row]:
    wanted = model.scope_id == bindparam("scope"), model.id == bindparam("row")
    return select(model).where(*wanted).with_for_update().execution_options(populate_existing=True)


class Clash(GantryError):
    """The edit would overwrite what its author has not seen: a person decides, in the inbox."""

    def __init__(
        self, row_table: str, row_id: UUID, clashes: tuple[GroupClash, ...], reason_id: str
    ) -> None:
        super().__init__(reason_id)
        self.row_table = row_table
        self.row_id = row_id
        self.clashes = clashes


class Tx:
    """One command's transaction. It reads and writes rows of one scope and nothing else.

    `received_at` is when the server stored the command, None on a desk.
    """

    def __init__(
        self,
        session: Session,
        *,
        scope_id: UUID,
        op_id: UUID,
        actor: str,
        issued_at: datetime,
        received_at: datetime | None = None,
    ) -> None:
        self.session = session
        self.scope_id = scope_id
        self.op_id = op_id
        self.actor = actor
        self.issued_at = issued_at
        self.received_at = received_at
        self._touched: defaultdict[str, set[UUID]] = defaultdict(set)

    def find(self, model: type[Row], row_id: UUID) -> Row | None:
        """The row, locked until the end of the transaction where the database can lock rows."""
        key = {"scope": self.scope_id, "row": row_id}
        return self.session.scalars(_locked(model), key).one_or_none()

    def add(self, row: Row) -> Row:
        """Adds a new row of this scope."""
        row.scope_id = self.scope_id
        row.row_version = 1
        row.created_at = row.updated_at = self.issued_at
        row.created_by = row.updated_by = self.actor
        self._touch(type(row), row.id)
        self.session.add(row)
        return row

    def change(self, row: Scoped, values: Values) -> None:
        """Writes `values` (by field name) into a row, if it does not hold them already."""
        if all(getattr(row, name) == value for name, value in values.items()):
            return
        for name, value in values.items():
            setattr(row, name, value)
        row.row_version += 1
        row.updated_at = self.issued_at
        row.updated_by = self.actor
        self._touch(type(row), row.id)

    def merge(self, row: Scoped, groups: Groups, base: Values, mine: Values) -> bool:
        """Merges an edit by field groups; whether the row changed. Clash if it would overwrite."""
        theirs = {name: getattr(row, name) for fields in groups.values() for name in fields}
        outcome = merge(groups, base, mine, theirs)
        if outcome.clashes:
            raise Clash(row.__tablename__, row.id, outcome.clashes, "reconcile.changed_meanwhile")
        self.change(row, outcome.accepted)
        return bool(outcome.accepted)

    def remove(self, row: Scoped) -> None:
        """Deletes a row."""
        self._touch(type(row), row.id)
        self.session.delete(row)

    def insert_rows(self, model: type[Scoped], rows: Iterable[Mapping[str, Any]]) -> None:
        """Adds many rows at once; every mapping holds the id and all fields without a default."""
        stamp = {
            "scope_id": self.scope_id,
            "row_version": 1,
            "created_at": self.issued_at,
            "created_by": self.actor,
            "updated_at": self.issued_at,
            "updated_by": self.actor,
        }
        stamped = [{**row, **stamp} for row in rows]
        if not stamped:
            return
        self.session.flush()
        self.session.execute(insert(model), stamped, execution_options={"render_nulls": True})
        self._touched[model.__tablename__].update(row["id"] for row in stamped)

    def remove_rows(self, model: type[Scoped], ids: Iterable[UUID]) -> None:
        """Deletes many rows of this scope at once."""
        gone = list(ids)
        self.session.flush()
        for start in range(0, len(gone), 500):
            chunk = gone[start : start + 500]
            self.session.execute(
                delete(model).where(model.scope_id == self.scope_id, model.id.in_(chunk))
            )
        self._touched[model.__tablename__].update(gone)

    def changes(self) -> Changes:
        """What was touched so far."""
        return Changes({table: frozenset(ids) for table, ids in self._touched.items()})

    def _touch(self, model: type[Scoped], row_id: UUID) -> None:
        self._touched[model.__tablename__].add(row_id)
