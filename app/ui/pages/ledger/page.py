"""The ledger: entries above, the lines of the chosen one below, the months in a strip."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.changes import Changes
from app.services.ledger.queries import EntryView, LedgerView, show_ledger
from app.services.people import jobs_of, list_people
from app.ui.kit.empty import EmptyState
from app.ui.kit.page import Page, PageContext
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.table import TablePanel
from app.ui.kit.text import texts, tr
from app.ui.pages.ledger.acts import Acts
from app.ui.pages.ledger.columns import ENTRY_COLUMNS, say_entry_number, say_state
from app.ui.pages.ledger.deeds import deeds_of, possible
from app.ui.pages.ledger.entry_lines import EntryLines
from app.ui.pages.ledger.months import MonthStrip
from app.ui.pages.ledger.toolbar import Toolbar
from app.ui.pages.tools import PageTools

TABLES: Final = ("ledger_entry", "ledger_line", "ledger_period", "scope_member", "person")
_Found = tuple[LedgerView, frozenset[Job], dict[str, str]]


class LedgerPage(Page):
    """The books of the chosen project; without one, those of the company itself."""

    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, "ledger.page.title")
        self._tools = tools
        self._deeds: frozenset[str] = frozenset()
        self._wanted: UUID | None = None
        self.model: RowsModel[EntryView] = RowsModel(ENTRY_COLUMNS, lambda entry: entry.id)
        self.acts = Acts(self, context, tools)
        self.toolbar = Toolbar(self, self.bar_end)
        self.months = MonthStrip()
        self.lines = EntryLines(tools)
        empty = EmptyState(
            "ledger", "ledger.page.none", "ledger.page.none_hint", "ledger.page.new", self._new
        )
        self.table = TablePanel(
            self.model,
            "ledger",
            "ledger.page.title",
            context.runner,
            context.layouts,
            empty=empty,
        )
        self._empty = empty
        self._build()
        self._connect()
        self._show_deeds()

    def _build(self) -> None:
        self.body.addWidget(self.months)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.lines)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.body.addWidget(split, 1)

    def _connect(self) -> None:
        for deed, act in self._handlers().items():
            self.toolbar.button(deed).clicked.connect(act)
        self.months.close_button.clicked.connect(
            lambda: self.acts.close(self.scope_id, self.months.open_months)
        )
        self.table.view.selected.connect(self._show_entry)
        self.table.view.opened.connect(lambda _entry: self._do("edit", self.acts.edit))
        self.table.exported.connect(self._tell_export)
        self.acts.drafted.connect(self._look_for)

    def _handlers(self) -> dict[str, Callable[[], None]]:
        acts = self.acts
        deeds: dict[str, Callable[[UUID, EntryView], object]] = {
            "edit": acts.edit,
            "submit": acts.submit,
            "approve": acts.approve,
            "return": acts.give_back,
            "post": acts.post,
            "reverse": acts.reverse,
        }
        found = {deed: partial(self._do, deed, act) for deed, act in deeds.items()}
        return found | {"new": self._new}

    @property
    def scope_id(self) -> UUID:
        """Whose books are shown."""
        return self.context.project.project_id or COMPANY_SCOPE

    # -- what the window tells

    def activated(self, record_id: UUID | None = None) -> None:
        self._wanted = record_id
        self.table.view.setFocus()
        self._read()

    def changed(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self._read()

    def project_changed(self, _project_id: UUID | None) -> None:
        self._read()

    def retranslate(self) -> None:
        self.months.retranslate()
        self._show_entry()

    def key_hints(self) -> str:
        return tr("ledger.page.keys")

    def status_hint(self) -> str:
        entry = self.table.view.current_row()
        if entry is None:
            return ""
        return f"{say_entry_number(entry)} · {say_state(entry)}"

    # -- reading

    def _read(self) -> None:
        scope_id, login, today = self.scope_id, self._tools.login, self._tools.today()

        def read(session: Any) -> _Found:
            names = {one.login: one.display_name for one in list_people(session)}
            jobs = jobs_of(session, login, scope_id)
            return show_ledger(session, scope_id, today), jobs, names

        self.context.runner.query(self, read, self._show, key="ledger")

    def _show(self, found: _Found) -> None:
        ledger, jobs, names = found
        self._deeds = deeds_of(jobs)
        self.lines.set_names(names)
        self.months.show_periods(ledger.periods)
        kept = self.table.view.current_row()
        self.model.set_rows(ledger.entries)
        wanted = self._wanted or (kept.id if kept else None)
        if wanted is not None and self.table.view.select_id(wanted):
            self._wanted = None
        elif ledger.entries:
            self.table.view.select_id(self.model.id_at(0))
        self._show_entry()

    def _look_for(self, entry_id: UUID) -> None:
        self._wanted = entry_id
        self._read()

    def _show_entry(self) -> None:
        self.lines.show_entry(self.table.view.current_row(), texts().language)
        self._show_deeds()
        self.hint_changed.emit()

    def _show_deeds(self) -> None:
        entry = self.table.view.current_row()
        self.toolbar.show_deeds(self._deeds, possible(entry, self._deeds, self._tools.login))
        self.months.close_button.setVisible("close" in self._deeds)
        self.months.close_button.setEnabled(bool(self.months.open_months))
        if self._empty.action is not None:
            self._empty.action.setVisible("new" in self._deeds)

    # -- doing

    def _new(self) -> None:
        if "new" in self._deeds:
            self.acts.new(self.scope_id)

    def _do(self, deed: str, act: Callable[[UUID, EntryView], object]) -> None:
        entry = self.table.view.current_row()
        if entry is not None and deed in possible(entry, self._deeds, self._tools.login):
            act(self.scope_id, entry)

    def _tell_export(self, path: object, count: int) -> None:
        self.context.toasts.say(tr("ledger.page.exported", count=count, path=str(path)))
