"""A plan with edits on top, before they are stored."""

from dataclasses import replace
from datetime import timedelta

from app.services.schedule.edited import edited_plan
from app.services.schedule.tasks import EditTask, TaskFields
from tests.services.schedule.site import DAY, START, Site, new_id


def test_an_edited_plan_has_the_dates_that_storing_the_edit_gives(site: Site) -> None:
    first = site.add("土方", 3)
    second = site.add("垫层", 2, after=first)
    site.link(first, second)
    plan = site.plan()
    (row,) = [task for task in plan.tasks if task.id == first]
    shown = edited_plan(plan, {first: replace(row.values, duration_minutes=9 * DAY)})
    site.run(
        EditTask(
            scope_id=site.project_id,
            task_id=first,
            base=row.values.base_of("duration_minutes"),
            values=TaskFields(duration_minutes=9 * DAY),
        )
    )
    stored = site.plan()
    assert [task.dates for task in shown.tasks] == [task.dates for task in stored.tasks]
    assert [task.values for task in shown.tasks] == [task.values for task in stored.tasks]


def test_an_edited_plan_that_cannot_be_computed_says_why(site: Site) -> None:
    first = site.add("土方", 3)
    plan = site.plan()
    (row,) = plan.tasks
    broken = edited_plan(plan, {first: replace(row.values, calendar_id=new_id())})
    assert broken.findings
    assert broken.schedule is None
    assert broken.tasks[0].dates is None
    assert edited_plan(plan, {new_id(): row.values}).tasks == plan.tasks


def test_edited_settings_move_every_date(site: Site) -> None:
    first = site.add("土方", 3)
    plan = site.plan()
    later = replace(plan.settings, start_at=START + timedelta(days=7))
    shown = edited_plan(plan, {}, later)
    (before,), (after,) = plan.tasks, shown.tasks
    assert before.dates is not None
    assert after.dates is not None
    assert after.dates.early_start == before.dates.early_start + timedelta(days=7)
    assert shown.settings == later
    assert (after.id, site.plan().settings) == (first, plan.settings)
