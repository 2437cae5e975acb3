"""Dates of what spans others: levels of effort over their links, summaries over children."""

from app.core.schedule.network import ActivityKind, LinkType
from app.core.schedule.plan import FINISHED, NOT_STARTED, Plan, Tie

Ends = tuple[list[int], list[int]]


def date_levels_of_effort(plan: Plan) -> None:
    """A level of effort runs from the earliest start to the latest finish that its links name."""
    for index, activity in enumerate(plan.activities):
        if activity.kind is ActivityKind.LEVEL_OF_EFFORT:
            _date_level_of_effort(plan, index)


def _date_level_of_effort(plan: Plan, index: int) -> None:
    clock = plan.clocks[index]
    starts, finishes = _named_ends(plan, index, plan.early_start, plan.early_finish)
    start = max(min(starts, default=plan.data_date), plan.data_date)
    finish = max(max((clock.previous_finish(f) for f in finishes), default=start), start)
    plan.early_start[index], plan.early_finish[index] = clock.next_start(start), finish
    starts, finishes = _named_ends(plan, index, plan.late_start, plan.late_finish)
    finish = max((clock.previous_finish(f) for f in finishes), default=plan.finish)
    start = min(min(starts, default=finish), finish)
    plan.late_start[index], plan.late_finish[index] = clock.next_start(start), finish


def _named_ends(plan: Plan, index: int, starts: list[int], finishes: list[int]) -> Ends:
    """The instants that ties name for the start and for the finish of a level of effort."""
    for_start: list[int] = []
    for_finish: list[int] = []
    for tie in plan.spans_before[index]:
        from_start = tie[1] in (LinkType.SS, LinkType.SF)
        end = _end_of(plan, tie[0], from_start, starts, finishes)
        to_start = tie[1] in (LinkType.SS, LinkType.FS)
        (for_start if to_start else for_finish).append(_lagged(end, tie, tie[2]))
    for tie in plan.spans_after[index]:
        to_start = tie[1] in (LinkType.SS, LinkType.FS)
        end = _end_of(plan, tie[0], to_start, starts, finishes)
        from_start = tie[1] in (LinkType.SS, LinkType.SF)
        (for_start if from_start else for_finish).append(_lagged(end, tie, -tie[2]))
    return for_start, for_finish


def _lagged(instant: int, tie: Tie, lag: int) -> int:
    return instant if lag == 0 else tie[3].finish_after(instant, lag)


def _end_of(plan: Plan, index: int, at_start: bool, starts: list[int], finishes: list[int]) -> int:
    if at_start:
        begun = plan.state[index] != NOT_STARTED
        return plan.actual_start[index] if begun else starts[index]
    return plan.actual_finish[index] if plan.state[index] == FINISHED else finishes[index]


def roll_up(plan: Plan) -> None:
    """A summary spans the dates of everything below it; an empty one stands at the data date."""
    children: dict[int, list[int]] = {}
    for index, activity in enumerate(plan.activities):
        if activity.parent_id is not None:
            children.setdefault(plan.index_of[activity.parent_id], []).append(index)
    for index in _deepest_first(plan, children):
        below = children.get(index, [])
        if not below:
            continue
        plan.early_start[index] = min(_shown_start(plan, child) for child in below)
        plan.early_finish[index] = max(shown_finish(plan, child) for child in below)
        plan.late_start[index] = min(plan.late_start[child] for child in below)
        plan.late_finish[index] = max(plan.late_finish[child] for child in below)


def _shown_start(plan: Plan, index: int) -> int:
    return plan.actual_start[index] if plan.state[index] == FINISHED else plan.early_start[index]


def shown_finish(plan: Plan, index: int) -> int:
    """The actual finish of finished work, else the early finish."""
    return plan.actual_finish[index] if plan.state[index] == FINISHED else plan.early_finish[index]


def _deepest_first(plan: Plan, children: dict[int, list[int]]) -> list[int]:
    summaries = [
        index
        for index, activity in enumerate(plan.activities)
        if activity.kind is ActivityKind.SUMMARY
    ]
    walk = [index for index in summaries if plan.activities[index].parent_id is None]
    for index in walk:  # grows while it is walked: parents come before their children
        walk.extend(
            child
            for child in children.get(index, ())
            if plan.activities[child].kind is ActivityKind.SUMMARY
        )
    return walk[::-1]
