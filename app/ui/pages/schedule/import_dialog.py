"""Taking over a schedule file: read in the background, looked at, then stored in one command."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QProgressBar, QVBoxLayout, QWidget

from app.core.errors import GantryError, InputRejected
from app.core.projects import ProjectKind
from app.services.projects import CreateProject
from app.services.schedule.imports import ImportSchedule
from app.ui.kit.buttons import button
from app.ui.kit.dialogs import Dialog
from app.ui.kit.labels import ElidedLabel, Label, label
from app.ui.kit.measures import GAP_L, GAP_S, GRID, TYPE_TITLE
from app.ui.kit.page import PageContext
from app.ui.kit.text import say_finding, say_reason, tr
from app.ui.pages.schedule.import_targets import Founding, ImportTargets, read_founding
from app.ui.pages.schedule.import_words import preview_lines
from app.ui.pages.schedule.plan_keeper import PlanKeeper
from app.ui.pages.schedule.sheets import sheet_of
from app.ui.pages.tools import PageTools

WIDTH: Final = 600
FINDINGS_HEIGHT: Final = 320


class ImportDialog(Dialog):
    """Cancel works at any time before the plan is stored; nothing is half imported."""

    def __init__(
        self,
        page: QWidget,
        context: PageContext,
        tools: PageTools,
        keeper: PlanKeeper,
        path: Path,
    ) -> None:
        super().__init__(page, tr("schedule.import"), width=WIDTH)
        self._context = context
        self._tools = tools
        self._project_id = keeper.project_id
        self._keeper = keeper
        self._path = path
        self._founding = Founding()
        self.command: ImportSchedule | None = None
        self.targets: ImportTargets | None = None
        self._refusal = Label("", color="overdue", wrap=True)
        self._sheet = QVBoxLayout()
        self._sheet.setSpacing(GAP_S)
        self.body.addWidget(Label(tr("schedule.import"), TYPE_TITLE, bold=True))
        self.body.addLayout(self._sheet)
        self.body.addWidget(self._refusal)
        self._refusal.hide()
        self.cancel = self.add_button(button("kit.cancel"), self.reject)
        self.action = self.add_button(button("schedule.page.import_now", "primary"), self._take)
        self.action.setEnabled(False)
        self._read()

    def _read(self) -> None:
        tools, path = self._tools, self._path
        target = self._project_id or tools.new_id()
        self._sheet.addWidget(Label(tr("schedule.page.reading", name=path.name), wrap=True))
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setFixedHeight(GRID + 2)
        bar.setAccessibleName(tr("schedule.page.reading", name=path.name))
        self._sheet.addWidget(bar)

        def read_file(founding: Founding) -> None:
            self._founding = founding
            self._context.runner.work(
                self,
                lambda: tools.read_schedule(path, target),
                self._show_preview,
                key="read",
                on_error=self._show_faults,
            )

        self._context.runner.query(
            self,
            lambda session: read_founding(session, tools.login),
            read_file,
            key="founding",
            on_error=self._show_faults,
        )

    def _show_preview(self, command: ImportSchedule) -> None:
        self.command = command
        self._clear()
        grid = QGridLayout()
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for row, (what, words) in enumerate(preview_lines(command)):
            grid.addWidget(Label(what, color="text_2"), row, 0)
            grid.addWidget(ElidedLabel(words), row, 1)
        holder = QWidget()
        holder.setLayout(grid)
        self._sheet.addWidget(holder)
        self._offer_targets(command)
        possible = self.targets is not None and self.targets.is_possible
        self.action.setEnabled(possible)
        (self.action if possible else self.cancel).setDefault(True)
        self._fit()
        # A widget that came into a window in view takes the keys only once it is laid out.
        QTimer.singleShot(0, self, self._take_keys)

    def _take_keys(self) -> None:
        if self.targets is not None and self.targets.is_possible:
            self.targets.take_keys()
        else:
            self.cancel.setFocus()

    def _offer_targets(self, command: ImportSchedule) -> None:
        targets = ImportTargets(
            command.source, self._founding, self._here_fault_id(), self._tools.today()
        )
        targets.changed.connect(self._fit)
        self.targets = targets
        self._sheet.addWidget(targets)

    def _here_fault_id(self) -> str:
        keeper = self._keeper
        if self._project_id is None:
            return "schedule.page.import_here_none"
        if not keeper.may_edit:
            return "schedule.page.import_here_planners"
        taken = keeper.picture is not None and bool(keeper.picture.plan.tasks)
        return "schedule.page.import_here_taken" if taken else ""

    def _show_faults(self, error: GantryError) -> None:
        self._clear()
        self._sheet.addWidget(Label(say_reason(error.reason), wrap=True, color="overdue"))
        if isinstance(error, InputRejected):
            lines = "\n".join(f"•  {say_finding(finding)}" for finding in error.findings)
            found = Label(lines, wrap=True)
            found.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            found.setAlignment(Qt.AlignmentFlag.AlignTop)
            area = sheet_of(found)
            area.setFixedHeight(min(FINDINGS_HEIGHT, 40 + 24 * len(error.findings)))
            self._sheet.addWidget(area)
            self._sheet.addWidget(label("schedule.page.import_bad_help", color="text_2", wrap=True))
        self.cancel.setDefault(True)
        self._fit()

    def _fit(self) -> None:
        self.adjustSize()

    def _clear(self) -> None:
        while (item := self._sheet.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _take(self) -> None:
        command, targets = self.command, self.targets
        if command is None or targets is None:
            return
        if targets.here.isChecked():
            self._store(command, self.accept)
        elif not targets.form.find_faults():
            self._found(command, targets.form.values())

    def _found(self, command: ImportSchedule, values: dict[str, object]) -> None:
        new_id = self._tools.new_id()
        founding = CreateProject(
            scope_id=new_id,
            member_id=self._tools.new_id(),
            code=str(values["code"]),
            name=str(values["name"]),
            kind=ProjectKind(str(values["kind"])),
            planned_start=_start(command, self._tools.today()),
        )
        moved = msgspec.structs.replace(command, scope_id=new_id)
        self._busy(True)
        self._context.runner.submit(
            founding,
            lambda _changes: self._store(moved, lambda: self._go(new_id)),
            self._refused,
            owner=self,
        )

    def _store(self, command: ImportSchedule, on_done: Callable[[], None]) -> None:
        self._busy(True)
        self._context.runner.submit(command, lambda _changes: on_done(), self._refused, owner=self)

    def _go(self, project_id: UUID) -> None:
        self.accept()
        self._context.project.choose(project_id)

    def _refused(self, error: GantryError) -> None:
        self._busy(False)
        self._refusal.setText(say_reason(error.reason))
        self._refusal.show()

    def _busy(self, busy: bool) -> None:
        self.action.setEnabled(not busy)
        self.cancel.setEnabled(not busy)


def _start(command: ImportSchedule, today: date) -> date:
    start = command.settings.start_at
    return today if isinstance(start, msgspec.UnsetType) else start.date()
