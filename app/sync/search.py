"""Finding projects, tasks and people by a piece of their name, code or pinyin initials."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.core.pinyin import all_initials
from app.sync.search_schema import SEARCHED

_LONGEST_QUERY: Final = 64
_INDEXED: Final = 200
"""Characters of a name that can be found; longer names are found by their beginning."""

_FORGET_TEXT: Final = (
    "DELETE FROM search_text WHERE rowid IN (SELECT n FROM search_entry "
    "WHERE row_table = ? AND scope_id = ? AND row_id = ?)"
)
_PUT_ENTRY: Final = (
    "INSERT INTO search_entry (row_table, scope_id, row_id, title, detail) "
    "VALUES (?, ?, ?, ?, ?) ON CONFLICT (scope_id, row_id, row_table) "
    "DO UPDATE SET title = excluded.title, detail = excluded.detail RETURNING n"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A row that fits: the table it is in, its key, and how to show it."""

    row_table: str
    scope_id: UUID
    row_id: UUID
    title: str
    detail: str


def plain(text: str) -> str:
    """Text as it is compared: letters and digits only, full width as half width, lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def bigrams(text: str) -> str:
    """Overlapping pairs of characters, the last one alone, separated by spaces."""
    return " ".join(text[start : start + 2] for start in range(len(text)))


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
    old = raw.execute(
        "SELECT row_table, scope_id, row_id FROM search_old LIMIT ?", (limit,)
    ).fetchall()
    raw.executemany(_FORGET_TEXT, old)
    gone = [key for key in old if not _put(raw, *key)]
    raw.executemany(
        "DELETE FROM search_entry WHERE row_table = ? AND scope_id = ? AND row_id = ?", gone
    )
    raw.executemany(
        "DELETE FROM search_old WHERE row_table = ? AND scope_id = ? AND row_id = ?", old
    )
    return len(old)


def _put(raw: Any, table: str, scope_id: str, row_id: str) -> bool:
    """Writes an entry as its row is now; False if there is no such row."""
    title, detail = SEARCHED[table]
    now = raw.execute(
        f'SELECT "{title}", "{detail}" FROM "{table}" '  # noqa: S608 - our own names
        "WHERE scope_id = ? AND id = ?",
        (scope_id, row_id),
    ).fetchone()
    if now is None:
        return False
    (number,) = raw.execute(_PUT_ENTRY, (table, scope_id, row_id, *now)).fetchone()
    texts = [plain(text)[:_INDEXED] for text in now]
    letters = [found for text in texts if not text.isascii() for found in all_initials(text)]
    raw.execute(
        "INSERT INTO search_text (rowid, bigrams, initials) VALUES (?, ?, ?)",
        (number, " | ".join(map(bigrams, texts)), " | ".join(map(bigrams, letters))),
    )
    return True
