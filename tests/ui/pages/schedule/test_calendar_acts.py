"""Edits of calendars, run on real rows there and back."""

from datetime import date

from app.core.schedule.work_calendar import Shifts
from app.services.schedule.calendars import DayOf
from app.services.schedule.views import CalendarView, SpecialDay
from app.ui.pages.schedule.calendar_acts import copy_of, edit_calendar, set_day
from app.ui.pages.schedule.steps import Act
from tests.services.schedule.site import Site, new_id

DAY = date(2026, 4, 13)
MORNING: Shifts = ((480, 720),)


def calendar(site: Site) -> CalendarView:
    return site.plan().calendars[0]


def special(site: Site) -> dict[date, tuple[str, Shifts]]:
    return {day.day: (day.name, day.shifts) for day in calendar(site).days}


def seen_day(site: Site) -> SpecialDay | None:
    return next((day for day in calendar(site).days if day.day == DAY), None)


def do(site: Site, *acts: Act) -> None:
    for act in acts:
        site.run(act.again())


def undo(site: Site, *acts: Act) -> None:
    for act in reversed(acts):
        for command in act.inverse():
            site.run(command)


def set_to(site: Site, shifts: Shifts | None, name: str = "") -> Act:
    return set_day(site.project_id, calendar(site), DAY, seen_day(site), shifts, name, new_id)


def test_name_and_week_go_there_and_back(site: Site) -> None:
    site.set_up()
    before = calendar(site)
    act = edit_calendar(site.project_id, before, {"name": "单休", "week": (MORNING,) * 7})
    do(site, act)
    assert (calendar(site).name, calendar(site).week[6]) == ("单休", MORNING)
    undo(site, act)
    assert calendar(site) == before


def test_an_ordinary_day_becomes_special_and_ordinary_again(site: Site) -> None:
    site.set_up()
    act = set_to(site, (), "停电")
    do(site, act)
    assert special(site) == {DAY: ("停电", ())}
    undo(site, act)
    assert special(site) == {}


def test_other_shifts_of_a_special_day_keep_its_row(site: Site) -> None:
    site.set_up([DayOf(id=new_id(), day=DAY, name="停电")])
    before = seen_day(site)
    assert before is not None
    act = set_to(site, MORNING, "停电")
    do(site, act)
    after = seen_day(site)
    assert after is not None
    assert (after.id, after.shifts) == (before.id, MORNING)
    undo(site, act)
    assert seen_day(site) == before


def test_another_name_is_stored_and_taken_back(site: Site) -> None:
    site.set_up([DayOf(id=new_id(), day=DAY, name="停电", provisional=True)])
    before = seen_day(site)
    act = set_to(site, MORNING, "补班")
    do(site, act)
    assert special(site) == {DAY: ("补班", MORNING)}
    undo(site, act)
    assert seen_day(site) == before


def test_a_special_day_made_ordinary_comes_back_with_its_name(site: Site) -> None:
    site.set_up([DayOf(id=new_id(), day=DAY, name="停电", shifts=MORNING, provisional=True)])
    before = seen_day(site)
    act = set_to(site, None)
    do(site, act)
    assert special(site) == {}
    undo(site, act)
    assert seen_day(site) == before


def test_a_copy_is_the_same_calendar_under_ids_of_its_own(site: Site) -> None:
    site.set_up([DayOf(id=new_id(), day=DAY, name="清明", provisional=True)])
    seen = calendar(site)
    site.run(copy_of(site.project_id, seen, "副本", new_id))
    twin = next(one for one in site.plan().calendars if one.id != seen.id)
    assert (twin.name, twin.week, twin.note) == ("副本", seen.week, seen.note)
    (day,), (original,) = twin.days, seen.days
    assert day.id != original.id
    assert (day.day, day.name, day.provisional) == (DAY, "清明", True)
