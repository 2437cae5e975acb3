"""The search index of a desk: which columns are found, and how a change marks an entry old."""

from collections.abc import Iterator
from typing import Final

SEARCHED: Final[dict[str, tuple[str, str]]] = {
    "project": ("name", "code"),
    "task": ("name", "code"),
    "person": ("display_name", "login"),
}
"""By table: the column that is the title, and the one shown beside it."""

SEARCH_LAYOUT: Final = (
    "CREATE TABLE search_entry (n INTEGER PRIMARY KEY, row_table TEXT NOT NULL, "
    "scope_id TEXT NOT NULL, row_id TEXT NOT NULL, title TEXT NOT NULL, detail TEXT NOT NULL, "
    "UNIQUE (scope_id, row_id, row_table))",
    "CREATE VIRTUAL TABLE search_text USING fts5(bigrams, initials)",
    "CREATE TABLE search_old (row_table TEXT, scope_id TEXT, row_id TEXT, "
    "PRIMARY KEY (scope_id, row_id, row_table)) WITHOUT ROWID",
)


def search_triggers(table: str) -> Iterator[str]:
    """Triggers that mark entries of a table old; they hold during a rebase too."""
    if table not in SEARCHED:
        return
    title, detail = SEARCHED[table]
    mark = f"INSERT OR REPLACE INTO search_old VALUES ('{table}', {{row}}.scope_id, {{row}}.id);"  # noqa: S608
    new, old = mark.format(row="NEW"), mark.format(row="OLD")
    yield f'CREATE TRIGGER "{table}_found" AFTER INSERT ON "{table}" BEGIN {new} END'
    yield (
        f'CREATE TRIGGER "{table}_renamed" AFTER UPDATE OF "{title}", "{detail}" ON "{table}" '
        f"BEGIN {new} END"
    )
    yield f'CREATE TRIGGER "{table}_lost" AFTER DELETE ON "{table}" BEGIN {old} END'
