"""Form fields for site times."""

from datetime import datetime, time

import pytest
from pytestqt.qtbot import QtBot

from app.ui.kit.form import Form
from app.ui.pages.schedule.moment_fields import moment_spec
from tests.services.schedule.site import TODAY


@pytest.mark.parametrize(
    ("typed", "faulty"),
    [("", False), ("2026-03-20", False), ("3-20 13:30", False), ("soon", True), ("3-32", True)],
)
def test_a_field_takes_a_day_or_a_day_with_an_hour(qtbot: QtBot, typed: str, faulty: bool) -> None:
    form = Form([moment_spec("limit", "schedule.page.deadline", TODAY, time(17))], today=TODAY)
    qtbot.addWidget(form)
    form.set_values({"limit": typed})
    faults = form.find_faults()
    assert ("limit" in faults) == faulty
    assert not faulty or "2026-03-24 13:30" in faults["limit"]


def test_a_required_moment_cannot_be_left_empty(qtbot: QtBot) -> None:
    spec = moment_spec("start", "schedule.page.start_at", TODAY, time(8), required=True)
    form = Form([spec], today=TODAY)
    qtbot.addWidget(form)
    assert "start" in form.find_faults()
    form.set_values({"start": f"{datetime(2026, 3, 2):%Y-%m-%d}"})  # noqa: DTZ001
    assert not form.find_faults()
