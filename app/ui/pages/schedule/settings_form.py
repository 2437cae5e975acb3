"""How the schedule is computed: dates, calendar, rules, what counts as critical."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.errors import GantryError, Reason
from app.core.schedule.network import FloatKind, LagCalendar, ProgressMode, Rules
from app.services.schedule.views import SettingsValues
from app.ui.kit.dialogs import FormDialog
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.text import tr
from app.ui.pages.schedule import steps
from app.ui.pages.schedule.doing import Doer
from app.ui.pages.schedule.durations import HOUR
from app.ui.pages.schedule.moment_fields import moment_spec
from app.ui.pages.schedule.moments import read_moment, say_moment
from app.ui.pages.schedule.picture import Picture
from app.ui.pages.schedule.steps import Action

CHECKS = (
    "critical_by_longest_path",
    "open_ends_critical",
    "use_expected_finish",
    "honour_constraints",
)
KINDS: Mapping[str, type[StrEnum]] = {
    "rules": Rules,
    "progress_mode": ProgressMode,
    "lag_calendar": LagCalendar,
    "float_kind": FloatKind,
}
Finish = Callable[[GantryError | None], None]


def ask_settings(
    page: QWidget, picture: Picture, doer: Doer, today: date, may_edit: bool
) -> FormDialog:
    """Opens the form with the settings in force."""
    shown, project_id = picture.plan.settings, picture.plan.project_id

    def submit(values: dict[str, object], finish: Finish) -> None:
        edit = settings_edit(picture, values, today)
        if not edit:
            finish(None)
            return
        act = steps.edit_settings(project_id, shown, edit)
        doer.do(Action(Reason("schedule.edit_settings"), (act,)), lambda: finish(None), finish)

    dialog = FormDialog(
        page,
        tr("schedule.page.settings"),
        _specs(picture, today),
        tr("schedule.page.save"),
        submit,
        today=today,
        columns=2,
    )
    dialog.form.set_values(_shown_values(picture, shown))
    dialog.form.setEnabled(may_edit)
    dialog.action.setEnabled(may_edit)
    dialog.setMinimumWidth(640)
    dialog.open()
    return dialog


def settings_edit(picture: Picture, values: Mapping[str, object], today: date) -> dict[str, Any]:
    """The fields of a filled form that differ from the settings in force."""
    clocks, shown = picture.clocks, picture.plan.settings
    begin, end = clocks.usual_start(None), clocks.usual_finish(None)
    hours = values["critical_threshold"]
    meant: dict[str, Any] = {
        **{name: values[name] for name in (*CHECKS, "default_calendar_id")},
        # A combo box hands a member of a StrEnum back as a plain text.
        **{name: kind(str(values[name])) for name, kind in KINDS.items()},
        "start_at": read_moment(str(values["start_at"]), today, begin) or shown.start_at,
        "data_date": read_moment(str(values["data_date"]), today, end),
        "must_finish_at": read_moment(str(values["must_finish_at"]), today, end),
        "critical_threshold": int(hours * HOUR) if isinstance(hours, Decimal) else 0,
    }
    return {
        field.name: meant[field.name]
        for field in fields(SettingsValues)
        if meant[field.name] != getattr(shown, field.name)
    }


def _shown_values(picture: Picture, shown: SettingsValues) -> dict[str, object]:
    begin, end = picture.clocks.usual_start(None), picture.clocks.usual_finish(None)
    return {
        **{name: getattr(shown, name) for name in (*KINDS, *CHECKS, "default_calendar_id")},
        "start_at": say_moment(shown.start_at, begin),
        "data_date": say_moment(shown.data_date, end),
        "must_finish_at": say_moment(shown.must_finish_at, end),
        "critical_threshold": Decimal(shown.critical_threshold) / HOUR,
    }


def _specs(picture: Picture, today: date) -> list[FieldSpec]:
    begin, end = picture.clocks.usual_start(None), picture.clocks.usual_finish(None)
    calendars = tuple((calendar.id, calendar.name) for calendar in picture.plan.calendars)
    return [
        moment_spec("start_at", "schedule.page.start_at", today, begin, required=True),
        moment_spec("data_date", "schedule.page.data_date_label", today, end),
        moment_spec("must_finish_at", "schedule.page.must_finish_at", today, end),
        FieldSpec(
            "default_calendar_id",
            "schedule.page.default_calendar",
            "choice",
            required=True,
            choices=lambda: calendars,
        ),
        *(_choice(name, kind) for name, kind in KINDS.items()),
        FieldSpec(
            "critical_threshold",
            "schedule.page.critical_threshold",
            "number",
            unit=tr("schedule.page.hours"),
            least=Decimal(0),
            largest=Decimal(10_000),
        ),
        *(FieldSpec(name, f"schedule.page.{name}", "check") for name in CHECKS),
    ]


def _choice(name: str, kind: type[StrEnum]) -> FieldSpec:
    return FieldSpec(
        name,
        f"schedule.page.{name}",
        "choice",
        required=True,
        choices=lambda: tuple(
            (member, tr(f"schedule.page.{name}_{member.value}")) for member in kind
        ),
    )
