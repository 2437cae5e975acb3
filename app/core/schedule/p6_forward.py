"""Early dates by Primavera P6's rules: remaining work goes on from the data date, logic is retained.

Rules: Oracle, "P6 Professional Help: Scheduling projects, Constraints, Relationships", and measured
against schedules stored by P6.
"""

from app.core.schedule.clock import minute_of
from app.core.schedule.network import ActivityKind, ConstraintKind, LinkType, ProgressMode
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, Plan, Tie


def forward_pass(plan: Plan, order: list[int]) -> None:
    """Fills the early dates of the activities in `order` (predecessors first)."""
    for index in order:
        if plan.state[index] == NOT_STARTED:
            _date_not_started(plan, index)
        else:
            _date_started(plan, index)


def add_lag(plan: Plan, instant: int, tie: Tie) -> int:
    """`instant` moved by the tie's lag; a lead never goes back before the data date."""
    lag = tie[2]
    if lag == 0:
        return instant
    moved = tie[3].finish_after(instant, lag)
    return max(moved, plan.data_date) if lag < 0 else moved


def _bound(plan: Plan, index: int, tie: Tie) -> int:
    """The earliest start of `index` that one predecessor tie allows."""
    match tie[1]:
        case LinkType.FS:
            return _after_finish(plan, index, tie)
        case LinkType.SS:
            return _after_start(plan, index, tie)
        case LinkType.FF:
            return _finish_after_finish(plan, index, tie)
        case LinkType.SF:
            return _finish_after_start(plan, index, tie)


def _after_finish(plan: Plan, index: int, tie: Tie) -> int:
    before, _, lag, clock = tie
    finish = plan.early_finish[before]
    if plan.state[before] != FINISHED:
        return add_lag(plan, finish, tie)
    if lag <= 0 or plan.state[index] != NOT_STARTED:
        return finish
    # Of a lag behind finished work, the part up to the data date has gone by.
    gone = max(0, clock.work_between(plan.actual_finish[before], plan.data_date))
    return clock.finish_after(finish, lag - gone) if lag > gone else finish


def _after_start(plan: Plan, index: int, tie: Tie) -> int:
    before, _, lag, clock = tie
    start = plan.early_start[before]
    if plan.state[before] == NOT_STARTED:
        if lag == 0:
            return clock.next_start(start)
        return add_lag(plan, start, tie)
    if plan.state[index] == FINISHED:
        return start
    if plan.state[before] == FINISHED:
        if lag <= 0 and plan.state[index] == IN_PROGRESS:
            return start
        moved = clock.finish_after(plan.actual_start[before], lag)
        return max(moved, start)
    left = lag - plan.worked[before]
    if lag <= 0 or left <= 0 or plan.worked[before] == 0:
        return start
    return clock.finish_after(start, left)


def _finish_after_finish(plan: Plan, index: int, tie: Tie) -> int:
    before = tie[0]
    if plan.state[before] == FINISHED:
        if plan.state[index] == FINISHED:
            return plan.early_finish[before]
        finish = add_lag(plan, plan.actual_finish[before], tie)
    else:
        finish = add_lag(plan, plan.early_finish[before], tie)
    return plan.clocks[index].start_before(finish, plan.remaining[index])


def _finish_after_start(plan: Plan, index: int, tie: Tie) -> int:
    before, _, lag, clock = tie
    start = plan.early_start[before]
    if plan.state[index] == FINISHED:
        return start
    if plan.state[before] != NOT_STARTED:
        gone = max(0, clock.work_between(plan.actual_start[before], plan.data_date))
        finish = clock.finish_after(start, max(0, lag - gone))
    else:
        finish = add_lag(plan, start, tie)
    return plan.clocks[index].start_before(finish, plan.remaining[index])


def _by_logic(plan: Plan, index: int) -> int:
    """The earliest start by data date and predecessors, not yet moved to working time."""
    floor = max(plan.start, plan.data_date)
    ties = plan.before[index]
    overriding = plan.network.options.progress is ProgressMode.OVERRIDE
    if overriding and plan.state[index] != NOT_STARTED:
        return floor
    return max((_bound(plan, index, tie) for tie in ties), default=floor)


def _date_started(plan: Plan, index: int) -> None:
    start = max(_by_logic(plan, index), plan.data_date)
    activity = plan.activities[index]
    clock = plan.clocks[index]
    if plan.state[index] == FINISHED:
        plan.early_start[index] = plan.early_finish[index] = start
        return
    if activity.resumed is not None:
        start = max(start, minute_of(activity.resumed))
    start = clock.next_start(start)
    _use_expected_finish(plan, index, start)
    plan.early_start[index] = start
    plan.early_finish[index] = clock.finish_after(start, plan.remaining[index])


def _use_expected_finish(plan: Plan, index: int, start: int) -> None:
    """The remaining duration that an expected finish leaves (P6 option 'Use expected finish dates')."""
    expected = plan.activities[index].expected_finish
    if expected is None or not plan.network.options.use_expected_finish:
        return
    left = plan.clocks[index].work_between(start, minute_of(expected))
    plan.remaining[index] = max(0, left)


def _date_not_started(plan: Plan, index: int) -> None:
    clock = plan.clocks[index]
    work = plan.remaining[index]
    start, finish = _by_logic(plan, index), None
    for kind, at in plan.limits[index]:
        start, finish = _apply_limit(plan, index, kind, at, start, finish)
    if plan.activities[index].kind is not ActivityKind.FINISH_MILESTONE:
        start = clock.next_start(start)
    if plan.activities[index].expected_finish is not None:
        _use_expected_finish(plan, index, start)
        work, finish = plan.remaining[index], None
    plan.early_start[index] = start
    plan.early_finish[index] = clock.finish_after(start, work) if finish is None else finish


def _apply_limit(
    plan: Plan, index: int, kind: ConstraintKind, at: int, start: int, finish: int | None
) -> tuple[int, int | None]:
    """Start and (where the constraint itself sets it) finish under one constraint."""
    clock, work = plan.clocks[index], plan.remaining[index]
    match kind:
        case ConstraintKind.START_NO_EARLIER | ConstraintKind.START_ON:
            return (at, None) if at > start else (start, finish)
        case ConstraintKind.FINISH_NO_EARLIER:
            earliest = clock.start_before(at, work)
            return (earliest, None) if earliest > start else (start, finish)
        case ConstraintKind.FINISH_ON:
            earliest = clock.start_before(at, work)
            return (earliest, at) if earliest > start else (start, finish)
        case ConstraintKind.MANDATORY_START:
            return at, None
        case ConstraintKind.MANDATORY_FINISH:
            return clock.start_before(at, work), at
        case _:
            return start, finish

