"""The chosen entry in full: who did what, and its lines with their totals."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.core.ledger import EntryKind
from app.services.ledger.queries import EntryView
from app.texts import Language
from app.ui.kit.badge import StatusPill
from app.ui.kit.labels import ElidedLabel, Ground, Label
from app.ui.kit.measures import GAP_L, GAP_M, PAGE_BAR, TYPE_SMALL
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.status import Status
from app.ui.kit.table_view import TableView
from app.ui.kit.text import say, tr
from app.ui.pages.ledger.columns import (
    LINE_COLUMNS,
    STATES,
    LineRow,
    line_rows,
    say_entry_number,
    say_state,
)
from app.ui.pages.tools import PageTools
from app.ui.pages.wording import say_person

STEPS: Final = ("created", "submitted", "approved", "posted")


class EntryLines(Ground):
    """A head with the number and the people; below, the lines."""

    def __init__(self, tools: PageTools) -> None:
        super().__init__("surface", ("top",))
        self._tools = tools
        self._people: Mapping[str, str] = {}
        self._entry: EntryView | None = None
        self.model: RowsModel[LineRow] = RowsModel(LINE_COLUMNS, lambda row: row.position)
        self.view: TableView[LineRow] = TableView(self.model)
        say(self.view, "ledger.page.lines", "name")
        self._title = Label("", bold=True)
        self._pill = StatusPill(Status.DRAFT)
        self._steps = ElidedLabel("", TYPE_SMALL, color="text_2")
        head = Ground("surface", ("bottom",))
        head.setFixedHeight(PAGE_BAR)
        row = QHBoxLayout(head)
        row.setContentsMargins(GAP_L, 0, GAP_L, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self._title)
        row.addWidget(self._pill)
        row.addWidget(self._steps, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 1, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.view, 1)

    @property
    def words(self) -> str:
        """Who did what, in words."""
        return self._steps.text()

    def set_names(self, people: Mapping[str, str]) -> None:
        """Names of logins."""
        self._people = people

    def show_entry(self, entry: EntryView | None, language: Language) -> None:
        """Shows an entry, or that none is chosen."""
        self._entry = entry
        self._pill.setVisible(entry is not None)
        if entry is None:
            self._title.setText(tr("ledger.page.no_entry"))
            self._steps.setText("")
            self.model.set_rows([])
            return
        self._title.setText(say_entry_number(entry))
        self._pill.set_status(STATES[entry.state], say_state(entry))
        self._steps.setText(self._say_steps(entry))
        names = {one.code: one.name(language) for one in self._tools.accounts()}
        self.model.set_rows(line_rows(entry.lines, names))

    def _say_steps(self, entry: EntryView) -> str:
        logins = (entry.created_by, entry.submitted_by, entry.approved_by, entry.posted_by)
        said = [
            tr(f"ledger.page.{step}_by", person=say_person(login, self._people))
            for step, login in zip(STEPS, logins, strict=True)
            if login
        ]
        if entry.kind is EntryKind.REVERSAL:
            said.insert(0, tr("ledger.page.is_reversal"))
        return " · ".join(said)
