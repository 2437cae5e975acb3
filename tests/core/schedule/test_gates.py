import pytest

from app.core.schedule.cpm import compute
from app.core.schedule.gates import real_id, with_gates
from app.core.schedule.network import (
    Activity,
    ActivityKind,
    ConstraintKind,
    Link,
    LinkType,
    Rules,
    ScheduleOptions,
)
from tests.core.schedule.networks import at, dates, limit, network, task


def summary(activity_id: str, **changes: object) -> Activity:
    return Activity(activity_id, kind=ActivityKind.SUMMARY, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("rules", list(Rules))
def test_a_link_to_a_summary_binds_everything_below_it(rules: Rules) -> None:
    activities = [
        task("a", 2),
        summary("s"),
        summary("t", parent_id="s"),
        task("b", 1, parent_id="s"),
        task("c", 3, parent_id="t"),
        task("d", 1),
    ]
    links = [Link("a", "s"), Link("s", "d")]
    schedule = compute(network(activities, links, ScheduleOptions(rules=rules)))
    assert dates(schedule, "b")[0] == dates(schedule, "c")[0] == "7 08:00"
    assert dates(schedule, "d")[0] == "12 08:00"
    assert dates(schedule, "s")[:2] == ("7 08:00", "9 17:00")
    assert dates(schedule, "b")[3] == "9 17:00"
    assert set(schedule.dates) == {a.id for a in activities}


def test_limits_of_a_summary_bind_its_children() -> None:
    options = ScheduleOptions(rules=Rules.MSP)
    late = summary("s", primary=limit(ConstraintKind.START_NO_EARLIER, 8))
    schedule = compute(network([late, task("a", 1, parent_id="s")], options=options))
    assert dates(schedule, "a")[0] == "8 08:00"
    due = summary("s", deadline=at(6, "17:00"))
    schedule = compute(network([due, task("a", 3, parent_id="s"), task("b", 9)], options=options))
    assert schedule.dates["a"].total_float == -480


def test_the_number_of_links_stays_linear() -> None:
    children = [task(f"a{i}", parent_id="s") for i in range(100)]
    others = [task(f"b{i}", parent_id="t") for i in range(100)]
    plan = network([summary("s"), summary("t"), *children, *others], [Link("s", "t", LinkType.FS)])
    assert len(with_gates(plan).links) == 1 + 2 * 200


def test_a_network_without_linked_summaries_is_left_alone() -> None:
    plan = network([summary("s"), task("a", parent_id="s")])
    assert with_gates(plan) is plan
    assert real_id("s\x00gate") == "s"
    assert real_id("a") == "a"
