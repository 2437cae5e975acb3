"""Reader of MS Project XML (MSPDI) files: the network with its outline."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.core.errors import Reason
from app.core.schedule.checks import check_network
from app.core.schedule.network import (
    Activity,
    ActivityKind,
    FloatKind,
    LagCalendar,
    Link,
    Network,
    Rules,
    ScheduleOptions,
)
from app.core.schedule.work_calendar import WorkCalendar, standard_calendar
from app.ports.schedule_files.faults import Faults, Limits
from app.ports.schedule_files.imported import ImportedSchedule, SourceFormat, WbsNode
from app.ports.schedule_files.mspdi_calendar import MspdiCalendars
from app.ports.schedule_files.mspdi_crews import MspdiCrews
from app.ports.schedule_files.mspdi_tasks import NO_UID, MspdiTask, MspdiTaskReader
from app.ports.schedule_files.values import read_date, read_number, shown
from app.ports.schedule_files.xml_records import Element, xml_records

_CONTAINERS = frozenset({"Calendars", "Tasks", "Resources", "Assignments"})
_SKIPPED = frozenset(
    {
        "Baseline",
        "ExtendedAttribute",
        "OutlineCode",
        "TimephasedData",
        "Notes",
        "Rates",
        "AvailabilityPeriods",
        "Hyperlink",
        "HyperlinkAddress",
        "HyperlinkSubAddress",
    }
)


def read_mspdi(path: Path, encoding: str, limits: Limits) -> ImportedSchedule:
    """The project of an MS Project XML file. Raises InputRejected with all findings."""
    faults = Faults()
    reading = _MspdiReading(limits, faults)
    for container, element in xml_records(path, encoding, _CONTAINERS, _SKIPPED, limits, faults):
        reading.take(container, element)
    schedule = reading.finish()
    faults.raise_if_any()
    return schedule


class _MspdiReading:
    """Collects records in file order; references are resolved at the end."""

    def __init__(self, limits: Limits, faults: Faults) -> None:
        self._limits = limits
        self._faults = faults
        self._project: dict[str, str] = {}
        self._calendars = MspdiCalendars(faults, limits)
        self._task_reader = MspdiTaskReader(faults)
        self._tasks: dict[str, MspdiTask] = {}
        self._left_out: set[str] = set()
        self._link_count = 0
        self._crews = MspdiCrews(self._calendars, faults)
        self._facts: list[Reason] = []

    def take(self, container: str, element: Element) -> None:
        """Notes one record."""
        match container:
            case "":
                self._project.setdefault(element.tag, element.text.strip())
            case "Calendars":
                self._calendars.take(element)
            case "Tasks":
                self._take_task(element)
            case "Resources":
                self._crews.take_resource(element)
            case "Assignments":
                self._crews.take_assignment(element)

    def _take_task(self, element: Element) -> None:
        if element.get("Active") == "0" or element.get("ExternalTask") == "1":
            self._left_out.add(element.get("UID"))
            return
        task = self._task_reader.task(element)
        if task is None:
            return
        if task.uid in self._tasks:
            self._faults.add("duplicate_key", task.where, field="Task UID", value=shown(task.uid))
        self._tasks[task.uid] = task
        if len(self._tasks) > self._limits.activities:
            raise self._faults.stop(
                "too_many_activities", task.where, limit=self._limits.activities
            )
        self._link_count += len(task.links)
        if self._link_count > self._limits.links:
            raise self._faults.stop("too_many_links", task.where, limit=self._limits.links)

    def finish(self) -> ImportedSchedule:
        """The schedule with all references resolved and checked."""
        if not self._project and not self._tasks:
            raise self._faults.stop("not_mspdi")
        if not self._tasks:
            raise self._faults.stop("no_activities")
        network = self._network()
        if not self._faults:
            self._faults.extend(check_network(network))
        summaries = [a for a in network.activities if a.kind is ActivityKind.SUMMARY]
        return ImportedSchedule(
            name=self._project.get("Title") or self._project.get("Name", ""),
            source=SourceFormat.MSPDI,
            network=network,
            wbs=tuple(WbsNode(a.id, a.parent_id, self._tasks[a.id].wbs, a.name) for a in summaries),
            wbs_of={
                a.id: a.parent_id
                for a in network.activities
                if a.parent_id is not None and a.kind is not ActivityKind.SUMMARY
            },
            stored={task.uid: task.stored for task in self._tasks.values()},
            facts=tuple(self._facts),
        )

    def _network(self) -> Network:
        start = read_date(self._project.get("StartDate", ""), "StartDate", "Project", self._faults)
        if start is None:
            raise self._faults.stop("no_start_date", "Project")
        status = read_date(
            self._project.get("StatusDate", ""), "StatusDate", "Project", self._faults
        )
        if self._project.get("ScheduleFromStart") == "0":
            self._facts.append(Reason("schedule_files.scheduled_from_finish"))
        default = self._default_calendar()
        calendars = {default.id: default}
        activities = tuple(self._activities(default, calendars))
        return Network(
            activities=activities,
            links=tuple(self._links()),
            calendars=calendars,
            project_start=start,
            data_date=status,
            default_calendar_id=default.id,
            options=self._options(),
        )

    def _options(self) -> ScheduleOptions:
        limit = read_number(
            self._project.get("CriticalSlackLimit", ""),
            "CriticalSlackLimit",
            "Project",
            self._faults,
        )
        per_day = read_number(
            self._project.get("MinutesPerDay", ""), "MinutesPerDay", "Project", self._faults
        )
        return ScheduleOptions(
            rules=Rules.MSP,
            lag_calendar=LagCalendar.SUCCESSOR,
            float_kind=FloatKind.SMALLEST,
            critical_threshold=round((limit or 0) * (per_day or 480)),
            honour_constraints=self._project.get("HonorConstraints", "1") != "0",
        )

    def _default_calendar(self) -> WorkCalendar:
        uid = self._project.get("CalendarUID", "")
        found = self._calendars.calendar(uid)
        if found is None and uid not in NO_UID:
            self._faults.add("unknown_calendar", "Project", calendar=shown(uid))
        return found or standard_calendar("default", "Standard")

    def _activities(
        self, default: WorkCalendar, calendars: dict[str, WorkCalendar]
    ) -> Iterator[Activity]:
        above: list[tuple[int, str]] = []
        for task in self._tasks.values():
            while above and above[-1][0] >= task.level:
                above.pop()
            calendar, crew = self._crews.calendar_of(task, default)
            for used in (calendar, *(member for member, _ in crew)):
                calendars[used.id] = used
            yield replace(
                task.activity,
                calendar_id=calendar.id,
                parent_id=above[-1][1] if above else None,
                crew=tuple((member.id, minutes) for member, minutes in crew),
            )
            if task.activity.kind is ActivityKind.SUMMARY:
                above.append((task.level, task.uid))

    def _links(self) -> Iterator[Link]:
        left_out = 0
        for task in self._tasks.values():
            for link in task.links:
                if link.predecessor_id in self._tasks:
                    yield link
                elif link.predecessor_id in self._left_out:
                    left_out += 1
                else:
                    self._faults.add(
                        "dangling_link",
                        task.where,
                        predecessor=shown(link.predecessor_id),
                        successor=shown(link.successor_id),
                        missing=shown(link.predecessor_id),
                    )
        if left_out or self._left_out:
            self._facts.append(
                Reason(
                    "schedule_files.inactive_tasks",
                    {"count": len(self._left_out), "links": left_out},
                )
            )
