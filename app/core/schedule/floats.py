"""Total float, free float and which activities are critical."""

from app.core.schedule.network import ActivityKind, FloatKind, LinkType, Rules
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, Plan, Tie


def total_float(plan: Plan, index: int) -> int:
    """Working minutes that an activity can slip before the project finish or a constraint suffers."""
    if plan.state[index] == FINISHED:
        return 0
    clock = plan.clocks[index]
    by_start = clock.work_between(plan.early_start[index], plan.late_start[index])
    by_finish = clock.work_between(plan.early_finish[index], plan.late_finish[index])
    match plan.network.options.float_kind:
        case FloatKind.START:
            return by_start
        case FloatKind.FINISH:
            return by_finish
    return by_finish if plan.state[index] == IN_PROGRESS else min(by_start, by_finish)


def free_float(plan: Plan, index: int, total: int) -> int:
    """Working minutes that an activity can slip before a successor's early dates move."""
    if plan.state[index] == FINISHED:
        return 0
    if plan.network.options.rules is Rules.MSP:
        gaps = [_gap(plan, index, tie) for tie in plan.after[index] if _open(plan, tie)]
        return max(0, min(gaps, default=total))
    activity = plan.activities[index]
    if activity.expected_finish is not None or not plan.driven[index]:
        return 0
    gaps = [_gap(plan, index, tie) for tie in plan.after[index]]
    if gaps:
        return min(gaps)
    return plan.clocks[index].work_between(plan.early_finish[index], plan.finish)


def _open(plan: Plan, tie: Tie) -> bool:
    return plan.state[tie[0]] != FINISHED


def _gap(plan: Plan, index: int, tie: Tie) -> int:
    """Working minutes between what the tie demands of the successor and where the successor is."""
    after, kind, lag, clock = tie
    from_start = kind in (LinkType.SS, LinkType.SF)
    if from_start and plan.state[index] != NOT_STARTED:
        return 0
    begin = plan.early_start[index] if from_start else plan.early_finish[index]
    to_start = kind in (LinkType.FS, LinkType.SS)
    end = plan.early_start[after] if to_start else plan.early_finish[after]
    if clock is plan.clocks[index]:
        return clock.work_between(begin, end) - lag
    return plan.clocks[index].work_between(clock.finish_after(begin, lag), end)


def is_critical(plan: Plan, index: int, total: int) -> bool:
    """Whether the float is at or under the threshold. Finished work is not critical."""
    if plan.state[index] == FINISHED:
        return False
    options = plan.network.options
    spans_others = plan.activities[index].kind is ActivityKind.LEVEL_OF_EFFORT
    if options.open_ends_critical and not plan.after[index] and not spans_others:
        return True
    return total <= options.critical_threshold
