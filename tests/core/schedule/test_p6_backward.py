import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import ActivityKind, ConstraintKind, Link, LinkType
from tests.core.schedule.networks import at, dates, limit, network, task

K = ConstraintKind


@pytest.mark.parametrize(
    ("kind", "day", "clock", "total"),
    [
        (K.START_NO_LATER, 7, "08:00", 960),
        (K.FINISH_NO_LATER, 6, "17:00", 480),
        (K.START_ON, 7, "08:00", 0),
        (K.FINISH_ON, 9, "17:00", 0),
        (K.MANDATORY_START, 8, "08:00", 0),
        (K.MANDATORY_FINISH, 8, "17:00", 0),
        (K.START_NO_EARLIER, 7, "08:00", 7 * 480),
        (K.FINISH_NO_LATER, 2, "17:00", -480),
    ],
)
def test_float_under_a_constraint(kind: K, day: int, clock: str, total: int) -> None:
    held = task("a", 1, primary=limit(kind, day, clock))
    schedule = compute(network([held, task("z", 10)]))
    assert schedule.dates["a"].total_float == total
    assert schedule.dates["a"].critical == (total <= 0)


def test_both_constraints_count() -> None:
    held = task(
        "a",
        1,
        primary=limit(K.START_NO_EARLIER, 7),
        secondary=limit(K.FINISH_NO_LATER, 8, "17:00"),
    )
    schedule = compute(network([held, task("z", 10)]))
    assert dates(schedule, "a") == ("7 08:00", "7 17:00", "8 08:00", "8 17:00")


def test_a_date_that_must_be_kept_gives_negative_float() -> None:
    schedule = compute(network([task("a", 5)], must_finish_by=at(7, "17:00")))
    assert schedule.dates["a"].total_float == -2 * 480
    schedule = compute(network([task("a", 5)], must_finish_by=at(12, "17:00")))
    assert schedule.dates["a"].total_float == 480


def test_as_late_as_possible_uses_up_free_float_only() -> None:
    alap = task("a", 1, primary=limit(K.AS_LATE_AS_POSSIBLE, 5))
    plan = network(
        [task("x", 4), alap, task("b", 1), task("z", 9)], [Link("x", "b"), Link("a", "b")]
    )
    schedule = compute(plan)
    assert dates(schedule, "a")[:2] == ("8 08:00", "8 17:00")
    assert dates(schedule, "b")[0] == "9 08:00"
    assert schedule.dates["a"].free_float == 0
    assert schedule.dates["a"].total_float == 4 * 480


def test_chains_as_late_as_possible_close_up() -> None:
    late = limit(K.AS_LATE_AS_POSSIBLE, 5)
    activities = [task("a", 1, primary=late), task("b", 1, primary=late), task("z", 5)]
    schedule = compute(network(activities, [Link("a", "b")]))
    assert dates(schedule, "a")[:2] == ("8 08:00", "8 17:00")
    assert dates(schedule, "b")[:2] == ("9 08:00", "9 17:00")


@pytest.mark.parametrize(
    ("kind", "lag", "late"),
    [
        (LinkType.FS, 480, ("13 08:00", "13 17:00")),
        (LinkType.SS, 480, ("14 08:00", "14 17:00")),
        (LinkType.FF, 0, ("15 08:00", "15 17:00")),
    ],
)
def test_late_dates_behind_each_kind_of_link(
    kind: LinkType, lag: int, late: tuple[str, str]
) -> None:
    plan = network([task("a"), task("b"), task("z", 9)], [Link("a", "b", kind, lag)])
    assert dates(compute(plan), "a")[2:] == late


def test_a_late_start_keeps_to_a_start_tie_that_falls_into_time_off() -> None:
    """P6 leaves the late start at the end of the shift before a successor's weekend start."""
    seven = task("b", 8.25, calendar_id="seven")
    plan = network(
        [task("a", 3), seven, task("z", 9.75)], [Link("a", "b", LinkType.SS), Link("b", "m")]
    )
    milestone = task("m", kind=ActivityKind.FINISH_MILESTONE, calendar_id="seven")
    schedule = compute(network([*plan.activities, milestone], plan.links))
    assert dates(schedule, "b")[2] == "11 09:00"
    assert dates(schedule, "a")[2] == "9 17:00"


def test_a_start_milestone_may_stand_late_at_the_begin_of_a_shift() -> None:
    point = task("m", kind=ActivityKind.START_MILESTONE)
    plan = network([point, task("a", 5)], [Link("m", "a")])
    assert dates(compute(plan), "m") == ("5 08:00", "5 08:00", "5 08:00", "5 08:00")


def test_late_dates_of_work_under_way_count_its_remaining_work() -> None:
    begun = task("a", 5, actual_start=at(5), remaining=960)
    schedule = compute(network([begun, task("z", 5)], data_date=at(7)))
    assert dates(schedule, "a")[2:] == ("12 08:00", "13 17:00")
    assert schedule.dates["a"].total_float == 3 * 480
