"""Dialogs that the schedule page sends people to: forms, import, print, calendars, settings."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.file_dialog import file_dialog
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.page import PageContext
from app.ui.kit.saving import ask_where
from app.ui.kit.text import texts, tr
from app.ui.pages.schedule.calendars_dialog import CalendarsDialog
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.import_dialog import ImportDialog
from app.ui.pages.schedule.import_targets import read_founding
from app.ui.pages.schedule.plan_keeper import PlanKeeper
from app.ui.pages.schedule.settings_form import ask_settings
from app.ui.pages.schedule.setup_form import ask_set_up
from app.ui.pages.schedule.task_dialog import TaskDialog
from app.ui.pages.tools import PageTools

Finish = Callable[[GantryError | None], None]


class Errands(QObject):
    """Opens dialogs over the page; each does its work by the same doors as the page."""

    def __init__(
        self,
        page: QWidget,
        context: PageContext,
        tools: PageTools,
        keeper: PlanKeeper,
        doer: Doer,
    ) -> None:
        super().__init__(page)
        self._page = page
        self._context = context
        self._tools = tools
        self._keeper = keeper
        self._doer = doer

    def open_task(self, task_id: UUID) -> None:
        """The form of a task with its links."""
        picture = self._keeper.picture
        if picture is not None and task_id in picture.by_id:
            dialog = TaskDialog(
                self._page, picture, task_id, self._doer, self._tools, self._keeper.may_edit
            )
            dialog.open()

    def set_up(self, on_done: Callable[[], None]) -> None:
        """Asks how a project without a schedule works, and gives it one."""
        project_id = self._keeper.project_id
        if project_id is not None and self._keeper.may_edit:
            ask_set_up(
                self._page, self._context, self._tools, project_id, self._once_shown(on_done)
            )

    def import_file(self) -> None:
        """Asks for a file and shows what is in it."""
        dialog = file_dialog(self._page, tr("schedule.page.import_choose"))
        dialog.setNameFilter(tr("schedule.page.import_filter"))
        dialog.fileSelected.connect(lambda chosen: self.import_from(Path(chosen)))
        dialog.open()

    def ask_may_found(self, tell: Callable[[bool], None]) -> None:
        """Tells whether this person may import a file as a new project."""
        login = self._tools.login
        self._context.runner.query(
            self,
            lambda session: read_founding(session, login).may_found,
            tell,
            key="may_found",
        )

    def import_from(self, path: Path) -> ImportDialog:
        """Reads a file and asks where it should go."""
        dialog = ImportDialog(self._page, self._context, self._tools, self._keeper, path)
        dialog.open()
        return dialog

    def export(self) -> None:
        """Asks where to, and writes the plan as an Excel workbook."""
        name = tr("schedule.page.title")
        ask_where(self._page, tr("kit.export"), "xlsx", name, self.export_to)

    def export_to(self, path: Path) -> None:
        """Writes the plan in view."""
        picture, language = self._keeper.picture, texts().language
        if picture is None:
            return
        # What writes workbooks and papers is slow to load, and not needed for the window.
        from app.ui.kit.printing.schedule_xlsx import export_schedule_xlsx

        rows = picture.rows
        self._context.runner.work(
            self,
            lambda: export_schedule_xlsx(rows, path, language),
            lambda _none: self._context.toasts.say(tr("schedule.page.exported", path=str(path))),
            key="export",
        )

    def print_plan(self) -> None:
        """Paper, title block and preview."""
        from app.ui.pages.schedule.print_dialog import PrintDialog

        picture = self._keeper.picture
        if picture is not None:
            PrintDialog(self._page, self._context, self._tools, picture).open()

    def calendars(self) -> None:
        """The project's calendars."""
        if self._keeper.picture is not None:
            CalendarsDialog(self._page, self._keeper, self._doer, self._tools).open()

    def settings(self) -> None:
        """How the schedule is computed."""
        picture = self._keeper.picture
        if picture is not None:
            ask_settings(
                self._page, picture, self._doer, self._tools.today(), self._keeper.may_edit
            )

    def ask_data_date(self, set_date: Callable[[datetime | None], None]) -> None:
        """Asks for the data date; an empty field takes it away."""
        picture = self._keeper.picture
        if picture is None:
            return
        clocks, line = picture.clocks, picture.plan.settings.data_date

        def submit(values: dict[str, object], finish: Finish) -> None:
            day = values["data_date"]
            end = clocks.usual_finish(None)
            set_date(datetime.combine(day, end) if isinstance(day, date) else None)
            finish(None)

        dialog = FormDialog(
            self._page,
            tr("schedule.page.set_data_date"),
            [
                FieldSpec(
                    "data_date",
                    "schedule.page.data_date_label",
                    "date",
                    hint_id="schedule.page.data_date_hint",
                )
            ],
            tr("schedule.page.save"),
            submit,
            today=self._tools.today(),
        )
        day = None if line is None else line.date()
        dialog.form.set_values({"data_date": day or self._tools.today()})
        dialog.open()

    def _once_shown(self, action: Callable[[], None]) -> Callable[[], None]:
        def shown(picture: object) -> None:
            if picture is not None:
                self._keeper.shown.disconnect(shown)
                action()

        def wait() -> None:
            self._keeper.shown.connect(shown)

        return wait
