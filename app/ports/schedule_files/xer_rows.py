"""Rows of XER tables as typed values; faults of single fields are noted where they stand."""

from dataclasses import dataclass
from datetime import datetime

from app.core.schedule.network import (
    Activity,
    ActivityKind,
    Constraint,
    ConstraintKind,
    FloatKind,
    LagCalendar,
    Link,
    LinkType,
    ProgressMode,
    Rules,
    ScheduleOptions,
)
from app.ports.schedule_files.faults import Faults
from app.ports.schedule_files.imported import StoredDates
from app.ports.schedule_files.values import read_date, read_hours, read_number, shown
from app.ports.schedule_files.xer_tables import Row


def _fields(names: str) -> frozenset[str]:
    return frozenset(names.split())


WANTED = {
    "PROJECT": _fields(
        "proj_id proj_short_name export_flag clndr_id last_recalc_date "
        "plan_start_date plan_end_date critical_drtn_hr_cnt critical_path_type"
    ),
    "SCHEDOPTIONS": _fields(
        "proj_id sched_retained_logic sched_progress_override sched_float_type "
        "sched_calendar_on_relationship_lag sched_use_expect_end_flag "
        "sched_open_critical_flag"
    ),
    "CALENDAR": _fields("clndr_id clndr_name base_clndr_id clndr_data"),
    "PROJWBS": _fields("wbs_id proj_id parent_wbs_id wbs_short_name wbs_name proj_node_flag"),
    "TASK": _fields(
        "task_id proj_id wbs_id clndr_id task_code task_name task_type status_code "
        "target_drtn_hr_cnt remain_drtn_hr_cnt phys_complete_pct complete_pct_type "
        "act_start_date act_end_date expect_end_date suspend_date resume_date "
        "cstr_type cstr_date cstr_type2 cstr_date2 driving_path_flag "
        "early_start_date early_end_date late_start_date late_end_date "
        "total_float_hr_cnt free_float_hr_cnt"
    ),
    "TASKPRED": _fields("task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt"),
    "ACTVTYPE": _fields("actv_code_type_id actv_code_type"),
    "ACTVCODE": _fields("actv_code_id actv_code_type_id short_name actv_code_name"),
    "TASKACTV": _fields("task_id actv_code_id proj_id"),
}

KINDS = {
    "TT_Task": ActivityKind.TASK,
    "TT_Rsrc": ActivityKind.TASK,
    "TT_Mile": ActivityKind.START_MILESTONE,
    "TT_FinMile": ActivityKind.FINISH_MILESTONE,
    "TT_LOE": ActivityKind.LEVEL_OF_EFFORT,
    "TT_WBS": ActivityKind.SUMMARY,
}
CONSTRAINTS = {
    "CS_ALAP": ConstraintKind.AS_LATE_AS_POSSIBLE,
    "CS_MSO": ConstraintKind.START_ON,
    "CS_MSOA": ConstraintKind.START_NO_EARLIER,
    "CS_MSOB": ConstraintKind.START_NO_LATER,
    "CS_MEO": ConstraintKind.FINISH_ON,
    "CS_MEOA": ConstraintKind.FINISH_NO_EARLIER,
    "CS_MEOB": ConstraintKind.FINISH_NO_LATER,
    "CS_MANDSTART": ConstraintKind.MANDATORY_START,
    "CS_MANDFIN": ConstraintKind.MANDATORY_FINISH,
}
LINK_TYPES = {
    "PR_FS": LinkType.FS,
    "PR_SS": LinkType.SS,
    "PR_FF": LinkType.FF,
    "PR_SF": LinkType.SF,
}
_FLOATS = {
    "FT_SF": FloatKind.START,
    "FT_SS": FloatKind.START,
    "FT_FF": FloatKind.FINISH,
    "FT_MIN": FloatKind.SMALLEST,
}
_LAG_CALENDARS = {
    "rcal_Predecessor": LagCalendar.PREDECESSOR,
    "rcal_Successor": LagCalendar.SUCCESSOR,
    "rcal_ProjDefault": LagCalendar.PROJECT,
    "rcal_24Hour": LagCalendar.ROUND_THE_CLOCK,
}


@dataclass(frozen=True, slots=True)
class XerTask:
    """An activity with the keys that other tables refer to it by."""

    task_id: str
    wbs_id: str
    where: str
    activity: Activity
    stored: StoredDates


