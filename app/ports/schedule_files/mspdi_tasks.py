"""Task elements of MS Project XML as activities and links."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from app.core.schedule.network import (
    Activity,
    ActivityKind,
    Constraint,
    ConstraintKind,
    LagKind,
    Link,
    LinkType,
)
from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.imported import StoredDates
from app.ports.schedule_files.values import read_date, read_number, read_period, shown
from app.ports.schedule_files.xml_records import Element

CONSTRAINTS = {
    "0": ConstraintKind.AS_SOON_AS_POSSIBLE,
    "1": ConstraintKind.AS_LATE_AS_POSSIBLE,
    "2": ConstraintKind.MANDATORY_START,
    "3": ConstraintKind.MANDATORY_FINISH,
    "4": ConstraintKind.START_NO_EARLIER,
    "5": ConstraintKind.START_NO_LATER,
    "6": ConstraintKind.FINISH_NO_EARLIER,
    "7": ConstraintKind.FINISH_NO_LATER,
}
LINK_TYPES = {"0": LinkType.FF, "1": LinkType.FS, "2": LinkType.SF, "3": LinkType.SS}
# Duration and lag formats: em eh ed ew emo, and the same marked as estimated.
ELAPSED_FORMATS = frozenset({"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"})
PERCENT_FORMATS = frozenset({"19", "20", "51", "52"})
NO_UID = ("", "-1")
FIXED_DURATION = "1"


@dataclass(frozen=True, slots=True)
class MspdiTask:
    """A task with what is resolved once the whole file has been read."""

    uid: str
    level: int
    where: str
    activity: Activity
    calendar_uid: str
    by_resources: bool
    wbs: str
    links: tuple[Link, ...]
    stored: StoredDates


class MspdiTaskReader:
    """Turns Task elements into values and notes what is wrong with them."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def task(self, element: Element) -> MspdiTask | None:
        """A task; None for blank rows and (noted) for tasks without a key."""
        if element.get("IsNull") == "1":
            return None
        uid = element.get("UID")
        where = f"L{element.line} Task {shown(uid)}"
        if not uid:
            self._faults.add("missing_key", where, field="UID")
            return None
        level = read_number(element.get("OutlineLevel"), "OutlineLevel", where, self._faults)
        own_calendar = element.get("CalendarUID")
        fixed = element.get("Type") == FIXED_DURATION
        return MspdiTask(
            uid=uid,
            level=int(level or 0),
            where=where,
            activity=self._activity(element, uid, where),
            calendar_uid="" if own_calendar in NO_UID else own_calendar,
            by_resources=not fixed and own_calendar in NO_UID,
            wbs=element.get("WBS") or element.get("OutlineNumber"),
            links=tuple(self._links(element, uid, where)),
            stored=self._stored(element, where),
        )

    def _date(self, element: Element, tag: str, where: str) -> datetime | None:
        return read_date(element.get(tag), tag, where, self._faults)

    def _activity(self, element: Element, uid: str, where: str) -> Activity:
        duration = self._duration(element, "Duration", where) or 0
        kind = ActivityKind.TASK
        if element.get("Summary") == "1":
            kind = ActivityKind.SUMMARY
        elif element.get("Milestone") == "1" and duration == 0:
            kind = ActivityKind.FINISH_MILESTONE
        percent = read_number(
            element.get("PercentComplete"), "PercentComplete", where, self._faults
        )
        return Activity(
            id=uid,
            name=element.get("Name"),
            kind=kind,
            duration=duration,
            remaining=self._duration(element, "RemainingDuration", where),
            primary=self._constraint(element, where),
            actual_start=self._date(element, "ActualStart", where),
            actual_finish=self._date(element, "ActualFinish", where),
            percent=min(100.0, max(0.0, percent or 0.0)),
            deadline=self._date(element, "Deadline", where),
            free_of_calendar=element.get("DurationFormat") in ELAPSED_FORMATS,
            pinned=self._pinned(element, kind, where),
        )

    def _duration(self, element: Element, tag: str, where: str) -> int | None:
        minutes = read_period(element.get(tag), tag, where, self._faults)
        if minutes is not None and minutes < 0:
            self._faults.add("negative_duration", where, field=tag)
            return 0
        return minutes

    def _constraint(self, element: Element, where: str) -> Constraint | None:
        code = element.get("ConstraintType") or "0"
        kind = CONSTRAINTS.get(code)
        if kind is None:
            self._faults.add("unknown_value", where, field="ConstraintType", value=shown(code))
            return None
        if kind is ConstraintKind.AS_SOON_AS_POSSIBLE:
            return None
        at = self._date(element, "ConstraintDate", where)
        if kind is not ConstraintKind.AS_LATE_AS_POSSIBLE and at is None:
            self._faults.add("constraint_without_date", where, kind=kind.value)
            return None
        return Constraint(kind, at)

    def _pinned(
        self, element: Element, kind: ActivityKind, where: str
    ) -> tuple[datetime, datetime] | None:
        """Manually scheduled tasks: their dates are what the planner typed in."""
        if element.get("Manual") != "1" or kind is ActivityKind.SUMMARY:
            return None
        start = self._date(element, "ManualStart", where) or self._date(element, "Start", where)
        finish = self._date(element, "ManualFinish", where) or self._date(element, "Finish", where)
        return (start, finish) if start is not None and finish is not None else None

    def _links(self, element: Element, uid: str, where: str) -> Iterator[Link]:
        for link in element.all("PredecessorLink"):
            if link.get("CrossProject") == "1":
                continue
            before = link.get("PredecessorUID")
            kind = LINK_TYPES.get(link.get("Type") or "1")
            if not before or kind is None:
                self._faults.add(
                    "unknown_value", where, field="PredecessorLink", value=shown(link.get("Type"))
                )
                continue
            lag = read_number(link.get("LinkLag"), "LinkLag", where, self._faults) or 0.0
            lag_format = link.get("LagFormat")
            if lag_format in PERCENT_FORMATS:
                yield Link(before, uid, kind, round(lag), LagKind.PERCENT)
                continue
            lag_kind = LagKind.ELAPSED if lag_format in ELAPSED_FORMATS else LagKind.WORKING
            yield Link(before, uid, kind, round(lag / 10), lag_kind)  # tenths of minutes

    def _stored(self, element: Element, where: str) -> StoredDates:
        total = read_number(element.get("TotalSlack"), "TotalSlack", where, self._faults)
        free = read_number(element.get("FreeSlack"), "FreeSlack", where, self._faults)
        critical = element.get("Critical")
        return StoredDates(
            early_start=self._date(element, "EarlyStart", where),
            early_finish=self._date(element, "EarlyFinish", where),
            late_start=self._date(element, "LateStart", where),
            late_finish=self._date(element, "LateFinish", where),
            total_float=None if total is None else round(total / 10),
            free_float=None if free is None else round(free / 10),
            critical=critical == "1" if critical else None,
        )
