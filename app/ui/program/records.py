"""Records in the search over everything: projects, tasks, people."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final
from uuid import UUID

from app.services.projects import list_projects
from app.sync.search import Found
from app.ui.kit.desk import Reader
from app.ui.kit.finding import Hit

TASK: Final = "task"
BETWEEN: Final = " · "
PAGE_OF: Final[Mapping[str, str]] = {
    "project": "projects",
    TASK: "schedule",
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

    def find(self, reader: Reader, wanted: str, most: int) -> Sequence[Hit]:
        """Rows that fit; nothing before something is typed. A task says whose project it is in."""
        # The desk brings its index up to date first, which a reader cannot.
        found = self.search(wanted, most) if wanted else []
        projects: Mapping[UUID, str] = {}
        if any(row.row_table == TASK for row in found):
            projects = {one.id: one.name for one in list_projects(reader)}
        return [self._hit(row, projects) for row in found if row.row_table in PAGE_OF]

    def _hit(self, row: Found, projects: Mapping[UUID, str]) -> Hit:
        page = PAGE_OF[row.row_table]
        chosen = partial(self.open, page, row.scope_id, row.row_id)
        within = projects.get(row.scope_id, "") if row.row_table == TASK else ""
        detail = BETWEEN.join(part for part in (within, row.detail) if part)
        return Hit(row.title, page, chosen, detail)
