"""Gives a project its schedule: the week that the site works, and when it starts."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Final
from uuid import UUID

from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError
from app.core.schedule.work_calendar import DAY_SHIFTS, Shifts
from app.services.schedule.calendars import DayOf
from app.services.schedule.settings import SetUpSchedule
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.page import PageContext
from app.ui.kit.text import tr
from app.ui.pages.tools import PageTools

WORK_DAYS: Final = (5, 6, 7)
USUAL_DAYS: Final = 6
YEARS_BEFORE, YEARS_AFTER = 1, 4
Finish = Callable[[GantryError | None], None]


def site_week(days: int) -> tuple[Shifts, Shifts, Shifts, Shifts, Shifts, Shifts, Shifts]:
    """A week of so many working days from Monday, 08:00-12:00 and 13:00-17:00."""
    first, second, third, fourth, fifth, sixth, last = (
        DAY_SHIFTS if number < days else () for number in range(7)
    )
    return first, second, third, fourth, fifth, sixth, last


def set_up_command(
    project_id: UUID,
    calendar_id: UUID,
    work_days: int,
    start: date,
    days: Sequence[DayOf],
) -> SetUpSchedule:
    """The command of a filled form. Round-the-week sites work on holidays too."""
    return SetUpSchedule(
        scope_id=project_id,
        calendar_id=calendar_id,
        calendar_name=tr(f"schedule.page.week_{work_days}"),
        week=site_week(work_days),
        days=() if work_days == max(WORK_DAYS) else tuple(days),
        start_at=datetime.combine(start, time(DAY_SHIFTS[0][0] // 60)),
    )


def ask_set_up(
    page: QWidget,
    context: PageContext,
    tools: PageTools,
    project_id: UUID,
    on_done: Callable[[], None],
) -> FormDialog:
    """Opens the form; `on_done` once the schedule is stored."""

    def submit(values: dict[str, object], finish: Finish) -> None:
        start, work_days = values["start"], values["work_days"]
        assert isinstance(start, date)
        assert isinstance(work_days, int)

        def store(days: Sequence[DayOf]) -> None:
            command = set_up_command(project_id, tools.new_id(), work_days, start, days)
            context.runner.submit(command, lambda _changes: stored(finish), finish, owner=dialog)

        first, last = start.year - YEARS_BEFORE, start.year + YEARS_AFTER
        context.runner.work(
            dialog, lambda: tools.holidays(first, last), store, key="holidays", on_error=finish
        )

    def stored(finish: Finish) -> None:
        finish(None)
        on_done()

    dialog = FormDialog(
        page,
        tr("schedule.set_up"),
        _specs(),
        tr("schedule.page.set_up_now"),
        submit,
        today=tools.today(),
    )
    dialog.form.set_values({"work_days": USUAL_DAYS, "start": tools.today()})
    dialog.open()
    return dialog


def _specs() -> list[FieldSpec]:
    return [
        FieldSpec(
            "work_days",
            "schedule.page.work_days",
            "choice",
            required=True,
            hint_id="schedule.page.work_days_hint",
            choices=lambda: tuple((days, tr(f"schedule.page.week_{days}")) for days in WORK_DAYS),
        ),
        FieldSpec("start", "schedule.page.start_day", "date", required=True),
    ]
