"""What needs this person today: four numbers, the rows behind them, and what colleagues did."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.services.changes import Changes
from app.services.home import Overview, PlanFactsCache, ProjectProgress, show_overview
from app.services.recent import RecentChange, recent_changes
from app.services.waiting import WaitingState
from app.ui.kit.cards import Card, NumberTile
from app.ui.kit.columns import Column
from app.ui.kit.empty import EmptyState
from app.ui.kit.labels import Label, Line
from app.ui.kit.measures import GAP_L, TYPE_SMALL
from app.ui.kit.page import Page, PageContext
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.status import Status
from app.ui.kit.table import TablePanel
from app.ui.kit.text import tr
from app.ui.pages.home.changes_list import ChangesList
from app.ui.pages.home.tables import (
    PROJECT_COLUMNS,
    late_rows,
    milestone_rows,
    project_rows,
    task_columns,
)
from app.ui.pages.tools import PageTools

CHANGES_WIDTH = 308
COME_BACK = (WaitingState.REFUSED, WaitingState.BLOCKED)


@dataclass(frozen=True, slots=True)
class Shown:
    """All that was read for the page; `came_back` counts own edits that were not taken."""

    overview: Overview
    changes: tuple[RecentChange, ...]
    came_back: int
    today: date


class HomePage(Page):
    """Four tiles, a card with the rows of the tile chosen, and a card with changes."""

    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, "projects.home.title")
        self._tools = tools
        self._cache = PlanFactsCache()
        self._greeting = Label("", TYPE_SMALL, color="text_2")
        self.bar.addWidget(self._greeting)
        self._shown: Shown | None = None
        self._make_tiles()
        self._make_lists()
        self._build()

    def _make_tiles(self) -> None:
        self.running = NumberTile("projects.home.tile_running", lambda: self._choose("projects"))
        self.late = NumberTile("projects.home.tile_late", lambda: self._choose("late"))
        self.milestones = NumberTile(
            "projects.home.tile_milestones", lambda: self._choose("milestones")
        )
        self.inbox = NumberTile(
            "projects.home.tile_inbox", lambda: self.context.navigate("reconcile", None)
        )

    def _make_lists(self) -> None:
        self.tabs = Segmented(
            (
                Segment("projects", "projects.home.tab_projects", 0),
                Segment("late", "projects.home.tab_late", 0),
                Segment("milestones", "projects.home.tab_milestones", 0),
            ),
            tabs=True,
        )
        self.projects = self._panel("projects", PROJECT_COLUMNS, lambda row: row.id, "projects")
        self.projects.view.opened.connect(lambda row: self._open(row.id, None))
        key = lambda row: row.task.id  # noqa: E731
        self.late_tasks = self._panel("late", task_columns(late=True), key, "check")
        self.coming = self._panel("milestones", task_columns(late=False), key, "milestone")
        for panel in (self.late_tasks, self.coming):
            panel.view.opened.connect(lambda row: self._open(row.project_id, row.task.id))
        self.changes = ChangesList(self._open_change)

    def _panel(
        self, name: str, columns: tuple[Column[Any], ...], row_id: Any, icon: str
    ) -> TablePanel[Any]:
        empty = EmptyState(icon, f"projects.home.no_{name}", f"projects.home.no_{name}_hint")
        return TablePanel(
            RowsModel(columns, row_id),
            f"home-{name}",
            f"projects.home.tab_{name}",
            self.context.runner,
            self.context.layouts,
            empty=empty,
        )

    def _build(self) -> None:
        tiles = QHBoxLayout()
        tiles.setSpacing(GAP_L)
        for tile in (self.running, self.late, self.milestones, self.inbox):
            tiles.addWidget(tile)
        self._stack = QStackedWidget()
        for panel in (self.projects, self.late_tasks, self.coming):
            self._stack.addWidget(panel)
        self.tabs.chosen.connect(self._show_tab)
        rows = Card()
        frame = rows.layout()
        if frame is not None:
            frame.setContentsMargins(1, 1, 1, 1)
        rows.body.setSpacing(0)
        rows.body.addWidget(self.tabs)
        rows.body.addWidget(Line())
        rows.body.addWidget(self._stack, 1)
        rows.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        recent = Card("projects.home.changes")
        recent.setFixedWidth(CHANGES_WIDTH)
        recent.body.addWidget(self.changes)
        below = QHBoxLayout()
        below.setSpacing(GAP_L)
        below.addWidget(rows, 1)
        below.addWidget(recent)
        room = QWidget()
        column = QVBoxLayout(room)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_L)
        column.addLayout(tiles)
        column.addLayout(below, 1)
        self.body.addWidget(room)

    # -- what the window tells

    def activated(self, _record_id: UUID | None = None) -> None:
        self._read()

    def changed(self, _changes: Changes) -> None:
        self._read()

    def retranslate(self) -> None:
        self.changes.refresh()
        self._say()

    def key_hints(self) -> str:
        return tr("projects.home.keys")

    # -- reading

    def _read(self) -> None:
        cache, tools = self._cache, self._tools

        def read(session: Any) -> Shown:
            overview = show_overview(session, cache, tools.login)
            changes = tuple(recent_changes(session, tools.login))
            came_back = sum(own.state in COME_BACK for own in tools.waiting())
            return Shown(overview, changes, came_back, tools.today())

        self.context.runner.query(self, read, self._show, key="overview")

    def _show(self, shown: Shown) -> None:
        overview, today = shown.overview, shown.today
        self._shown = shown
        projects = project_rows(self._own(overview), today)
        late, coming = late_rows(overview, today), milestone_rows(overview, today)
        self.projects.model.set_rows(projects)  # type: ignore[attr-defined]
        self.late_tasks.model.set_rows(late)  # type: ignore[attr-defined]
        self.coming.model.set_rows(coming)  # type: ignore[attr-defined]
        for key, rows in (("projects", projects), ("late", late), ("milestones", coming)):
            self.tabs.set_count(key, len(rows))
        self.changes.show_changes(shown.changes, today)
        self._say()

    @staticmethod
    def _own(overview: Overview) -> tuple[ProjectProgress, ...]:
        own = tuple(row for row in overview.running if row.is_mine)
        return own or overview.running

    def _say(self) -> None:
        if self._shown is None:
            return
        overview, today = self._shown.overview, self._shown.today
        late, coming = late_rows(overview, today), milestone_rows(overview, today)
        behind = [row for row in overview.running if row.days_late]
        worst = max((row.days_late for row in behind), default=0)
        self._greeting.setText(
            tr("projects.home.today", name=self.context.account.name, day=str(today))
        )
        self.running.show_number(
            str(len(overview.running)),
            tr("projects.home.behind", count=len(behind), worst=worst)
            if behind
            else tr("projects.home.on_time"),
            Status.OVERDUE if behind else Status.DONE,
        )
        self.late.show_number(
            str(len(late)),
            tr("projects.home.late_worst", days=late[0].days_late)
            if late
            else tr("projects.home.late_none"),
            Status.OVERDUE if late else Status.DONE,
        )
        nearest = f"{coming[0].task.finish:%m-%d} {coming[0].task.name}" if coming else ""
        self.milestones.show_number(
            str(len(coming)), nearest or tr("projects.home.milestones_none")
        )
        waiting = overview.to_decide + self._shown.came_back
        self.inbox.show_number(
            str(waiting),
            tr("projects.home.inbox_some") if waiting else tr("projects.home.inbox_none"),
            Status.WAITING if waiting else Status.DONE,
        )

    # -- doing

    def _choose(self, key: str) -> None:
        self.tabs.choose(key)
        panel = self._stack.currentWidget()
        if isinstance(panel, TablePanel):
            panel.view.setFocus()

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(("projects", "late", "milestones").index(key))

    def _open(self, project_id: UUID, task_id: UUID | None) -> None:
        self.context.project.choose(project_id)
        self.context.navigate("schedule", task_id)

    def _open_change(self, change: RecentChange) -> None:
        if change.table in ("person", "scope_member"):
            self.context.navigate("people", None)
        elif change.table == "project":
            self.context.navigate("projects", change.row_id)
        else:
            self._open(change.scope_id, change.row_id if change.table == "task" else None)
