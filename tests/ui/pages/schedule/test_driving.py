"""Which links hold their successor."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from app.core.schedule.network import LagCalendar, LagKind, LinkType
from app.services.schedule.edited import edited_plan
from app.services.schedule.views import CalendarView, LinkView, TaskView
from app.ui.pages.schedule.clocks import Clocks
from app.ui.pages.schedule.driving import drivers_of, driving_links
from tests.services.schedule.site import DAY, SIX_DAYS, new_id
from tests.ui.pages.schedule.plans import link, picture, plan_of, task

LINE = datetime(2026, 3, 6, 17)  # noqa: DTZ001
BEGUN = datetime(2026, 3, 3, 8)  # noqa: DTZ001


def test_a_link_without_slack_drives_and_is_critical_between_critical_rows() -> None:
    first, second, third = task("土方", 5), task("围挡", 1), task("垫层", 2)
    shown = picture([first, second, third], [link(first, third), link(second, third)])
    assert list(shown.rows.links.driving) == [True, False]
    assert list(shown.rows.links.critical) == [True, False]
    assert drivers_of(third.id, shown.plan.links, shown.driving) == [first.id]


def test_a_lag_counts_for_what_drives() -> None:
    first, second, third = task("土方", 5), task("围挡", 1), task("垫层", 2)
    links = [link(first, third), link(second, third, lag=9 * DAY)]
    shown = picture([first, second, third], links)
    assert list(shown.rows.links.driving) == [False, True]


def drives(tasks: list[TaskView], links: list[LinkView]) -> list[bool]:
    plan = plan_of(tasks, links, data_date=LINE if any(_begun(task) for task in tasks) else None)
    found = driving_links(plan, Clocks.of(plan))
    return [one.id in found for one in links]


def _begun(row: TaskView) -> bool:
    return row.values.actual_start is not None


@pytest.mark.parametrize("kind", list(LinkType))
def test_every_type_drives_by_the_ends_that_it_ties(kind: LinkType) -> None:
    long, short, after = task("土方", 9), task("围挡", 3), task("垫层", 2)
    assert drives([long, after], [link(long, after, kind, lag=4 * DAY)]) == [True]
    both = [link(long, after, kind, lag=4 * DAY), link(short, after, kind, lag=DAY)]
    assert drives([long, short, after], both) == [True, False]


def test_a_lag_round_the_clock_counts_days_off() -> None:
    pour, other, strip = task("浇筑", 5), task("围挡", 5), task("拆模", 2)
    cure = replace(link(pour, strip, lag=3 * 1440), lag_kind=LagKind.ELAPSED)
    # From Friday evening the clock's three days end on Monday, working days on Tuesday.
    assert drives([pour, other, strip], [cure, link(other, strip, lag=3 * DAY)]) == [False, True]
    assert drives([pour, strip], [cure]) == [True]


def test_a_share_of_the_predecessor_is_a_lag_too() -> None:
    first, other, after = task("土方", 4), task("围挡", 6), task("垫层", 2)
    half = replace(link(first, after, lag=50), lag_kind=LagKind.PERCENT)
    assert drives([first, other, after], [half, link(other, after)]) == [True, True]
    more = replace(half, lag=25)
    assert drives([first, other, after], [more, link(other, after)]) == [False, True]


@pytest.mark.parametrize(
    ("follows", "held"),
    [
        (LagCalendar.PREDECESSOR, False),
        (LagCalendar.SUCCESSOR, True),
        (LagCalendar.PROJECT, True),
        (LagCalendar.ROUND_THE_CLOCK, False),
    ],
)
def test_a_lag_follows_the_calendar_that_the_plan_says(follows: LagCalendar, held: bool) -> None:
    whole = CalendarView(new_id(), "七天", (SIX_DAYS[0],) * 7, "", ())
    first, after = task("土方", 6, calendar_id=whole.id), task("垫层", 2)
    plan = plan_of([first, after], [link(first, after, lag=DAY)])
    plan = replace(
        plan,
        calendars=(*plan.calendars, whole),
        settings=replace(plan.settings, lag_calendar=LagCalendar.PROJECT),
    )
    # Saturday evening and a day: Tuesday as the project works, Sunday for who never rests.
    dated = edited_plan(plan, {})
    seen = replace(dated, settings=replace(dated.settings, lag_calendar=follows))
    assert bool(driving_links(seen, Clocks.of(seen))) == held


def test_what_has_begun_or_ended_is_held_by_nothing_in_its_past() -> None:
    done = task("土方", 3, actual_start=BEGUN, actual_finish=LINE, percent_complete=Decimal(1))
    begun = task("垫层", 4, actual_start=BEGUN, percent_complete=Decimal("0.5"))
    ended = task("筏板", 4, actual_start=BEGUN, actual_finish=LINE, percent_complete=Decimal(1))
    rows = [done, begun, ended]
    assert drives(rows, [link(done, begun), link(done, ended, LinkType.FF)]) == [False, False]
    held = task("回填", 1)
    assert drives([begun, held], [link(begun, held)]) == [True]


def test_a_plan_without_dates_has_no_drivers() -> None:
    first, second = task("土方"), task("垫层")
    assert drives([first, second], [link(first, second), link(second, first)]) == [False, False]
    assert drives([first], [link(first, second)]) == [False]
