"""Settling clashes: a person chooses a side for every field, or sends the question back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import Refused
from app.core.ids import COMPANY_SCOPE
from app.core.people import EVERYONE, LEADING, PLANNING, Job
from app.core.reconcile import ConflictState
from app.models.base import Scoped
from app.models.people import Person
from app.models.projects import Project
from app.models.reconcile import Conflict
from app.models.schedule import ScheduleSettings, Task, TaskLink, WorkCalendar
from app.models.stock import StockItem, StockLocation
from app.services import people, projects
from app.services.commands import Command, CommandPart, Place
from app.services.fields import Fields, Note, given
from app.services.people import ADMINISTRATORS, jobs_of
from app.services.schedule import calendars, links, settings, tasks
from app.services.stock import items
from app.services.tx import Clash, Groups, Tx


class Side(StrEnum):
    """Whose value stands."""

    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Editable:
    """A table whose rows are edited field by field."""

    model: type[Scoped]
    fields: type[Fields]
    groups: Groups
    jobs: frozenset[Job]


EDITABLE: Mapping[str, Editable] = {
    "project": Editable(Project, projects.ProjectFields, projects.GROUPS, LEADING),
    "person": Editable(Person, people.PersonFields, people.PERSON_GROUPS, ADMINISTRATORS),
    "schedule_settings": Editable(
        ScheduleSettings, settings.SettingsFields, settings.GROUPS, PLANNING
    ),
    "work_calendar": Editable(WorkCalendar, calendars.CalendarFields, calendars.GROUPS, PLANNING),
    "task": Editable(Task, tasks.TaskFields, tasks.GROUPS, PLANNING),
    "task_link": Editable(TaskLink, links.LinkFields, links.GROUPS, PLANNING),
    "stock_item": Editable(StockItem, items.ItemFields, items.ITEM_GROUPS, items.STOREKEEPING),
    "stock_location": Editable(
        StockLocation, items.LocationFields, items.LOCATION_GROUPS, items.STOREKEEPING
    ),
}


class ResolveConflict(Command, frozen=True, kw_only=True):
    """Settles a clash. `choices` names fields whose value becomes mine; all others stay theirs.

    `seen` holds the values that the row showed when the choice was made.
    """

    KIND: ClassVar[str] = "reconcile.resolve"

    conflict_id: UUID
    choices: tuple[str, ...] = ()
    seen: dict[str, Any] = msgspec.field(default_factory=dict)
    remark: Note = ""


class ReturnConflict(Command, frozen=True, kw_only=True):
    """Sends a clash to the other person with a remark."""

    KIND: ClassVar[str] = "reconcile.return"

    conflict_id: UUID
    remark: Note


def _unsettled(tx: Tx, conflict_id: UUID) -> Conflict:
    conflict = tx.find(Conflict, conflict_id)
    if conflict is None:
        raise Refused("reconcile.conflict_gone")
    if conflict.state is ConflictState.RESOLVED:
        raise Refused("reconcile.settled_already", person=conflict.resolved_by)
    if not may_settle(tx.session, tx.actor, conflict):
        raise Refused("reconcile.not_concerned")
    return conflict


def may_settle(session: Session, login: str, conflict: "Conflict | ConflictView") -> bool:
    """Whether a person may settle a clash: one of its two, or who leads where it arose."""
    if login in (conflict.actor, conflict.their_actor):
        return True
    leaders = ADMINISTRATORS if conflict.scope_id == COMPANY_SCOPE else LEADING
    return bool(leaders & jobs_of(session, login, conflict.scope_id))


def mine_of(groups: list[dict[str, Any]]) -> dict[str, Any]:
    """The author's value of every field in a clash."""
    return {name: value for group in groups for name, value in (group["mine"] or {}).items()}


def resolve_conflict(command: ResolveConflict, tx: Tx) -> None:
    """Writes what was chosen and closes the clash. Refused if the row changed again meanwhile."""
    conflict = _unsettled(tx, command.conflict_id)
    if command.choices:
        _write_mine(command, conflict, tx)
    tx.change(
        conflict,
        {
            "state": ConflictState.RESOLVED,
            "resolution": {"mine": sorted(command.choices)},
            "resolved_by": tx.actor,
            "resolved_at": tx.issued_at,
            "remark": command.remark,
        },
    )


