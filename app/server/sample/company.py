"""The sample company as commands, in the order in which they would have been issued."""

import random
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from app.core.calendars.chinese_days import DayStatus
from app.core.ids import COMPANY_SCOPE, uuid7
from app.core.people import Job
from app.core.projects import ProjectKind, ProjectStage
from app.core.schedule.cpm import compute
from app.core.schedule.network import (
    ActivityKind,
    ConstraintKind,
    LagCalendar,
    LagKind,
    ProgressMode,
    Rules,
)
from app.ports.schedule_files.holidays import chinese_days
from app.server.door import ADMINISTRATOR, Asked
from app.server.sample.ledger import SampleBooks, Writers
from app.server.sample.networks import (
    DAY_MINUTES,
    EVENING,
    SITE_WEEK,
    Progress,
    SampleNetwork,
    draw_network,
    site_calendar,
    working_day,
)
from app.server.sample.plans import SampleRow, load_sample, unrolled
from app.services.people import AddPerson, GrantScope
from app.services.projects import CreateProject
from app.services.schedule.calendars import DayOf
from app.services.schedule.imports import CalendarImage, ImportSchedule
from app.services.schedule.places import GAP
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import EditTask, LinkImage, TaskFields, TaskImage

SEED = 20260320
LEADERS = (("zhou.mingyuan", "chen.li"), ("ma.wenbo", "gao.yan"))
ON_EVERY_SITE = ("zhang.chi", "liu.fang", "wang.qiang", "sun.tao", "li.na", "zhao.min", "he.jun")
CLERK = "liu.fang"
WITH_BOOKS = (0, 2, 3)
CALENDAR_YEARS = (2025, 2027)


class SampleCompany:
    """Draws the company from a seed and the day that is today in it."""

    def __init__(self, today: date, seed: int = SEED) -> None:
        self._today = today
        self._chance = random.Random(seed)  # noqa: S311 - a sample, not a secret
        self._jobs: dict[str, Job] = {}

    def commands(self) -> Iterator[Asked]:
        """Everything, people first."""
        company = load_sample("company")
        plans = load_sample("plans")
        hired = self._at(400)
        for person in company["people"]:
            self._jobs[person["login"]] = Job(person["job"])
            yield Asked(
                ADMINISTRATOR,
                hired,
                AddPerson(
                    scope_id=COMPANY_SCOPE,
                    person_id=self._id(hired),
                    member_id=self._id(hired),
                    login=person["login"],
                    display_name=person["name"],
                    phone=person["phone"],
                    job=Job(person["job"]),
                ),
            )
        for number, facts in enumerate(company["projects"]):
            yield from self._project(number, facts, plans[facts["kind"]])

    def _project(self, number: int, facts: dict[str, Any], sections: Any) -> Iterator[Asked]:
        leader, planner = LEADERS[number % len(LEADERS)]
        founded = self._at(facts["begun"] + 30)
        begun = working_day(self._today - timedelta(days=facts["begun"]))
        project_id = self._id(founded)
        rows = unrolled(sections, facts["floors"])
        drawn = draw_network(rows, begun, self._chance)
        data_date = datetime.combine(self._today - timedelta(days=1), EVENING)
        reached = drawn.progress(facts["pace"], data_date, self._chance)
        founding = self._founding(project_id, facts, drawn, reached, founded)
        yield Asked(leader, founded, founding)
        for login in (planner, *ON_EVERY_SITE):
            job = self._jobs[login]
            member_id = self._id(founded)
            grant = GrantScope(scope_id=project_id, member_id=member_id, person=login, job=job)
            yield Asked(ADMINISTRATOR, founded, grant)
        plan = _PlanImages(project_id, drawn, lambda: self._id(founded))
        yield Asked(planner, founded, plan.command(data_date, begun, reached))
        yield from self._recent_edits(planner, plan, reached)
        if number == 0:
            yield from self._clash(planner, leader, plan, reached)
        if number in WITH_BOOKS:
            writers = Writers(CLERK, leader)
            books = SampleBooks(project_id, writers, self._today, self._at, self._id)
            yield from books.commands()

    def _founding(
        self,
        project_id: UUID,
        facts: dict[str, Any],
        drawn: SampleNetwork,
        reached: dict[str, Progress],
        founded: datetime,
    ) -> CreateProject:
        return CreateProject(
            scope_id=project_id,
            member_id=self._id(founded),
            code=facts["code"],
            name=facts["name"],
            kind=ProjectKind(facts["kind"]),
            stage=_stage(reached),
            region=facts["region"],
            owner_name=facts["owner"],
            planned_start=drawn.begun.date(),
            planned_finish=compute(drawn.network).project_finish.date(),
        )

    def _recent_edits(
        self, planner: str, plan: "_PlanImages", reached: dict[str, Progress]
    ) -> Iterator[Asked]:
        """The last reports of progress, as a planner enters them in the evening."""
        under_way = [key for key, progress in reached.items() if 0 < progress.percent < 1]
        for age, key in enumerate(under_way[:6], start=1):
            seen = reached[key]
            step = min(Decimal("0.95"), seen.percent + Decimal("0.05"))
            rest = max(60, round(plan.drawn.minutes[key] * float(1 - step) / 60) * 60)
            yield Asked(
                planner,
                self._at(1 + age),
                EditTask(
                    scope_id=plan.project_id,
                    task_id=plan.ids[key],
                    base=TaskFields(
                        percent_complete=seen.percent, remaining_minutes=seen.remaining
                    ),
                    values=TaskFields(percent_complete=step, remaining_minutes=rest),
                ),
            )

    def _clash(
        self, planner: str, leader: str, plan: "_PlanImages", reached: dict[str, Progress]
    ) -> Iterator[Asked]:
        """Two people change one duration, the second without having seen what the first did."""
        minutes = plan.drawn.minutes
        key = next(key for key in minutes if minutes[key] and not reached[key].percent)
        planned = minutes[key]
        for login, days, age in ((planner, 2, 1), (leader, 5, 0)):
            yield Asked(
                login,
                self._at(age),
                EditTask(
                    scope_id=plan.project_id,
                    task_id=plan.ids[key],
                    base=TaskFields(duration_minutes=planned),
                    values=TaskFields(duration_minutes=planned + days * DAY_MINUTES),
                ),
            )

    def _at(self, days_ago: int) -> datetime:
        minutes = self._chance.randrange(8 * 60, 18 * 60)
        day = datetime.combine(self._today - timedelta(days=days_ago), time(0), UTC)
        return day + timedelta(minutes=minutes) - timedelta(hours=8)

    def _id(self, at: datetime) -> UUID:
        return uuid7(int(at.timestamp() * 1000), self._chance.randbytes(10))


