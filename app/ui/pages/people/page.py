"""People and rights: who is with the company, who holds which job where, who may do what."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.core.errors import EnvironmentFault, GantryError, Reason
from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.services.changes import Changes
from app.services.people import (
    AddPerson,
    EditPerson,
    GrantScope,
    Login,
    MembershipView,
    PersonFields,
    PersonView,
    RevokeScope,
)
from app.ui.kit.buttons import button
from app.ui.kit.columns import Column
from app.ui.kit.dialogs import FormDialog, confirm
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.page import Page, PageContext
from app.ui.kit.rows_model import RowsModel
from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.table import TablePanel
from app.ui.kit.table_model import Edit
from app.ui.kit.text import say_reason, tr
from app.ui.kit.undo import Step
from app.ui.pages.people.panel import JobsPanel, PersonPanel
from app.ui.pages.people.standing import (
    CommandRight,
    ScopeRow,
    Standing,
    jobs_open_in,
    read_standing,
    rights,
    say_job,
    scope_rows,
)
from app.ui.pages.people.tables import matrix_columns, people_columns, rights_columns
from app.ui.pages.tools import PageTools

TABS = ("people", "scopes", "rights")


class PeoplePage(Page):
    """Three tables; beside the first two the person chosen, with jobs to give and take."""

    def __init__(self, context: PageContext, tools: PageTools) -> None:
        super().__init__(context, "people.page.title")
        self._tools = tools
        self._standing: Standing | None = None
        self._wanted: UUID | None = None
        self.tabs = Segmented(
            tuple(Segment(key, f"people.page.tab_{key}") for key in TABS), tabs=True
        )
        self.people: RowsModel[PersonView] = RowsModel(
            people_columns(lambda _row: self._may_administrate()), lambda row: row.login
        )
        self.scopes: RowsModel[ScopeRow] = RowsModel(matrix_columns(), lambda row: row.scope.id)
        self.rights: RowsModel[CommandRight] = RowsModel(rights_columns(), lambda row: row.kind)
        self.people_table = self._panel(self.people, "people")
        self.scopes_table = self._panel(self.scopes, "scopes")
        self.rights_table = self._panel(self.rights, "rights")
        self.person = PersonPanel()
        self.jobs = JobsPanel()
        self.add_button = button("people.page.add", "primary", icon_name="add", key="Ctrl+N")
        self._build()

    def _panel(self, model: RowsModel[Any], name: str) -> TablePanel[Any]:
        return TablePanel(
            model,
            f"people-{name}",
            f"people.page.tab_{name}",
            self.context.runner,
            self.context.layouts,
        )

    def _build(self) -> None:
        self.bar.addWidget(self.tabs)
        self.bar_end.addWidget(self.add_button)
        self._stack, self._side = QStackedWidget(), QStackedWidget()
        for table in (self.people_table, self.scopes_table, self.rights_table):
            self._stack.addWidget(table)
        self._side.addWidget(self.person)
        self._side.addWidget(self.jobs)
        self._side.setFixedWidth(self.person.maximumWidth())
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._stack, 1)
        row.addWidget(self._side)
        self.body.addWidget(room)
        self.rights.set_rows(rights())
        self.tabs.chosen.connect(self._show_tab)
        self.people.edited.connect(self._store)
        self.people_table.view.selected.connect(self._show_person)
        self.scopes_table.view.selected.connect(self._show_holder)
        self.person.grant_asked.connect(self.grant)
        self.person.revoke_asked.connect(self.ask_revoke)
        self.add_button.clicked.connect(self.add)

    # -- what the window tells

    def activated(self, record_id: UUID | None = None) -> None:
        self._wanted = record_id
        self._read()

    def changed(self, _changes: Changes) -> None:
        self._read()

    def retranslate(self) -> None:
        self.person.retranslate()
        self.jobs.retranslate()

    def key_hints(self) -> str:
        return tr("people.page.keys")

    # -- reading

    def _may_administrate(self) -> bool:
        return self._standing is not None and self._standing.may_administrate

    def _read(self) -> None:
        login = self._tools.login
        self.context.runner.query(
            self, lambda session: read_standing(session, login), self._show, key="people"
        )

    def _show(self, standing: Standing) -> None:
        self._standing = standing
        self.people.set_rows(standing.people)
        self.scopes.set_rows(scope_rows(standing))
        self.add_button.setEnabled(standing.may_administrate)
        self.add_button.setToolTip(
            "" if standing.may_administrate else tr("people.page.only_administrators")
        )
        wanted = next((one.login for one in standing.people if one.id == self._wanted), None)
        shown = wanted or self.person.login or self._tools.login
        self._wanted = None
        self.person.show_person(standing, standing.person(shown))
        if self.people_table.view.current_row() is None or wanted:
            self.people_table.view.select_id(shown)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(TABS.index(key))
        self._side.setCurrentIndex(1 if key == "rights" else 0)

    def _show_person(self) -> None:
        row = self.people_table.view.current_row()
        if row is not None and self._standing is not None:
            self.person.show_person(self._standing, self._standing.person(row.login))

    def _show_holder(self) -> None:
        view = self.scopes_table.view
        row, index = view.current_row(), view.currentIndex()
        if row is None or self._standing is None:
            return
        column: Column[ScopeRow] = self.scopes.columns[index.column()]
        job = next((one for one in Job if one.value == column.key), None)
        holders = row.holders.get(job, ()) if job else ()
        if holders:
            self.person.show_person(self._standing, holders[0])
        if row.scope.may_grant:
            self.person.choose(row.scope.id, job if job in jobs_open_in(row.scope.id) else None)

    # -- jobs

    def grant(self, login: str, scope_id: UUID, job: Job) -> None:
        """Asks the server to give a job."""
        command = GrantScope(
            scope_id=scope_id, member_id=self._tools.new_id(), person=login, job=job
        )
        self._ask_server(
            command, tr("people.page.granted", name=self._name(login), job=say_job(job))
        )

    def ask_revoke(self, login: str, held: MembershipView) -> None:
        """Asks the person first, then the server, to take a job away."""
        scope = self._standing.scope(held.scope_id) if self._standing else None
        where = scope.say() if scope else ""
        words = {"name": self._name(login), "job": say_job(held.job), "scope": where}
        confirm(
            self,
            tr("people.page.revoke_title", **words),
            tr("people.page.revoke_words", **words),
            tr("people.page.revoke"),
            lambda: self._revoke(login, held),
        )

    def _revoke(self, login: str, held: MembershipView) -> None:
        command = RevokeScope(scope_id=held.scope_id, member_id=held.id)
        self._ask_server(
            command, tr("people.page.revoked", name=self._name(login), job=say_job(held.job))
        )

    def _name(self, login: str) -> str:
        person = self._standing.person(login) if self._standing else None
        return person.display_name if person else login

    def _ask_server(self, command: GrantScope | RevokeScope, done: str) -> None:
        self.person.wait()

        def refused(error: GantryError) -> None:
            head = (
                "people.page.not_reached"
                if isinstance(error, EnvironmentFault)
                else "people.page.not_done"
            )
            self.person.say_answer(f"{tr(head)}\n{say_reason(error.reason)}", refused=True)

        self.context.runner.submit(
            command, lambda _changes: self.person.say_answer(done), refused, owner=self
        )

    # -- people

    def _store(self, edits: Sequence[Edit[PersonView]]) -> None:
        by_row: dict[str, list[Edit[PersonView]]] = {}
        for edit in edits:
            by_row.setdefault(edit.row.login, []).append(edit)
        for mine in by_row.values():
            self._store_row(mine)

    def _store_row(self, edits: list[Edit[PersonView]]) -> None:
        person = edits[0].row
        after = {edit.key: edit.value for edit in edits}
        before = {name: getattr(person, name) for name in after}

        def command(seen: dict[str, Any], values: dict[str, Any]) -> EditPerson:
            return EditPerson(
                scope_id=COMPANY_SCOPE,
                person_id=person.id,
                base=msgspec.convert(seen, PersonFields),
                values=msgspec.convert(values, PersonFields),
            )

        self.context.undo.submit(
            Step(
                Reason(EditPerson.KIND),
                lambda: command(before, after),
                lambda: command(after, before),
            ),
            lambda _changes: self.people.settle(edits),
            lambda error: self.people.refuse(edits, say_reason(error.reason)),
        )

    def add(self) -> None:
        """Asks for a new colleague."""
        if not self._may_administrate():
            return
        specs = (
            FieldSpec("display_name", "people.page.name", required=True, most=80),
            FieldSpec(
                "login",
                "people.page.login",
                required=True,
                most=63,
                hint_id="people.page.login_hint",
                check=_check_login,
            ),
            FieldSpec("phone", "people.page.phone", most=40),
            FieldSpec(
                "job", "people.page.company_job", "choice", required=True, choices=_job_choices
            ),
        )
        dialog = FormDialog(
            self,
            tr("people.page.add_title"),
            specs,
            tr("people.page.add_do"),
            self._add,
            today=date.today(),  # noqa: DTZ011 - the form has no date
        )
        dialog.open()
        dialog.form.field("display_name").setFocus()

    def _add(self, values: dict[str, object], finish: Any) -> None:
        command = AddPerson(
            scope_id=COMPANY_SCOPE,
            person_id=self._tools.new_id(),
            member_id=self._tools.new_id(),
            login=str(values["login"]),
            display_name=str(values["display_name"]),
            job=Job(str(values["job"])),
            phone=str(values["phone"]),
        )

        def added(_changes: Changes) -> None:
            finish(None)
            self._wanted = command.person_id
            self.context.toasts.say(tr("people.page.added", name=command.display_name))

        self.context.runner.submit(command, added, finish, owner=self)


def _check_login(value: object) -> str:
    try:
        msgspec.convert(value, Login)
    except msgspec.ValidationError:
        return tr("people.page.login_fault")
    return ""


def _job_choices() -> tuple[tuple[object, str], ...]:
    return tuple((job, say_job(job)) for job in Job)
