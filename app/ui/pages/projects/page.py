"""The list of projects: found one, edit facts in place or in a form, open its schedule."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtGui import QKeySequence, QShortcut

from app.core.errors import GantryError
from app.core.ids import COMPANY_SCOPE
from app.core.people import LEADING
from app.services.changes import Changes
from app.services.home import PlanFactsCache, show_overview
from app.services.people import jobs_of
from app.services.projects import CreateProject, ProjectView
from app.services.schedule.calendars import DayOf
from app.ui.kit.buttons import button
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.empty import EmptyState
from app.ui.kit.form_fields import value_of
from app.ui.kit.page import Page, PageContext
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.table import TablePanel
from app.ui.kit.table_model import Edit
from app.ui.kit.text import say_reason, tr
from app.ui.kit.toast import Message
from app.ui.pages.projects.again import TypedProject, typed_again
from app.ui.pages.projects.columns import COLUMNS, ProjectRow, specs
from app.ui.pages.projects.edits import (
    check_code,
    check_finish,
    edit_step,
    first_schedule,
    founding,
    years_of,
)
from app.ui.pages.tools import PageTools

Finish = Callable[[GantryError | None], None]
_Found = tuple[list[ProjectRow], bool, TypedProject | None]
DIALOG_WIDTH = 720


class ProjectsPage(Page):
    """One table; Enter opens a project, F2 edits a cell, Ctrl+E the whole project."""

    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, "projects.page.title")
        self._tools = tools
        self._cache = PlanFactsCache()
        self._wanted: UUID | None = None
        self._known: list[ProjectView] = []
        self._may_found = False
        self.model: RowsModel[ProjectRow] = RowsModel(COLUMNS, lambda row: row.id)
        empty = EmptyState(
            "projects",
            "projects.page.none",
            "projects.page.none_hint",
            "projects.page.new",
            self.found,
        )
        self.table = TablePanel(
            self.model,
            "projects",
            "projects.page.title",
            context.runner,
            context.layouts,
            empty=empty,
        )
        self.new_button = button("projects.page.new", "primary", icon_name="add", key="Ctrl+N")
        self.edit_button = button("projects.page.edit", icon_name="edit", key="Ctrl+E")
        self.open_button = button("projects.page.open", icon_name="schedule", key="Ctrl+Return")
        self._build()

    def _build(self) -> None:
        self.body.addWidget(self.table)
        for made, on_click in (
            (self.open_button, self._open_current),
            (self.edit_button, self.edit),
            (self.new_button, self.found),
        ):
            made.clicked.connect(on_click)
            self.bar_end.addWidget(made)
        self.model.edited.connect(self._store)
        self.table.view.opened.connect(self.open_project)
        self.table.view.selected.connect(self._show_actions)
        self.table.exported.connect(self._tell_export)
        QShortcut(QKeySequence("F4"), self, self._open_current)
        self._show_actions()

    # -- what the window tells

    def activated(self, record_id: UUID | None = None) -> None:
        self._wanted = record_id
        self.table.view.setFocus()
        self._read()

    def changed(self, _changes: Changes) -> None:
        self._read()

    def key_hints(self) -> str:
        return tr("projects.page.keys")

    # -- reading

    def _read(self) -> None:
        cache, login, wanted = self._cache, self._tools.login, self._wanted
        waiting = self._tools.waiting

        def read(session: Any) -> _Found:
            found = show_overview(session, cache, login).projects
            rows = [
                ProjectRow(one, bool(LEADING & jobs_of(session, login, one.project.id)))
                for one in found
            ]
            again = typed_again(wanted, waiting()) if wanted is not None else None
            return rows, bool(LEADING & jobs_of(session, login, COMPANY_SCOPE)), again

        self.context.runner.query(self, read, self._show, key="projects")

    def _show(self, found: _Found) -> None:
        rows, self._may_found, again = found
        self._known = [row.project for row in rows]
        if again is not None and again.op_id == self._wanted:
            self._wanted = again.project_id
        kept = self.table.view.current_row()
        self.model.set_rows(rows)
        wanted = self._wanted or (kept.id if kept else self.context.project.project_id)
        if wanted is not None and self.table.view.select_id(wanted):
            self._wanted = None
        elif rows and self.table.view.current_row() is None:
            self.table.view.select_id(self.model.id_at(0))
        self._show_actions()
        if again is not None:
            self._type_again(again)

    def _show_actions(self) -> None:
        row = self.table.view.current_row()
        self.open_button.setEnabled(row is not None)
        self.edit_button.setEnabled(row is not None and row.may_edit)
        self.new_button.setEnabled(self._may_found)
        self.new_button.setToolTip("" if self._may_found else tr("projects.page.may_not_found"))

    # -- opening

    def _open_current(self) -> None:
        row = self.table.view.current_row()
        if row is not None:
            self.open_project(row)

    def open_project(self, row: ProjectRow) -> None:
        """Chooses a project and shows its schedule."""
        self._open(row.id)

    def _open(self, project_id: UUID) -> None:
        self.context.project.choose(project_id)
        self.context.navigate("schedule", None)

    # -- editing

    def _store(self, edits: Sequence[Edit[ProjectRow]]) -> None:
        by_row: dict[UUID, list[Edit[ProjectRow]]] = {}
        for edit in edits:
            by_row.setdefault(edit.row.id, []).append(edit)
        for row_edits in by_row.values():
            self._store_row(row_edits)

    def _store_row(self, edits: list[Edit[ProjectRow]]) -> None:
        step = edit_step(edits[0].row.project, {edit.key: edit.value for edit in edits})
        if step is None:
            self.model.settle(edits)
            return
        self.context.undo.submit(
            step,
            lambda _changes: self.model.settle(edits),
            lambda error: self.model.refuse(edits, say_reason(error.reason)),
        )

    def edit(self) -> None:
        """Asks for all facts of the current project in a form."""
        row = self.table.view.current_row()
        if row is not None and row.may_edit:
            self._edit(row)

    def _edit(self, row: ProjectRow, again: TypedProject | None = None) -> None:
        shown = row.project

        def store(values: dict[str, object], finish: Finish) -> None:
            step = edit_step(shown, values)
            if step is None:
                finish(None)
            else:
                self.context.undo.submit(step, lambda _changes: done(), finish)

            def done() -> None:
                finish(None)
                self._put_away(again)

        dialog = self._ask(
            tr("projects.page.edit_title", name=shown.name), "projects.page.save", store, shown.id
        )
        dialog.form.set_values({spec: getattr(shown, spec) for spec in dialog.form.values()})
        if again is not None:
            dialog.form.set_values(again.values)
            dialog.form.find_faults()

    def _type_again(self, again: TypedProject) -> None:
        """Opens the form that an own edit came from, with what was typed."""
        there = self.table.view.current_row()
        if there is not None and there.id == again.project_id and there.may_edit:
            self._edit(there, again)
        elif again.is_new and self._may_found:
            self._wanted = None
            self._ask_new(again)

    def _put_away(self, again: TypedProject | None) -> None:
        # What was typed anew stands in its place.
        if again is not None:
            op_id = again.op_id
            self.context.runner.work(
                self, lambda: self._tools.dismiss(op_id), lambda _none: None, key="put_away"
            )

    # -- founding

    def found(self) -> None:
        """Asks for the facts of a new project."""
        if self._may_found:
            self._ask_new(None)

    def _ask_new(self, again: TypedProject | None) -> None:
        def store(values: dict[str, object], finish: Finish) -> None:
            self._found(values, finish, again)

        dialog = self._ask(tr("projects.page.new_title"), "projects.page.found", store)
        first: dict[str, object] = {"stage": "preparing", "planned_start": self._today()}
        dialog.form.set_values(first if again is None else again.values)
        if again is not None:
            dialog.form.find_faults()

    def _found(self, values: dict[str, object], finish: Finish, again: TypedProject | None) -> None:
        tools = self._tools
        # What else came back with a project, such as its tasks, goes by the id that it had.
        project_id = tools.new_id() if again is None else again.project_id
        project = founding(values, project_id, tools.new_id())
        first, last = years_of(values)

        def set_up(days: Sequence[DayOf]) -> None:
            def founded(_changes: object) -> None:
                self._founded(project, days, finish)
                self._put_away(again)

            self.context.runner.submit(project, founded, finish, owner=self)

        self.context.runner.work(
            self, lambda: tools.holidays(first, last), set_up, key="holidays", on_error=finish
        )

    def _founded(self, project: CreateProject, days: Sequence[DayOf], finish: Finish) -> None:
        finish(None)
        self._wanted = project.scope_id
        calendar = tr("projects.page.calendar_name")
        self.context.runner.submit(
            first_schedule(project, self._tools.new_id(), calendar, days), owner=self
        )
        words = tr("projects.page.founded", name=project.name)
        show = tr("projects.page.open")
        self.context.toasts.show_message(
            Message(words, "done", show, lambda: self._open(project.scope_id))
        )

    def _ask(
        self,
        title: str,
        action_id: str,
        on_submit: Callable[[dict[str, object], Finish], None],
        own_id: UUID | None = None,
    ) -> FormDialog:
        asked: list[FormDialog] = []
        check = check_finish(
            lambda: value_of(asked[0].form.field("planned_start")),
            lambda: tr("projects.page.finish_early"),
        )
        questions = specs(check_code(lambda: self._known, own_id), check)
        dialog = FormDialog(
            self, title, questions, tr(action_id), on_submit, today=self._today(), columns=2
        )
        asked.append(dialog)
        dialog.setMinimumWidth(DIALOG_WIDTH)
        dialog.open()
        dialog.form.field("code").setFocus()
        return dialog

    @staticmethod
    def _today() -> date:
        return date.today()  # noqa: DTZ011 - the desk's own day, to complete what is typed

    def _tell_export(self, path: object, count: int) -> None:
        self.context.toasts.say(tr("projects.page.exported", count=count, path=str(path)))
