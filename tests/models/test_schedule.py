"""Schedules are stored as they are; rows of one scope cannot hang on another's."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    LagKind,
    LinkType,
    ProgressMode,
    Rules,
)
from app.core.schedule.work_calendar import DAY_SHIFTS
from app.models.schedule import CalendarDay, ScheduleSettings, Task, TaskLink, WorkCalendar
from tests.models.databases import KINDS, add, empty_database
from tests.models.stored import PROJECT, read_again, stamp

SITE = datetime(2026, 3, 2, 8, 30)  # noqa: DTZ001 - site time
CALENDAR = UUID(int=1)


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as made:
        yield made


def calendar(number: int = 1, scope_id: UUID = PROJECT) -> dict[str, Any]:
    week = (*((DAY_SHIFTS,) * 6), ())
    return stamp(number, scope_id) | {"name": "六天工作制", "week": week, "note": ""}


def task(number: int, **values: Any) -> dict[str, Any]:
    plain = {
        "position": 1 << 20,
        "kind": ActivityKind.TASK,
        "name": "土方开挖",
        "constraint_kind": ConstraintKind.AS_SOON_AS_POSSIBLE,
        "percent_complete": Decimal("0"),
    }
    return stamp(number) | plain | values


def test_everything_comes_back(engine: Engine) -> None:
    read_again(engine, WorkCalendar, calendar())
    day = {
        "calendar_id": CALENDAR,
        "day": date(2026, 10, 1),
        "shifts": (),
        "name": "国庆节",
        "provisional": True,
    }
    read_again(engine, CalendarDay, stamp(2) | day)
    settings = {
        "default_calendar_id": CALENDAR,
        "start_at": SITE,
        "data_date": None,
        "must_finish_at": SITE,
        "rules": Rules.P6,
        "progress_mode": ProgressMode.OVERRIDE,
        "lag_calendar": LagCalendar.ROUND_THE_CLOCK,
        "float_kind": FloatKind.SMALLEST,
        "critical_threshold": 480,
        "critical_by_longest_path": True,
        "use_expected_finish": False,
        "open_ends_critical": True,
        "honour_constraints": False,
        "imported_from": "计划.xer",
    }
    read_again(engine, ScheduleSettings, stamp(1) | {"id": PROJECT} | settings)
    full = task(
        3,
        calendar_id=CALENDAR,
        duration_minutes=10**10,
        remaining_minutes=0,
        percent_complete=Decimal("0.352500"),
        actual_start=SITE,
        suspended_at=SITE,
        second_constraint_kind=ConstraintKind.FINISH_NO_LATER,
        second_constraint_at=SITE,
        elapsed_duration=True,
        pinned_start=SITE,
        pinned_finish=SITE,
    )
    read_again(engine, Task, full, task(4, parent_id=UUID(int=3)))
    link = {
        "predecessor_id": UUID(int=3),
        "successor_id": UUID(int=4),
        "type": LinkType.SF,
        "lag": -480,
        "lag_kind": LagKind.ELAPSED,
    }
    read_again(engine, TaskLink, stamp(5) | link)


@pytest.mark.parametrize("kinds", [ActivityKind, ConstraintKind])
def test_every_kind_can_be_stored(engine: Engine, kinds: Any) -> None:
    field = "kind" if kinds is ActivityKind else "constraint_kind"
    rows = [task(number, **{field: kind}) for number, kind in enumerate(kinds, 10)]
    read_again(engine, Task, *rows)


def test_a_child_may_come_before_its_parent_in_one_transaction(engine: Engine) -> None:
    with Session(engine) as session, session.begin():
        session.add(Task(**task(4, parent_id=UUID(int=3))))
        session.flush()
        session.add(Task(**task(3)))


@pytest.mark.parametrize(
    "broken",
    [
        {"parent_id": UUID(int=99)},
        {"calendar_id": UUID(int=98)},
        {"parent_id": UUID(int=3)},
        {"duration_minutes": -1},
        {"remaining_minutes": -1},
    ],
)
def test_broken_rows_are_turned_away(engine: Engine, broken: dict[str, Any]) -> None:
    add(engine, WorkCalendar(**calendar(98, UUID(int=1234))))
    with pytest.raises(IntegrityError):
        add(engine, Task(**task(3, **broken)))


def test_a_day_differs_once_and_two_tasks_are_tied_once_a_type(engine: Engine) -> None:
    add(engine, WorkCalendar(**calendar()), Task(**task(3)), Task(**task(4)))
    day = {"calendar_id": CALENDAR, "day": date(2026, 10, 1), "shifts": ()}
    add(engine, CalendarDay(**stamp(5), **day))
    with pytest.raises(IntegrityError):
        add(engine, CalendarDay(**stamp(6), **day))
    ends = {"predecessor_id": UUID(int=3), "successor_id": UUID(int=4), "type": LinkType.FS}
    add(engine, TaskLink(**stamp(7), **ends))
    add(engine, TaskLink(**stamp(8), **(ends | {"type": LinkType.SS})))
    with pytest.raises(IntegrityError):
        add(engine, TaskLink(**stamp(9), **ends))
    with pytest.raises(IntegrityError):
        add(engine, TaskLink(**stamp(10), **(ends | {"successor_id": UUID(int=3)})))