class XerRowReader:
    """Turns rows into values and notes what is wrong with them."""

    def __init__(self, faults: Faults, text_chars: int) -> None:
        self._faults = faults
        self._text_chars = text_chars

    def text(self, row: Row, name: str, where: str) -> str:
        """A text field; a longer one than the limit is noted and cut."""
        value = row.get(name, "")
        if len(value) > self._text_chars:
            self._faults.add("text_too_long", where, field=name, limit=self._text_chars)
        return value[: self._text_chars]

    def date(self, row: Row, name: str, where: str) -> datetime | None:
        """A date field."""
        return read_date(row.get(name, ""), name, where, self._faults)

    def hours(self, row: Row, name: str, where: str) -> int | None:
        """Minutes of an hours field."""
        return read_hours(row.get(name, ""), name, where, self._faults)

    def task(self, row: Row, line: int) -> XerTask | None:
        """An activity; None when it lacks its keys."""
        task_id, code = row.get("task_id", "").strip(), self.text(row, "task_code", f"L{line}")
        where = f"L{line} {shown(code)}"
        if not task_id or not code:
            self._faults.add("missing_key", f"L{line} TASK", field="task_id, task_code")
            return None
        kind = KINDS.get(row.get("task_type", "") or "TT_Task")
        if kind is None:
            self._faults.add(
                "unknown_value", where, field="task_type", value=shown(row["task_type"])
            )
            return None
        duration = self.hours(row, "target_drtn_hr_cnt", where) or 0
        remaining = self.hours(row, "remain_drtn_hr_cnt", where)
        activity = Activity(
            id=code,
            name=self.text(row, "task_name", where),
            kind=kind,
            duration=self._sound(duration, "target_drtn_hr_cnt", where),
            calendar_id=row.get("clndr_id", "").strip(),
            remaining=None
            if remaining is None
            else self._sound(remaining, "remain_drtn_hr_cnt", where),
            primary=self._constraint(row, "cstr_type", "cstr_date", where),
            secondary=self._constraint(row, "cstr_type2", "cstr_date2", where),
            actual_start=self.date(row, "act_start_date", where),
            actual_finish=self.date(row, "act_end_date", where),
            percent=self._percent(row, duration, remaining, where),
            expected_finish=self.date(row, "expect_end_date", where),
            suspended=self.date(row, "suspend_date", where),
            resumed=self.date(row, "resume_date", where),
        )
        return XerTask(task_id, row.get("wbs_id", ""), where, activity, self._stored(row, where))

    def _sound(self, minutes: int, field: str, where: str) -> int:
        if minutes < 0:
            self._faults.add("negative_duration", where, field=field)
            return 0
        return minutes

    def _percent(self, row: Row, duration: int, remaining: int | None, where: str) -> float:
        if row.get("act_end_date", "").strip():
            return 100.0
        if row.get("complete_pct_type") == "CP_Phys":
            percent = read_number(
                row.get("phys_complete_pct", ""), "phys_complete_pct", where, self._faults
            )
            return min(100.0, max(0.0, percent or 0.0))
        if duration <= 0 or remaining is None:
            return 0.0
        return min(100.0, max(0.0, 100.0 * (duration - remaining) / duration))

    def _constraint(self, row: Row, kind: str, at: str, where: str) -> Constraint | None:
        code = row.get(kind, "").strip()
        if not code:
            return None
        known = CONSTRAINTS.get(code)
        if known is None:
            self._faults.add("unknown_value", where, field=kind, value=shown(code))
            return None
        instant = self.date(row, at, where)
        if known is not ConstraintKind.AS_LATE_AS_POSSIBLE and instant is None:
            self._faults.add("constraint_without_date", where, kind=code)
            return None
        return Constraint(known, instant)

    def _stored(self, row: Row, where: str) -> StoredDates:
        flag = row.get("driving_path_flag", "")
        return StoredDates(
            early_start=self.date(row, "early_start_date", where),
            early_finish=self.date(row, "early_end_date", where),
            late_start=self.date(row, "late_start_date", where),
            late_finish=self.date(row, "late_end_date", where),
            total_float=self.hours(row, "total_float_hr_cnt", where),
            free_float=self.hours(row, "free_float_hr_cnt", where),
            critical=flag == "Y" if flag else None,
        )

    def link(self, row: Row, line: int, codes: dict[str, str]) -> Link | None:
        """A link between known tasks; None (noted) when one end is missing."""
        where = f"L{line} TASKPRED"
        before, after = row.get("pred_task_id", "").strip(), row.get("task_id", "").strip()
        for end in (before, after):
            if end not in codes:
                self._faults.add(
                    "dangling_link",
                    where,
                    predecessor=shown(codes.get(before, before)),
                    successor=shown(codes.get(after, after)),
                    missing=shown(end),
                )
                return None
        kind = LINK_TYPES.get(row.get("pred_type", "") or "PR_FS")
        if kind is None:
            self._faults.add(
                "unknown_value", where, field="pred_type", value=shown(row["pred_type"])
            )
            return None
        return Link(codes[before], codes[after], kind, self.hours(row, "lag_hr_cnt", where) or 0)


def schedule_options(options: Row, critical_minutes: int, by_longest_path: bool) -> ScheduleOptions:
    """The options of a P6 project; P6's own defaults where the row is silent."""
    if options.get("sched_progress_override") == "Y":
        progress = ProgressMode.OVERRIDE
    elif options.get("sched_retained_logic", "Y") == "N":
        progress = ProgressMode.ACTUAL_DATES
    else:
        progress = ProgressMode.RETAINED_LOGIC
    return ScheduleOptions(
        rules=Rules.P6,
        lag_calendar=_LAG_CALENDARS.get(
            options.get("sched_calendar_on_relationship_lag", ""), LagCalendar.PREDECESSOR
        ),
        progress=progress,
        float_kind=_FLOATS.get(options.get("sched_float_type", "").upper(), FloatKind.FINISH),
        critical_threshold=critical_minutes,
        critical_by_longest_path=by_longest_path,
        use_expected_finish=options.get("sched_use_expect_end_flag", "Y") != "N",
        open_ends_critical=options.get("sched_open_critical_flag") == "Y",
    )
