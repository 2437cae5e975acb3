"""The critical path method over a whole network: early and late dates, floats, project finish."""

from app.core.errors import InputRejected
from app.core.schedule import msp, p6_backward, p6_forward
from app.core.schedule.checks import check_cycles, check_parts
from app.core.schedule.clock import datetime_of, datetimes_of
from app.core.schedule.floats import free_floats, is_critical, total_floats
from app.core.schedule.gates import with_gates
from app.core.schedule.graph import topological_order
from app.core.schedule.longest_path import on_longest_path
from app.core.schedule.network import ActivityDates, ActivityKind, Network, Rules, Schedule
from app.core.schedule.plan import Plan, plan_of
from app.core.schedule.spans import date_levels_of_effort, roll_up, shown_finish


def compute(network: Network) -> Schedule:
    """Dates of every activity by the rules that the network's options name.

    Only inputs are read: durations, links, calendars, constraints, actual dates, data date. Raises
    InputRejected with all findings when the network cannot be computed (cycle, unknown id, ...).
    """
    findings = check_parts(network)
    if findings:
        raise InputRejected(findings)
    plan = plan_of(with_gates(network))
    ordered = topological_order([[tie[0] for tie in ties] for ties in plan.after])
    if len(ordered) < len(plan.activities):
        raise InputRejected(check_cycles(network))
    order = [index for index in ordered if plan.driven[index]]
    if network.options.rules is Rules.MSP:
        _run_msp(plan, order)
    else:
        _run_p6(plan, order)
    date_levels_of_effort(plan)
    roll_up(plan)
    return _schedule_of(plan, order, len(network.activities))


def _run_p6(plan: Plan, order: list[int]) -> None:
    p6_forward.forward_pass(plan, order)
    plan.finish = max((shown_finish(plan, index) for index in order), default=plan.data_date)
    p6_backward.backward_pass(plan, order)


def _run_msp(plan: Plan, order: list[int]) -> None:
    msp.forward_pass(plan, order)
    plan.finish = max((plan.early_finish[index] for index in order), default=plan.start)
    msp.backward_pass(plan, order)
    if any(plan.alap):
        msp.forward_pass(plan, order, late=True)


def _schedule_of(plan: Plan, order: list[int], count: int) -> Schedule:
    totals = total_floats(plan)
    frees = free_floats(plan, totals)
    critical = _critical(plan, order, totals)[:count]
    _mark_summaries(plan, critical)
    columns = zip(
        datetimes_of(plan.early_start[:count]),
        datetimes_of(plan.early_finish[:count]),
        datetimes_of(plan.late_start[:count]),
        datetimes_of(plan.late_finish[:count]),
        totals[:count],
        frees[:count],
        critical,
        strict=True,
    )
    dates = {
        activity.id: ActivityDates(*row)
        for activity, row in zip(plan.activities[:count], columns, strict=True)
    }
    return Schedule(dates, datetime_of(plan.finish), datetime_of(plan.data_date))


def _critical(plan: Plan, order: list[int], totals: list[int]) -> list[bool]:
    if plan.network.options.critical_by_longest_path:
        path = on_longest_path(plan, order)
        return [index in path for index in range(len(totals))]
    return [is_critical(plan, index, total) for index, total in enumerate(totals)]


def _mark_summaries(plan: Plan, critical: list[bool]) -> None:
    """A summary is critical when something below it is."""
    marked: set[int] = set()
    for index in range(len(critical)):
        activity = plan.activities[index]
        if activity.kind is ActivityKind.SUMMARY:
            critical[index] = index in marked
            continue
        parent_id = activity.parent_id if critical[index] else None
        while parent_id is not None and plan.index_of[parent_id] not in marked:
            marked.add(plan.index_of[parent_id])
            parent_id = plan.activities[plan.index_of[parent_id]].parent_id
    for index in marked:
        critical[index] = True
