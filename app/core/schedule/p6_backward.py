"""Late dates by Primavera P6's rules, and the 'as late as possible' move into free float."""

from app.core.schedule.clock import minute_of
from app.core.schedule.network import ActivityKind, ConstraintKind, LinkType
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, Plan, Tie

# Looked up once: this is the innermost loop.
_FS, _SS, _FF = LinkType.FS, LinkType.SS, LinkType.FF


def backward_pass(plan: Plan, order: list[int]) -> None:
    """Fills the late dates of the activities in `order` (walked backwards); needs early dates."""
    for index in reversed(order):
        finish = _by_logic(plan, index)
        clock = plan.clocks[index]
        if plan.state[index] != FINISHED:
            for kind, at in plan.limits[index]:
                finish = _apply_limit(plan, index, kind, at, finish)
            # A start milestone may stand at the begin of a shift, all else ends with work.
            at_start = plan.activities[index].kind is ActivityKind.START_MILESTONE
            if not (at_start and clock.next_start(finish) == finish):
                finish = clock.previous_finish(finish)
        start = clock.start_before(finish, plan.remaining[index])
        start = _latest_start(plan, index, start)
        plan.late_start[index], plan.late_finish[index] = start, finish
        if plan.alap[index] and plan.state[index] != FINISHED:
            _move_late(plan, index)


def _by_logic(plan: Plan, index: int) -> int:
    """The latest finish by project end and successors."""
    ties = plan.after[index]
    if not ties:
        must = plan.network.must_finish_by
        return plan.finish if must is None else minute_of(must)
    latest = min([_bound(plan, index, tie) for tie in ties])
    if latest > plan.finish:
        return plan.clocks[index].previous_finish(plan.finish)
    return latest


def _latest_start(plan: Plan, index: int, start: int) -> int:
    """`start`, or the end of work before it where a start-to-start tie falls into time off."""
    if plan.state[index] != NOT_STARTED:
        return start
    for tie in plan.after[index]:
        if tie[1] is _SS:
            allowed = take_lag(plan.late_start[tie[0]], tie, tie[2])
            if allowed < start:
                start = plan.clocks[index].previous_finish(allowed)
    return start


def take_lag(instant: int, tie: Tie, lag: int) -> int:
    """`instant` moved back by `lag` minutes of the tie's calendar."""
    return instant if lag == 0 else tie[3].start_before(instant, lag)


def _bound(plan: Plan, index: int, tie: Tie) -> int:
    """The latest finish of `index` that one successor tie allows."""
    kind = tie[1]
    if kind is _FS:
        return _before_start(plan, index, tie)
    if kind is _SS:
        return _start_before_start(plan, index, tie)
    if kind is _FF:
        return _before_finish(plan, index, tie)
    finish = plan.clocks[index].finish_after(plan.late_finish[tie[0]], plan.remaining[index])
    return take_lag(finish, tie, tie[2])


def _lag_left(plan: Plan, since: int, tie: Tie) -> int:
    """What is left of a positive lag that began to run at `since`."""
    if tie[2] <= 0:
        return 0
    return max(0, tie[2] - max(0, tie[3].work_between(since, plan.data_date)))


def _before_start(plan: Plan, index: int, tie: Tie) -> int:
    after, _, lag, _ = tie
    late = plan.late_start[after]
    if plan.state[index] == FINISHED:
        if plan.state[after] == IN_PROGRESS:
            return late
        return take_lag(late, tie, _lag_left(plan, plan.actual_finish[index], tie))
    if plan.state[after] == FINISHED:
        return late
    if plan.state[after] == IN_PROGRESS and plan.state[index] == IN_PROGRESS and plan.worked[after]:
        return late
    return take_lag(late, tie, lag)


def _start_before_start(plan: Plan, index: int, tie: Tie) -> int:
    after, _, lag, _ = tie
    late = plan.late_start[after]
    clock, work = plan.clocks[index], plan.remaining[index]
    if plan.state[index] == NOT_STARTED:
        start = take_lag(late, tie, lag)
        if plan.state[after] == NOT_STARTED:
            start = clock.next_start(start)
        return clock.finish_after(start, work)
    if plan.state[index] == FINISHED:
        gone_lag = _lag_left(plan, plan.actual_start[index], tie)
        return take_lag(late, tie, 0 if plan.state[after] == IN_PROGRESS else gone_lag)
    left = max(0, lag - plan.worked[index]) if plan.state[after] != FINISHED else 0
    return clock.finish_after(take_lag(late, tie, left), work)


def _before_finish(plan: Plan, index: int, tie: Tie) -> int:
    after, _, lag, _ = tie
    late = plan.late_finish[after]
    if plan.state[index] != FINISHED:
        return take_lag(late, tie, lag)
    if plan.state[after] == IN_PROGRESS:
        return late
    return take_lag(late, tie, _lag_left(plan, plan.actual_finish[index], tie))


def _apply_limit(plan: Plan, index: int, kind: ConstraintKind, at: int, finish: int) -> int:
    """The latest finish under one constraint."""
    clock, work = plan.clocks[index], plan.remaining[index]
    not_started = plan.state[index] == NOT_STARTED
    match kind:
        case ConstraintKind.MANDATORY_START if not_started:
            return clock.finish_after(at, work)
        case ConstraintKind.START_ON if not_started:
            return min(finish, clock.finish_after(at, work))
        case ConstraintKind.START_NO_LATER:
            return min(finish, clock.finish_after(at, work))
        case ConstraintKind.MANDATORY_FINISH:
            return at
        case ConstraintKind.FINISH_ON | ConstraintKind.FINISH_NO_LATER:
            return min(finish, at)
        case _:
            return finish


def _move_late(plan: Plan, index: int) -> None:
    """Moves early dates as late as no successor's early dates feel it."""
    clock, work = plan.clocks[index], plan.remaining[index]
    ties = [tie for tie in plan.after[index] if tie[1] is not LinkType.SF]
    if plan.after[index]:
        if not ties:
            return
        start = min(_latest_unfelt(plan, index, tie) for tie in ties)
        finish_milestone = plan.activities[index].kind is ActivityKind.FINISH_MILESTONE
        start = clock.previous_finish(start) if finish_milestone else clock.next_start(start)
        plan.early_start[index] = start
        plan.early_finish[index] = clock.finish_after(start, work)
    else:
        plan.early_finish[index] = plan.finish
        plan.early_start[index] = clock.start_before(plan.finish, work)


def _latest_unfelt(plan: Plan, index: int, tie: Tie) -> int:
    after, kind, lag, _ = tie
    clock, work = plan.clocks[index], plan.remaining[index]
    if kind is LinkType.SS:
        return take_lag(plan.early_start[after], tie, lag)
    if kind is LinkType.FF:
        return clock.start_before(take_lag(plan.early_finish[after], tie, lag), work)
    return take_lag(clock.start_before(plan.early_start[after], work), tie, lag)
