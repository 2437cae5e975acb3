"""The schedule page: task table and Gantt chart of the project, edited in place."""

from collections.abc import Callable
from functools import partial
from typing import Final
from uuid import UUID

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from app.core.errors import GantryError
from app.services.changes import Changes
from app.services.tx import Clash
from app.ui.kit.dialogs import show_error
from app.ui.kit.gantt.columns import Column
from app.ui.kit.gantt.rows import day_of, finish_date
from app.ui.kit.gantt.structure_keys import StructureAction, structure_action
from app.ui.kit.gantt.view import GanttView
from app.ui.kit.page import Page, PageContext
from app.ui.kit.text import texts, tr
from app.ui.pages.schedule.actions import Means, PlanActions
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.empty_plan import NothingYet
from app.ui.pages.schedule.errands import Errands
from app.ui.pages.schedule.faults_strip import FaultsStrip
from app.ui.pages.schedule.hints import selection_hint
from app.ui.pages.schedule.menu import row_menu
from app.ui.pages.schedule.opening import share_width, show_work
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.plan_keeper import PlanKeeper
from app.ui.pages.schedule.presenter import Presenter
from app.ui.pages.schedule.refusals import Refusals
from app.ui.pages.schedule.toolbar import Possible, Toolbar
from app.ui.pages.tools import PageTools

TABLES: Final = (
    "task",
    "task_link",
    "work_calendar",
    "calendar_day",
    "schedule_settings",
    "scope_member",
    "project",
)


