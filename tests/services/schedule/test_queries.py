"""The plan as pages see it."""

from decimal import Decimal

from app.services.schedule.queries import load_plan, summary_of
from app.services.schedule.tasks import EditTask, TaskFields
from tests.services.schedule.site import Site, new_id


def test_rows_come_parents_first_with_level_and_number(site: Site) -> None:
    above = site.add("基础")
    last = site.add("主体", after=above)
    inside = site.add("垫层", parent=above)
    site.add("筏板", parent=above, after=inside)
    site.add("首层", parent=last)
    rows = [(task.outline, task.level, task.values.name) for task in site.plan().tasks]
    assert rows == [
        ("1", 0, "基础"),
        ("1.1", 1, "垫层"),
        ("1.2", 1, "筏板"),
        ("2", 0, "主体"),
        ("2.1", 1, "首层"),
    ]
    assert [task.values.name for task in site.plan().below(above)] == ["基础", "垫层", "筏板"]
    assert site.plan().below(new_id()) == ()
    assert site.plan().task(new_id()) is None


def test_another_projects_rows_stay_out(site: Site) -> None:
    site.add("土方")
    with site.read() as session:
        assert load_plan(session, new_id()) is None


def test_a_row_names_the_version_that_it_was_read_at(site: Site) -> None:
    site.add("土方")
    (task,) = site.plan().tasks
    site.run(
        EditTask(
            scope_id=site.project_id,
            task_id=task.id,
            base=task.values.base_of("note"),
            values=TaskFields(note="x"),
        )
    )
    assert [row.row_version for row in site.plan().tasks] == [2]


def test_the_summary_weighs_progress_by_duration(site: Site) -> None:
    done, left = site.add("土方", 3), site.add("垫层", 1)
    (row,) = [task for task in site.plan().tasks if task.id == done]
    site.run(
        EditTask(
            scope_id=site.project_id,
            task_id=done,
            base=row.values.base_of("percent_complete"),
            values=TaskFields(percent_complete=Decimal(1)),
        )
    )
    summary = summary_of(site.plan())
    assert (summary.tasks, summary.finished, summary.percent) == (2, 1, Decimal("0.75"))
    assert summary.start is not None
    assert left


def test_an_empty_plan_has_an_empty_summary(site: Site) -> None:
    summary = summary_of(site.plan())
    assert (summary.tasks, summary.start, summary.percent) == (0, None, Decimal(0))
