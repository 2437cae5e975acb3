"""What the reconcile inbox shows beside the clashes: names, what was typed, and ways on."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.base import Scoped
from app.models.people import Person
from app.models.projects import Project
from app.models.schedule import ScheduleSettings, Task, WorkCalendar
from app.services.bus import PARTS
from app.services.commands import Command, decode
from app.services.fields import Fields, given
from app.services.projects import CreateProject
from app.services.reconcile import EDITABLE, ConflictView, FieldGroup, list_conflicts, may_settle
from app.services.waiting import WaitingCommand

IDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
USUAL_DAY = 480
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Names:
    """Names of what values refer to; `day_minutes` is the length of a working day by project.

    `asked_for` names projects that own edits would found.
    """

    people: Mapping[str, str]
    projects: Mapping[UUID, str]
    tasks: Mapping[UUID, str]
    calendars: Mapping[UUID, str]
    day_minutes: Mapping[UUID, int]
    asked_for: Mapping[UUID, str] = field(default_factory=dict)

    def day_of(self, scope_id: UUID) -> int:
        """Minutes of a working day in a project."""
        return self.day_minutes.get(scope_id, USUAL_DAY)


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A clash, the other fields of the same edit, and what this person may do about it.

    `rest` are groups of the edit that did not clash: they wait with it. `theirs` of each group is
    what stands there now. `by_choice`: mine can be written by choosing fields.
    """

    view: ConflictView
    rest: tuple[FieldGroup, ...]
    may_settle: bool
    by_choice: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """Everything of the inbox."""

    conflicts: tuple[ShownConflict, ...]
    own: tuple[WaitingCommand, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class TypedField:
    """A field of a command as plain JSON; `before` only where `is_edit`."""

    name: str
    before: Any
    after: Any
    is_edit: bool


def read_inbox(session: Session, login: str, own: Iterable[WaitingCommand]) -> Inbox:
    """Clashes that this desk holds, with the own commands given."""
    waiting = tuple(own)
    shown = tuple(_shown(session, login, view) for view in list_conflicts(session))
    texts = [one.payload for one in waiting]
    for one in shown:
        texts += [one.view.command, str(one.view.row_id)]
        texts += [json.dumps([group.mine, group.theirs]) for group in one.view.groups]
    names = replace(_names(session, texts), asked_for=_asked_for(waiting))
    return Inbox(shown, waiting, names)


def _asked_for(own: Iterable[WaitingCommand]) -> Mapping[UUID, str]:
    commands = (command_of(one.kind, one.payload) for one in own if one.kind == CreateProject.KIND)
    return {one.scope_id: one.name for one in commands if isinstance(one, CreateProject)}


def _shown(session: Session, login: str, view: ConflictView) -> ShownConflict:
    editable = EDITABLE.get(view.row_table)
    fields = set() if editable is None else set(editable.fields.__struct_fields__)
    clashing = {name for group in view.groups for name in group.mine}
    row_there = all(group.theirs is not None for group in view.groups)
    by_choice = bool(clashing) and clashing <= fields and row_there
    may = may_settle(session, login, view)
    return ShownConflict(view, _rest(session, view, clashing), may, by_choice)


def _rest(session: Session, view: ConflictView, clashing: set[str]) -> tuple[FieldGroup, ...]:
    command = command_of(view.kind, view.command)
    editable = EDITABLE.get(view.row_table)
    values, base = getattr(command, "values", None), getattr(command, "base", None)
    if editable is None or not isinstance(values, Fields) or not isinstance(base, Fields):
        return ()
    row = session.get(editable.model, (view.scope_id, view.row_id))
    mine, seen = msgspec.to_builtins(given(values)), msgspec.to_builtins(given(base))
    groups: list[FieldGroup] = []
    for name, fields in editable.groups.items():
        edited = [field for field in fields if field in mine and field not in clashing]
        if edited:
            groups.append(
                FieldGroup(
                    name,
                    {field: seen.get(field) for field in edited},
                    {field: mine[field] for field in edited},
                    _now(row, fields if row is not None else ()),
                )
            )
    return tuple(groups)


def _now(row: Scoped | None, fields: Iterable[str]) -> Mapping[str, Any] | None:
    return None if row is None else msgspec.to_builtins({f: getattr(row, f) for f in fields})


def command_of(kind: str, payload: str) -> Command | None:
    """The command in a payload, None where this version does not know it."""
    part = PARTS.get(kind)
    if part is None:
        return None
    try:
        found: Command = decode(part, part.command.VERSION, payload)
    except Exception:  # noqa: BLE001 - an old or damaged text is still shown as it is
        return None
    return found


def typed_fields(payload: str) -> list[TypedField]:
    """Everything that a command says, field by field, also when it is not known here."""
    try:
        found = json.loads(payload)
    except ValueError:
        found = payload
    if not isinstance(found, dict):
        return [TypedField("", None, payload, is_edit=False)]
    base = found.get("base")
    seen = base if isinstance(base, dict) else {}
    fields: list[TypedField] = []
    for name, value in found.items():
        if name == "values" and isinstance(value, dict):
            fields += [TypedField(key, seen.get(key), new, True) for key, new in value.items()]
        elif name not in ("base", "scope_id", "seen"):
            fields.append(TypedField(name, None, value, is_edit=False))
    return fields


def rest_command(
    shown: ShownConflict, chosen: Mapping[str, Any], seen: Mapping[str, Any]
) -> Command | None:
    """The edit again with the chosen fields only, based on what stands there now."""
    command = command_of(shown.view.kind, shown.view.command)
    editable = EDITABLE.get(shown.view.row_table)
    if command is None or editable is None or not chosen:
        return None
    return msgspec.structs.replace(
        command,
        values=msgspec.convert(dict(chosen), editable.fields),
        base=msgspec.convert({**seen}, editable.fields),
    )


def _names(session: Session, texts: Iterable[str]) -> Names:
    ids = {UUID(found) for text in texts for found in IDS.findall(text)}
    tasks: dict[UUID, str] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), AT_ONCE):
        some = select(Task.id, Task.code, Task.name).where(
            Task.id.in_(wanted[start : start + AT_ONCE])
        )
        tasks |= {row.id: f"{row.code} {row.name}".strip() for row in session.execute(some)}
    calendars = session.scalars(select(WorkCalendar)).all()
    weeks = {(row.scope_id, row.id): row.week for row in calendars}
    standard = session.execute(
        select(ScheduleSettings.scope_id, ScheduleSettings.default_calendar_id)
    ).all()
    return Names(
        {
            row.login: row.display_name
            for row in session.execute(select(Person.login, Person.display_name))
        },
        {row.id: row.name for row in session.execute(select(Project.id, Project.name))},
        tasks,
        {row.id: row.name for row in calendars},
        {row[0]: _day_of(weeks.get((row[0], row[1]), ())) for row in standard},
    )


def _day_of(week: tuple[tuple[tuple[int, int], ...], ...]) -> int:
    lengths = [sum(end - begin for begin, end in shifts) for shifts in week]
    return max(lengths, default=0) or USUAL_DAY
