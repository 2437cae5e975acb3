"""Form fields for site times: a day, or a day with an hour."""

from collections.abc import Callable
from datetime import date, datetime, time

from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.text import tr
from app.ui.pages.schedule.moments import LONGEST_TEXT, read_moment


def moment_spec(
    key: str, label_id: str, today: date, usual: time, *, required: bool = False
) -> FieldSpec:
    """A field that takes "2026-03-20" or "2026-03-20 08:00"; its value is the text."""

    def check(typed: object) -> str:
        try:
            read_moment(str(typed), today, usual)
        except ValueError:
            return tr("schedule.page.fault_moment")
        return ""

    return FieldSpec(key, label_id, required=required, most=LONGEST_TEXT, check=check)


def moment_reader(today: date, usual: time) -> Callable[[object], datetime | None]:
    """Turns a checked field's text into its moment."""
    return lambda typed: read_moment(str(typed), today, usual)
