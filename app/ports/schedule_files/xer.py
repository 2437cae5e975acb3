"""Reader of Primavera P6 XER files: one project with its network, tree and codes."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.core.errors import Reason
from app.core.schedule.checks import check_network
from app.core.schedule.network import Activity, ActivityKind, Link, Network
from app.core.schedule.work_calendar import WorkCalendar
from app.ports.schedule_files.faults import Faults, Limits
from app.ports.schedule_files.imported import (
    ActivityCode,
    ImportedSchedule,
    SourceFormat,
    WbsNode,
)
from app.ports.schedule_files.values import shown
from app.ports.schedule_files.xer_calendar import read_clndr_data
from app.ports.schedule_files.xer_rows import WANTED, XerRowReader, XerTask, schedule_options
from app.ports.schedule_files.xer_tables import Row, xer_records


def read_xer(path: Path, encoding: str, limits: Limits) -> ImportedSchedule:
    """The exported project of an XER file. Raises InputRejected with all findings."""
    faults = Faults()
    reading = _XerReading(limits, faults)
    for table, line, row in _decoded(xer_records(path, encoding, WANTED, limits, faults), faults):
        reading.take(table, line, row)
    schedule = reading.finish()
    faults.raise_if_any()
    return schedule


def _decoded(
    records: Iterator[tuple[str, int, Row]], faults: Faults
) -> Iterator[tuple[str, int, Row]]:
    try:
        yield from records
    except UnicodeError as error:
        raise faults.stop("wrong_encoding") from error


class _XerReading:
    """Collects the tables in whatever order they stand; keys are resolved at the end."""

    def __init__(self, limits: Limits, faults: Faults) -> None:
        self._limits = limits
        self._faults = faults
        self._rows = XerRowReader(faults, limits.text_chars)
        self._projects: dict[str, tuple[int, Row]] = {}
        self._options: dict[str, Row] = {}
        self._calendars: dict[str, tuple[int, Row]] = {}
        self._wbs: dict[str, tuple[str, WbsNode]] = {}
        self._tasks: dict[str, tuple[str, XerTask]] = {}
        self._links: list[tuple[int, Row]] = []
        self._code_types: dict[str, str] = {}
        self._code_values: dict[str, tuple[str, str]] = {}
        self._code_uses: list[tuple[str, str]] = []
        self._facts: list[Reason] = []

    def take(self, table: str, line: int, row: Row) -> None:
        """Notes one row."""
        where = f"L{line} {table}"
        match table:
            case "PROJECT":
                self._projects[self._key(row, "proj_id", where)] = (line, row)
            case "SCHEDOPTIONS":
                self._options[row.get("proj_id", "")] = row
            case "CALENDAR":
                self._take_calendar(line, row)
            case "PROJWBS":
                self._take_wbs(row, where)
            case "TASK":
                self._take_task(line, row)
            case "TASKPRED":
                self._links.append((line, row))
                self._bound(len(self._links), self._limits.links, "too_many_links", where)
            case _:
                self._take_code(table, row, where)

    def _bound(self, count: int, limit: int, name: str, where: str) -> None:
        if count > limit:
            raise self._faults.stop(name, where, limit=limit)

    def _key(self, row: Row, name: str, where: str) -> str:
        key = row.get(name, "").strip()
        if not key:
            self._faults.add("missing_key", where, field=name)
        return key

    def _take_calendar(self, line: int, row: Row) -> None:
        where = f"L{line} CALENDAR"
        key = self._key(row, "clndr_id", where)
        if key in self._calendars:
            self._faults.add("duplicate_key", where, field="clndr_id", value=shown(key))
        self._calendars[key] = (line, row)
        self._bound(len(self._calendars), self._limits.calendars, "too_many_calendars", where)

    def _take_wbs(self, row: Row, where: str) -> None:
        key = self._key(row, "wbs_id", where)
        if key in self._wbs:
            self._faults.add("duplicate_key", where, field="wbs_id", value=shown(key))
        node = WbsNode(
            id=key,
            parent_id=row.get("parent_wbs_id", "").strip() or None,
            code=self._rows.text(row, "wbs_short_name", where),
            name=self._rows.text(row, "wbs_name", where),
        )
        self._wbs[key] = (row.get("proj_id", ""), node)
        self._bound(len(self._wbs), self._limits.activities, "too_many_activities", where)

    def _take_task(self, line: int, row: Row) -> None:
        task = self._rows.task(row, line)
        if task is None:
            return
        if task.task_id in self._tasks:
            self._faults.add(
                "duplicate_key", task.where, field="task_id", value=shown(task.task_id)
            )
        self._tasks[task.task_id] = (row.get("proj_id", ""), task)
        self._bound(len(self._tasks), self._limits.activities, "too_many_activities", task.where)

    def _take_code(self, table: str, row: Row, where: str) -> None:
        if table == "ACTVTYPE":
            self._code_types[row.get("actv_code_type_id", "")] = self._rows.text(
                row, "actv_code_type", where
            )
        elif table == "ACTVCODE":
            value = self._rows.text(row, "actv_code_name", where)
            short = self._rows.text(row, "short_name", where)
            self._code_values[row.get("actv_code_id", "")] = (
                row.get("actv_code_type_id", ""),
                value or short,
            )
        elif table == "TASKACTV":
            self._code_uses.append((row.get("task_id", ""), row.get("actv_code_id", "")))
            self._bound(len(self._code_uses), self._limits.records, "too_many_records", where)

    def finish(self) -> ImportedSchedule:
        """The schedule of the exported project, all keys resolved and checked."""
        project_id = self._project_id()
        line, project = self._projects[project_id]
        where = f"L{line} PROJECT"
        tasks = self._tasks_of(project_id)
        codes = {task.task_id: task.activity.id for task in tasks}
        network = self._network(project_id, project, where, tasks, codes)
        if not self._faults:
            self._faults.extend(check_network(network))
        wbs = tuple(node for owner, node in self._wbs.values() if owner in ("", project_id))
        return ImportedSchedule(
            name=self._rows.text(project, "proj_short_name", where),
            source=SourceFormat.XER,
            network=network,
            wbs=wbs,
            wbs_of={task.activity.id: task.wbs_id for task in tasks},
            codes=self._codes(codes),
            stored={task.activity.id: task.stored for task in tasks},
            facts=tuple(self._facts),
        )

    def _project_id(self) -> str:
        exported = [
            key for key, (_, row) in self._projects.items() if row.get("export_flag", "Y") != "N"
        ]
        with_tasks = {owner for owner, _ in self._tasks.values()}
        chosen = [key for key in exported if key in with_tasks] or exported
        if not chosen:
            raise self._faults.stop("no_project")
        if len(chosen) > 1:
            names = [self._projects[key][1].get("proj_short_name", key) for key in chosen]
            raise self._faults.stop(
                "several_projects", names=shown(", ".join(names)), count=len(chosen)
            )
        return chosen[0]

    def _tasks_of(self, project_id: str) -> list[XerTask]:
        tasks = [task for owner, task in self._tasks.values() if owner in ("", project_id)]
        if not tasks:
            raise self._faults.stop("no_activities")
        seen: dict[str, str] = {}
        for task in tasks:
            code = task.activity.id
            if code in seen:
                self._faults.add("duplicate_code", task.where, code=shown(code), first=seen[code])
            seen.setdefault(code, task.where)
            if task.wbs_id and self._wbs and task.wbs_id not in self._wbs:
                self._faults.add("unknown_wbs", task.where, wbs=shown(task.wbs_id))
        return tasks

    def _network(
        self, project_id: str, project: Row, where: str, tasks: list[XerTask], codes: dict[str, str]
    ) -> Network:
        calendars = self._used_calendars(project, tasks)
        data_date = self._rows.date(project, "last_recalc_date", where)
        start = self._rows.date(project, "plan_start_date", where) or data_date
        if start is None:
            raise self._faults.stop("no_start_date", where)
        threshold = self._rows.hours(project, "critical_drtn_hr_cnt", where) or 0
        options = schedule_options(
            self._options.get(project_id, {}),
            threshold,
            project.get("critical_path_type") == "CT_DrivPath",
        )
        return Network(
            activities=self._under_summaries(tasks),
            links=tuple(self._resolved_links(codes, project_id)),
            calendars=calendars,
            project_start=start,
            data_date=data_date or start,
            must_finish_by=self._rows.date(project, "plan_end_date", where),
            default_calendar_id=self._default_calendar(project, calendars),
            options=options,
        )

    def _default_calendar(self, project: Row, calendars: dict[str, WorkCalendar]) -> str:
        key = project.get("clndr_id", "")
        return key if key in calendars else ""

    def _used_calendars(self, project: Row, tasks: list[XerTask]) -> dict[str, WorkCalendar]:
        built: dict[str, WorkCalendar] = {}
        for task in tasks:
            key = task.activity.calendar_id
            if key and key not in self._calendars:
                self._faults.add("unknown_calendar", task.where, calendar=shown(key))
        used = {task.activity.calendar_id for task in tasks} | {project.get("clndr_id", "")}
        for key in sorted(used & self._calendars.keys()):
            self._build_calendar(key, built, frozenset())
        return {key: calendar for key, calendar in built.items() if key in used}

    def _build_calendar(
        self, key: str, built: dict[str, WorkCalendar], above: frozenset[str]
    ) -> WorkCalendar | None:
        if key in built:
            return built[key]
        line, row = self._calendars[key]
        where = f"L{line} CALENDAR"
        name = self._rows.text(row, "clndr_name", where)
        base_key = row.get("base_clndr_id", "").strip()
        base = None
        if base_key in self._calendars and base_key not in above and len(above) < 8:
            base = self._build_calendar(base_key, built, above | {key})
        calendar = read_clndr_data(row.get("clndr_data", ""), key, name, base, where, self._faults)
        if calendar is not None:
            built[key] = calendar
        return calendar

    def _resolved_links(self, codes: dict[str, str], project_id: str) -> Iterator[Link]:
        external = 0
        for line, row in self._links:
            owners = {row.get("proj_id", ""), row.get("pred_proj_id", "")} - {"", project_id}
            if owners:
                external += project_id in (row.get("proj_id"), row.get("pred_proj_id"))
                continue
            link = self._rows.link(row, line, codes)
            if link is not None:
                yield link
        if external:
            self._facts.append(Reason("schedule_files.external_links", {"count": external}))

    def _under_summaries(self, tasks: list[XerTask]) -> tuple[Activity, ...]:
        """Activities, with the WBS summary activity that spans them as parent."""
        summary_of = {
            task.wbs_id: task.activity.id
            for task in tasks
            if task.activity.kind is ActivityKind.SUMMARY
        }
        if not summary_of:
            return tuple(task.activity for task in tasks)
        return tuple(
            replace(task.activity, parent_id=self._summary_above(task, summary_of))
            for task in tasks
        )

    def _summary_above(self, task: XerTask, summary_of: dict[str, str]) -> str | None:
        at: str | None = task.wbs_id
        for _ in range(100):
            if at is None or at not in self._wbs:
                return None
            if summary_of.get(at, task.activity.id) != task.activity.id:
                return summary_of[at]
            at = self._wbs[at][1].parent_id
        return None

    def _codes(self, codes: dict[str, str]) -> dict[str, tuple[ActivityCode, ...]]:
        found: dict[str, list[ActivityCode]] = {}
        for task_id, value_id in self._code_uses:
            if task_id in codes and value_id in self._code_values:
                type_id, value = self._code_values[value_id]
                found.setdefault(codes[task_id], []).append(
                    ActivityCode(self._code_types.get(type_id, ""), value)
                )
        return {key: tuple(values) for key, values in found.items()}