def _write_mine(command: ResolveConflict, conflict: Conflict, tx: Tx) -> None:
    editable = EDITABLE.get(conflict.row_table)
    row = None if editable is None else tx.find(editable.model, conflict.row_id)
    if editable is None or row is None:
        raise Refused("reconcile.row_deleted")
    if not editable.jobs & jobs_of(tx.session, tx.actor, tx.scope_id):
        raise Refused("people.not_permitted", kind=conflict.kind)
    offered = mine_of(conflict.groups)
    unknown = set(command.choices) - offered.keys()
    if unknown:
        raise Refused("reconcile.choice_unknown", fields=", ".join(sorted(unknown)))
    chosen = {name: offered[name] for name in command.choices}
    try:
        mine = given(msgspec.convert(chosen, editable.fields))
        seen = given(msgspec.convert(command.seen, editable.fields))
        tx.merge(row, editable.groups, seen, mine)
    except (msgspec.ValidationError, KeyError):
        raise Refused("reconcile.base_missing", fields=", ".join(sorted(chosen))) from None
    except Clash:
        raise Refused("reconcile.changed_again") from None


def return_conflict(command: ReturnConflict, tx: Tx) -> None:
    """Hands the clash to the other person."""
    conflict = _unsettled(tx, command.conflict_id)
    tx.change(conflict, {"state": ConflictState.RETURNED, "remark": command.remark})


PARTS = (
    CommandPart(ResolveConflict, resolve_conflict, EVERYONE, Place.EITHER),
    CommandPart(ReturnConflict, return_conflict, EVERYONE, Place.EITHER),
)


@dataclass(frozen=True, slots=True)
class FieldGroup:
    """A group of fields in a clash: what the author saw, wrote, and what stands there now.

    `theirs` is None where the row is gone.
    """

    group: str
    base: Mapping[str, Any]
    mine: Mapping[str, Any]
    theirs: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A clash as the inbox shows it; `title` names the row, as far as it is still there."""

    id: UUID
    scope_id: UUID
    project: str
    title: str
    row_table: str
    row_id: UUID
    kind: str
    command: str
    actor: str
    issued_at: datetime
    their_actor: str
    their_at: datetime | None
    reason_id: str
    groups: tuple[FieldGroup, ...]
    state: ConflictState
    resolved_by: str
    resolved_at: datetime | None
    remark: str


def list_conflicts(session: Session) -> list[ConflictView]:
    """Every clash that this desk holds, newest first; `theirs` is what the row holds now."""
    rows = session.scalars(select(Conflict).order_by(Conflict.created_at.desc(), Conflict.id))
    called = {row.id: row.name for row in session.execute(select(Project.id, Project.name))}
    return [_view(session, row, called.get(row.scope_id, "")) for row in rows]


def _view(session: Session, row: Conflict, project: str) -> ConflictView:
    editable = EDITABLE.get(row.row_table)
    current = None if editable is None else session.get(editable.model, (row.scope_id, row.row_id))
    return ConflictView(
        id=row.id,
        scope_id=row.scope_id,
        project=project,
        title=_title(current),
        row_table=row.row_table,
        row_id=row.row_id,
        kind=row.kind,
        command=row.command,
        actor=row.actor,
        issued_at=row.issued_at,
        their_actor=row.their_actor,
        their_at=row.their_at,
        reason_id=row.reason_id,
        groups=tuple(
            _group(group, current, keeps=editable is None or row.state is ConflictState.RESOLVED)
            for group in row.groups
        ),
        state=row.state,
        resolved_by=row.resolved_by,
        resolved_at=row.resolved_at,
        remark=row.remark,
    )


def _group(group: dict[str, Any], current: Scoped | None, *, keeps: bool) -> FieldGroup:
    theirs = group["theirs"]
    if not keeps:
        names = group["mine"] or {}
        theirs = None if current is None else {name: getattr(current, name) for name in names}
    return FieldGroup(
        group["group"],
        group["base"] or {},
        group["mine"] or {},
        None if theirs is None else msgspec.to_builtins(theirs),
    )


def _title(row: Scoped | None) -> str:
    code = getattr(row, "code", "")
    name = getattr(row, "name", "") or getattr(row, "display_name", "")
    return f"{code} {name}".strip()
