import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.network import FloatKind, Link, LinkType, Rules, ScheduleOptions
from tests.core.schedule.networks import at, network, task


@pytest.mark.parametrize("kind", list(FloatKind))
def test_float_of_work_under_way_by_each_pair_of_dates(kind: FloatKind) -> None:
    begun = task("a", 5, actual_start=at(5), remaining=480)
    options = ScheduleOptions(float_kind=kind)
    schedule = compute(network([begun, task("z", 3)], options=options, data_date=at(7)))
    assert schedule.dates["a"].total_float == 2 * 480


def test_start_and_finish_float_differ_over_a_calendar_gap() -> None:
    plan = [task("a", 1, calendar_id="seven"), task("b", 1)]
    links = [Link("a", "b", LinkType.SS)]
    floats = {
        kind: compute(network(plan, links, ScheduleOptions(float_kind=kind))).dates["a"].total_float
        for kind in FloatKind
    }
    assert floats[FloatKind.SMALLEST] == min(floats[FloatKind.START], floats[FloatKind.FINISH])


def test_finished_work_has_no_float_and_is_not_critical() -> None:
    done = task("a", 1, actual_start=at(5), actual_finish=at(5, "17:00"))
    for rules in Rules:
        options = ScheduleOptions(rules=rules)
        row = compute(network([done, task("z", 5)], options=options, data_date=at(6))).dates["a"]
        assert (row.total_float, row.free_float, row.critical) == (0, 0, False)


def test_free_float_is_the_least_gap_less_the_lag() -> None:
    links = [Link("a", "b"), Link("a", "c", lag=960), Link("x", "b"), Link("x", "c")]
    plan = network([task("a", 1), task("x", 5), task("b"), task("c")], links)
    row = compute(plan).dates["a"]
    assert row.free_float == 2 * 480


def test_an_open_end_is_free_until_the_project_finish() -> None:
    schedule = compute(network([task("a", 1), task("z", 4)]))
    assert schedule.dates["a"].free_float == schedule.dates["a"].total_float == 3 * 480


def test_a_threshold_widens_what_is_critical() -> None:
    options = ScheduleOptions(critical_threshold=480)
    schedule = compute(network([task("a", 3), task("b", 2), task("z", 4)], options=options))
    assert [key for key, row in schedule.dates.items() if row.critical] == ["a", "z"]


def test_open_ends_can_be_made_critical() -> None:
    options = ScheduleOptions(open_ends_critical=True)
    links = [Link("a", "z")]
    schedule = compute(network([task("a"), task("b"), task("z", 4)], links, options))
    assert schedule.dates["b"].critical
