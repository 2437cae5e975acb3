"""The critical path method over a whole network: early and late dates, floats, project finish."""

from app.core.errors import InputRejected
from app.core.schedule import msp, p6_backward, p6_forward
from app.core.schedule.checks import check_network
from app.core.schedule.clock import datetime_of
from app.core.schedule.floats import free_float, is_critical, total_float
from app.core.schedule.gates import with_gates
from app.core.schedule.graph import topological_order
from app.core.schedule.network import ActivityDates, ActivityKind, Network, Rules, Schedule
from app.core.schedule.plan import Plan, plan_of
from app.core.schedule.spans import date_levels_of_effort, roll_up, shown_finish


def compute(network: Network) -> Schedule:
    """Dates of every activity by the rules that the network's options name.

    Only inputs are read: durations, links, calendars, constraints, actual dates, data date. Raises
    InputRejected with all findings when the network cannot be computed (cycle, unknown id, ...).
    """
    findings = check_network(network)
    if findings:
        raise InputRejected(findings)
    plan = plan_of(with_gates(network))
    order = [
        index
        for index in topological_order([[tie[0] for tie in ties] for ties in plan.after])
        if plan.driven[index]
    ]
    if network.options.rules is Rules.MSP:
        _run_msp(plan, order)
    else:
        _run_p6(plan, order)
    date_levels_of_effort(plan)
    roll_up(plan)
    return _schedule_of(plan, len(network.activities))


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


def _schedule_of(plan: Plan, count: int) -> Schedule:
    dates: dict[str, ActivityDates] = {}
    critical_below: set[str] = set()
    floats = [total_float(plan, index) for index in range(count)]
    for index in range(count):
        critical = plan.driven[index] and is_critical(plan, index, floats[index])
        parent_id = plan.activities[index].parent_id
        while critical and parent_id is not None and parent_id not in critical_below:
            critical_below.add(parent_id)
            parent_id = plan.activities[plan.index_of[parent_id]].parent_id
    for index in range(count):
        activity = plan.activities[index]
        if activity.kind is ActivityKind.SUMMARY:
            critical = activity.id in critical_below
        else:
            critical = is_critical(plan, index, floats[index])
        dates[activity.id] = ActivityDates(
            early_start=datetime_of(plan.early_start[index]),
            early_finish=datetime_of(plan.early_finish[index]),
            late_start=datetime_of(plan.late_start[index]),
            late_finish=datetime_of(plan.late_finish[index]),
            total_float=floats[index],
            free_float=free_float(plan, index, floats[index]),
            critical=critical,
        )
    return Schedule(dates, datetime_of(plan.finish), datetime_of(plan.data_date))
