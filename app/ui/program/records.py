"""Records in the search over everything: projects, tasks, people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from app.sync.search import Found
from app.ui.kit.desk import Reader
from app.ui.kit.finding import Hit

PAGE_OF: Final[Mapping[str, str]] = {
    "project": "projects",
    "task": "schedule",
    "person": "people",
}

Search = Callable[[str, int], Sequence[Found]]
"""Rows that hold some words, at most so many, best first."""
Open = Callable[[str, UUID, UUID], None]
"""Brings a page to the front for a scope and a row."""


@dataclass(frozen=True)
class Records:
    """A source of rows that this desk holds."""

    search: Search
    open: Open
    title_id: str = "shell.records"

    def find(self, _reader: Reader, wanted: str, most: int) -> Sequence[Hit]:
        """Rows that fit; nothing before something is typed."""
        # The desk brings its index up to date first, which a reader cannot.
        found = self.search(wanted, most) if wanted else []
        return [self._hit(row) for row in found if row.row_table in PAGE_OF]

    def _hit(self, row: Found) -> Hit:
        page = PAGE_OF[row.row_table]
        chosen = partial(self.open, page, row.scope_id, row.row_id)
        return Hit(row.title, page, chosen, row.detail)
