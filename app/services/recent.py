"""What colleagues changed lately, read off the rows themselves."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session, aliased

from app.models.people import Person, ScopeMember
from app.models.projects import Project
from app.models.schedule import ScheduleSettings, Task, TaskLink, WorkCalendar

SHOWN = 30


@dataclass(frozen=True, slots=True)
class RecentChange:
    """A row that somebody else added or changed; `title` is empty for settings of a plan."""

    table: str
    row_id: UUID
    scope_id: UUID
    project: str
    title: str
    person: str
    at: datetime
    is_new: bool


def recent_changes(session: Session, login: str, most: int = SHOWN) -> list[RecentChange]:
    """The newest changes by colleagues, newest first; names where they are known, else logins."""
    called = dict(session.execute(select(Person.login, Person.display_name)).tuples().all())
    projects = dict(session.execute(select(Project.id, Project.name)).tuples().all())
    found: list[RecentChange] = []
    for table, source in _sources().items():
        for row in session.execute(_newest(source, login, most)):
            row_id, scope_id, title, person, at, created_at = row
            found.append(
                RecentChange(
                    table,
                    row_id,
                    scope_id,
                    projects.get(scope_id, ""),
                    called.get(title, title) if table == "scope_member" else title,
                    called.get(person, person),
                    at,
                    at == created_at,
                )
            )
    return sorted(found, key=lambda change: change.at, reverse=True)[:most]


def _sources() -> dict[str, tuple[Any, ColumnElement[str], Iterable[tuple[Any, Any]]]]:
    before, after = aliased(Task), aliased(Task)
    return {
        "task": (Task, Task.name.expression, ()),
        "project": (Project, Project.name.expression, ()),
        "work_calendar": (WorkCalendar, WorkCalendar.name.expression, ()),
        "schedule_settings": (ScheduleSettings, literal(""), ()),
        "scope_member": (ScopeMember, ScopeMember.person.expression, ()),
        "person": (Person, Person.display_name.expression, ()),
        "task_link": (
            TaskLink,
            before.name + literal(" → ") + after.name,
            (
                (
                    before,
                    (TaskLink.scope_id == before.scope_id) & (TaskLink.predecessor_id == before.id),
                ),
                (
                    after,
                    (TaskLink.scope_id == after.scope_id) & (TaskLink.successor_id == after.id),
                ),
            ),
        ),
    }


def _newest(
    source: tuple[Any, ColumnElement[str], Iterable[tuple[Any, Any]]], login: str, most: int
) -> Select[Any]:
    model, title, joins = source
    rows = select(
        model.id, model.scope_id, title, model.updated_by, model.updated_at, model.created_at
    )
    for target, condition in joins:
        rows = rows.join(target, condition)
    return rows.where(model.updated_by != login).order_by(model.updated_at.desc()).limit(most)
