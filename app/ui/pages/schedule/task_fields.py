"""The fields of a task's form, and what a filled form changes."""

from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, Final

from app.core.errors import Finding, InputRejected, Reason, Refused
from app.core.schedule.network import UNDATED_CONSTRAINTS, ActivityKind, ConstraintKind
from app.services.schedule.views import TaskView
from app.ui.kit.form_fields import FieldSpec
from app.ui.kit.text import tr
from app.ui.pages.schedule.cell_edits import (
    DERIVED,
    MILESTONES,
    Edit,
    changed,
    duration_of,
    read_share,
)
from app.ui.pages.schedule.durations import read_duration, say_duration
from app.ui.pages.schedule.moment_fields import moment_spec
from app.ui.pages.schedule.moments import read_moment, say_moment
from app.ui.pages.schedule.picture import Picture

STARTS: Final = ("actual_start", "resumed_at", "pinned_start")
FINISHES: Final = (
    "deadline",
    "expected_finish",
    "actual_finish",
    "suspended_at",
    "pinned_finish",
)
LIMITS: Final = {
    "constraint_at": "constraint_kind",
    "second_constraint_at": "second_constraint_kind",
}
PLAIN: Final = ("name", "code", "calendar_id", "elapsed_duration", "note")
KINDS: Final[Mapping[str, type[StrEnum]]] = {
    "kind": ActivityKind,
    "constraint_kind": ConstraintKind,
    "second_constraint_kind": ConstraintKind,
}
_FINISH_KINDS: Final = (
    ConstraintKind.FINISH_NO_EARLIER,
    ConstraintKind.FINISH_NO_LATER,
    ConstraintKind.FINISH_ON,
    ConstraintKind.MANDATORY_FINISH,
)
WORK_KINDS: Final = tuple(kind for kind in ActivityKind if kind is not ActivityKind.SUMMARY)


def general_specs(picture: Picture, task: TaskView, today: date) -> list[FieldSpec]:
    """Name, kind, duration, calendar and limits."""
    values = task.values
    begin = picture.clocks.usual_start(values.calendar_id)
    end = picture.clocks.usual_finish(values.calendar_id)
    kinds = (ActivityKind.SUMMARY,) if values.kind is ActivityKind.SUMMARY else WORK_KINDS
    specs = [
        FieldSpec("name", "gantt.column.name", required=True, most=500),
        FieldSpec("code", "gantt.column.code", most=120),
        FieldSpec(
            "kind",
            "schedule.page.kind",
            "choice",
            required=True,
            choices=lambda: tuple((kind, tr(f"gantt.kind.{kind.value}")) for kind in kinds),
        ),
    ]
    if values.kind is ActivityKind.SUMMARY:
        return [*specs, moment_spec("deadline", "schedule.page.deadline", today, end)]
    return [
        *specs,
        FieldSpec(
            "duration", "gantt.column.duration", most=40, hint_id="schedule.page.duration_hint"
        ),
        _calendar(picture),
        FieldSpec("elapsed_duration", "schedule.page.elapsed_duration", "check"),
        _constraint("constraint_kind", "schedule.page.constraint"),
        moment_spec("constraint_at", "schedule.page.constraint_at", today, begin),
        moment_spec("deadline", "schedule.page.deadline", today, end),
        _constraint("second_constraint_kind", "schedule.page.second_constraint"),
        moment_spec("second_constraint_at", "schedule.page.constraint_at", today, begin),
        moment_spec("expected_finish", "schedule.page.expected_finish", today, end),
    ]


def progress_specs(picture: Picture, task: TaskView, today: date) -> list[FieldSpec]:
    """Share done, what remains, and actual dates."""
    begin = picture.clocks.usual_start(task.values.calendar_id)
    end = picture.clocks.usual_finish(task.values.calendar_id)
    return [
        FieldSpec("percent", "gantt.column.percent", most=20),
        FieldSpec(
            "remaining", "schedule.page.remaining", most=40, hint_id="schedule.page.remaining_hint"
        ),
        moment_spec("actual_start", "schedule.page.actual_start", today, begin),
        moment_spec("actual_finish", "schedule.page.actual_finish", today, end),
        moment_spec("suspended_at", "schedule.page.suspended_at", today, end),
        moment_spec("resumed_at", "schedule.page.resumed_at", today, begin),
    ]


