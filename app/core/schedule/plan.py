"""A network in index form, as both passes read it: dates are minutes, lags are resolved."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from app.core.schedule.clock import ROUND_THE_CLOCK, Clock, WorkClock, minute_of
from app.core.schedule.crew_clock import CrewClock
from app.core.schedule.network import (
    Activity,
    ActivityKind,
    Constraint,
    ConstraintKind,
    LagCalendar,
    LagKind,
    Link,
    LinkType,
    Network,
    Rules,
)

NOT_STARTED, IN_PROGRESS, FINISHED = 0, 1, 2

Tie = tuple[int, LinkType, int, Clock]
"""The activity at the other end, link type, lag in minutes, and the clock of the lag."""

Limit = tuple[ConstraintKind, int]
"""A dated constraint with its instant."""


@dataclass(slots=True)
class Plan:
    """Parallel lists over activities.

    `before` and `after` hold the ties among driven activities; ties of what only spans others
    (levels of effort) stand apart in `spans_before` and `spans_after`.
    """

    network: Network
    activities: tuple[Activity, ...]
    index_of: dict[str, int]
    clocks: list[Clock]
    project_clock: Clock
    start: int
    data_date: int
    state: list[int] = field(default_factory=list)
    duration: list[int] = field(default_factory=list)
    remaining: list[int] = field(default_factory=list)
    worked: list[int] = field(default_factory=list)
    actual_start: list[int] = field(default_factory=list)
    actual_finish: list[int] = field(default_factory=list)
    limits: list[tuple[Limit, ...]] = field(default_factory=list)
    alap: list[bool] = field(default_factory=list)
    before: list[list[Tie]] = field(default_factory=list)
    after: list[list[Tie]] = field(default_factory=list)
    spans_before: list[list[Tie]] = field(default_factory=list)
    spans_after: list[list[Tie]] = field(default_factory=list)
    driven: list[bool] = field(default_factory=list)
    early_start: list[int] = field(default_factory=list)
    early_finish: list[int] = field(default_factory=list)
    late_start: list[int] = field(default_factory=list)
    late_finish: list[int] = field(default_factory=list)
    finish: int = 0

    def is_milestone(self, index: int) -> bool:
        """Whether the activity is a point in time."""
        kind = self.activities[index].kind
        return kind in (ActivityKind.START_MILESTONE, ActivityKind.FINISH_MILESTONE)


def plan_of(network: Network) -> Plan:
    """The plan of a checked network: unknown ids raise KeyError."""
    start = minute_of(network.project_start)
    data_date = start if network.data_date is None else minute_of(network.data_date)
    clocks = {key: WorkClock(value, data_date) for key, value in network.calendars.items()}
    project_clock: Clock = clocks.get(network.default_calendar_id) or ROUND_THE_CLOCK
    plan = Plan(
        network=network,
        activities=network.activities,
        index_of={activity.id: index for index, activity in enumerate(network.activities)},
        clocks=[_clock_for(activity, clocks, project_clock) for activity in network.activities],
        project_clock=project_clock,
        start=start,
        data_date=data_date,
    )
    for index, activity in enumerate(network.activities):
        _take_progress(plan, index, activity)
        plan.limits.append(tuple(_limits(activity)))
        plan.alap.append(_is_alap(activity.primary))
        # Levels of effort and summaries span others: they are dated after both passes.
        plan.driven.append(
            activity.kind not in (ActivityKind.LEVEL_OF_EFFORT, ActivityKind.SUMMARY)
        )
    _take_links(plan, network.links)
    for dates in (plan.early_start, plan.early_finish, plan.late_start, plan.late_finish):
        dates.extend([data_date] * len(plan.activities))
    return plan


def _clock_for(activity: Activity, clocks: dict[str, WorkClock], project_clock: Clock) -> Clock:
    if activity.free_of_calendar:
        return ROUND_THE_CLOCK
    own: Clock = clocks[activity.calendar_id] if activity.calendar_id else project_clock
    if not activity.crew:
        return own
    shares = tuple((clocks[key], minutes) for key, minutes in activity.crew)
    return CrewClock(own, shares, activity.duration)


def _take_progress(plan: Plan, index: int, activity: Activity) -> None:
    begun = activity.actual_start is not None or activity.actual_finish is not None
    finished = activity.actual_finish is not None
    plan.state.append(FINISHED if finished else IN_PROGRESS if begun else NOT_STARTED)
    begin = activity.actual_start or activity.actual_finish
    plan.actual_start.append(0 if begin is None else minute_of(begin))
    plan.actual_finish.append(
        0 if activity.actual_finish is None else minute_of(activity.actual_finish)
    )
    point = plan.is_milestone(index)
    plan.duration.append(0 if point else activity.duration)
    plan.remaining.append(0 if finished or point else remaining_of(activity))
    done = 0
    if begun and plan.actual_start[index] < plan.data_date:
        done = plan.clocks[index].work_between(plan.actual_start[index], plan.data_date)
    plan.worked.append(done)


def remaining_of(activity: Activity) -> int:
    """Working minutes still to do."""
    if activity.remaining is not None:
        return activity.remaining
    if activity.actual_start is None:
        return activity.duration
    return activity.duration - round(activity.duration * activity.percent / 100)


def _limits(activity: Activity) -> Iterable[Limit]:
    for constraint in (activity.primary, activity.secondary):
        if constraint is not None and constraint.at is not None:
            yield constraint.kind, minute_of(constraint.at)


def _is_alap(constraint: Constraint | None) -> bool:
    return constraint is not None and constraint.kind is ConstraintKind.AS_LATE_AS_POSSIBLE


def _take_links(plan: Plan, links: tuple[Link, ...]) -> None:
    for side in (plan.before, plan.after, plan.spans_before, plan.spans_after):
        side.extend([] for _ in plan.activities)
    index_of, driven, clocks = plan.index_of, plan.driven, plan.clocks
    clock_at = _lag_clock_at(plan)
    by_project = plan.network.options.lag_calendar is LagCalendar.PROJECT
    common_clock: Clock = plan.project_clock if by_project else ROUND_THE_CLOCK
    for link in links:
        before, after = index_of[link.predecessor_id], index_of[link.successor_id]
        lag = link.lag
        clock = clocks[(before, after)[clock_at]] if clock_at is not None else common_clock
        if link.lag_kind is not LagKind.WORKING:
            if link.lag_kind is LagKind.ELAPSED:
                clock = ROUND_THE_CLOCK
            else:
                lag = round(plan.duration[before] * lag / 100)
        drives = driven[before] and driven[after]
        (plan.before if drives else plan.spans_before)[after].append(
            (before, link.type, lag, clock)
        )
        (plan.after if drives else plan.spans_after)[before].append((after, link.type, lag, clock))


def _lag_clock_at(plan: Plan) -> int | None:
    """Which end's calendar counts a lag: 0 the predecessor's, 1 the successor's, None neither's."""
    options = plan.network.options
    if options.rules is Rules.MSP or options.lag_calendar is LagCalendar.SUCCESSOR:
        return 1  # MS Project knows no other
    return 0 if options.lag_calendar is LagCalendar.PREDECESSOR else None
