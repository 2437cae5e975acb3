from app.core.schedule.clock import ROUND_THE_CLOCK
from app.core.schedule.crew_clock import CrewClock
from app.core.schedule.network import ActivityKind, LagKind, Link, LinkType
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, plan_of, remaining_of
from tests.core.schedule.networks import at, network, task


def test_progress_in_index_form() -> None:
    plan = plan_of(
        network(
            [
                task("a", 2),
                task("b", 2, actual_start=at(5), percent=25.0),
                task("c", 2, actual_start=at(5), actual_finish=at(6, "17:00")),
                task("d", 2, actual_finish=at(6, "17:00")),
                task("m", 2, kind=ActivityKind.FINISH_MILESTONE),
            ],
            data_date=at(6, "12:00"),
        )
    )
    assert plan.state == [NOT_STARTED, IN_PROGRESS, FINISHED, FINISHED, NOT_STARTED]
    assert plan.remaining == [960, 720, 0, 0, 0]
    assert plan.worked[1] == 480 + 240
    assert plan.duration[4] == 0


def test_a_stored_remaining_duration_wins_over_the_percentage() -> None:
    assert remaining_of(task("a", 2, actual_start=at(5), percent=50.0, remaining=60)) == 60
    assert remaining_of(task("a", 2, percent=50.0)) == 960


def test_ties_of_what_only_spans_others_stand_apart() -> None:
    loe = task("l", kind=ActivityKind.LEVEL_OF_EFFORT)
    plan = plan_of(network([task("a"), task("b"), loe], [Link("a", "b"), Link("a", "l")]))
    assert [len(ties) for ties in plan.after] == [1, 0, 0]
    assert [len(ties) for ties in plan.spans_after] == [1, 0, 0]
    assert [len(ties) for ties in plan.spans_before] == [0, 0, 1]


def test_lags_are_resolved_to_minutes_and_a_clock() -> None:
    links = [
        Link("a", "b", LinkType.SS, 25, LagKind.PERCENT),
        Link("a", "b", LinkType.FS, 90, LagKind.ELAPSED),
    ]
    plan = plan_of(network([task("a", 2), task("b", 1)], links))
    (_, _, percent, own), (_, _, elapsed, clock) = plan.after[0]
    assert (percent, own) == (240, plan.clocks[0])
    assert (elapsed, clock) == (90, ROUND_THE_CLOCK)


def test_clocks_by_calendar_crew_and_elapsed_duration() -> None:
    plan = plan_of(
        network(
            [
                task("a"),
                task("b", calendar_id=""),
                task("c", free_of_calendar=True),
                task("d", crew=(("std", 480), ("nights", 480))),
            ]
        )
    )
    assert plan.clocks[0] is plan.clocks[1] is plan.project_clock
    assert plan.clocks[2] is ROUND_THE_CLOCK
    assert isinstance(plan.clocks[3], CrewClock)