class SchedulePage(Page):
    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, "schedule.page.title")
        self.keeper = PlanKeeper(context.runner, tools.login, tools.today, self)
        self.doer = Doer(context.runner, context.undo, self)
        self.view = GanttView(texts().language)
        self.presenter = Presenter(self.view, context.layouts, self)
        means = Means(
            self.keeper,
            self.presenter.seen,
            self.presenter.note_edit,
            self.doer,
            tools.new_id,
            tools.today,
            lambda: tr("schedule.page.new_task"),
        )
        self.actions_on_plan = PlanActions(means, self)
        self.errands = Errands(self, context, tools, self.keeper, self.doer)
        self.refusals = Refusals(self, context.toasts, self.keeper.refresh)
        self.nothing = NothingYet(
            self.errands.import_file, self.add_first, lambda: context.navigate("projects", None)
        )
        self.faults = FaultsStrip(self)
        self.toolbar = Toolbar(self.bar, self.bar_end, self)
        self._stack = QStackedWidget()
        self._comes_in = False
        self._today = tools.today
        self._build()
        self._connect()
        self.keeper.open(context.project.project_id)
        self._show_undo()

    def _build(self) -> None:
        self._stack.addWidget(self.nothing)
        self._stack.addWidget(self.view)
        self.body.addWidget(self.faults)
        self.body.addWidget(self._stack, 1)
        self.view.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def _connect(self) -> None:
        view, keeper, plan = self.view, self.keeper, self.actions_on_plan
        keeper.shown.connect(self._show)
        keeper.failed.connect(partial(show_error, self))
        self.presenter.shown.connect(self._shown)
        self.doer.stored.connect(keeper.note_stored)
        self.doer.turned_back.connect(keeper.refresh)
        self.context.runner.refused.connect(keeper.refresh)
        self.context.undo.changed.connect(self._show_undo)
        self.toolbar.pressed.connect(self._press)
        self.toolbar.scale_chosen.connect(self.presenter.set_scale)
        view.selection_changed.connect(lambda _ids: self._show_toolbar())
        view.selection_changed.connect(lambda _ids: self.hint_changed.emit())
        view.action_requested.connect(self._structure)
        view.activated.connect(self.errands.open_task)
        view.table.edit_requested.connect(self._edit_cell)
        view.table.paste_requested.connect(lambda cells: plan.paste(cells, self.refusals.tell))
        view.table.paste_refused.connect(self.refusals.tell_reason)
        view.chart.move_requested.connect(
            lambda row, start: plan.move_bar(row, start, self.refusals.tell)
        )
        view.chart.duration_requested.connect(
            lambda row, finish: plan.resize_bar(row, finish, self.refusals.tell)
        )
        view.chart.link_requested.connect(
            lambda before, after, kind: plan.link_bars(before, after, kind, self.refusals.tell)
        )

        def open_menu(where: QPoint) -> None:
            ids = self._selected()
            if ids:
                row_menu(self, len(ids), self.keeper.may_edit, self._press).popup(where)

        view.chart.menu_requested.connect(lambda _row, where: open_menu(where))
        view.table.customContextMenuRequested.connect(
            lambda where: open_menu(view.table.viewport().mapToGlobal(where))
        )

    # -- what the window tells

    def activated(self, record_id: UUID | None = None) -> None:
        if record_id is not None:
            self.presenter.go_to(record_id)
        if self._stack.currentWidget() is self.view and not self.presenter.is_busy():
            self.presenter.take_keys()

    def changed(self, changes: Changes) -> None:
        if changes.touches(*TABLES):
            self.keeper.refresh()

    def project_changed(self, project_id: UUID | None) -> None:
        self.presenter.forget()
        self.keeper.open(project_id)

    def retranslate(self) -> None:
        self.presenter.apply_theme()
        self._show_undo()
        self._show_toolbar()
        self.keeper.refresh()

    def can_leave(self) -> bool:
        return self.presenter.editor() is None

    def status_hint(self) -> str:
        return selection_hint(self.presenter.picture, self._selected())

    def key_hints(self) -> str:
        return tr("schedule.page.keys") if self.keeper.may_edit else ""

    # -- showing

    def _show(self, picture: Picture | None) -> None:
        if picture is not None and picture.plan.tasks:
            self.presenter.show_picture(picture)
            return
        self.presenter.clear()
        if self.keeper.project_id is None:
            self.nothing.show_no_project()
            self.errands.ask_may_found(self.nothing.offer_import)
        elif self.keeper.is_loaded:
            self.nothing.show_empty(may_edit=self.keeper.may_edit)
        else:
            self.nothing.show_reading()
        self._stack.setCurrentWidget(self.nothing)
        self.faults.show_findings(())
        self._show_toolbar()
        self.hint_changed.emit()

    def _shown(self) -> None:
        picture = self.presenter.picture
        self.view.set_editable(self.keeper.may_edit)
        if self._stack.currentWidget() is not self.view:
            self._stack.setCurrentWidget(self.view)
            self._comes_in = True
            self._come_in()
        self.faults.show_findings(() if picture is None else picture.plan.findings)
        self._show_toolbar()
        self.hint_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._come_in()

    def _come_in(self) -> None:
        """Shows where the work is, once the plan is there and the page has its size."""
        picture = self.presenter.picture
        if self._comes_in and picture is not None and self.isVisible():
            self._comes_in = False
            share_width(self.view, self.view.width())
            self.presenter.take_keys()
            show_work(self.view, picture.plan)

    def _show_toolbar(self) -> None:
        picture, may = self.keeper.picture, self.keeper.may_edit
        rows = picture is not None and bool(picture.plan.tasks)
        self.toolbar.show_possible(
            Possible(
                plan=picture is not None,
                edit=may and picture is not None,
                rows=rows,
                selected=len(self._selected()),
            )
        )
        line = None if picture is None else picture.plan.settings.data_date
        self.toolbar.show_data_date(
            None if line is None else finish_date(day_of(line)), self._today()
        )

    def _show_undo(self) -> None:
        self.toolbar.show_undo(self.context.undo.undo_name, self.context.undo.redo_name)

    def _selected(self) -> tuple[UUID, ...]:
        if self._stack.currentWidget() is not self.view:
            return ()
        return tuple(row for row in self.view.selected_ids() if isinstance(row, UUID))

    # -- what people do

    def undo(self) -> None:
        """Takes the newest action back, once the plan shows all that is stored."""
        self.keeper.when_fresh(super().undo)

    def redo(self) -> None:
        """Does the action taken back last again, once the plan shows all that is stored."""
        self.keeper.when_fresh(super().redo)

    def add_first(self) -> None:
        """Adds the first task; a project without a schedule is asked how it works first."""
        if self.keeper.picture is None:
            self.errands.set_up(self._add)
        else:
            self._add()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if structure_action(event) is StructureAction.INSERT and self.nothing.offers_to_begin:
            self.add_first()
        else:
            super().keyPressEvent(event)

    def _press(self, key: str) -> None:
        ids, errands = self._selected(), self.errands
        doing: dict[str, Callable[[], object]] = {
            "undo": self.undo,
            "redo": self.redo,
            "add": self._add,
            "form": lambda: errands.open_task(ids[0]),
            "import": errands.import_file,
            "export": errands.export,
            "print": errands.print_plan,
            "calendars": errands.calendars,
            "settings": errands.settings,
            "data_date": lambda: errands.ask_data_date(self.actions_on_plan.set_data_date),
        }
        if key in doing:
            doing[key]()
        else:
            self._structure(StructureAction(key), ids)

    def _structure(self, action: StructureAction, ids: tuple[UUID, ...]) -> None:
        plan = self.actions_on_plan

        def deleted(count: int) -> None:
            said = tr("schedule.page.deleted", count=count)
            self.context.toasts.offer_undo(said, self.undo, self.context.undo.changed)

        doing: dict[StructureAction, Callable[[], object]] = {
            StructureAction.INSERT: self._add,
            StructureAction.DELETE: lambda: plan.delete(ids, deleted, self.refusals.tell),
            StructureAction.INDENT: lambda: plan.indent(ids, self.refusals.tell),
            StructureAction.OUTDENT: lambda: plan.outdent(ids, self.refusals.tell),
            StructureAction.LINK: lambda: plan.link(ids, self.refusals.tell),
            StructureAction.UNLINK: lambda: plan.unlink(ids, self.refusals.tell),
        }
        if self.keeper.may_edit:
            doing[action]()

    def _add(self) -> None:
        ids = self._selected()
        self.actions_on_plan.add(
            ids[0] if ids else None,
            lambda task_id: self.presenter.go_to(task_id, Column.NAME),
            self.refusals.tell,
        )

    def _edit_cell(self, task_id: UUID, column: Column, typed: str) -> None:
        def refuse(error: GantryError) -> None:
            self.refusals.tell(error)
            if not isinstance(error, Clash):
                self.presenter.reopen(task_id, column, typed)

        self.actions_on_plan.edit_cell(task_id, column, typed, refuse)
