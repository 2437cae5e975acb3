"""From what was typed to commands, each with its way back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from uuid import UUID

import msgspec

from app.core.errors import Reason
from app.core.projects import ProjectKind, ProjectStage
from app.core.schedule.work_calendar import DAY_SHIFTS
from app.services.projects import GROUPS, CreateProject, EditProject, ProjectFields, ProjectView
from app.services.schedule.calendars import DayOf
from app.services.schedule.settings import SetUpSchedule
from app.ui.kit.text import tr
from app.ui.kit.undo import Step

SITE_WEEK = (*((DAY_SHIFTS,) * 6), ())
YEARS_AHEAD = 4


def edit_step(project: ProjectView, values: Mapping[str, object]) -> Step | None:
    """An edit of some fields and its inverse; None where nothing differs."""
    edited = {name: new for name, new in values.items() if getattr(project, name) != new}
    if not edited:
        return None
    whole = [name for group in GROUPS.values() if set(group) & set(edited) for name in group]
    seen = {name: getattr(project, name) for name in whole}
    before = {name: getattr(project, name) for name in edited}

    def again() -> EditProject:
        return EditProject(scope_id=project.id, base=_fields(seen), values=_fields(edited))

    def inverse() -> EditProject:
        return EditProject(scope_id=project.id, base=_fields(seen | edited), values=_fields(before))

    return Step(Reason(EditProject.KIND), again, inverse)


def _fields(values: Mapping[str, object]) -> ProjectFields:
    return msgspec.convert(dict(values), ProjectFields)


def founding(values: Mapping[str, object], project_id: UUID, member_id: UUID) -> CreateProject:
    """The command that founds a project from a filled form."""
    start, finish = values["planned_start"], values["planned_finish"]
    assert isinstance(start, date)
    return CreateProject(
        scope_id=project_id,
        member_id=member_id,
        code=str(values["code"]),
        name=str(values["name"]),
        kind=ProjectKind(str(values["kind"])),
        stage=ProjectStage(str(values["stage"])),
        region=str(values["region"]),
        owner_name=str(values["owner_name"]) or None,
        address=str(values["address"]),
        planned_start=start,
        planned_finish=finish if isinstance(finish, date) else None,
        note=str(values["note"]),
    )


def first_schedule(
    project: CreateProject, calendar_id: UUID, calendar_name: str, days: Sequence[DayOf]
) -> SetUpSchedule:
    """An empty schedule with the six-day week of a site and the official days off."""
    return SetUpSchedule(
        scope_id=project.scope_id,
        calendar_id=calendar_id,
        calendar_name=calendar_name,
        week=SITE_WEEK,
        days=tuple(days),
        start_at=datetime.combine(project.planned_start, time(DAY_SHIFTS[0][0] // 60)),
    )


def years_of(values: Mapping[str, object]) -> tuple[int, int]:
    """From the year before the start to some years after the planned finish."""
    start, finish = values["planned_start"], values["planned_finish"]
    assert isinstance(start, date)
    last = finish.year + 1 if isinstance(finish, date) else start.year + YEARS_AHEAD
    return start.year - 1, max(last, start.year + 1)


def check_code(
    projects: Callable[[], Iterable[ProjectView]], own_id: UUID | None
) -> Callable[[object], str]:
    """A check for the code: words where a project other than the own one has it."""

    def check(code: object) -> str:
        others = (one for one in projects() if one.id != own_id and one.code == code)
        name = next((one.name for one in others), None)
        return "" if name is None else tr("projects.code_taken", code=str(code), name=name)

    return check


def check_finish(
    form_start: Callable[[], object], words: Callable[[], str]
) -> Callable[[object], str]:
    """A check for the finish field that reads the start beside it."""

    def check(finish: object) -> str:
        start = form_start()
        early = isinstance(start, date) and isinstance(finish, date) and finish < start
        return words() if early else ""

    return check
