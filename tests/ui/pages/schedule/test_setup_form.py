"""A project is given its schedule."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app.ui.kit.fields import ChoiceField
from app.ui.pages.schedule.setup_form import set_up_command, site_week
from tests.services.schedule.site import DAY, TODAY, Site, new_id
from tests.ui.pages.schedule.building import days_off
from tests.ui.pages.schedule.conftest import Bench


@pytest.mark.parametrize(("days", "working"), [(None, 6), (5, 5), (7, 7)])
def test_the_first_task_asks_how_the_site_works(
    bench: Bench, site: Site, days: int | None, working: int
) -> None:
    hands = bench.open()
    hands.bot.mouseClick(hands.page.nothing.first_button, Qt.MouseButton.LeftButton)
    dialog = hands.form()
    if days is not None:
        field = dialog.form.field("work_days")
        assert isinstance(field, ChoiceField)
        field.set_value(days)
    hands.save(dialog)
    hands.bot.waitUntil(lambda: hands.page.presenter.editor() is not None)
    hands.editor().selectAll()
    hands.write("土方开挖")
    hands.bot.keyClick(hands.editor(), Qt.Key.Key_Return)
    hands.settle()
    plan = site.plan()
    assert [task.values.name for task in plan.tasks] == ["土方开挖"]
    assert plan.tasks[0].values.duration_minutes == DAY
    (calendar,) = plan.calendars
    assert sum(1 for shifts in calendar.week if shifts) == working
    assert bool(calendar.days) == (working < 7)
    assert plan.settings.start_at == datetime(TODAY.year, TODAY.month, TODAY.day, 8)  # noqa: DTZ001


def test_a_week_begins_on_monday() -> None:
    shifts = ((480, 720), (780, 1020))
    assert site_week(5) == (*(shifts,) * 5, (), ())


@pytest.mark.parametrize(("work_days", "holidays"), [(5, True), (6, True), (7, False)])
def test_a_site_that_never_rests_works_on_holidays(work_days: int, holidays: bool) -> None:
    days = days_off()
    command = set_up_command(new_id(), new_id(), work_days, date(2026, 3, 2), days)
    assert command.days == (days if holidays else ())
    assert command.start_at == datetime(2026, 3, 2, 8)  # noqa: DTZ001
    assert sum(1 for shifts in command.week if shifts) == work_days
