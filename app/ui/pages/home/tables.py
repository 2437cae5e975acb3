"""The three lists of the first page: projects, late work, milestones ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from app.services.home import OpenTask, Overview, ProjectProgress
from app.ui.kit.columns import Column
from app.ui.kit.formats import NOTHING, say_date
from app.ui.pages.wording import STAGES, say_days_late, say_stage


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project with how it stands today."""

    progress: ProjectProgress
    next_milestone: OpenTask | None
    late: int

    @property
    def id(self) -> UUID:
        """Id of the project."""
        return self.progress.project.id

    @property
    def percent(self) -> Decimal | None:
        """Share done, 0..1."""
        return self.progress.plan.percent if self.progress.plan else None


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task or milestone with its project and the days it is late."""

    project_id: UUID
    project: str
    task: OpenTask
    days_late: int


def project_rows(progress: Iterable[ProjectProgress], today: date) -> list[ProjectRow]:
    """Rows of the project list: the latest first."""
    rows = [
        ProjectRow(one, next(iter(one.milestones(today)), None), len(one.late_tasks(today)))
        for one in progress
    ]
    return sorted(rows, key=lambda row: (-row.progress.days_late, row.progress.project.code))


def late_rows(overview: Overview, today: date) -> list[TaskRow]:
    """Late work of all running projects, the worst first."""
    rows = [
        TaskRow(one.project.id, one.project.name, task, task.days_late(today))
        for one in overview.running
        for task in one.late_tasks(today)
    ]
    return sorted(rows, key=lambda row: -row.days_late)


def milestone_rows(overview: Overview, today: date) -> list[TaskRow]:
    """Milestones of the next thirty days in all running projects."""
    rows = [
        TaskRow(one.project.id, one.project.name, task, task.days_late(today))
        for one in overview.running
        for task in one.milestones_soon(today)
    ]
    return sorted(rows, key=lambda row: row.task.finish)


def _say_milestone(row: ProjectRow) -> str:
    found = row.next_milestone
    return NOTHING if found is None else f"{say_date(found.finish, short=True)} {found.name}"


def _late_tone(row: ProjectRow) -> str:
    return "overdue" if row.progress.days_late else ""


PROJECT_COLUMNS: tuple[Column[ProjectRow], ...] = (
    Column(
        "name",
        "projects.home.project",
        lambda row: row.progress.project.name,
        width=148,
        bold=lambda row: row.progress.is_mine,
    ),
    Column(
        "stage",
        "projects.home.stage",
        lambda row: STAGES[row.progress.project.stage],
        "status",
        108,
        words=lambda row: say_stage(row.progress.project.stage),
    ),
    Column("percent", "projects.home.progress", lambda row: row.percent, "progress", 100),
    Column("finish", "projects.home.finish", lambda row: row.progress.finish, "date", 88),
    Column("promised", "projects.home.promised", lambda row: row.progress.promised, "date", 88),
    Column(
        "late",
        "projects.home.days_late",
        lambda row: row.progress.days_late,
        "number",
        76,
        words=lambda row: say_days_late(row.progress.days_late),
        tone=_late_tone,
    ),
    Column(
        "tasks",
        "projects.home.late_tasks",
        lambda row: row.late,
        "number",
        84,
        words=lambda row: str(row.late) if row.late else NOTHING,
        tone=lambda row: "overdue" if row.late else "",
    ),
    Column(
        "milestone",
        "projects.home.next_milestone",
        lambda row: row.next_milestone.finish if row.next_milestone else None,
        "date",
        words=_say_milestone,
        stretch=True,
    ),
)


def task_columns(*, late: bool) -> tuple[Column[TaskRow], ...]:
    """Columns of late work, or of milestones."""
    return (
        Column("project", "projects.home.project", lambda row: row.project, width=190),
        Column("code", "projects.home.code", lambda row: row.task.code, width=80),
        Column(
            "name",
            "projects.home.task" if late else "projects.home.milestone",
            lambda row: row.task.name,
            stretch=True,
        ),
        Column("due", "projects.home.due", lambda row: row.task.due, "date", 96),
        Column("finish", "projects.home.expected", lambda row: row.task.finish, "date", 96),
        Column(
            "late",
            "projects.home.days_late",
            lambda row: row.days_late,
            "number",
            88,
            words=lambda row: say_days_late(row.days_late),
            tone=lambda row: "overdue" if row.days_late else "",
        ),
        Column(
            "critical",
            "projects.home.critical",
            lambda row: row.task.critical,
            "check",
            84,
            tone=lambda row: "overdue" if row.task.critical else "text_2",
        ),
    )
