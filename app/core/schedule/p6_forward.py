"""Early dates by Primavera P6's rules: remaining work goes on from the data date.

Rules: Oracle, "P6 Professional Help: Scheduling projects, Constraints, Relationships", and measured
against schedules stored by P6.
"""

from app.core.schedule.clock import minute_of
from app.core.schedule.network import ActivityKind, ConstraintKind, LinkType, ProgressMode
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, Plan, Tie

# Looked up once: this is the innermost loop.
_FS, _SS, _FF = LinkType.FS, LinkType.SS, LinkType.FF


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


def earliest_by_tie(plan: Plan, index: int, tie: Tie) -> int:
    """The earliest start of `index` that one predecessor tie allows."""
    kind = tie[1]
    if kind is _FS:
        return _after_finish(plan, index, tie)
    if kind is _SS:
        return _after_start(plan, index, tie)
    if kind is _FF:
        return _finish_after_finish(plan, index, tie)
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
    if not ties or (plan.state[index] != NOT_STARTED and _overrides(plan)):
        return floor
    return max(floor, max([earliest_by_tie(plan, index, tie) for tie in ties]))


def _overrides(plan: Plan) -> bool:
    return plan.network.options.progress is ProgressMode.OVERRIDE


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
    if plan.activities[index].expected_finish is not None:
        _use_expected_finish(plan, index, start)
    plan.early_start[index] = start
    plan.early_finish[index] = clock.finish_after(start, plan.remaining[index])


def _use_expected_finish(plan: Plan, index: int, start: int) -> None:
    """The remaining duration that an expected finish leaves, unless it lies before the start."""
    expected = plan.activities[index].expected_finish
    if expected is None or not plan.network.options.use_expected_finish:
        return
    left = plan.clocks[index].work_between(start, minute_of(expected))
    if left > 0:
        plan.remaining[index] = left


def _date_not_started(plan: Plan, index: int) -> None:
    clock = plan.clocks[index]
    start = _by_logic(plan, index)
    for kind, at in plan.limits[index]:
        start = _apply_limit(plan, index, kind, at, start)
    # A finish milestone may stand at the end of a shift, all else starts with work.
    at_finish = plan.activities[index].kind is ActivityKind.FINISH_MILESTONE
    if not (at_finish and clock.previous_finish(start) == start):
        start = clock.next_start(start)
    if plan.activities[index].expected_finish is not None:
        _use_expected_finish(plan, index, start)
    plan.early_start[index] = start
    plan.early_finish[index] = clock.finish_after(start, plan.remaining[index])


def _apply_limit(plan: Plan, index: int, kind: ConstraintKind, at: int, start: int) -> int:
    """The earliest start under one constraint."""
    match kind:
        case ConstraintKind.START_NO_EARLIER | ConstraintKind.START_ON:
            return max(start, at)
        case ConstraintKind.FINISH_NO_EARLIER | ConstraintKind.FINISH_ON:
            return max(start, plan.clocks[index].start_before(at, plan.remaining[index]))
        case ConstraintKind.MANDATORY_START:
            return at
        case ConstraintKind.MANDATORY_FINISH:
            return plan.clocks[index].start_before(at, plan.remaining[index])
        case _:
            return start
