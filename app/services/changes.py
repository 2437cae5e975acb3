"""What an edit touched: told to every page, which decides whether to look again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Changes:
    """Ids of touched rows by table name. A table with an empty set means "anything in it"."""

    tables: Mapping[str, frozenset[UUID]] = field(default_factory=dict)

    def touches(self, *tables: str) -> bool:
        """Whether any of the tables was touched."""
        return any(table in self.tables for table in tables)

    def __or__(self, other: "Changes") -> "Changes":
        merged = dict(self.tables)
        for table, ids in other.tables.items():
            known = merged.get(table)
            whole = known is not None and not (known and ids)
            merged[table] = frozenset() if whole else (known or frozenset()) | ids
        return Changes(merged)

    def __bool__(self) -> bool:
        return bool(self.tables)


def changes_of(table: str, ids: Iterable[UUID]) -> Changes:
    """Changes in one table."""
    return Changes({table: frozenset(ids)})
