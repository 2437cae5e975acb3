"""What people do at their desks, chosen by chance from what the desk shows."""

from collections.abc import Callable
from datetime import date
from random import Random
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.ids import COMPANY_SCOPE
from app.core.projects import ProjectKind
from app.models.projects import Project
from app.models.schedule import Task, TaskLink
from app.services.commands import Command
from app.services.projects import CreateProject, EditProject, ProjectFields
from app.services.schedule.links import LinkFields, LinkTasks, UnlinkTasks
from app.services.schedule.outline import MoveTask
from app.services.schedule.tasks import AddTask, DeleteTask, EditTask, TaskFields
from tests.simulation import ledger_acts, stock_acts

NewId = Callable[[], UUID]
Act = Callable[[Random, Session, UUID, NewId], Command | None]

WORDS = ("甲", "乙", "丙", "丁")
LONG = "砼" * 11_000
"""With its base longer than the inbox takes: it travels in chunks."""


def _word(random: Random) -> str:
    return "".join(random.choices(WORDS, k=2))


def edit_project(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """One or two fields of different groups; sometimes dates that a rule may refuse."""
    del new_id
    row = session.get(Project, (scope, scope))
    if row is None:
        return None
    values: dict[str, object] = {}
    for name in random.sample(("name", "region", "note", "address"), random.choice((1, 1, 2))):
        values[name] = _word(random)
    if random.random() < 0.03:
        values["note"] = LONG + _word(random)
    if random.random() < 0.1:
        values["planned_finish"] = random.choice((None, date(2026, 1, 1), date(2028, 1, 1)))
    base = {name: getattr(row, name) for name in values}
    return EditProject(
        scope_id=scope,
        base=ProjectFields(**base),
        values=ProjectFields(**values),  # type: ignore[arg-type]
    )


def found_project(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A new project; codes meet by chance."""
    del session, scope
    return CreateProject(
        scope_id=new_id(),
        member_id=new_id(),
        code=f"XM-{random.randrange(30)}",
        name=_word(random),
        kind=ProjectKind.RESIDENTIAL,
        planned_start=date(2026, 3, 1),
    )


def _tasks(session: Session, scope: UUID) -> list[Task]:
    return list(session.scalars(select(Task).where(Task.scope_id == scope).order_by(Task.id)))


def add_task(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A task somewhere in the outline."""
    there = _tasks(session, scope)
    if len(there) > 12:
        return None
    parent = random.choice([None, None, *there])
    return AddTask(
        scope_id=scope,
        task_id=new_id(),
        parent_id=None if parent is None else parent.id,
        name=_word(random),
        duration_minutes=random.randrange(1, 9) * 480,
    )


def edit_task(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A field or a whole group of a task."""
    del new_id
    there = _tasks(session, scope)
    if not there:
        return None
    row = random.choice(there)
    changes: dict[str, object] = random.choice(
        [
            {"name": _word(random)},
            {"code": _word(random), "note": _word(random)},
            {"duration_minutes": random.randrange(1, 9) * 480},
            {"note": _word(random)},
        ]
    )
    base = {name: getattr(row, name) for name in changes}
    return EditTask(
        scope_id=scope,
        task_id=row.id,
        base=TaskFields(**base),
        values=TaskFields(**changes),  # type: ignore[arg-type]
    )


def delete_task(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A task without children."""
    del new_id
    there = _tasks(session, scope)
    parents = {row.parent_id for row in there}
    leaves = [row for row in there if row.id not in parents]
    if not leaves:
        return None
    row = random.choice(leaves)
    return DeleteTask(scope_id=scope, task_id=row.id, seen={row.id: row.row_version})


def move_task(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A task under another, or to the top."""
    del new_id
    there = _tasks(session, scope)
    if len(there) < 2:
        return None
    row, other = random.sample(there, 2)
    target = random.choice((None, other.id))
    return MoveTask(
        scope_id=scope,
        task_id=row.id,
        base_parent_id=row.parent_id,
        parent_id=target,
        after_id=None,
    )


def link_tasks(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A link that may close a cycle with one made elsewhere."""
    there = _tasks(session, scope)
    if len(there) < 2:
        return None
    first, second = random.sample(there, 2)
    return LinkTasks(
        scope_id=scope, link_id=new_id(), predecessor_id=first.id, successor_id=second.id
    )


def unlink_tasks(random: Random, session: Session, scope: UUID, new_id: NewId) -> Command | None:
    """A link taken out."""
    del new_id
    query = select(TaskLink).where(TaskLink.scope_id == scope).order_by(TaskLink.id)
    there = list(session.scalars(query))
    if not there:
        return None
    row = random.choice(there)
    base = LinkFields(type=row.type, lag=row.lag, lag_kind=row.lag_kind)
    return UnlinkTasks(scope_id=scope, link_id=row.id, base=base)


Weighed = tuple[tuple[Act, int], ...]

PLAN: Weighed = (
    (edit_project, 6),
    (found_project, 1),
    (add_task, 4),
    (edit_task, 6),
    (delete_task, 2),
    (move_task, 2),
    (link_tasks, 3),
    (unlink_tasks, 1),
)
STOCK: Weighed = (
    (stock_acts.set_up, 5),
    (stock_acts.receive, 4),
    (stock_acts.issue, 6),
    (stock_acts.transfer, 2),
    (stock_acts.count, 2),
    (stock_acts.reverse, 2),
)
MONEY: Weighed = (
    (ledger_acts.draft, 3),
    (ledger_acts.edit, 4),
    (ledger_acts.submit, 6),
    (ledger_acts.judge, 6),
    (ledger_acts.post, 6),
    (ledger_acts.reverse, 3),
    (ledger_acts.close, 1),
)
THEMES: tuple[Weighed, ...] = (PLAN, STOCK, MONEY, (*PLAN, *STOCK, *MONEY))
"""A seed has one of them: what hangs together is done often enough to get somewhere."""


def next_command(
    random: Random, session: Session, new_id: NewId, theme: Weighed, act: Act | None = None
) -> Command | None:
    """Something of a theme to do (or this) in one of the projects that the desk holds."""
    scopes = list(session.scalars(select(Project.id).order_by(Project.id)))
    scope = random.choice(scopes) if scopes else COMPANY_SCOPE
    if act is None:
        acts, weights = zip(*theme, strict=True)
        act = random.choices(acts, weights)[0]
    if not scopes and act is not found_project:
        return None
    return act(random, session, scope, new_id)