class _PlanImages:
    """A drawn plan as the images that an import carries."""

    def __init__(self, project_id: UUID, drawn: SampleNetwork, new_id: Callable[[], UUID]) -> None:
        self.project_id = project_id
        self.drawn = drawn
        self._new_id = new_id
        self._calendar_id = new_id()
        self._section_ids = {section: new_id() for section in self._sections()}
        self.ids = {row.key: new_id() for row in drawn.rows}

    def _sections(self) -> list[str]:
        return list(dict.fromkeys(row.section for row in self.drawn.rows))

    def command(
        self, data_date: datetime, begun: date, reached: dict[str, Progress]
    ) -> ImportSchedule:
        """The whole plan with its progress."""
        started = datetime.combine(begun, time(8))
        return ImportSchedule(
            scope_id=self.project_id,
            source="sample",
            settings=SettingsFields(
                default_calendar_id=self._calendar_id,
                start_at=started,
                data_date=max(data_date, started),
                must_finish_at=None,
                rules=Rules.GANTRY,
                progress_mode=ProgressMode.RETAINED_LOGIC,
                lag_calendar=LagCalendar.PREDECESSOR,
            ),
            calendars=(self._calendar(),),
            tasks=tuple(self._tasks(reached)),
            links=tuple(self._links()),
        )

    def _calendar(self) -> CalendarImage:
        announced = chinese_days()
        days = tuple(
            DayOf(
                id=self._new_id(),
                day=day,
                shifts=shifts,
                name=announced[day].name_zh,
                provisional=announced[day].status is DayStatus.PROVISIONAL,
            )
            for day, shifts in site_calendar().exceptions
            if CALENDAR_YEARS[0] <= day.year <= CALENDAR_YEARS[1]
        )
        return CalendarImage(id=self._calendar_id, name="六天工作制", week=SITE_WEEK, days=days)

    def _tasks(self, reached: dict[str, Progress]) -> Iterator[TaskImage]:
        for place, (section, section_id) in enumerate(self._section_ids.items(), start=1):
            summary = _fields(section, str(place), ActivityKind.SUMMARY, 0, Progress(Decimal(0)))
            yield TaskImage(id=section_id, parent_id=None, position=place * GAP, fields=summary)
            rows = [row for row in self.drawn.rows if row.section == section]
            for number, row in enumerate(rows, start=1):
                yield self._task(row, f"{place}.{number}", number * GAP, reached[row.key])

    def _task(self, row: SampleRow, code: str, position: int, progress: Progress) -> TaskImage:
        kind = ActivityKind.TASK if row.days else ActivityKind.FINISH_MILESTONE
        fields = _fields(row.name, code, kind, self.drawn.minutes[row.key], progress)
        return TaskImage(
            id=self.ids[row.key],
            parent_id=self._section_ids[row.section],
            position=position,
            fields=fields,
        )

    def _links(self) -> Iterator[LinkImage]:
        for row in self.drawn.rows:
            for link in row.after:
                yield LinkImage(
                    id=self._new_id(),
                    predecessor_id=self.ids[link.key],
                    successor_id=self.ids[row.key],
                    type=link.type,
                    lag=link.lag * DAY_MINUTES,
                    lag_kind=LagKind.WORKING,
                )


def _stage(reached: dict[str, Progress]) -> ProjectStage:
    shares = {progress.percent for progress in reached.values()}
    if shares == {Decimal(1)}:
        return ProjectStage.COMPLETED
    return ProjectStage.PREPARING if shares == {Decimal(0)} else ProjectStage.ACTIVE


def _fields(
    name: str, code: str, kind: ActivityKind, minutes: int, progress: Progress
) -> TaskFields:
    return TaskFields(
        code=code,
        name=name,
        kind=kind,
        duration_minutes=minutes,
        elapsed_duration=False,
        calendar_id=None,
        pinned_start=None,
        pinned_finish=None,
        constraint_kind=ConstraintKind.AS_SOON_AS_POSSIBLE,
        constraint_at=None,
        second_constraint_kind=None,
        second_constraint_at=None,
        deadline=None,
        expected_finish=None,
        percent_complete=progress.percent,
        remaining_minutes=progress.remaining,
        actual_start=progress.started,
        actual_finish=progress.finished,
        suspended_at=None,
        resumed_at=None,
        note="",
    )
