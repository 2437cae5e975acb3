"""Finding projects, tasks and people by a piece of their name, code or pinyin initials."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from operator import add
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.core.pinyin import all_initials
from app.sync.search_schema import SEARCHED

_LONGEST_QUERY: Final = 64
_INDEXED: Final = 200
"""Characters of a name that can be found; longer names are found by their beginning."""


@dataclass(frozen=True, slots=True)
class Found:
    """A row that fits: the table it is in, its key, and how to show it."""

    row_table: str
    scope_id: UUID
    row_id: UUID
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class _Old:
    """A row whose entry `n` (None: it has none) is old; without a title, the row is gone."""

    scope_id: str
    row_id: str
    n: int | None
    title: str | None
    detail: str | None


def plain(text: str) -> str:
    """Text as it is compared: letters and digits only, full width as half width, lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, folded))


def bigrams(text: str) -> str:
    """Overlapping pairs of characters, the last one alone, separated by spaces."""
    return " ".join([*map(add, text, text[1:]), text[-1:]])


def search(session: Session, words: str, limit: int = 20) -> list[Found]:
    """Rows that fit every word, best first: whole matches, then beginnings, then the rest."""
    wanted = [plain(word) for word in re.split(r"\s+", words[:_LONGEST_QUERY])]
    wanted = [word for word in wanted if word]
    if not wanted:
        return []
    rows = session.connection().exec_driver_sql(
        "SELECT row_table, scope_id, row_id, title, detail FROM search_text "
        "JOIN search_entry ON n = search_text.rowid WHERE search_text MATCH ? LIMIT 500",
        (" AND ".join(_expression(word) for word in wanted),),
    )
    found = [Found(row[0], UUID(row[1]), UUID(row[2]), row[3], row[4]) for row in rows]
    found.sort(key=lambda entry: _rank(entry, wanted[0]))
    return found[:limit]


def _expression(word: str) -> str:
    if len(word) == 1:
        return f'"{word}"*'
    pairs = [word[start : start + 2] for start in range(len(word) - 1)]
    return f'"{" ".join(pairs)}"'


def _rank(entry: Found, word: str) -> tuple[int, int, str]:
    title, detail = plain(entry.title), plain(entry.detail)
    if word in (title, detail):
        place = 0
    elif title.startswith(word) or detail.startswith(word):
        place = 1
    elif word in title or word in detail:
        place = 2
    else:
        place = 3
    return place, len(title), entry.title


def refresh(connection: Connection, limit: int) -> int:
    """Brings at most `limit` old entries up to date; how many were.

    On the driver's own connection: a bootstrap leaves a hundred thousand of them.
    """
    raw: Any = connection.connection.driver_connection
    # All are read before one is written: every reading takes the same first entries.
    old = {
        table: [_Old(*row) for row in raw.execute(_first_old(table), (limit, table))]
        for table in SEARCHED
    }
    for table, entries in old.items():
        _write(raw, table, entries)
    return sum(map(len, old.values()))


def merge(connection: Connection, pages: int) -> bool:
    """Merges pieces of the index, about so many pages, so that deleted words go from the file;
    whether there may be more to merge."""
    raw: Any = connection.connection.driver_connection
    before = raw.total_changes
    # Negative: pieces of all ages together. Less than two changes mean that nothing was to do.
    raw.execute("INSERT INTO search_text (search_text, rank) VALUES ('merge', ?)", (-pages,))
    return bool(raw.total_changes - before >= 2)


def _write(raw: Any, table: str, old: Sequence[_Old]) -> None:
    """Writes entries as their rows are now."""
    if not old:
        return
    raw.executemany(
        "DELETE FROM search_text WHERE rowid = ?", [(row.n,) for row in old if row.n is not None]
    )
    gone = [row for row in old if row.title is None]
    raw.executemany("DELETE FROM search_entry WHERE n = ?", [(row.n,) for row in gone])
    (last,) = raw.execute("SELECT coalesce(max(n), 0) FROM search_entry").fetchone()
    kept = [row for row in old if row.title is not None]
    numbers = [last + place if row.n is None else row.n for place, row in enumerate(kept, 1)]
    raw.executemany(
        "INSERT OR REPLACE INTO search_entry (n, row_table, scope_id, row_id, title, detail) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        [
            (number, table, row.scope_id, row.row_id, row.title, row.detail)
            for number, row in zip(numbers, kept, strict=True)
        ],
    )
    raw.executemany(
        "INSERT INTO search_text (rowid, bigrams, initials) VALUES (?, ?, ?)",
        [
            (number, *_texts(str(row.title), str(row.detail)))
            for number, row in zip(numbers, kept, strict=True)
        ],
    )
    raw.executemany(
        "DELETE FROM search_old WHERE row_table = ? AND scope_id = ? AND row_id = ?",
        [(table, row.scope_id, row.row_id) for row in old],
    )


def _first_old(table: str) -> str:
    title, detail = SEARCHED[table]
    # In the order of the keys, so that the index grows at one place.
    return (
        f'SELECT old.scope_id, old.row_id, entry.n, row."{title}", row."{detail}" '  # noqa: S608
        "FROM (SELECT scope_id, row_id, row_table FROM search_old "
        "ORDER BY scope_id, row_id, row_table LIMIT ?) AS old "
        f'LEFT JOIN "{table}" AS row ON row.scope_id = old.scope_id AND row.id = old.row_id '
        "LEFT JOIN search_entry AS entry ON entry.scope_id = old.scope_id "
        "AND entry.row_id = old.row_id AND entry.row_table = old.row_table "
        "WHERE old.row_table = ?"
    )


def _texts(title: str, detail: str) -> tuple[str, str]:
    texts = [plain(text)[:_INDEXED] for text in (title, detail)]
    letters: Sequence[str] = [
        found for text in texts if not text.isascii() for found in all_initials(text)
    ]
    return " | ".join(map(bigrams, texts)), " | ".join(map(bigrams, letters))
