from hypothesis import given, settings

from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    Activity,
    ActivityKind,
    ConstraintKind,
    Link,
    LinkType,
    Network,
    ScheduleOptions,
)
from tests.core.schedule.networks import acyclic_networks, at, limit, network, task

LONGEST = ScheduleOptions(critical_by_longest_path=True)


def critical(plan: Network) -> list[str]:
    return [key for key, row in compute(plan).dates.items() if row.critical]


def test_negative_float_alone_does_not_put_on_the_longest_path() -> None:
    late = task("x", 2, primary=limit(ConstraintKind.FINISH_NO_LATER, 5, "17:00"))
    plan = network([task("a", 2), task("b", 3), late], [Link("a", "b")], LONGEST)
    assert critical(plan) == ["a", "b"]


def test_the_path_goes_back_through_every_kind_of_driving_tie() -> None:
    links = [
        Link("a", "b", LinkType.SS, 480),
        Link("b", "c", LinkType.FF),
        Link("x", "c", LinkType.FS),
    ]
    plan = network([task("a", 1), task("b", 5), task("c", 2), task("x", 1)], links, LONGEST)
    assert critical(plan) == ["a", "b", "c"]


def test_a_constraint_that_opens_a_gap_ends_the_path() -> None:
    held = task("b", 3, primary=limit(ConstraintKind.START_NO_EARLIER, 9))
    assert critical(network([task("a", 1), held], [Link("a", "b")], LONGEST)) == ["b"]


def test_finished_work_is_not_on_the_path_but_summaries_over_it_are() -> None:
    done = task("a", 1, actual_start=at(5), actual_finish=at(5, "17:00"), parent_id="s")
    summary = Activity("s", kind=ActivityKind.SUMMARY)
    plan = network(
        [summary, done, task("b", 2, parent_id="s")], [Link("a", "b")], LONGEST, data_date=at(6)
    )
    assert critical(plan) == ["s", "b"]


@settings(deadline=None)
@given(acyclic_networks())
def test_on_one_calendar_and_without_constraints_it_is_the_path_of_zero_float(
    plan: Network,
) -> None:
    """Both definitions agree where nothing but logic sets dates."""
    by_path = set(critical(network(plan.activities, plan.links, LONGEST)))
    assert by_path
    assert by_path <= set(critical(plan))