def shown_values(picture: Picture, task: TaskView) -> dict[str, object]:
    """What both forms are filled with."""
    values, clocks = task.values, picture.clocks
    day = clocks.day(values)
    left = values.remaining_minutes
    return {
        "name": values.name,
        "code": values.code,
        "kind": values.kind,
        "duration": say_duration(values.duration_minutes, day),
        "calendar_id": values.calendar_id,
        "elapsed_duration": values.elapsed_duration,
        "constraint_kind": values.constraint_kind,
        "second_constraint_kind": values.second_constraint_kind,
        "constraint_at": say_moment(values.constraint_at, _usual(picture, task, "constraint_at")),
        "second_constraint_at": say_moment(
            values.second_constraint_at, _usual(picture, task, "second_constraint_at")
        ),
        "percent": f"{(values.percent_complete * 100).normalize():f}",
        "remaining": "" if left is None else say_duration(left, day),
        **{
            name: say_moment(getattr(values, name), _usual(picture, task, name))
            for name in (*STARTS, *FINISHES)
        },
    }


def task_edit(picture: Picture, task: TaskView, typed: Mapping[str, object], today: date) -> Edit:
    """The fields that a filled form changes. InputRejected with each field that cannot be meant."""
    findings: list[Finding] = []
    edit: Edit = {name: typed[name] for name in PLAIN if name in typed}
    for name, kind in KINDS.items():
        if name in typed:
            # A combo box hands a member of a StrEnum back as a plain text.
            edit[name] = None if typed[name] is None else kind(str(typed[name]))
    for name in (*LIMITS, *STARTS, *FINISHES):
        if name in typed:
            usual = _usual(picture, task, name, edit)
            try:
                edit[name] = read_moment(str(typed[name]), today, usual)
            except ValueError:
                findings.append(_bad(name, "schedule.page.fault_date", typed[name]))
    for limit, name in LIMITS.items():
        if name in edit and edit[name] in (None, *UNDATED_CONSTRAINTS):
            edit[limit] = None
    _take_amounts(picture, task, typed, edit, findings)
    if findings:
        raise InputRejected(tuple(findings))
    return changed(task.values, edit)


def _take_amounts(
    picture: Picture,
    task: TaskView,
    typed: Mapping[str, object],
    edit: Edit,
    findings: list[Finding],
) -> None:
    clocks, values = picture.clocks, task.values
    shown = shown_values(picture, task)
    day, week = clocks.day(values), clocks.week_days(values.calendar_id)
    kind = edit.get("kind", values.kind)
    if kind in MILESTONES:
        edit["duration_minutes"] = 0
    elif kind not in DERIVED and typed.get("duration", shown["duration"]) != shown["duration"]:
        try:
            edit |= duration_of(values, read_duration(str(typed["duration"]), day, week))
        except ValueError:
            findings.append(_bad("duration", "schedule.page.fault_duration", typed["duration"]))
    if typed.get("remaining", shown["remaining"]) != shown["remaining"]:
        try:
            words = str(typed["remaining"])
            edit["remaining_minutes"] = read_duration(words, day, week) if words else None
        except ValueError:
            findings.append(_bad("remaining", "schedule.page.fault_duration", typed["remaining"]))
    if typed.get("percent", shown["percent"]) != shown["percent"]:
        try:
            edit["percent_complete"] = read_share(str(typed["percent"]) or "0")
        except Refused as refusal:
            findings.append(Finding(refusal.reason, "percent"))


def _bad(name: str, text_id: str, typed: object) -> Finding:
    return Finding(Reason(text_id, {"typed": str(typed)[:40]}), name)


def _usual(
    picture: Picture, task: TaskView, name: str, edit: Mapping[str, Any] | None = None
) -> time:
    clocks, calendar_id = picture.clocks, task.values.calendar_id
    ends = name in FINISHES
    if name in LIMITS:
        kind_name = LIMITS[name]
        ends = (edit or {}).get(kind_name, getattr(task.values, kind_name)) in _FINISH_KINDS
    return clocks.usual_finish(calendar_id) if ends else clocks.usual_start(calendar_id)


def _constraint(key: str, label_id: str) -> FieldSpec:
    first = key == "constraint_kind"
    kinds = [
        kind for kind in ConstraintKind if first or kind is not ConstraintKind.AS_SOON_AS_POSSIBLE
    ]

    def choices() -> tuple[tuple[object, str], ...]:
        named = tuple((kind, tr(f"schedule.page.constraint_{kind.value}")) for kind in kinds)
        return named if first else ((None, tr("schedule.page.constraint_none")), *named)

    return FieldSpec(key, label_id, "choice", required=first, choices=choices)


def _calendar(picture: Picture) -> FieldSpec:
    return FieldSpec(
        "calendar_id",
        "schedule.page.calendar",
        "choice",
        choices=lambda: (
            (None, tr("schedule.page.calendar_default")),
            *((calendar.id, calendar.name) for calendar in picture.plan.calendars),
        ),
    )
