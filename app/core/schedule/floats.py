"""Total float, free float and which activities are critical, for a whole plan at once."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.core.schedule.network import ActivityKind, FloatKind, LinkType, Rules
from app.core.schedule.plan import FINISHED, IN_PROGRESS, NOT_STARTED, Plan, Tie

Minutes = NDArray[np.int64]

# Looked up once: this is the innermost loop.
_FS, _SS, _SF = LinkType.FS, LinkType.SS, LinkType.SF


def _work_between(plan: Plan, rows: Minutes, begins: Sequence[int], ends: Sequence[int]) -> Minutes:
    """Working minutes from each begin to its end, by the clock of the activity in its row."""
    numbers = {id(clock): number for number, clock in enumerate(plan.clocks)}
    number_of = np.array([numbers[id(clock)] for clock in plan.clocks], dtype=np.int64)[rows]
    begin, end = np.array(begins, dtype=np.int64), np.array(ends, dtype=np.int64)
    work = np.zeros(len(rows), dtype=np.int64)
    for number in np.unique(number_of).tolist():
        its = number_of == number
        work[its] = plan.clocks[number].works_between(begin[its], end[its])
    return work


def _all_rows(plan: Plan) -> Minutes:
    return np.arange(len(plan.clocks), dtype=np.int64)


def total_floats(plan: Plan) -> list[int]:
    """Working minutes that each activity can slip before project finish or a limit suffers."""
    by_start = _work_between(plan, _all_rows(plan), plan.early_start, plan.late_start)
    by_finish = _work_between(plan, _all_rows(plan), plan.early_finish, plan.late_finish)
    state = np.array(plan.state)
    match plan.network.options.float_kind:
        case FloatKind.START:
            floats = by_start
        case FloatKind.FINISH:
            floats = by_finish
        case FloatKind.SMALLEST:
            floats = np.where(state == IN_PROGRESS, by_finish, np.minimum(by_start, by_finish))
    listed: list[int] = np.where(state == FINISHED, 0, floats).tolist()
    return listed


def free_floats(plan: Plan, totals: Sequence[int]) -> list[int]:
    """Working minutes that each activity can slip before a successor's early dates move."""
    by_msp = plan.network.options.rules is Rules.MSP
    least = _least_gaps(plan, open_only=by_msp)
    open_end = list(totals) if by_msp else _until_project_finish(plan)
    return [_free_float(plan, index, least[index], open_end[index]) for index in range(len(totals))]


def _free_float(plan: Plan, index: int, gap: int | None, open_end: int) -> int:
    if plan.state[index] == FINISHED:
        return 0
    if plan.network.options.rules is Rules.MSP:
        return max(0, open_end if gap is None else gap)
    if plan.activities[index].expected_finish is not None or not plan.driven[index]:
        return 0
    return open_end if gap is None else gap


def _until_project_finish(plan: Plan) -> list[int]:
    ends = [plan.finish] * len(plan.clocks)
    work: list[int] = _work_between(plan, _all_rows(plan), plan.early_finish, ends).tolist()
    return work


def _least_gaps(plan: Plan, *, open_only: bool) -> list[int | None]:
    """The smallest gap to a successor, by activity; None without one."""
    rows: list[int] = []
    begins: list[int] = []
    ends: list[int] = []
    lags: list[int] = []
    for index, ties in enumerate(plan.after):
        for tie in ties:
            if open_only and plan.state[tie[0]] == FINISHED:
                continue
            begin, end, lag = _gap_ends(plan, index, tie)
            rows.append(index)
            begins.append(begin)
            ends.append(end)
            lags.append(lag)
    work = _work_between(plan, np.array(rows, dtype=np.int64), begins, ends).tolist()
    least: list[int | None] = [None] * len(plan.clocks)
    for row, minutes, lag in zip(rows, work, lags, strict=True):
        known = least[row]
        least[row] = minutes - lag if known is None else min(known, minutes - lag)
    return least


def _gap_ends(plan: Plan, index: int, tie: Tie) -> tuple[int, int, int]:
    """What the tie demands of the successor, where the successor is, and the lag between."""
    after, kind, lag, clock = tie
    from_start = kind is _SS or kind is _SF
    if from_start and plan.state[index] != NOT_STARTED:
        return 0, 0, 0
    begin = plan.early_start[index] if from_start else plan.early_finish[index]
    end = plan.early_start[after] if kind is _FS or kind is _SS else plan.early_finish[after]
    if lag == 0 or clock is plan.clocks[index]:
        return begin, end, lag
    return clock.finish_after(begin, lag), end, 0


def is_critical(plan: Plan, index: int, total: int) -> bool:
    """Whether the float is at or under the threshold. Finished work is not critical."""
    if plan.state[index] == FINISHED:
        return False
    options = plan.network.options
    spans_others = plan.activities[index].kind is ActivityKind.LEVEL_OF_EFFORT
    if options.open_ends_critical and not plan.after[index] and not spans_others:
        return True
    return total <= options.critical_threshold
