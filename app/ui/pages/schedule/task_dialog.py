"""The form of one task: all its fields, its links, and its note."""

from datetime import date
from typing import Final
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.core.errors import Finding, GantryError, InputRejected, Reason
from app.core.schedule.network import ActivityKind
from app.services.tx import Clash
from app.ui.kit.buttons import Button, button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.form import Form
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.labels import ElidedLabel, Label
from app.ui.kit.measures import TYPE_TITLE
from app.ui.kit.segmented import Segment, Segmented
from app.ui.kit.text import tr
from app.ui.pages.schedule import steps
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.links_editor import LinksEditor
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.sheets import sheet_of
from app.ui.pages.schedule.steps import Act, Action
from app.ui.pages.schedule.task_fields import general_specs, progress_specs, shown_values, task_edit
from app.ui.pages.tools import PageTools

WIDTH: Final = 880
HEIGHT: Final = 560
TABS: Final = ("general", "links", "progress", "note")
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TaskDialog(Dialog):
    """Stores what changed as one undoable action; stays open with all that was typed if refused."""

    def __init__(
        self,
        page: QWidget,
        picture: Picture,
        task_id: UUID,
        doer: Doer,
        tools: PageTools,
        may_edit: bool,
    ) -> None:
        task = picture.by_id[task_id]
        super().__init__(page, picture.called(task_id), width=WIDTH)
        self.resize(WIDTH, HEIGHT)
        self._picture = picture
        self._task = task
        self._doer = doer
        self._today: date = tools.today()
        self.general = Form(general_specs(picture, task, self._today), today=self._today, columns=3)
        self.progress = Form(
            progress_specs(picture, task, self._today), today=self._today, columns=3
        )
        self.note = Form(
            [FieldSpec("note", "schedule.page.note", "lines", most=20_000)], today=self._today
        )
        self.links = LinksEditor(picture, task_id, tools.new_id, may_edit)
        self.tabs = Segmented(
            tuple(Segment(key, f"schedule.page.tab_{key}") for key in TABS), tabs=True
        )
        self._sheets = QStackedWidget()
        self._refusal = Label("", color="overdue", wrap=True)
        self._refusal.hide()
        self._build(may_edit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter belongs to the fields; the dialog itself must not press a button by it.
        if event.key() not in _ENTERS:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Stores what changed; shows every fault at its field."""
        forms = {"general": self.general, "progress": self.progress, "note": self.note}
        for key, form in forms.items():
            if form.find_faults():
                self.tabs.choose(key)
                return
        typed = {**self.general.values(), **self.progress.values(), **self.note.values()}
        try:
            acts = self._acts(typed)
        except InputRejected as fault:
            self._show_refusal(fault)
            return
        if not acts:
            self.accept()
            return
        self.action.setEnabled(False)
        self._doer.do(Action(Reason("schedule.edit_task"), acts), self.accept, self._refused)

    def _acts(self, typed: dict[str, object]) -> tuple[Act, ...]:
        scope_id = self._picture.plan.project_id
        edit = task_edit(self._picture, self._task, typed, self._today)
        acts = (steps.edit_task(scope_id, self._task, edit),) if edit else ()
        try:
            return (*acts, *self.links.acts())
        except ValueError:
            self.tabs.choose("links")
            raise InputRejected((Finding(Reason("schedule.page.fault_lag")),)) from None

    def _refused(self, error: GantryError) -> None:
        self.action.setEnabled(True)
        self._show_refusal(error)

    def _show_refusal(self, error: GantryError) -> None:
        if isinstance(error, Clash):
            words = tr("schedule.page.clash_form")
        else:
            words = self.general.show_refusal(error)
            rest = self.progress.show_refusal(error) if isinstance(error, InputRejected) else ""
            words = rest if isinstance(error, InputRejected) and len(rest) < len(words) else words
        self._refusal.setText(words)
        self._refusal.setVisible(bool(words))

    def _build(self, may_edit: bool) -> None:
        title = ElidedLabel(self._picture.called(self._task.id), TYPE_TITLE, bold=True)
        self.body.addWidget(title)
        self.body.addWidget(self.tabs)
        for form in (self.general, self.progress, self.note):
            form.setEnabled(may_edit)
        for sheet in (
            sheet_of(self.general),
            self.links,
            sheet_of(self.progress),
            sheet_of(self.note),
        ):
            holder = QWidget()
            column = QVBoxLayout(holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(sheet)
            self._sheets.addWidget(holder)
        self.body.addWidget(self._sheets, 1)
        self.body.addWidget(self._refusal)
        self.tabs.chosen.connect(lambda key: self._sheets.setCurrentIndex(TABS.index(key)))
        values = shown_values(self._picture, self._task)
        for form in (self.general, self.progress):
            known = form.values()
            form.set_values({key: value for key, value in values.items() if key in known})
        self.note.set_values({"note": self._task.values.note})
        if self._task.values.kind is ActivityKind.SUMMARY:
            self.progress.setEnabled(False)
        self.add_button(button("kit.cancel"), self.reject)
        self.action = self.add_button(
            Button(tr("schedule.page.save"), "primary", key="Ctrl+Return"), self.submit
        )
        self.action.setEnabled(may_edit)
        for form in (self.general, self.progress):
            form.submitted.connect(lambda _values: self.submit())
        self.general.take_keys()
