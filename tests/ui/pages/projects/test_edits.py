"""From a form to commands: only what differs, whole groups as base, and the way back."""

from datetime import date, datetime
from uuid import UUID

from app.core.projects import ProjectKind, ProjectStage
from app.services.projects import EditProject, ProjectFields, ProjectView
from app.ui.pages.projects.edits import edit_step, first_schedule, founding, years_of
from tests.services.office import new_id

VIEW = ProjectView(
    UUID(int=1),
    "A",
    "甲",
    ProjectKind.PUBLIC,
    ProjectStage.ACTIVE,
    "华东",
    "",
    "",
    date(2026, 3, 2),
    None,
    "",
)
FORM: dict[str, object] = {
    "code": "A",
    "name": "甲",
    "kind": ProjectKind.PUBLIC,
    "stage": ProjectStage.ACTIVE,
    "region": "",
    "owner_name": "",
    "address": "",
    "planned_start": date(2026, 3, 2),
    "planned_finish": None,
    "note": "",
}


def test_an_edit_and_its_way_back() -> None:
    step = edit_step(VIEW, FORM | {"region": "华南"})
    assert step is not None
    again, inverse = step.again(), step.inverse()
    assert isinstance(again, EditProject)
    assert isinstance(inverse, EditProject)
    assert again.values == ProjectFields(region="华南")
    assert again.base == ProjectFields(kind=ProjectKind.PUBLIC, region="华东")
    assert inverse.values == ProjectFields(region="华东")
    assert inverse.base == ProjectFields(kind=ProjectKind.PUBLIC, region="华南")


def test_nothing_typed_is_no_edit() -> None:
    assert edit_step(VIEW, {"region": "华东", "planned_finish": None}) is None


def test_founding_and_its_first_schedule() -> None:
    project = founding(FORM | {"planned_finish": date(2028, 1, 5)}, new_id(), new_id())
    assert (project.owner_name, project.planned_finish) == (None, date(2028, 1, 5))
    schedule = first_schedule(project, new_id(), "六天工作制", ())
    assert schedule.start_at == datetime(2026, 3, 2, 8)  # noqa: DTZ001 - site time
    assert [len(day) for day in schedule.week] == [2, 2, 2, 2, 2, 2, 0]


def test_holidays_cover_the_project() -> None:
    assert years_of(FORM) == (2025, 2030)
    assert years_of(FORM | {"planned_finish": date(2028, 1, 5)}) == (2025, 2029)
