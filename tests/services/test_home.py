"""The overview: late work, milestones, progress; plans computed only when rows changed."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from app.core.projects import ProjectStage
from app.services import home
from app.services.home import Overview, PlanFactsCache, ProjectProgress, show_overview
from app.services.projects import EditProject, ProjectFields
from app.services.schedule.queries import load_plan
from app.services.schedule.settings import EditSettings, SettingsFields
from app.services.schedule.tasks import DeleteTask, EditTask, TaskFields
from tests.services.conftest import ADMINISTRATOR, LEADER
from tests.services.office import Office

MONDAY = date(2026, 3, 2)


def overview(office: Office, cache: PlanFactsCache, login: str = LEADER) -> Overview:
    with office.read() as session:
        return show_overview(session, cache, login)


def edit(office: Office, project_id: UUID, task_id: UUID, **values: object) -> None:
    with office.read() as session:
        plan = load_plan(session, project_id)
    task = plan.task(task_id) if plan else None
    assert task is not None
    command = EditTask(
        scope_id=project_id,
        task_id=task_id,
        base=task.values.base_of(*values),
        values=TaskFields(**values),  # type: ignore[arg-type]
    )
    office.run(command, LEADER)


@pytest.fixture
def works(office: Office) -> tuple[UUID, list[UUID]]:
    """Six days of digging, six of concrete, then a milestone; promised for 12 March."""
    project_id = office.found(LEADER, "A", "甲", planned_finish=date(2026, 3, 12))
    return project_id, office.chain(LEADER, project_id, ("挖土", 6), ("浇筑", 6), ("封顶", 0))


def the_project(found: Overview) -> ProjectProgress:
    assert len(found.projects) == 1
    return found.projects[0]


def test_a_project_is_late_against_its_promise(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project = the_project(overview(office, PlanFactsCache()))
    assert project.plan is not None
    assert (project.finish, project.promised, project.days_late) == (
        date(2026, 3, 14),
        date(2026, 3, 12),
        2,
    )
    assert (project.plan.tasks, project.plan.percent, project.is_mine) == (3, Decimal(0), True)


def test_a_date_set_in_the_schedule_is_the_promise(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, _ids = works
    with office.read() as session:
        plan = load_plan(session, project_id)
    assert plan is not None
    must = datetime(2026, 3, 20, 17)  # noqa: DTZ001 - site time
    command = EditSettings(
        scope_id=project_id,
        base=plan.settings.base_of("must_finish_at"),
        values=SettingsFields(must_finish_at=must),
    )
    office.run(command, LEADER)
    project = the_project(overview(office, PlanFactsCache()))
    assert (project.promised, project.days_late) == (date(2026, 3, 20), 0)


def test_work_is_late_once_its_day_has_passed(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project = the_project(overview(office, PlanFactsCache()))

    def late(today: date) -> list[tuple[str, int]]:
        return [(task.name, task.days_late(today)) for task in project.late_tasks(today)]

    assert late(date(2026, 3, 7)) == []
    assert late(date(2026, 3, 8)) == [("挖土", 1)]
    assert late(date(2026, 3, 16)) == [("挖土", 9), ("浇筑", 2), ("封顶", 2)]


def test_work_behind_its_deadline_is_late_before_it_comes(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, ids = works
    edit(office, project_id, ids[1], deadline=datetime(2026, 3, 11, 17))  # noqa: DTZ001
    project = the_project(overview(office, PlanFactsCache()))
    assert [(task.name, task.days_late(MONDAY)) for task in project.late_tasks(MONDAY)] == [
        ("浇筑", 3)
    ]


def test_finished_work_is_neither_late_nor_ahead(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, ids = works
    edit(office, project_id, ids[0], percent_complete=Decimal(1))
    project = the_project(overview(office, PlanFactsCache()))
    assert project.plan is not None
    assert {task.id for task in project.plan.open_tasks} == {ids[1], ids[2]}
    assert (project.plan.finished, project.plan.percent) == (1, Decimal("0.5"))


def test_milestones_of_thirty_days(office: Office, works: tuple[UUID, list[UUID]]) -> None:
    project = the_project(overview(office, PlanFactsCache()))
    reached = date(2026, 3, 14)
    assert [one.name for one in project.milestones_soon(reached - timedelta(days=30))] == ["封顶"]
    assert project.milestones_soon(reached - timedelta(days=31)) == ()
    assert [one.name for one in project.milestones(reached - timedelta(days=31))] == ["封顶"]
    assert project.milestones(reached + timedelta(days=1)) == ()


def test_plans_are_computed_again_only_when_their_rows_changed(
    office: Office, works: tuple[UUID, list[UUID]], monkeypatch: pytest.MonkeyPatch
) -> None:
    project_id, ids = works
    office.found(LEADER, "B", "乙")
    loaded: list[UUID] = []

    def counting(session: object, scope_id: UUID) -> object:
        loaded.append(scope_id)
        return load_plan(session, scope_id)  # type: ignore[arg-type]

    monkeypatch.setattr(home, "load_plan", counting)
    cache = PlanFactsCache()
    first = overview(office, cache)
    assert len(loaded) == 2
    assert overview(office, cache) == first
    assert len(loaded) == 2

    edit(office, project_id, ids[0], percent_complete=Decimal("0.5"))
    overview(office, cache)
    assert loaded[2:] == [project_id]
    delete = DeleteTask(scope_id=project_id, task_id=ids[2], seen={ids[2]: 1})
    office.run(delete, LEADER)
    again = overview(office, cache)
    assert loaded[3:] == [project_id]
    assert sorted(one.plan.tasks for one in again.projects if one.plan) == [0, 2]


def test_only_projects_under_way_count_as_running(
    office: Office, works: tuple[UUID, list[UUID]]
) -> None:
    project_id, _ids = works
    cache = PlanFactsCache()
    assert len(overview(office, cache).running) == 1
    command = EditProject(
        scope_id=project_id,
        base=ProjectFields(stage=ProjectStage.ACTIVE),
        values=ProjectFields(stage=ProjectStage.COMPLETED),
    )
    office.run(command, ADMINISTRATOR)
    assert overview(office, cache).running == ()
    assert not the_project(overview(office, cache, ADMINISTRATOR)).is_mine


def test_clashes_wait_for_their_author(office: Office, works: tuple[UUID, list[UUID]]) -> None:
    project_id, _ids = works
    seen = ProjectFields(region="")

    def rename(region: str) -> EditProject:
        return EditProject(scope_id=project_id, base=seen, values=ProjectFields(region=region))

    office.run(rename("华东"), ADMINISTRATOR)
    office.run_late(rename("华南"), LEADER)
    cache = PlanFactsCache()
    assert overview(office, cache).to_decide == 1
    assert overview(office, cache, ADMINISTRATOR).to_decide == 0
