from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.schedule.clock import WorkClock, datetime_of, minute_of
from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    ActivityKind,
    Constraint,
    ConstraintKind,
    Link,
    LinkType,
    Network,
    Rules,
    ScheduleOptions,
)
from tests.core.schedule.networks import (
    CALENDARS,
    MONDAY,
    acyclic_networks,
    at,
    dates,
    network,
    task,
)
from tests.core.schedule.reference import slow_dates

ALL_CALENDARS = tuple(CALENDARS)


def test_a_small_network_by_hand() -> None:
    schedule = compute(
        network(
            [task("a", 2), task("b", 3), task("c", 1), task("d", 1)],
            [Link("a", "c"), Link("b", "d"), Link("c", "d", LinkType.FS, 240)],
        )
    )
    assert dates(schedule, "a") == ("5 08:00", "6 17:00", "5 08:00", "6 17:00")
    assert dates(schedule, "b") == ("5 08:00", "7 17:00", "5 13:00", "8 12:00")
    assert dates(schedule, "d") == ("8 13:00", "9 12:00", "8 13:00", "9 12:00")
    floats = {key: row.total_float for key, row in schedule.dates.items()}
    assert floats == {"a": 0, "b": 240, "c": 0, "d": 0}
    assert [key for key, row in schedule.dates.items() if row.critical] == ["a", "c", "d"]
    assert schedule.project_finish == at(9, "12:00")


@settings(deadline=None, max_examples=60)
@given(acyclic_networks(calendar_ids=ALL_CALENDARS))
def test_early_dates_agree_with_the_slow_reference(plan: Network) -> None:
    schedule = compute(plan)
    for key, row in slow_dates(plan, MONDAY + 480).items():
        found = schedule.dates[key]
        assert minute_of(found.early_start) == row.early_start
        assert minute_of(found.early_finish) == row.early_finish


@settings(deadline=None, max_examples=60)
@given(acyclic_networks())
def test_late_dates_and_floats_agree_with_the_slow_reference(plan: Network) -> None:
    schedule = compute(plan)
    clock = WorkClock(CALENDARS["std"], MONDAY)
    for key, row in slow_dates(plan, MONDAY + 480).items():
        found = schedule.dates[key]
        assert minute_of(found.late_finish) == row.late_finish
        assert clock.work_between(minute_of(found.late_start), row.late_start) == 0
        assert found.total_float == clock.work_between(row.early_start, row.late_start)


def assert_links_hold(plan: Network) -> None:
    schedule = compute(plan)
    for link in plan.links:
        before, after = schedule.dates[link.predecessor_id], schedule.dates[link.successor_id]
        activities = {a.id: a for a in plan.activities}
        lag_clock = WorkClock(CALENDARS[activities[link.predecessor_id].calendar_id], MONDAY)
        own_clock = WorkClock(CALENDARS[activities[link.successor_id].calendar_id], MONDAY)
        from_start = link.type in (LinkType.SS, LinkType.SF)
        begin = minute_of(before.early_start if from_start else before.early_finish)
        demanded = lag_clock.finish_after(begin, link.lag)
        to_start = link.type in (LinkType.FS, LinkType.SS)
        reached = minute_of(after.early_start if to_start else after.early_finish)
        assert own_clock.work_between(demanded, reached) >= 0


@settings(deadline=None)
@given(acyclic_networks(calendar_ids=ALL_CALENDARS, lags=st.integers(-600, 1500)))
def test_early_dates_respect_every_link(plan: Network) -> None:
    assert_links_hold(plan)


@settings(deadline=None)
@given(acyclic_networks(calendar_ids=ALL_CALENDARS))
def test_total_float_is_late_less_early_start_in_working_minutes(plan: Network) -> None:
    schedule = compute(plan)
    for activity in plan.activities:
        row = schedule.dates[activity.id]
        clock = WorkClock(CALENDARS[activity.calendar_id], MONDAY)
        begin, end = minute_of(row.early_start), minute_of(row.late_start)
        assert row.total_float == clock.work_between(begin, end)


@settings(deadline=None)
@given(acyclic_networks())
def test_a_network_without_constraints_has_a_path_of_zero_float(plan: Network) -> None:
    schedule = compute(plan)
    rows = schedule.dates
    assert all(row.total_float >= 0 for row in rows.values())
    critical = {key for key, row in rows.items() if row.total_float == 0}
    assert any(rows[key].early_finish == schedule.project_finish for key in critical)
    assert any(rows[key].early_start == plan.project_start for key in critical)


@settings(deadline=None, max_examples=30)
@given(acyclic_networks(max_size=6), st.sampled_from(list(Rules)))
def test_free_float_can_be_used_up_without_moving_a_successor(plan: Network, rules: Rules) -> None:
    plan = network(plan.activities, plan.links, ScheduleOptions(rules=rules))
    schedule = compute(plan)
    clock = WorkClock(CALENDARS["std"], MONDAY)
    for activity in plan.activities:
        row = schedule.dates[activity.id]
        if row.free_float <= 0:
            continue
        start = clock.finish_after(minute_of(row.early_start), row.free_float)
        limit = Constraint(ConstraintKind.START_NO_EARLIER, datetime_of(clock.next_start(start)))
        slipped = [
            task(a.id, a.duration / 480, primary=limit if a.id == activity.id else None)
            for a in plan.activities
        ]
        again = compute(network(slipped, plan.links, plan.options))
        for other in plan.activities:
            if other.id != activity.id:
                before, after = schedule.dates[other.id], again.dates[other.id]
                assert before.early_start == after.early_start


def test_an_empty_network_ends_at_its_start() -> None:
    schedule = compute(network([]))
    assert schedule.dates == {}
    assert schedule.project_finish == at(5)


def test_milestones_stand_at_either_end_of_a_shift() -> None:
    schedule = compute(
        network(
            [
                task("a", 1),
                task("f", kind=ActivityKind.FINISH_MILESTONE),
                task("s", kind=ActivityKind.START_MILESTONE),
                task("b", 1),
            ],
            [Link("a", "f"), Link("a", "s"), Link("f", "b"), Link("s", "b")],
        )
    )
    assert dates(schedule, "f") == ("5 17:00", "5 17:00", "5 17:00", "5 17:00")
    assert dates(schedule, "s")[0] == "6 08:00"
    assert schedule.dates["s"].total_float == schedule.dates["f"].total_float == 0
