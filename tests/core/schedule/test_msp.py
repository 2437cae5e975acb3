from datetime import datetime

import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    Activity,
    ActivityKind,
    ConstraintKind,
    FloatKind,
    Link,
    LinkType,
    Network,
    Rules,
    ScheduleOptions,
)
from tests.core.schedule.networks import at, dates, limit, network, task

K = ConstraintKind


def msp(
    activities: list[Activity], links: list[Link] | None = None, *, honour: bool = True
) -> Network:
    options = ScheduleOptions(
        rules=Rules.MSP, float_kind=FloatKind.SMALLEST, honour_constraints=honour
    )
    return network(activities, links or [], options)


@pytest.mark.parametrize(
    ("kind", "day", "clock", "honour", "start"),
    [
        (K.START_NO_EARLIER, 10, "08:00", True, "12 08:00"),
        (K.FINISH_NO_EARLIER, 9, "17:00", True, "8 08:00"),
        (K.START_NO_LATER, 5, "08:00", True, "5 08:00"),
        (K.START_NO_LATER, 5, "08:00", False, "6 08:00"),
        (K.FINISH_NO_LATER, 6, "17:00", True, "5 08:00"),
        (K.MANDATORY_START, 5, "08:00", True, "5 08:00"),
        (K.MANDATORY_START, 5, "08:00", False, "6 08:00"),
        (K.MANDATORY_FINISH, 9, "17:00", True, "8 08:00"),
        (K.MANDATORY_FINISH, 6, "17:00", False, "6 08:00"),
    ],
)
def test_constraints_win_over_logic_only_when_honoured(
    kind: ConstraintKind, day: int, clock: str, honour: bool, start: str
) -> None:
    held = task("b", 2, primary=limit(kind, day, clock))
    schedule = compute(msp([task("a"), held], [Link("a", "b")], honour=honour))
    assert dates(schedule, "b")[0] == start


def test_work_under_way_keeps_its_start_whatever_the_status_date() -> None:
    begun = task("a", 3, actual_start=at(2), percent=10.0)
    schedule = compute(msp([begun, task("b")], [Link("a", "b")]))
    assert dates(schedule, "a")[:2] == ("2 08:00", "6 17:00")
    assert dates(schedule, "a")[2] == "2 08:00"
    assert dates(schedule, "b")[0] == "7 08:00"


def test_resumed_work_ends_with_its_remaining_duration() -> None:
    begun = task("a", 3, actual_start=at(5), remaining=960, resumed=at(13))
    assert dates(compute(msp([begun])), "a")[1] == "14 17:00"


def test_a_task_set_by_hand_stays_where_it_was_put() -> None:
    pinned = task("b", 1, pinned=(at(5), at(5, "17:00")))
    schedule = compute(msp([task("a", 2), pinned, task("c")], [Link("a", "b"), Link("b", "c")]))
    assert dates(schedule, "b")[:2] == ("5 08:00", "5 17:00")
    assert dates(schedule, "c")[0] == "6 08:00"


def test_a_deadline_takes_float_but_moves_nothing() -> None:
    schedule = compute(msp([task("a", 3, deadline=at(6, "17:00")), task("z", 9)]))
    assert dates(schedule, "a")[:2] == ("5 08:00", "7 17:00")
    assert schedule.dates["a"].total_float == -480


def test_a_milestone_stays_at_the_end_of_a_shift() -> None:
    point = task("m", kind=ActivityKind.FINISH_MILESTONE)
    schedule = compute(msp([task("a"), point, task("b")], [Link("a", "m"), Link("m", "b")]))
    assert dates(schedule, "m")[0] == "5 17:00"
    assert dates(schedule, "b")[0] == "6 08:00"


def test_a_finish_driven_by_a_start_stands_at_that_start() -> None:
    early = task("a", primary=limit(K.START_NO_EARLIER, 7))
    schedule = compute(msp([early, task("b")], [Link("a", "b", LinkType.SF)]))
    assert dates(schedule, "b")[:2] == ("6 08:00", "7 08:00")


def test_as_late_as_possible_pushes_its_successors() -> None:
    alap = task("a", primary=limit(K.AS_LATE_AS_POSSIBLE, 5))
    schedule = compute(msp([alap, task("b"), task("z", 5)], [Link("a", "b")]))
    assert dates(schedule, "a")[2:] == ("8 08:00", "8 17:00")
    assert dates(schedule, "b")[0] == "9 08:00"


def test_lags_run_on_the_successors_calendar() -> None:
    seven = task("b", 1, calendar_id="seven")
    schedule = compute(msp([task("a", 5), seven], [Link("a", "b", lag=960)]))
    assert dates(schedule, "b")[0] == "11 09:00"


def test_a_crew_on_different_calendars_ends_with_its_last_share() -> None:
    crew = task("a", 1, crew=(("std", 480), ("nights", 480)))
    schedule = compute(msp([crew]))
    assert dates(schedule, "a")[:2] == ("5 08:00", "7 00:00")


@pytest.mark.parametrize(
    ("kind", "late"),
    [
        (LinkType.FS, ("14 08:00", "14 17:00")),
        (LinkType.SS, ("15 08:00", "15 17:00")),
        (LinkType.FF, ("15 08:00", "15 17:00")),
    ],
)
def test_late_dates_behind_each_kind_of_link(kind: LinkType, late: tuple[str, str]) -> None:
    schedule = compute(msp([task("a"), task("b"), task("z", 9)], [Link("a", "b", kind)]))
    assert dates(schedule, "a")[2:] == late


def test_finished_tasks_show_their_actual_dates() -> None:
    done = task("a", 3, actual_start=at(1), actual_finish=at(2, "17:00"))
    schedule = compute(msp([done, task("b")], [Link("a", "b")]))
    assert dates(schedule, "a") == ("1 08:00", "2 17:00", "1 08:00", "2 17:00")
    assert dates(schedule, "b")[0] == "5 08:00"
    assert isinstance(schedule.project_finish, datetime)
