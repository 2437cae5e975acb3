"""The longest path: what drives the latest early finish, walked back through driving ties."""

from collections.abc import Sequence

from app.core.schedule.p6_forward import earliest_by_tie
from app.core.schedule.plan import FINISHED, Plan


def on_longest_path(plan: Plan, order: Sequence[int]) -> set[int]:
    """Unfinished activities from which the project's last finish is driven without a gap.

    A tie drives when the start that it allows is the early start that the successor has.
    Rule: Oracle, "P6 Professional Help: Longest path".
    """
    unfinished = [index for index in order if plan.state[index] != FINISHED]
    last = max((plan.early_finish[index] for index in unfinished), default=None)
    path = {index for index in unfinished if plan.early_finish[index] == last}
    waiting = list(path)
    while waiting:
        index = waiting.pop()
        for tie in plan.before[index]:
            before = tie[0]
            if before in path or plan.state[before] == FINISHED:
                continue
            allowed = earliest_by_tie(plan, index, tie)
            if plan.clocks[index].work_between(allowed, plan.early_start[index]) <= 0:
                path.add(before)
                waiting.append(before)
    return path
