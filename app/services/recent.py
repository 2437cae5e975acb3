"""What colleagues changed lately, read off the rows themselves."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, literal, select
from sqlalchemy.orm import Session, aliased

from app.models.people import Person, ScopeMember
from app.models.projects import Project
from app.models.schedule import ScheduleSettings, Task, TaskLink, WorkCalendar

SHOWN = 200
COMMAND_LINE = "gantry_admin"
ONE_GO = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RecentChange:
    """Rows of one kind that a colleague added or changed in one go; `row_id` is the newest.

    `title` is empty for the settings of a plan.
    """

    table: str
    row_id: UUID
    scope_id: UUID
    project: str
    title: str
    person: str
    at: datetime
    is_new: bool
    count: int = 1


def recent_changes(session: Session, login: str, most: int = SHOWN) -> list[RecentChange]:
    """The newest changes by colleagues, newest first; names where they are known, else logins."""
    called = {
        row.login: row.display_name
        for row in session.execute(select(Person.login, Person.display_name))
    }
    projects = {row.id: row.name for row in session.execute(select(Project.id, Project.name))}
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
    return _gathered(sorted(found, key=lambda change: change.at, reverse=True)[:most])


def _gathered(changes: list[RecentChange]) -> list[RecentChange]:
    """Neighbours by one person, of one kind in one project and within an hour, become one."""
    found: list[RecentChange] = []
    for change in changes:
        last = found[-1] if found else None
        if last is not None and _is_same_go(last, change):
            found[-1] = replace(last, count=last.count + 1)
        else:
            found.append(change)
    return found


def _is_same_go(last: RecentChange, change: RecentChange) -> bool:
    same = (last.table, last.scope_id, last.person, last.is_new)
    other = (change.table, change.scope_id, change.person, change.is_new)
    return same == other and last.at - change.at < ONE_GO


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
    by_colleagues = rows.where(model.updated_by.not_in((login, COMMAND_LINE)))
    return by_colleagues.order_by(model.updated_at.desc()).limit(most)
