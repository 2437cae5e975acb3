"""What counts in the progress of a plan, and by how much."""

from datetime import datetime
from decimal import Decimal

import pytest

from app.core.schedule.network import ActivityKind
from app.services.schedule.progress import percent_done, weights
from app.services.schedule.queries import summary_of
from app.services.schedule.tasks import EditTask, TaskFields
from app.services.schedule.views import Plan, TaskView
from tests.services.office import WORKDAY
from tests.services.schedule.site import Site

BEGUN = datetime.fromisoformat("2026-03-02 08:00")


def change(site: Site, task: TaskView, **values: object) -> None:
    site.run(
        EditTask(
            scope_id=site.project_id,
            task_id=task.id,
            base=task.values.base_of(*values),
            values=TaskFields(**values),  # type: ignore[arg-type]
        )
    )


def plan_with(site: Site, **values: object) -> Plan:
    """Earthworks of 3 days, to which the values are given, and a bed of 1 day after it."""
    works = site.add("土方", 3)
    site.add("垫层", 1)
    task = site.plan().task(works)
    assert task is not None
    change(site, task, **values)
    return site.plan()


def test_work_counts_by_its_duration(site: Site) -> None:
    plan = plan_with(site, percent_complete=Decimal(1))
    assert sorted(weights(plan).values()) == [WORKDAY, 3 * WORKDAY]
    assert percent_done(plan) == summary_of(plan).percent == Decimal("0.75")


@pytest.mark.parametrize("kind", [ActivityKind.LEVEL_OF_EFFORT, ActivityKind.FINISH_MILESTONE])
def test_what_is_no_work_of_its_own_does_not_count_beside_work(
    site: Site, kind: ActivityKind
) -> None:
    plan = plan_with(site, kind=kind, duration_minutes=0)
    assert sorted(weights(plan).values()) == [1, WORKDAY]
    assert percent_done(plan) == 0


def test_a_plan_of_milestones_has_a_share_too(site: Site) -> None:
    plan = plan_with(
        site,
        kind=ActivityKind.FINISH_MILESTONE,
        duration_minutes=0,
        percent_complete=Decimal(1),
    )
    (bed,) = [task for task in plan.tasks if task.values.name == "垫层"]
    change(site, bed, kind=ActivityKind.FINISH_MILESTONE, duration_minutes=0)
    assert percent_done(site.plan()) == Decimal("0.5")


def test_a_duration_of_centuries_counts_by_the_time_between_its_dates(site: Site) -> None:
    plan = plan_with(
        site,
        duration_minutes=328_186_560,
        remaining_minutes=WORKDAY,
        actual_start=BEGUN,
        percent_complete=Decimal("0.9999"),
    )
    counted = sorted(weights(plan).values())
    assert counted[-1] < 30 * WORKDAY
    assert percent_done(plan) < Decimal("0.97")


def test_a_plan_without_dates_counts_by_durations(site: Site) -> None:
    plan = plan_with(site, percent_complete=Decimal(1))
    bare = Plan(
        plan.project_id,
        plan.settings,
        plan.imported_from,
        tuple(
            TaskView(t.id, t.parent_id, t.position, t.row_version, 0, t.outline, t.values, None)
            for t in plan.tasks
        ),
        plan.links,
        plan.calendars,
        None,
        (),
    )
    assert percent_done(bare) == Decimal("0.75")
