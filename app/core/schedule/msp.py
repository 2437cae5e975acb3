"""Both passes by MS Project's rules: work under way keeps its actual start, no data date binds.

Rules: Microsoft, "How Project schedules tasks" and "Constraint types", and measured against
schedules stored by MS Project.
"""

from app.core.schedule.clock import minute_of
from app.core.schedule.network import ConstraintKind, LinkType
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, Plan, Tie


def forward_pass(plan: Plan, order: list[int], *, late: bool = False) -> None:
    """Fills early dates. `late`: predecessors as late as possible act by their late dates."""
    for index in order:
        pinned = plan.activities[index].pinned
        if pinned is not None:
            plan.early_start[index], plan.early_finish[index] = map(minute_of, pinned)
        elif plan.state[index] == NOT_STARTED:
            _date_not_started(plan, index, late)
        else:
            _date_started(plan, index)


def _date_started(plan: Plan, index: int) -> None:
    start = plan.actual_start[index]
    plan.early_start[index] = start
    if plan.state[index] == FINISHED:
        plan.early_finish[index] = plan.actual_finish[index]
        return
    clock = plan.clocks[index]
    finish = clock.finish_after(start, plan.duration[index])
    resumed = plan.activities[index].resumed
    if resumed is not None:
        finish = max(finish, clock.finish_after(minute_of(resumed), plan.remaining[index]))
    for kind, at in plan.limits[index]:
        if kind is ConstraintKind.FINISH_NO_EARLIER:
            finish = max(finish, at)
    plan.early_finish[index] = finish


def _date_not_started(plan: Plan, index: int, late: bool) -> None:
    clock, work = plan.clocks[index], plan.duration[index]
    ties = plan.before[index]
    start = max((_bound(plan, index, tie, late) for tie in ties), default=plan.start)
    start = _next_start(plan, index, start)
    finish: int | None = None
    for kind, at in plan.limits[index]:
        start, finish = _apply_limit(plan, index, kind, at, start)
    if finish is None:
        start = _next_start(plan, index, start)
        finish = _finish_at_tie(plan, index, clock.finish_after(start, work))
    plan.early_start[index], plan.early_finish[index] = start, finish


def _finish_at_tie(plan: Plan, index: int, finish: int) -> int:
    """A finish driven by a start stands at that start, not at the end of work before it."""
    for tie in plan.before[index]:
        if tie[1] is LinkType.SF:
            driven = _lagged(plan.early_start[tie[0]], tie, tie[2])
            if driven > finish and plan.clocks[index].previous_finish(driven) == finish:
                return driven
    return finish


def _next_start(plan: Plan, index: int, instant: int) -> int:
    clock = plan.clocks[index]
    if plan.duration[index] == 0 and clock.previous_finish(instant) == instant:
        return instant  # a milestone may stand at the end of a shift
    return clock.next_start(instant)


def _apply_limit(
    plan: Plan, index: int, kind: ConstraintKind, at: int, start: int
) -> tuple[int, int | None]:
    clock, work = plan.clocks[index], plan.duration[index]
    free = plan.network.options.honour_constraints or not plan.before[index]
    match kind:
        case ConstraintKind.START_NO_EARLIER:
            return max(start, at), None
        case ConstraintKind.FINISH_NO_EARLIER:
            return max(start, clock.start_before(at, work)), None
        case ConstraintKind.START_NO_LATER if free:
            return min(start, at), None
        case ConstraintKind.FINISH_NO_LATER if free:
            return min(start, clock.start_before(at, work)), None
        case ConstraintKind.MANDATORY_START | ConstraintKind.START_ON:
            return (at if free else max(start, at)), None
        case ConstraintKind.MANDATORY_FINISH | ConstraintKind.FINISH_ON:
            wanted = clock.start_before(at, work)
            return (wanted, at) if free or wanted >= start else (start, None)
        case _:
            return start, None


def _lagged(instant: int, tie: Tie, lag: int) -> int:
    return instant if lag == 0 else tie[3].finish_after(instant, lag)


def _bound(plan: Plan, index: int, tie: Tie, late: bool) -> int:
    """The earliest start that one predecessor tie allows."""
    before, kind, lag, _ = tie
    is_late = late and plan.alap[before]
    start = (plan.late_start if is_late else plan.early_start)[before]
    finish = (plan.late_finish if is_late else plan.early_finish)[before]
    if kind is LinkType.FS:
        return _lagged(finish, tie, lag)
    if kind is LinkType.SS:
        return _lagged(start, tie, lag)
    clock = plan.clocks[index]
    end = finish if kind is LinkType.FF else start
    bound = _lagged(clock.start_before(end, plan.remaining[index]), tie, lag)
    return max(bound, plan.start)


def backward_pass(plan: Plan, order: list[int]) -> None:
    """Fills late dates; activities that began show their actual start, as MS Project does."""
    computed = list(plan.late_start)
    for index in reversed(order):
        if plan.state[index] == FINISHED:
            plan.late_start[index] = computed[index] = plan.actual_start[index]
            plan.late_finish[index] = plan.actual_finish[index]
            continue
        clock = plan.clocks[index]
        finish = _latest_finish(plan, index, computed)
        start = clock.start_before(finish, plan.remaining[index])
        computed[index] = start
        begun = plan.state[index] == IN_PROGRESS
        plan.late_start[index] = plan.actual_start[index] if begun else start
        plan.late_finish[index] = finish


def _latest_finish(plan: Plan, index: int, computed: list[int]) -> int:
    clock, work = plan.clocks[index], plan.duration[index]
    ties = [tie for tie in plan.after[index] if plan.state[tie[0]] != FINISHED]
    finish = min((_late_bound(plan, index, tie, computed) for tie in ties), default=plan.finish)
    finish = min(finish, plan.finish)
    for kind, at in plan.limits[index]:
        match kind:
            case ConstraintKind.MANDATORY_START | ConstraintKind.START_ON:
                finish = clock.finish_after(at, work)
            case ConstraintKind.MANDATORY_FINISH | ConstraintKind.FINISH_ON:
                finish = at
            case ConstraintKind.START_NO_LATER:
                finish = min(finish, clock.finish_after(at, work))
            case ConstraintKind.FINISH_NO_LATER:
                finish = min(finish, at)
            case _:
                pass
    deadline = plan.activities[index].deadline
    if deadline is not None:
        finish = min(finish, minute_of(deadline))
    pinned = plan.activities[index].pinned is not None
    at_begin = plan.duration[index] == 0 and clock.next_start(finish) == finish
    return finish if pinned or at_begin else clock.previous_finish(finish)


def _late_bound(plan: Plan, index: int, tie: Tie, computed: list[int]) -> int:
    """The latest finish that one successor tie allows."""
    after, kind, lag, _ = tie
    clock = plan.clocks[index]
    if kind is LinkType.FS:
        return _lagged(computed[after], tie, -lag)
    if kind is LinkType.FF:
        return _lagged(plan.late_finish[after], tie, -lag)
    if plan.activities[index].pinned is not None:
        return plan.finish  # nothing that drives only its start binds a task set by hand
    if kind is LinkType.SF:
        finish = clock.finish_after(plan.late_finish[after], plan.duration[index])
        return _lagged(finish, tie, -lag)
    if plan.state[index] != NOT_STARTED or plan.state[after] != NOT_STARTED:
        return plan.finish
    start = _lagged(clock.next_start(plan.late_start[after]), tie, -lag)
    return clock.finish_after(start, plan.duration[index])
