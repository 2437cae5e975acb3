"""Everything that keeps a network from being computed, found at once."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from app.core.errors import Finding, Reason
from app.core.schedule.clock import EARLIEST, LATEST, minute_of
from app.core.schedule.gates import real_id, with_gates
from app.core.schedule.graph import find_cycle
from app.core.schedule.network import UNDATED_CONSTRAINTS, Activity, ActivityKind, Network
from app.core.schedule.work_calendar import shifts_are_sound

# Cost rows of real files carry absurd durations; the horizon of the calendars refuses those that
# act on dates.
MAX_DURATION = 10**10
_SHOWN_IN_CYCLE = 60


def check_network(network: Network) -> tuple[Finding, ...]:
    """All findings; empty when the network can be computed. `where` is the id concerned."""
    return check_parts(network) or check_cycles(network)


def check_parts(network: Network) -> tuple[Finding, ...]:
    """All findings but cycles, which only a network without these can be searched for."""
    findings = list(_identity_findings(network))
    for activity in network.activities:
        findings += _activity_findings(activity, network)
    findings += _calendar_findings(network)
    known = {activity.id for activity in network.activities}
    for link in network.links:
        for activity_id in (link.predecessor_id, link.successor_id):
            if activity_id not in known:
                findings.append(
                    _finding(
                        "dangling_link",
                        "",
                        predecessor=link.predecessor_id,
                        successor=link.successor_id,
                        missing=activity_id,
                    )
                )
        if abs(link.lag) > MAX_DURATION:
            findings.append(_finding("bad_lag", link.successor_id, lag=link.lag))
    if not findings:
        findings += _hierarchy_findings(network)
    return tuple(findings)


def _finding(name: str, where: str, **parameters: str | int | float) -> Finding:
    return Finding(Reason(f"schedule_files.{name}", parameters), where)


def _identity_findings(network: Network) -> Iterable[Finding]:
    for activity_id, count in Counter(a.id for a in network.activities).items():
        if count > 1:
            yield _finding("duplicate_activity", activity_id, id=activity_id, count=count)
    for instant in (network.project_start, network.data_date, network.must_finish_by):
        if instant is not None and not EARLIEST <= minute_of(instant) <= LATEST:
            yield _finding("date_out_of_range", "", value=instant.isoformat())


def _activity_findings(activity: Activity, network: Network) -> Iterable[Finding]:
    for key in (activity.calendar_id, *(key for key, _ in activity.crew)):
        if key and key not in network.calendars:
            yield _finding("unknown_calendar", activity.id, calendar=key)
    for minutes in (activity.duration, activity.remaining, *(m for _, m in activity.crew)):
        if minutes is not None and not 0 <= minutes <= MAX_DURATION:
            yield _finding("bad_duration", activity.id, value=minutes)
    for constraint in (activity.primary, activity.secondary):
        if constraint and constraint.at is None and constraint.kind not in UNDATED_CONSTRAINTS:
            yield _finding("constraint_without_date", activity.id, kind=constraint.kind.value)
    for instant in _instants(activity):
        if not EARLIEST <= minute_of(instant) <= LATEST:
            yield _finding("date_out_of_range", activity.id, value=instant.isoformat())
    if (
        activity.actual_start is not None
        and activity.actual_finish is not None
        and activity.actual_finish < activity.actual_start
    ):
        yield _finding("finish_before_start", activity.id)


def _instants(activity: Activity) -> list[datetime]:
    dates = [
        activity.primary and activity.primary.at,
        activity.secondary and activity.secondary.at,
        activity.actual_start,
        activity.actual_finish,
        activity.expected_finish,
        activity.deadline,
        activity.suspended,
        activity.resumed,
        *(activity.pinned or ()),
    ]
    return [instant for instant in dates if instant is not None]


def _calendar_findings(network: Network) -> Iterable[Finding]:
    used = {a.calendar_id for a in network.activities} | {network.default_calendar_id}
    used |= {key for activity in network.activities for key, _ in activity.crew}
    for key in sorted(used & network.calendars.keys()):
        calendar = network.calendars[key]
        sound = len(calendar.week) == 7 and all(map(shifts_are_sound, calendar.week))
        if not sound or not all(shifts_are_sound(shifts) for _, shifts in calendar.exceptions):
            yield _finding("bad_shifts", key, calendar=calendar.name)
        elif not calendar.has_work():
            yield _finding("calendar_without_work", key, calendar=calendar.name)


def _hierarchy_findings(network: Network) -> Iterable[Finding]:
    parent_of = {activity.id: activity.parent_id for activity in network.activities}
    summaries = {a.id for a in network.activities if a.kind is ActivityKind.SUMMARY}
    safe: set[str] = set()
    for activity_id, parent_id in parent_of.items():
        if parent_id is not None and parent_id not in summaries:
            yield _finding("unknown_parent", activity_id, parent=parent_id)
            continue
        path: dict[str, None] = {}
        at: str | None = activity_id
        while at is not None and at not in safe and at not in path:
            path[at] = None
            at = parent_of.get(at)
        if at is not None and at in path:
            yield _finding("parent_cycle", activity_id)
        safe.update(path)


def check_cycles(network: Network) -> tuple[Finding, ...]:
    """The finding that names one whole cycle of links between activities that drive each other."""
    gated = with_gates(network)
    spanning = {a.id for a in gated.activities if a.kind is ActivityKind.LEVEL_OF_EFFORT}
    driving = (
        link
        for link in gated.links
        if link.predecessor_id not in spanning and link.successor_id not in spanning
    )
    cycle = find_cycle(driving)
    if not cycle:
        return ()
    names = list(dict.fromkeys(real_id(activity_id) for activity_id in cycle))
    shown = names[:_SHOWN_IN_CYCLE]
    path = " → ".join([*shown, "…"] if len(shown) < len(names) else [*shown, shown[0]])
    return (_finding("cycle", names[0], path=path, count=len(names)),)
