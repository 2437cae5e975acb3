import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    LagCalendar,
    LagKind,
    Link,
    LinkType,
    ProgressMode,
    ScheduleOptions,
)
from tests.core.schedule.networks import at, dates, limit, network, task

K = ConstraintKind


@pytest.mark.parametrize(
    ("kind", "day", "clock", "early"),
    [
        (K.START_NO_EARLIER, 8, "08:00", ("8 08:00", "9 17:00")),
        (K.START_NO_EARLIER, 1, "08:00", ("6 08:00", "7 17:00")),
        (K.START_NO_EARLIER, 10, "08:00", ("12 08:00", "13 17:00")),
        (K.START_NO_LATER, 5, "08:00", ("6 08:00", "7 17:00")),
        (K.START_ON, 8, "08:00", ("8 08:00", "9 17:00")),
        (K.START_ON, 5, "08:00", ("6 08:00", "7 17:00")),
        (K.FINISH_NO_EARLIER, 9, "17:00", ("8 08:00", "9 17:00")),
        (K.FINISH_NO_LATER, 6, "17:00", ("6 08:00", "7 17:00")),
        (K.FINISH_ON, 9, "17:00", ("8 08:00", "9 17:00")),
        (K.FINISH_ON, 6, "17:00", ("6 08:00", "7 17:00")),
        (K.MANDATORY_START, 5, "08:00", ("5 08:00", "6 17:00")),
        (K.MANDATORY_START, 8, "08:00", ("8 08:00", "9 17:00")),
        (K.MANDATORY_FINISH, 6, "17:00", ("5 08:00", "6 17:00")),
    ],
)
def test_constraints_on_a_successor_that_logic_puts_on_the_sixth(
    kind: ConstraintKind, day: int, clock: str, early: tuple[str, str]
) -> None:
    held = task("b", 2, primary=limit(kind, day, clock))
    schedule = compute(network([task("a"), held], [Link("a", "b")]))
    assert dates(schedule, "b")[:2] == early


def test_remaining_work_goes_on_from_the_data_date() -> None:
    begun = task("a", 5, actual_start=at(1), remaining=960)
    schedule = compute(network([begun, task("b")], [Link("a", "b")], data_date=at(7, "00:00")))
    assert dates(schedule, "a")[:2] == ("7 08:00", "8 17:00")
    assert dates(schedule, "b")[:2] == ("9 08:00", "9 17:00")


def test_without_a_remaining_duration_the_percentage_tells_it() -> None:
    begun = task("a", 5, actual_start=at(1), percent=60.0)
    assert dates(compute(network([begun], data_date=at(7))), "a")[:2] == ("7 08:00", "8 17:00")


def test_finished_work_holds_nobody_up_but_for_the_rest_of_its_lag() -> None:
    done = task("a", 1, actual_start=at(5), actual_finish=at(5, "17:00"))
    links = [Link("a", "b"), Link("a", "c", LinkType.FS, 3 * 480)]
    plan = network([done, task("b"), task("c")], links, data_date=at(7))
    schedule = compute(plan)
    assert dates(schedule, "b")[0] == "7 08:00"
    assert dates(schedule, "c")[0] == "9 08:00"


@pytest.mark.parametrize(
    ("mode", "start"),
    [(ProgressMode.RETAINED_LOGIC, "9 08:00"), (ProgressMode.OVERRIDE, "7 08:00")],
)
def test_work_begun_out_of_sequence(mode: ProgressMode, start: str) -> None:
    begun = task("b", 2, actual_start=at(6), remaining=480)
    options = ScheduleOptions(progress=mode)
    plan = network([task("a", 2), begun], [Link("a", "b")], options, data_date=at(7))
    assert dates(compute(plan), "b")[0] == start


def test_suspended_work_resumes_on_its_date() -> None:
    begun = task("a", 5, actual_start=at(5), remaining=480, suspended=at(6), resumed=at(13))
    assert dates(compute(network([begun], data_date=at(7))), "a")[:2] == ("13 08:00", "13 17:00")


def test_an_expected_finish_sets_the_remaining_duration() -> None:
    begun = task("a", 5, actual_start=at(5), remaining=480, expected_finish=at(9, "12:00"))
    past = task("b", 5, actual_start=at(5), remaining=480, expected_finish=at(6, "12:00"))
    schedule = compute(network([begun, past], data_date=at(7)))
    assert dates(schedule, "a")[1] == "9 12:00"
    assert dates(schedule, "b")[1] == "7 17:00"
    ignoring = ScheduleOptions(use_expected_finish=False)
    schedule = compute(network([begun], options=ignoring, data_date=at(7)))
    assert dates(schedule, "a")[1] == "7 17:00"


def test_a_start_lag_behind_work_under_way_has_partly_run() -> None:
    begun = task("a", 5, actual_start=at(5), remaining=3 * 480)
    links = [Link("a", "b", LinkType.SS, 3 * 480), Link("a", "c", LinkType.SS, 480)]
    schedule = compute(network([begun, task("b"), task("c")], links, data_date=at(7)))
    assert dates(schedule, "b")[0] == "8 08:00"
    assert dates(schedule, "c")[0] == "7 08:00"


def test_finish_to_finish_and_start_to_finish_set_the_finish() -> None:
    links = [Link("a", "b", LinkType.FF, 240), Link("a", "c", LinkType.SF, 960)]
    schedule = compute(network([task("a", 3), task("b", 1), task("c", 1)], links))
    assert dates(schedule, "b")[:2] == ("7 13:00", "8 12:00")
    assert dates(schedule, "c")[:2] == ("6 08:00", "6 17:00")


@pytest.mark.parametrize(
    ("calendar", "start"),
    [
        (LagCalendar.PREDECESSOR, "12 17:00"),
        (LagCalendar.SUCCESSOR, "10 09:00"),
        (LagCalendar.PROJECT, "12 17:00"),
        (LagCalendar.ROUND_THE_CLOCK, "9 09:00"),
    ],
)
def test_whose_calendar_counts_a_lag(calendar: LagCalendar, start: str) -> None:
    seven = task("b", 1, calendar_id="seven")
    options = ScheduleOptions(lag_calendar=calendar)
    plan = network([task("a", 4), seven], [Link("a", "b", lag=960)], options)
    assert dates(compute(plan), "b")[0] == start


def test_elapsed_and_percentage_lags() -> None:
    links = [
        Link("a", "b", lag=3 * 1440, lag_kind=LagKind.ELAPSED),
        Link("a", "c", lag=50, lag_kind=LagKind.PERCENT),
    ]
    schedule = compute(network([task("a", 4), task("b"), task("c")], links))
    assert dates(schedule, "b")[0] == "12 08:00"
    assert dates(schedule, "c")[0] == "13 08:00"


def test_a_lead_never_goes_back_before_the_data_date() -> None:
    schedule = compute(network([task("a", 1), task("b")], [Link("a", "b", lag=-9600)]))
    assert dates(schedule, "b")[0] == "5 08:00"


def test_a_finish_milestone_leaves_time_off_but_keeps_the_end_of_a_shift() -> None:
    saturday = task("a", 8.25, calendar_id="seven")
    point = task("m", kind=ActivityKind.FINISH_MILESTONE)
    schedule = compute(network([saturday, point], [Link("a", "m")]))
    assert dates(schedule, "a")[1] == "10 14:00"
    assert dates(schedule, "m")[0] == "12 08:00"
