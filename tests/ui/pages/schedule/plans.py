"""Small plans as values, computed by the real engine, without a database."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from app.core.schedule.network import (
    ActivityKind,
    FloatKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
)
from app.services.schedule.edited import edited_plan
from app.services.schedule.places import GAP
from app.services.schedule.views import (
    CalendarView,
    LinkView,
    Plan,
    SettingsValues,
    SpecialDay,
    TaskValues,
    TaskView,
)
from app.ui.pages.schedule.picture import Picture, picture_of
from tests.services.schedule.site import DAY, SIX_DAYS, TODAY, new_id, whole_fields

START = datetime(2026, 3, 2, 8)  # noqa: DTZ001 - site time


def task(name: str, days: float = 1, parent: UUID | None = None, **given: object) -> TaskView:
    """A task of some days; outline and dates come with the plan."""
    fields = whole_fields(name, **({"duration_minutes": int(days * DAY)} | given))
    values = TaskValues(**{key: getattr(fields, key) for key in TaskValues.__slots__})
    return TaskView(new_id(), parent, 0, 1, 0, "", values, None)


def link(before: TaskView, after: TaskView, kind: LinkType = LinkType.FS, lag: int = 0) -> LinkView:
    """A link in working time."""
    return LinkView(new_id(), before.id, after.id, kind, lag, LagKind.WORKING)


def summary(name: str) -> TaskView:
    """A row with others below it."""
    return task(name, 0, kind=ActivityKind.SUMMARY)


def plan_of(
    tasks: Sequence[TaskView],
    links: Sequence[LinkView] = (),
    *,
    days: Sequence[SpecialDay] = (),
    data_date: datetime | None = None,
) -> Plan:
    """The plan with outline numbers and dates; tasks come parents first."""
    calendar = CalendarView(new_id(), "六天工作制", SIX_DAYS, "", tuple(days))
    settings = SettingsValues(
        calendar.id,
        START,
        data_date,
        None,
        Rules.GANTRY,
        ProgressMode.RETAINED_LOGIC,
        LagCalendar.PREDECESSOR,
        FloatKind.START,
        0,
        False,
        True,
        False,
        True,
    )
    counts: defaultdict[UUID | None, int] = defaultdict(int)
    numbers: dict[UUID, str] = {}
    rows: list[TaskView] = []
    for row in tasks:
        counts[row.parent_id] += 1
        above = numbers.get(row.parent_id, "") if row.parent_id is not None else ""
        numbers[row.id] = f"{above}.{counts[row.parent_id]}".lstrip(".")
        rows.append(
            replace(
                row,
                outline=numbers[row.id],
                level=numbers[row.id].count("."),
                position=counts[row.parent_id] * GAP,
            )
        )
    bare = Plan(new_id(), settings, "", tuple(rows), tuple(links), (calendar,), None, ())
    return edited_plan(bare, {})


def picture(
    tasks: Sequence[TaskView],
    links: Sequence[LinkView] = (),
    *,
    days: Sequence[SpecialDay] = (),
    data_date: datetime | None = None,
) -> Picture:
    """The picture of such a plan."""
    return picture_of(plan_of(tasks, links, days=days, data_date=data_date), TODAY, "zh_CN")


def seen(shown: Picture, row: TaskView) -> TaskView:
    """The row as the picture holds it, with dates."""
    return shown.by_id[row.id]


def day_off(day: date, name: str = "", *, provisional: bool = False) -> SpecialDay:
    """A special day without work."""
    return SpecialDay(new_id(), day, (), name, provisional)
