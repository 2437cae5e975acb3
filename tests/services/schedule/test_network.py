"""Stored rows become the engine's network without loss."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from app.core.schedule.network import (
    Activity,
    Constraint,
    ConstraintKind,
    LagKind,
    Link,
    LinkType,
    Network,
    ProgressMode,
    Rules,
)
from app.services.schedule.network import network_of
from app.services.schedule.views import LinkView, TaskValues
from tests.services.schedule.site import DAY, SIX_DAYS, Site, new_id

AT = datetime(2026, 4, 1, 8)  # noqa: DTZ001 - site time


@pytest.fixture
def values(site: Site) -> TaskValues:
    site.add("土方", 3)
    (task,) = site.plan().tasks
    return task.values


def network(site: Site, values: TaskValues, *links: LinkView) -> tuple[Activity, Network]:
    """The network of one task below another, and the task in it."""
    task_id, parent_id = new_id(), new_id()
    plan = site.plan()
    made = network_of(
        [(task_id, parent_id, values)], links, {site.calendar_id: (SIX_DAYS, ())}, plan.settings
    )
    (activity,) = made.activities
    assert (activity.id, activity.parent_id) == (str(task_id), str(parent_id))
    return activity, made


def test_a_plain_task(site: Site, values: TaskValues) -> None:
    activity, made = network(site, values)
    assert (activity.name, activity.duration, activity.percent) == ("土方", 3 * DAY, 0.0)
    assert (activity.primary, activity.secondary, activity.pinned) == (None, None, None)
    assert activity.calendar_id == ""
    assert made.default_calendar_id == str(site.calendar_id)
    assert made.calendars[str(site.calendar_id)].week == SIX_DAYS


def test_everything_that_a_task_may_hold(site: Site, values: TaskValues) -> None:
    full = replace(
        values,
        calendar_id=site.calendar_id,
        constraint_kind=ConstraintKind.START_NO_EARLIER,
        constraint_at=AT,
        second_constraint_kind=ConstraintKind.FINISH_NO_LATER,
        second_constraint_at=AT.replace(day=9),
        deadline=AT.replace(day=10),
        expected_finish=AT.replace(day=11),
        percent_complete=Decimal("0.25"),
        remaining_minutes=77,
        actual_start=AT.replace(day=2),
        actual_finish=AT.replace(day=3),
        suspended_at=AT.replace(day=4),
        resumed_at=AT.replace(day=5),
        elapsed_duration=True,
        pinned_start=AT.replace(day=6),
        pinned_finish=AT.replace(day=7),
    )
    activity, _ = network(site, full)
    assert activity == Activity(
        id=activity.id,
        name="土方",
        duration=3 * DAY,
        calendar_id=str(site.calendar_id),
        remaining=77,
        primary=Constraint(ConstraintKind.START_NO_EARLIER, AT),
        secondary=Constraint(ConstraintKind.FINISH_NO_LATER, AT.replace(day=9)),
        actual_start=AT.replace(day=2),
        actual_finish=AT.replace(day=3),
        percent=25.0,
        expected_finish=AT.replace(day=11),
        deadline=AT.replace(day=10),
        suspended=AT.replace(day=4),
        resumed=AT.replace(day=5),
        parent_id=activity.parent_id,
        free_of_calendar=True,
        pinned=(AT.replace(day=6), AT.replace(day=7)),
    )


def test_half_a_pin_holds_nothing(site: Site, values: TaskValues) -> None:
    activity, _ = network(site, replace(values, pinned_start=AT))
    assert activity.pinned is None


def test_links_and_options(site: Site, values: TaskValues) -> None:
    before, after = new_id(), new_id()
    view = LinkView(new_id(), before, after, LinkType.SS, -60, LagKind.ELAPSED)
    settings = replace(
        site.plan().settings,
        rules=Rules.MSP,
        progress_mode=ProgressMode.OVERRIDE,
        data_date=AT,
        must_finish_at=AT.replace(day=30),
        critical_threshold=5,
        critical_by_longest_path=True,
        use_expected_finish=False,
        open_ends_critical=True,
        honour_constraints=False,
    )
    made = network_of([], [view], {}, settings)
    assert made.links == (Link(str(before), str(after), LinkType.SS, -60, LagKind.ELAPSED),)
    assert (made.project_start, made.data_date) == (settings.start_at, AT)
    assert made.must_finish_by == AT.replace(day=30)
    options = made.options
    assert (options.rules, options.progress) == (Rules.MSP, ProgressMode.OVERRIDE)
    assert (options.lag_calendar, options.float_kind) == (
        settings.lag_calendar,
        settings.float_kind,
    )
    assert (options.critical_threshold, options.critical_by_longest_path) == (5, True)
    assert (options.use_expected_finish, options.open_ends_critical) == (False, True)
    assert options.honour_constraints is False
