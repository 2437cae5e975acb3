from dataclasses import replace
from datetime import datetime

import pytest

from app.core.errors import InputRejected
from app.core.schedule.checks import check_network
from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    Activity,
    ActivityKind,
    Constraint,
    ConstraintKind,
    Link,
    LinkType,
    Network,
)
from app.core.schedule.work_calendar import DAY_SHIFTS, WorkCalendar
from tests.core.schedule.networks import STANDARD, at, network, task


def found(plan: Network) -> list[tuple[str, str]]:
    return [
        (f.where, f.reason.text_id.removeprefix("schedule_files.")) for f in check_network(plan)
    ]


def test_a_sound_network_has_no_findings() -> None:
    assert check_network(network([task("a"), task("b")], [Link("a", "b")])) == ()


def test_all_faults_are_found_at_once() -> None:
    plan = network(
        [
            task("a", calendar_id="none"),
            task("a"),
            task("b", -1),
            task("c", primary=Constraint(ConstraintKind.FINISH_ON)),
            task("d", actual_start=at(6), actual_finish=at(5)),
            task("e", deadline=datetime(1, 1, 1)),  # noqa: DTZ001
            task("f", crew=(("none", 5),)),
        ],
        [Link("a", "ghost"), Link("a", "b", lag=10**12)],
    )
    assert found(plan) == [
        ("a", "duplicate_activity"),
        ("a", "unknown_calendar"),
        ("b", "bad_duration"),
        ("c", "constraint_without_date"),
        ("d", "finish_before_start"),
        ("e", "date_out_of_range"),
        ("f", "unknown_calendar"),
        ("", "dangling_link"),
        ("b", "bad_lag"),
    ]


@pytest.mark.parametrize(
    ("calendar", "finding"),
    [
        (WorkCalendar("x", "x", ((),) * 7), "calendar_without_work"),
        (WorkCalendar("x", "x", (DAY_SHIFTS,) * 6), "bad_shifts"),
        (WorkCalendar("x", "x", (((60, 30),),) * 7), "bad_shifts"),
        (replace(STANDARD, id="x", exceptions=((at(5).date(), ((0, 1500),)),)), "bad_shifts"),
    ],
)
def test_unusable_calendars_are_found(calendar: WorkCalendar, finding: str) -> None:
    plan = replace(network([task("a", calendar_id="x")]), calendars={"x": calendar})
    assert found(plan) == [("x", finding)]


def test_a_cycle_is_named_whole() -> None:
    links = [Link("a", "b"), Link("b", "c"), Link("c", "b", LinkType.SS)]
    plan = network([task("a"), task("b"), task("c")], links)
    findings = check_network(plan)
    assert [f.reason.text_id for f in findings] == ["schedule_files.cycle"]
    assert findings[0].reason.parameters == {"path": "b → c → b", "count": 2} or (
        findings[0].reason.parameters == {"path": "c → b → c", "count": 2}
    )
    with pytest.raises(InputRejected) as refusal:
        compute(plan)
    assert refusal.value.findings == findings


def test_a_long_cycle_is_named_in_part() -> None:
    links = [Link(f"a{i}", f"a{(i + 1) % 200}") for i in range(200)]
    (finding,) = check_network(network([task(f"a{i}") for i in range(200)], links))
    path = str(finding.reason.parameters["path"])
    assert path.endswith("→ …")
    assert finding.reason.parameters["count"] == 200


def test_a_level_of_effort_may_be_tied_both_ways() -> None:
    loe = task("l", kind=ActivityKind.LEVEL_OF_EFFORT)
    links = [Link("a", "l", LinkType.SS), Link("l", "a", LinkType.FF)]
    assert check_network(network([task("a"), loe], links)) == ()


def test_a_summary_linked_to_its_own_child_is_a_cycle() -> None:
    plan = network(
        [Activity("s", kind=ActivityKind.SUMMARY), task("a", parent_id="s")], [Link("a", "s")]
    )
    assert found(plan) == [("s", "cycle")] or found(plan) == [("a", "cycle")]


def test_the_outline_must_be_a_tree_of_summaries() -> None:
    summary = ActivityKind.SUMMARY
    plan = network([task("a", parent_id="b"), task("b"), task("c", parent_id="ghost")])
    assert found(plan) == [("a", "unknown_parent"), ("c", "unknown_parent")]
    rings = [Activity("s", kind=summary, parent_id="t"), Activity("t", kind=summary, parent_id="s")]
    assert found(network(rings))[0][1] == "parent_cycle"
