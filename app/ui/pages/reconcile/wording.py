"""Fields and values of commands in people's words: dates, days, names; never JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from uuid import UUID

from app.core.errors import Reason
from app.core.people import Job
from app.core.projects import ProjectKind, ProjectStage
from app.core.schedule.network import LagKind
from app.services.inbox import Names, TypedField
from app.ui.kit.formats import NOTHING, say_days, say_number, say_percent
from app.ui.kit.text import say_reason, tr
from app.ui.pages.wording import say_person

MINUTES: Final = frozenset({"duration_minutes", "remaining_minutes", "critical_threshold", "lag"})
CALENDARS: Final = frozenset({"calendar_id", "default_calendar_id"})
TASKS: Final = frozenset({"parent_id", "predecessor_id", "successor_id", "task_id"})
SHIFTS: Final = frozenset({"shifts", "base_shifts"})
CHOICES: Final = frozenset(
    {
        "kind",
        "type",
        "lag_kind",
        "constraint_kind",
        "second_constraint_kind",
        "rules",
        "progress_mode",
        "lag_calendar",
        "float_kind",
    }
)
# Needed by the program, of no meaning to people.
SILENT: Final = frozenset(
    {
        "after_id",
        "base_name",
        "base_parent_id",
        "base_shifts",
        "conflict_id",
        "content_hash",
        "counter",
        "day_id",
        "device",
        "entry_id",
        "expected",
        "in_id",
        "link_id",
        "member_id",
        "move_id",
        "out_id",
        "person_id",
        "provisional",
        "reversal_id",
        "settings",
    }
)
DAY_OF_CLOCK: Final = 1440
LONGEST: Final = 2000


def say_known(text_id: str, otherwise: str) -> str:
    """The words of an id that another version may have made up; the rest where it is unknown."""
    try:
        return tr(text_id)
    except KeyError:
        return otherwise


def say_field(name: str) -> str:
    """A field's name in words."""
    return say_known(f"reconcile.field.{name}", name) if name else tr("reconcile.page.text")


def say_group(group: str) -> str:
    """A group of fields in words."""
    return say_known(f"reconcile.group.{group}", group)


def say_why(reason: Reason) -> str:
    """A reason in words, also where a newer server gave it."""
    try:
        return say_reason(reason)
    except KeyError:
        return tr("reconcile.page.unknown_reason", reason=reason.text_id)


def is_told(field: TypedField, names: Names) -> bool:
    """Whether a field of a command says anything to a person."""
    if field.name in SILENT or (field.name.endswith("_id") and field.after is None):
        return False
    if field.name in CALENDARS or field.name in TASKS:
        return _named(field.after, {**names.tasks, **names.calendars}) != ""
    return field.is_edit or field.after not in (None, "", [], {})


def say_value(
    name: str, value: Any, names: Names, scope_id: UUID, beside: Mapping[str, Any] | None = None
) -> str:
    """A value in words; `beside` holds the other fields, which may give it its unit."""
    if value is None or value == "":
        return tr("reconcile.page.top_row") if name == "parent_id" else NOTHING
    if isinstance(value, bool):
        return tr("kit.yes") if value else tr("kit.no")
    if name in MINUTES and isinstance(value, int):
        return _say_minutes(value, name, names, scope_id, beside or {})
    if isinstance(value, list | tuple):
        return _say_list(name, value)
    if isinstance(value, dict):
        return tr("reconcile.page.entries", count=len(value))
    return _say_text(name, str(value), names)


def _say_minutes(
    minutes: int, name: str, names: Names, scope_id: UUID, beside: Mapping[str, Any]
) -> str:
    if name == "lag" and beside.get("lag_kind") == LagKind.PERCENT.value:
        return f"{minutes}%"
    elapsed = (
        beside.get("elapsed_duration") is True or beside.get("lag_kind") == LagKind.ELAPSED.value
    )
    if elapsed and name != "critical_threshold":
        return tr("reconcile.page.elapsed", words=say_days(minutes, DAY_OF_CLOCK))
    return say_days(minutes, names.day_of(scope_id))


def _say_text(name: str, value: str, names: Names) -> str:
    if name in CALENDARS:
        return _named(value, names.calendars) or tr("reconcile.page.gone_calendar")
    if name in TASKS:
        return _named(value, names.tasks) or tr("reconcile.page.gone_task")
    if name == "percent_complete":
        return _say_share(value)
    if name == "person":
        return say_person(value, names.people)
    known = _say_choice(name, value)
    if known:
        return known
    return _say_moment(value) or value[:LONGEST]


def _say_choice(name: str, value: str) -> str:
    if name == "kind" and value in list(ProjectKind):
        return tr(f"projects.kind.{value}")
    if name == "stage" and value in list(ProjectStage):
        return tr(f"projects.stage.{value}")
    if name == "job" and value in list(Job):
        return tr(f"people.job.{value}")
    return say_known(f"reconcile.value.{value}", value) if name in CHOICES else ""


def _named(value: Any, known: Mapping[UUID, str]) -> str:
    try:
        return known.get(UUID(str(value)), "")
    except ValueError:
        return ""


def _say_share(value: str) -> str:
    try:
        return say_percent(Decimal(value), 0 if Decimal(value) * 100 % 1 == 0 else 2)
    except InvalidOperation:
        return value


def _say_moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return ""
    return f"{moment:%Y-%m-%d %H:%M}" if "T" in value else f"{moment:%Y-%m-%d}"


def _say_list(name: str, value: Sequence[Any]) -> str:
    if name in SHIFTS:
        return say_shifts(value)
    if name == "week":
        return say_week(value)
    if name == "choices":
        return tr("people.page.comma").join(say_field(str(one)) for one in value)
    if name == "lines" and all(isinstance(one, dict) and "account" in one for one in value):
        return "\n".join(_say_line(one) for one in value)
    return tr("reconcile.page.entries", count=say_number(len(value)))


def _say_line(line: Mapping[str, Any]) -> str:
    # A side without an amount is not in the payload, or nothing.
    try:
        debit, credit = (Decimal(str(line.get(side, 0))) for side in ("debit", "credit"))
    except InvalidOperation:
        return str(line["account"])
    amount = say_number(debit or credit, 2)
    words_id = "reconcile.page.debit" if debit else "reconcile.page.credit"
    said = tr(words_id, account=str(line["account"]), amount=amount)
    return f"{said} {line.get('text', '')}".rstrip()


def say_shifts(shifts: Sequence[Sequence[int]]) -> str:
    """Working time of a day: 08:00-12:00 13:00-17:00, or a day off."""
    if not shifts:
        return tr("reconcile.page.day_off")
    return " ".join(f"{_clock(begin)}-{_clock(end)}" for begin, end in shifts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def say_week(week: Sequence[Sequence[Sequence[int]]]) -> str:
    """A working week, with equal neighbours together."""
    said = [say_shifts(shifts) for shifts in week]
    parts: list[str] = []
    first = 0
    for day in range(1, len(said) + 1):
        if day == len(said) or said[day] != said[first]:
            name = tr(f"reconcile.page.weekday_{first}")
            if day - first > 1:
                name = f"{name}–{tr(f'reconcile.page.weekday_{day - 1}')}"
            parts.append(f"{name} {said[first]}")
            first = day
    return tr("reconcile.page.semicolon").join(parts)
