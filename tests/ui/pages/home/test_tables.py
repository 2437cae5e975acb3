"""Rows of the first page: in order of urgency, with the right words, in columns that hold them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from app.core.projects import ProjectKind, ProjectStage
from app.services.home import OpenTask, Overview, PlanFacts, ProjectProgress
from app.services.projects import ProjectView
from app.ui.kit.columns import Column
from app.ui.pages.home.tables import (
    PROJECT_COLUMNS,
    ProjectRow,
    late_rows,
    milestone_rows,
    project_rows,
    task_columns,
)
from tests.ui.pages.widths import too_narrow

TODAY = date(2026, 3, 24)
PROMISED = date(2026, 9, 1)


def days(count: int) -> timedelta:
    return timedelta(days=count)


def work(number: int, due: int, *, is_milestone: bool = False) -> OpenTask:
    """Something due so many days from now, which the schedule comes to on that day."""
    at = TODAY + days(due)
    return OpenTask(UUID(int=number), f"1.{number}", f"任务{number}", is_milestone, at, at, False)


def project(code: str, late: int, *tasks: OpenTask) -> ProjectProgress:
    """A project that the schedule ends so many days after the promised day."""
    view = ProjectView(
        UUID(bytes=code.encode().ljust(16)),
        code,
        code,
        ProjectKind.PUBLIC,
        ProjectStage.ACTIVE,
        "",
        "",
        "",
        date(2026, 1, 5),
        PROMISED,
        "",
    )
    finish = PROMISED + days(late)
    facts = PlanFacts(9, 3, Decimal("0.25"), None, finish, None, tasks, 0)
    return ProjectProgress(view, False, facts)


def said(columns: tuple[Column[ProjectRow], ...], row: ProjectRow) -> dict[str, str]:
    return {column.key: column.say(row) for column in columns}


def test_the_latest_project_comes_first_then_by_code(usual_look: None) -> None:
    rows = project_rows([project("B", 0), project("C", 5), project("A", 0)], TODAY)
    assert [row.progress.project.code for row in rows] == ["C", "A", "B"]


def test_a_project_says_how_late_it_is_and_what_comes_next(usual_look: None) -> None:
    one = project(
        "A", 12, work(1, -3), work(2, 40, is_milestone=True), work(3, 8, is_milestone=True)
    )
    (row,) = project_rows([one], TODAY)
    words = said(PROJECT_COLUMNS, row)
    assert (words["percent"], words["late"], words["tasks"]) == ("25%", "12 天", "1")
    assert (words["finish"], words["promised"]) == ("2026-09-13", "2026-09-01")
    assert words["milestone"] == "04-01 任务3"
    tones = {column.key: column.tone(row) for column in PROJECT_COLUMNS if column.tone}
    assert tones == {"late": "overdue", "tasks": "overdue"}


def test_a_project_without_a_schedule_or_delay_shows_dashes(usual_look: None) -> None:
    (row,) = project_rows([replace(project("A", 0), plan=None)], TODAY)
    words = said(PROJECT_COLUMNS, row)
    dashes = [key for key, one in words.items() if one == "–"]
    assert dashes == ["percent", "finish", "late", "tasks", "milestone"]


def test_late_work_and_milestones_of_all_projects_are_sorted_by_need(usual_look: None) -> None:
    overview = Overview(
        (
            project("A", 0, work(1, -2), work(2, 20, is_milestone=True)),
            project("B", 0, work(3, -9), work(4, 3, is_milestone=True)),
            project("C", 0, work(5, 31, is_milestone=True), work(6, 4)),
        ),
        0,
    )
    assert [(row.project, row.days_late) for row in late_rows(overview, TODAY)] == [
        ("B", 9),
        ("A", 2),
    ]
    assert [row.task.code for row in milestone_rows(overview, TODAY)] == ["1.4", "1.2"]
    late = next(column for column in task_columns(late=True) if column.key == "late")
    assert late.say(late_rows(overview, TODAY)[0]) == "9 天"


def test_titles_and_stages_fit_their_columns(usual_look: None) -> None:
    stages = [f"projects.stage.{stage}" for stage in ProjectStage]
    assert too_narrow(PROJECT_COLUMNS, {"stage": stages}) == []
    assert too_narrow(task_columns(late=True)) == []
    assert too_narrow(task_columns(late=False)) == []
