"""A plan of four thousand tasks: the window is never blocked (the watchdog of every UI test)."""

from random import Random
from uuid import UUID

import pytest
from PySide6.QtCore import Qt

from app.core.schedule.network import ActivityKind, LagKind, LinkType
from app.services.schedule.imports import ImportSchedule
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import LinkImage, TaskImage
from app.ui.kit.gantt.columns import Column
from tests.services.schedule.site import DAY, Site, new_id, whole_fields
from tests.ui.pages.schedule.conftest import Bench, Hands

TASKS = 4_000
BRANCH = 20


def fill(site: Site) -> dict[str, UUID]:
    """Branches of nineteen tasks, each task after two of the thirty before it."""
    chance = Random(7)
    site.set_up()
    ids: dict[str, UUID] = {}
    tasks: list[TaskImage] = []
    links: list[LinkImage] = []
    works: list[UUID] = []
    parent: UUID | None = None
    for number in range(TASKS):
        row, code = new_id(), f"T{number}"
        ids[code] = row
        summary = number % BRANCH == 0
        fields = whole_fields(
            f"工作 {number}",
            code=code,
            kind=ActivityKind.SUMMARY if summary else ActivityKind.TASK,
            duration_minutes=0 if summary else DAY * chance.randint(1, 12),
        )
        above = None if summary else parent
        tasks.append(TaskImage(id=row, parent_id=above, position=number + 1, fields=fields))
        if summary:
            parent = row
            continue
        chosen = {chance.choice(works[-30:]) for _ in range(2)} if works else set()
        links += [
            LinkImage(
                id=new_id(),
                predecessor_id=before,
                successor_id=row,
                type=LinkType.FS,
                lag=0,
                lag_kind=LagKind.WORKING,
            )
            for before in sorted(chosen)
        ]
        works.append(row)
    site.run(
        ImportSchedule(
            scope_id=site.project_id,
            source="large",
            settings=SettingsFields(default_calendar_id=site.calendar_id),
            calendars=(),
            tasks=tuple(tasks),
            links=tuple(links),
        )
    )
    return ids


@pytest.fixture
def large(bench: Bench, site: Site) -> Hands:
    return bench.open(fill(site))


def test_a_large_plan_is_shown_and_edited_without_blocking(large: Hands) -> None:
    assert len(large.page.view.outline) == TASKS
    large.type_into("T3", Column.DURATION, "30")
    task = large.site.plan().task(large.ids["T3"])
    assert task is not None
    assert task.values.duration_minutes == 30 * DAY
    large.key(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    large.page.keeper.refresh()
    large.settle()
    assert len(large.page.view.selected_ids()) == TASKS
