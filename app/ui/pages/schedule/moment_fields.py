"""Form fields for site times: a day, or a day with an hour."""

from datetime import date, time

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
