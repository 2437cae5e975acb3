"""Links and limits of summaries: a gate before everything below, a close behind it.

A link to a summary binds each activity below it. Two extra points per summary say the same with as
many links as there are children, where binding every pair would need their product.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.core.schedule.network import (
    Activity,
    ActivityKind,
    Constraint,
    ConstraintKind,
    Link,
    LinkType,
    Network,
)

_GATE = "\x00gate"
_CLOSE = "\x00close"
_START_LIMITS = frozenset({ConstraintKind.START_NO_EARLIER, ConstraintKind.START_NO_LATER})
_FINISH_LIMITS = frozenset({ConstraintKind.FINISH_NO_EARLIER, ConstraintKind.FINISH_NO_LATER})


def with_gates(network: Network) -> Network:
    """The network with the links and limits of its summaries moved to gates and closes."""
    summaries = {a.id: a for a in network.activities if a.kind is ActivityKind.SUMMARY}
    if not summaries:
        return network
    children: dict[str, list[Activity]] = {}
    for activity in network.activities:
        if activity.parent_id in summaries:
            children.setdefault(activity.parent_id, []).append(activity)
    bound = {i for link in network.links for i in (link.predecessor_id, link.successor_id)}
    wanted = [s for s in summaries.values() if s.id in bound or s.primary or s.deadline]
    gated = _with_descendants(wanted, children)
    if not gated:
        return network
    points = [point for summary in gated.values() for point in _points(summary)]
    links = [_moved(link, gated) for link in network.links]
    links += [link for key in gated for link in _links_below(key, children.get(key, ()), gated)]
    return replace(network, activities=(*network.activities, *points), links=tuple(links))


def real_id(activity_id: str) -> str:
    """The summary's id of a gate or close; any other id as it is."""
    return activity_id.partition("\x00")[0]


def _with_descendants(
    wanted: list[Activity], children: Mapping[str, list[Activity]]
) -> dict[str, Activity]:
    gated: dict[str, Activity] = {}
    waiting = list(wanted)
    while waiting:
        summary = waiting.pop()
        if summary.id not in gated:
            gated[summary.id] = summary
            below = children.get(summary.id, ())
            waiting += [child for child in below if child.kind is ActivityKind.SUMMARY]
    return gated


def _points(summary: Activity) -> Iterable[Activity]:
    def limit(kinds: frozenset[ConstraintKind]) -> Constraint | None:
        return summary.primary if summary.primary and summary.primary.kind in kinds else None

    gate, close = summary.id + _GATE, summary.id + _CLOSE
    yield Activity(
        gate,
        summary.name,
        ActivityKind.START_MILESTONE,
        primary=limit(_START_LIMITS),
        free_of_calendar=True,
    )
    yield Activity(
        close,
        summary.name,
        ActivityKind.FINISH_MILESTONE,
        primary=limit(_FINISH_LIMITS),
        deadline=summary.deadline,
        free_of_calendar=True,
    )


def _moved(link: Link, gated: Mapping[str, Activity]) -> Link:
    before, after = link.predecessor_id, link.successor_id
    if before in gated:
        from_start = link.type in (LinkType.SS, LinkType.SF)
        before += _GATE if from_start else _CLOSE
    if after in gated:
        to_start = link.type in (LinkType.SS, LinkType.FS)
        after += _GATE if to_start else _CLOSE
    return replace(link, predecessor_id=before, successor_id=after)


def _links_below(
    summary_id: str, below: Iterable[Activity], gated: Mapping[str, Activity]
) -> Iterable[Link]:
    gate, close = summary_id + _GATE, summary_id + _CLOSE
    for child in below:
        if child.kind is ActivityKind.LEVEL_OF_EFFORT:
            continue
        nested = child.id in gated
        yield Link(gate, child.id + _GATE if nested else child.id)
        yield Link(child.id + _CLOSE if nested else child.id, close, LinkType.FF)
