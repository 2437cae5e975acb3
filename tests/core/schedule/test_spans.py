from app.core.schedule.cpm import compute
from app.core.schedule.network import Activity, ActivityKind, Link, LinkType
from tests.core.schedule.networks import at, dates, network, task

LOE = ActivityKind.LEVEL_OF_EFFORT


def test_a_level_of_effort_spans_what_it_is_tied_to() -> None:
    plan = network(
        [task("a", 2), task("b", 3), task("l", kind=LOE), task("z", 9)],
        [Link("a", "b"), Link("a", "l", LinkType.SS), Link("b", "l", LinkType.FF)],
    )
    schedule = compute(plan)
    assert dates(schedule, "l")[:2] == ("5 08:00", "9 17:00")
    assert dates(schedule, "l")[2] == dates(schedule, "a")[2]
    assert dates(schedule, "l")[3] == dates(schedule, "b")[3]
    assert schedule.dates["l"].free_float == 0


def test_a_level_of_effort_tied_by_its_successor_ends_with_it() -> None:
    plan = network(
        [task("a", 2), task("b", 3), task("l", kind=LOE)],
        [Link("a", "b"), Link("a", "l", LinkType.FS, 480), Link("l", "b", LinkType.FF)],
    )
    assert dates(compute(plan), "l")[:2] == ("8 08:00", "9 17:00")


def test_a_level_of_effort_without_ties_stands_at_the_data_date() -> None:
    schedule = compute(network([task("a", 2), task("l", kind=LOE)]))
    assert dates(schedule, "l")[:2] == ("5 08:00", "5 08:00")


def test_a_level_of_effort_moves_nothing() -> None:
    plan = network([task("a", 1), task("l", 50, kind=LOE), task("b")], [Link("l", "b")])
    schedule = compute(plan)
    assert dates(schedule, "b")[0] == "5 08:00"
    assert schedule.project_finish == at(5, "17:00")


def test_summaries_span_their_children_at_every_depth() -> None:
    schedule = compute(
        network(
            [
                Activity("s", kind=ActivityKind.SUMMARY),
                task("a", 1, parent_id="s"),
                Activity("t", kind=ActivityKind.SUMMARY, parent_id="s"),
                task("b", 4, parent_id="t"),
                Activity("u", kind=ActivityKind.SUMMARY, parent_id="s"),
                task("c", 2, parent_id="u"),
            ],
            [Link("a", "b")],
        )
    )
    assert dates(schedule, "s") == ("5 08:00", "9 17:00", "5 08:00", "9 17:00")
    assert dates(schedule, "t")[:2] == ("6 08:00", "9 17:00")
    assert schedule.dates["s"].critical
    assert schedule.dates["t"].critical
    assert not schedule.dates["u"].critical


def test_finished_children_count_with_their_actual_dates() -> None:
    done = task("a", 1, parent_id="s", actual_start=at(1), actual_finish=at(2, "17:00"))
    schedule = compute(
        network([Activity("s", kind=ActivityKind.SUMMARY), done, task("b", 1, parent_id="s")])
    )
    assert dates(schedule, "s")[:2] == ("1 08:00", "5 17:00")
