"""Plain values of a plan, and the bases that edits are made with."""

from dataclasses import fields, replace
from decimal import Decimal

from msgspec import UNSET

from app.core.schedule.network import ActivityKind
from app.services.schedule.settings import GROUPS as SETTINGS_GROUPS
from app.services.schedule.settings import SettingsFields
from app.services.schedule.tasks import GROUPS, DeleteTask, RestoreTasks, TaskFields, TaskImage
from app.services.schedule.views import SettingsValues, TaskValues
from tests.services.schedule.site import Site, new_id


def test_every_editable_field_has_a_value_and_a_group() -> None:
    names = {field.name for field in fields(TaskValues)}
    assert names == set(TaskFields.__struct_fields__)
    assert names == {name for group in GROUPS.values() for name in group}
    settings = {field.name for field in fields(SettingsValues)}
    assert settings == set(SettingsFields.__struct_fields__)
    assert settings == {name for group in SETTINGS_GROUPS.values() for name in group}


def test_a_base_holds_the_whole_group_of_what_is_edited(site: Site) -> None:
    site.add("土方", 3)
    (task,) = site.plan().tasks
    base = task.values.base_of("constraint_at")
    given = {name for name in base.__struct_fields__ if getattr(base, name) is not UNSET}
    (group,) = [set(names) for names in GROUPS.values() if "constraint_at" in names]
    assert given == group
    whole = site.plan().settings.base_of(*SettingsFields.__struct_fields__)
    assert all(getattr(whole, name) is not UNSET for name in whole.__struct_fields__)


def test_all_fields_bring_a_task_back(site: Site) -> None:
    task_id = site.add("土方", 3, code="A1")
    (before,) = site.plan().tasks
    site.run(
        DeleteTask(scope_id=site.project_id, task_id=task_id, seen={task_id: before.row_version})
    )
    assert site.plan().tasks == ()
    image = TaskImage(
        id=task_id, parent_id=None, position=before.position, fields=before.values.fields()
    )
    site.run(RestoreTasks(scope_id=site.project_id, tasks=(image,), links=()))
    (after,) = site.plan().tasks
    assert after.values == before.values


def test_open_work_is_neither_done_nor_a_summary(site: Site) -> None:
    site.add("土方", 3)
    (task,) = site.plan().tasks
    assert task.is_open_work
    done = replace(task, values=replace(task.values, percent_complete=Decimal(1)))
    summary = replace(task, values=replace(task.values, kind=ActivityKind.SUMMARY))
    assert not done.is_open_work
    assert not summary.is_open_work


def test_below_ends_where_the_next_branch_begins(site: Site) -> None:
    top = site.add("主体")
    inner = site.add("一层", parent=top)
    deep = site.add("模板", parent=inner)
    beside = site.add("二层", parent=top, after=inner)
    last = site.add("装修", after=top)
    plan = site.plan()
    found = {task: [row.id for row in plan.below(task)] for task in (top, inner, last)}
    assert found == {top: [top, inner, deep, beside], inner: [inner, deep], last: [last]}
    assert plan.task(deep) is not None
    assert plan.below(new_id()) == ()
