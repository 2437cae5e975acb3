"""Working calendars and their special days."""

from datetime import date

import msgspec
import pytest

from app.core.errors import Refused
from app.services.schedule.calendars import (
    AddCalendar,
    CalendarFields,
    DayOf,
    EditCalendar,
    SetCalendarDay,
)
from app.services.schedule.views import CalendarView
from app.services.tx import Clash
from tests.services.schedule.site import COLLEAGUE, SIX_DAYS, Site, new_id

DAY = date(2026, 4, 6)
MORNING = ((480, 720),)
ROUND = ((0, 1440),)


def calendar(site: Site) -> CalendarView:
    return next(one for one in site.plan().calendars if one.id == site.calendar_id)


def set_day(
    site: Site,
    shifts: tuple[tuple[int, int], ...] | None,
    *,
    seen: tuple[tuple[int, int], ...] | None = None,
    day: date = DAY,
    name: str = "",
) -> SetCalendarDay:
    found = next((one for one in calendar(site).days if one.day == day), None)
    return SetCalendarDay(
        scope_id=site.project_id,
        calendar_id=site.calendar_id,
        day_id=new_id() if found is None else found.id,
        day=day,
        base_shifts=seen,
        shifts=shifts,
        name=name,
    )


def test_a_calendar_is_added_with_its_days(site: Site) -> None:
    days = (DayOf(id=new_id(), day=DAY, name="清明", provisional=True),)
    site.run(
        AddCalendar(
            scope_id=site.project_id,
            calendar_id=new_id(),
            name="夜班",
            week=(ROUND,) * 7,
            days=days,
            note="浇筑",
        )
    )
    added = next(one for one in site.plan().calendars if one.name == "夜班")
    assert (added.note, added.week[6]) == ("浇筑", ROUND)
    assert [(day.day, day.name, day.provisional, day.shifts) for day in added.days] == [
        (DAY, "清明", True, ())
    ]


@pytest.mark.parametrize(
    ("week", "days", "reason"),
    [
        (((),) * 7, (), "schedule.calendar_without_work"),
        ((((720, 480),), *SIX_DAYS[1:]), (), "schedule.shifts_unsound"),
        ((((480, 1500),), *SIX_DAYS[1:]), (), "schedule.shifts_unsound"),
        ((((480, 720), (700, 900)), *SIX_DAYS[1:]), (), "schedule.shifts_unsound"),
        (SIX_DAYS, (DAY, DAY), "schedule.day_repeated"),
    ],
)
def test_an_unsound_calendar_is_refused(
    site: Site, week: tuple[object, ...], days: tuple[date, ...], reason: str
) -> None:
    command = AddCalendar(
        scope_id=site.project_id,
        calendar_id=new_id(),
        name="坏",
        week=week,  # type: ignore[arg-type]
        days=tuple(DayOf(id=new_id(), day=day) for day in days),
    )
    with pytest.raises(Refused) as error:
        site.run(command)
    assert error.value.reason.text_id == reason
    assert len(site.plan().calendars) == 1


def test_name_and_week_merge_and_the_same_field_clashes(site: Site) -> None:
    def edit(base: CalendarFields, values: CalendarFields) -> EditCalendar:
        return EditCalendar(
            scope_id=site.project_id, calendar_id=site.calendar_id, base=base, values=values
        )

    week = (*SIX_DAYS[:6], MORNING)
    site.run(edit(CalendarFields(name="六天工作制"), CalendarFields(name="七天")))
    site.run(edit(CalendarFields(week=SIX_DAYS), CalendarFields(week=week)), COLLEAGUE)
    assert (calendar(site).name, calendar(site).week[6]) == ("七天", MORNING)
    with pytest.raises(Clash):
        site.run(edit(CalendarFields(name="六天工作制"), CalendarFields(name="别的")), COLLEAGUE)
    with pytest.raises(Refused) as error:
        site.run(edit(CalendarFields(week=week), CalendarFields(week=((),) * 7)))
    assert error.value.reason.text_id == "schedule.calendar_without_work"


def test_a_day_is_made_special_and_ordinary_again(site: Site) -> None:
    task = site.add("土方", 40)
    before = site.plan().task(task)
    site.run(set_day(site, (), name="停工"))
    (day,) = calendar(site).days
    assert (day.name, day.shifts) == ("停工", ())
    moved = site.plan().task(task)
    assert before is not None
    assert moved is not None
    assert before.dates is not None
    assert moved.dates is not None
    assert moved.dates.early_finish > before.dates.early_finish
    site.run(set_day(site, MORNING, seen=()))
    assert calendar(site).days[0].shifts == MORNING
    site.run(set_day(site, None, seen=MORNING))
    assert not calendar(site).days


def test_a_special_day_is_called_otherwise_by_whoever_saw_its_name(site: Site) -> None:
    replace = msgspec.structs.replace
    site.run(replace(set_day(site, (), name="清明"), provisional=True))
    site.run(set_day(site, MORNING, seen=(), name="寒食"))
    (day,) = calendar(site).days
    assert (day.name, day.shifts, day.provisional) == ("清明", MORNING, True)
    late = replace(set_day(site, MORNING, seen=MORNING, name="停电"), base_name="清明")
    site.run(replace(set_day(site, MORNING, seen=MORNING, name="寒食"), base_name="清明"))
    (day,) = calendar(site).days
    assert (day.name, day.shifts, day.provisional) == ("寒食", MORNING, True)
    with pytest.raises(Clash):
        site.run(late, COLLEAGUE)


def test_a_day_set_otherwise_meanwhile_is_a_clash(site: Site) -> None:
    site.run(set_day(site, ()))
    late = set_day(site, None, seen=())
    site.run(set_day(site, MORNING, seen=()), COLLEAGUE)
    with pytest.raises(Clash):
        site.run(late)
    assert calendar(site).days[0].shifts == MORNING


def test_an_ordinary_day_stays_one(site: Site) -> None:
    assert not site.run(set_day(site, None))


def test_a_day_of_another_calendar_is_refused(site: Site) -> None:
    site.run(set_day(site, ()))
    (day,) = calendar(site).days
    wrong = SetCalendarDay(
        scope_id=site.project_id,
        calendar_id=site.calendar_id,
        day_id=day.id,
        day=date(2026, 4, 7),
        base_shifts=(),
        shifts=MORNING,
    )
    with pytest.raises(Refused) as error:
        site.run(wrong)
    assert error.value.reason.text_id == "schedule.day_repeated"
    gone = SetCalendarDay(
        scope_id=site.project_id,
        calendar_id=new_id(),
        day_id=new_id(),
        day=DAY,
        base_shifts=None,
        shifts=(),
    )
    with pytest.raises(Refused) as error:
        site.run(gone)
    assert error.value.reason.text_id == "schedule.calendar_gone"
