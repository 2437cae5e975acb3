"""A company with believable projects, people, late work and clashes, for tests of pages."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from app.core.people import Job
from app.core.projects import ProjectKind, ProjectStage
from app.services.projects import EditProject, ProjectFields
from app.services.schedule.queries import load_plan
from app.services.schedule.tasks import EditTask, TaskFields
from tests.services.office import WORKDAY, Office

ME = "zhou.mingyuan"
CHEN = "chen.li"
TODAY = date(2026, 3, 24)

PEOPLE = (
    (ME, "周明远", Job.PROJECT_MANAGER),
    (CHEN, "陈立", Job.PLANNER),
    ("zhang.chi", "张弛", Job.ADMINISTRATOR),
    ("wang.fang", "王芳", Job.FINANCE_CLERK),
    ("li.na", "李娜", Job.STOREKEEPER),
    ("zhao.gang", "赵刚", Job.SAFETY_OFFICER),
    ("sun.wei", "孙伟", Job.QUALITY_OFFICER),
    ("liu.min", "刘敏", Job.COMMERCIAL),
)
WORKS = (
    ("土方开挖", 12),
    ("基坑支护", 10),
    ("垫层与防水", 6),
    ("基础底板", 14),
    ("地下室结构", 25),
    ("正负零", 0),
    ("一至三层结构", 12),
    ("四至八层结构", 20),
    ("主体封顶", 0),
    ("砌筑与抹灰", 30),
    ("机电安装", 40),
    ("竣工验收", 0),
)


class Company(Office):
    """Three projects; `riverside` is this person's, with tasks that a clash can be about."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        for login, name, job in PEOPLE:
            self.employ(login, name, job)
        self.riverside = self._build(
            "BJ-2026-018", "滨江花园二期住宅", ProjectKind.RESIDENTIAL, date(2026, 2, 2), "华东"
        )
        self.road = self._build(
            "SZ-2026-007", "市政道路改造工程", ProjectKind.MUNICIPAL, date(2026, 3, 2), "华南"
        )
        self.plant = self._build(
            "GY-2025-031", "1# 工业厂房", ProjectKind.INDUSTRIAL, date(2025, 12, 1), "华北"
        )
        self.works: dict[UUID, list[UUID]] = {}
        for number, project_id in enumerate((self.riverside, self.road, self.plant)):
            self.works[project_id] = self.chain(ME, project_id, *WORKS[: 12 - 2 * number])
            self.employ(CHEN, "陈立", Job.PLANNER, scope_id=project_id)
        self.employ("li.na", "李娜", Job.STOREKEEPER, scope_id=self.riverside)
        self.employ("zhao.gang", "赵刚", Job.SAFETY_OFFICER, scope_id=self.riverside)
        for task_id, share in zip(self.works[self.riverside], ("1", "1", "1", "0.4"), strict=False):
            self.edit_task(ME, self.riverside, task_id, percent_complete=Decimal(share))

    def _build(self, code: str, name: str, kind: ProjectKind, start: date, region: str) -> UUID:
        return self.found(
            ME,
            code,
            name,
            kind=kind,
            stage=ProjectStage.ACTIVE,
            region=region,
            owner_name="滨江城建集团有限公司",
            planned_start=start,
            planned_finish=start + timedelta(days=190),
        )

    def edit_task(self, actor: str, project_id: UUID, task_id: UUID, **values: object) -> EditTask:
        """Changes a task, seeing what stands there; returns the command."""
        command = self.task_edit(project_id, task_id, **values)
        self.run(command, actor)
        return command

    def task_edit(self, project_id: UUID, task_id: UUID, **values: object) -> EditTask:
        """The command that changes a task, based on what stands there now."""
        with self.read() as session:
            plan = load_plan(session, project_id)
        task = plan.task(task_id) if plan else None
        assert task is not None
        return EditTask(
            scope_id=project_id,
            task_id=task_id,
            base=task.values.base_of(*values),
            values=TaskFields(**values),  # type: ignore[arg-type]
        )

    def clash_about_work(self) -> UUID:
        """Two people change duration and note of one task; mine comes late. Id of the clash."""
        task_id = self.works[self.riverside][6]
        mine = self.task_edit(
            self.riverside,
            task_id,
            duration_minutes=15 * WORKDAY,
            note="按层流水，每层 5 天；先东区后西区",
            code="1.3.1",
        )
        self.now += timedelta(minutes=40)
        self.edit_task(
            CHEN,
            self.riverside,
            task_id,
            duration_minutes=13 * WORKDAY,
            note="按层流水，每层 4 天；顶板养护顺延 1 天",
        )
        return self.run_late(mine, ME)

    def clash_about_project(self) -> UUID:
        """Two people move a project's planned finish."""
        seen = ProjectFields(
            planned_start=date(2026, 2, 2), planned_finish=date(2026, 2, 2) + timedelta(days=190)
        )

        def edit(finish: date) -> EditProject:
            return EditProject(
                scope_id=self.riverside, base=seen, values=ProjectFields(planned_finish=finish)
            )

        mine = edit(date(2026, 9, 10))
        self.run(edit(date(2026, 8, 31)), "zhang.chi")
        return self.run_late(mine, ME)
