"""By whose calendar a task of an MS Project file is worked: its own, or that of its resources."""

from app.core.schedule.network import ActivityKind
from app.core.schedule.work_calendar import WorkCalendar
from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.mspdi_calendar import MspdiCalendars
from app.ports.schedule_files.mspdi_tasks import MspdiTask
from app.ports.schedule_files.values import read_number, read_period, shown
from app.ports.schedule_files.xml_records import Element

_WORK_RESOURCE = "1"
_FLAT_CONTOUR = ("", "0")

Crew = tuple[tuple[WorkCalendar, int], ...]


class MspdiCrews:
    """Collects resources and assignments; answers which calendars date a task."""

    def __init__(self, calendars: MspdiCalendars, faults: Faults) -> None:
        self._calendars = calendars
        self._faults = faults
        self._calendar_uid_of: dict[str, str] = {}
        self._shares_of: dict[str, list[tuple[str, int | None]]] = {}

    def take_resource(self, element: Element) -> None:
        """Notes a resource when it is one that works (not material or cost)."""
        if element.get("Type") == _WORK_RESOURCE:
            self._calendar_uid_of[element.get("UID")] = element.get("CalendarUID")

    def take_assignment(self, element: Element) -> None:
        """Notes who works on a task, and for how many minutes."""
        where = f"L{element.line} Assignment"
        work = read_period(element.get("Work"), "Work", where, self._faults)
        units = read_number(element.get("Units"), "Units", where, self._faults)
        minutes: int | None = None
        # A contour spreads the work unevenly: then only the task's duration tells the span.
        if work is not None and work > 0 and units and element.get("WorkContour") in _FLAT_CONTOUR:
            minutes = min(round(work / max(units, 1e-4)), 10**9)
        shares = self._shares_of.setdefault(element.get("TaskUID"), [])
        shares.append((element.get("ResourceUID"), minutes))

    def calendar_of(self, task: MspdiTask, default: WorkCalendar) -> tuple[WorkCalendar, Crew]:
        """The calendar of a task, and the crew where its resources keep different calendars."""
        if task.calendar_uid:
            own = self._calendars.calendar(task.calendar_uid)
            if own is None:
                self._faults.add("unknown_calendar", task.where, calendar=shown(task.calendar_uid))
            return own or default, ()
        if not task.by_resources or task.activity.kind is ActivityKind.SUMMARY:
            return default, ()
        crew: list[tuple[WorkCalendar, int]] = []
        for resource_uid, minutes in self._shares_of.get(task.uid, ()):
            calendar = self._calendars.calendar(self._calendar_uid_of.get(resource_uid, ""))
            if calendar is not None:
                crew.append((calendar, task.activity.duration if minutes is None else minutes))
        kinds = {(calendar.week, calendar.exceptions) for calendar, _ in crew}
        if len(kinds) > 1 and task.activity.duration > 0:
            return default, tuple(crew)
        return (crew[0][0] if crew else default), ()
