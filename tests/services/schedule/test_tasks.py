"""Tasks: added, edited, deleted with all below them, and brought back."""

from datetime import datetime
from decimal import Decimal

import pytest

from app.core.errors import Refused
from app.core.people import Job
from app.core.schedule.network import ActivityKind, ConstraintKind
from app.services.schedule.tasks import (
    AddTask,
    DeleteTask,
    EditTask,
    LinkImage,
    RestoreTasks,
    TaskFields,
    TaskImage,
)
from app.services.schedule.views import LinkView, TaskView
from app.services.tx import Clash
from tests.services.schedule.site import CLERK, COLLEAGUE, COMPANY, DAY, Site, new_id, whole_fields


def edit(site: Site, seen: TaskView, **fields: object) -> EditTask:
    return EditTask(
        scope_id=site.project_id,
        task_id=seen.id,
        base=seen.values.base_of(*fields),
        values=TaskFields(**fields),  # type: ignore[arg-type]
    )


def only(site: Site) -> TaskView:
    (task,) = site.plan().tasks
    return task


def image(row: TaskView) -> TaskImage:
    return TaskImage(
        id=row.id, parent_id=row.parent_id, position=row.position, fields=row.values.fields()
    )


def link_image(link: LinkView) -> LinkImage:
    return LinkImage(
        id=link.id,
        predecessor_id=link.predecessor_id,
        successor_id=link.successor_id,
        type=link.type,
        lag=link.lag,
        lag_kind=link.lag_kind,
    )


def refusal(error: pytest.ExceptionInfo[Refused]) -> str:
    return error.value.reason.text_id


def test_an_added_task_has_dates(site: Site) -> None:
    site.add("土方", 3, code="A1")
    task = only(site)
    assert (task.values.name, task.values.code, task.outline) == ("土方", "A1", "1")
    assert task.dates is not None
    assert task.dates.early_start == datetime(2026, 3, 2, 8)  # noqa: DTZ001
    assert task.dates.early_finish == datetime(2026, 3, 4, 17)  # noqa: DTZ001


def test_what_is_below_a_task_makes_it_a_summary(site: Site) -> None:
    above = site.add("基础", 3)
    site.add("垫层", 2, parent=above)
    kinds = [task.values.kind for task in site.plan().tasks]
    assert kinds == [ActivityKind.SUMMARY, ActivityKind.TASK]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"parent_id": new_id()}, "schedule.parent_gone"),
        ({"calendar_id": new_id()}, "schedule.calendar_gone"),
    ],
)
def test_a_task_needs_what_it_names(site: Site, fields: dict[str, object], reason: str) -> None:
    command = AddTask(scope_id=site.project_id, task_id=new_id(), name="土方", **fields)  # type: ignore[arg-type]
    with pytest.raises(Refused) as error:
        site.run(command)
    assert refusal(error) == reason
    assert not site.plan().tasks


def test_a_task_is_added_once(site: Site) -> None:
    task_id = site.add("土方")
    with pytest.raises(Refused) as error:
        site.run(AddTask(scope_id=site.project_id, task_id=task_id, name="土方"))
    assert refusal(error) == "schedule.task_exists"


def test_only_planners_edit(site: Site) -> None:
    site.add("土方")
    with pytest.raises(Refused) as error:
        site.run(edit(site, only(site), name="石方"), CLERK)
    assert refusal(error) == "people.not_permitted"
    site.employ("wu", Job.ADMINISTRATOR, COMPANY)
    site.run(edit(site, only(site), name="石方"), "wu")
    assert only(site).values.name == "石方"


def test_edits_of_different_groups_merge(site: Site) -> None:
    site.add("土方", 2)
    seen = only(site)
    site.run(edit(site, seen, name="土方开挖"))
    site.run(edit(site, seen, duration_minutes=5 * DAY), COLLEAGUE)
    task = only(site)
    assert (task.values.name, task.values.duration_minutes) == ("土方开挖", 5 * DAY)
    assert task.row_version == 3


def test_edits_of_one_group_clash_and_name_both_sides(site: Site) -> None:
    site.add("土方", 2)
    seen = only(site)
    site.run(edit(site, seen, duration_minutes=3 * DAY))
    with pytest.raises(Clash) as error:
        site.run(edit(site, seen, duration_minutes=5 * DAY), COLLEAGUE)
    (clash,) = error.value.clashes
    assert clash.group == "timing"
    assert clash.base["duration_minutes"] == 2 * DAY
    assert clash.mine["duration_minutes"] == 5 * DAY
    assert clash.theirs["duration_minutes"] == 3 * DAY
    assert only(site).values.duration_minutes == 3 * DAY


def test_one_clash_holds_back_the_whole_edit(site: Site) -> None:
    site.add("土方", 2)
    seen = only(site)
    site.run(edit(site, seen, duration_minutes=3 * DAY))
    with pytest.raises(Clash):
        site.run(edit(site, seen, duration_minutes=5 * DAY, note="加班"), COLLEAGUE)
    assert only(site).values.note == ""


def test_the_same_edit_twice_is_no_clash(site: Site) -> None:
    site.add("土方", 2)
    seen = only(site)
    site.run(edit(site, seen, duration_minutes=3 * DAY))
    site.run(edit(site, seen, duration_minutes=3 * DAY), COLLEAGUE)
    assert only(site).row_version == 2


def test_an_edit_of_a_deleted_task_is_a_clash(site: Site) -> None:
    site.add("土方", 2)
    seen = only(site)
    site.run(DeleteTask(scope_id=site.project_id, task_id=seen.id, seen={seen.id: 1}))
    with pytest.raises(Clash) as error:
        site.run(edit(site, seen, name="石方"), COLLEAGUE)
    assert error.value.reason.text_id == "reconcile.row_deleted"


def test_an_edit_without_its_base_is_refused(site: Site) -> None:
    task_id = site.add("土方", 2)
    bare = EditTask(
        scope_id=site.project_id,
        task_id=task_id,
        base=TaskFields(),
        values=TaskFields(name="石方"),
    )
    with pytest.raises(Refused) as error:
        site.run(bare)
    assert refusal(error) == "reconcile.base_missing"


MARCH = datetime(2026, 3, 9, 8)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"percent_complete": Decimal("1.1")}, "schedule.percent_out_of_range"),
        ({"percent_complete": Decimal("-0.1")}, "schedule.percent_out_of_range"),
        ({"percent_complete": Decimal("0.1234567")}, "schedule.percent_out_of_range"),
        ({"actual_finish": MARCH}, "schedule.finished_without_start"),
        (
            {"actual_start": MARCH, "actual_finish": datetime(2026, 3, 8, 8)},  # noqa: DTZ001
            "schedule.finish_before_start",
        ),
        ({"constraint_kind": ConstraintKind.START_ON}, "schedule.constraint_date"),
        ({"constraint_at": MARCH}, "schedule.constraint_date"),
        (
            {"second_constraint_kind": ConstraintKind.FINISH_NO_LATER},
            "schedule.constraint_date",
        ),
        ({"deadline": datetime(1969, 1, 1)}, "schedule.date_out_of_range"),  # noqa: DTZ001
        ({"deadline": datetime(2200, 1, 1)}, "schedule.date_out_of_range"),  # noqa: DTZ001
        ({"calendar_id": new_id()}, "schedule.calendar_gone"),
    ],
)
def test_unsound_values_are_refused(site: Site, fields: dict[str, object], reason: str) -> None:
    site.add("土方", 2)
    before = only(site).values
    with pytest.raises(Refused) as error:
        site.run(edit(site, only(site), **fields))
    assert refusal(error) == reason
    assert only(site).values == before


def test_a_branch_goes_with_its_links_and_comes_back_whole(site: Site) -> None:
    first = site.add("准备")
    above = site.add("基础", after=first)
    inside = site.add("垫层", 2, parent=above)
    other = site.add("筏板", 4, parent=above, after=inside)
    last = site.add("主体", after=above)
    site.link(first, inside)
    site.link(inside, other)
    site.link(other, last)
    before = site.plan()
    rows = before.below(above)
    site.run(
        DeleteTask(
            scope_id=site.project_id, task_id=above, seen={row.id: row.row_version for row in rows}
        )
    )
    left = site.plan()
    assert [task.values.name for task in left.tasks] == ["准备", "主体"]
    assert not left.links
    restore = RestoreTasks(
        scope_id=site.project_id,
        tasks=tuple(image(row) for row in rows),
        links=tuple(link_image(link) for link in before.links),
    )
    site.run(restore)
    again = site.plan()
    assert [task.values for task in again.tasks] == [task.values for task in before.tasks]
    assert [task.outline for task in again.tasks] == [task.outline for task in before.tasks]
    assert set(again.links) == set(before.links)


@pytest.mark.parametrize("change", ["edited", "added"])
def test_what_changed_unseen_is_not_deleted(site: Site, change: str) -> None:
    above = site.add("基础")
    inside = site.add("垫层", parent=above)
    seen = {row.id: row.row_version for row in site.plan().below(above)}
    if change == "edited":
        task = site.plan().task(inside)
        assert task is not None
        site.run(edit(site, task, name="防水垫层"), COLLEAGUE)
    else:
        site.add("筏板", parent=above)
    with pytest.raises(Clash) as error:
        site.run(DeleteTask(scope_id=site.project_id, task_id=above, seen=seen))
    assert error.value.reason.text_id == "reconcile.changed_before_delete"
    assert len(site.plan().tasks) >= 2


def test_deleting_what_is_gone_does_nothing(site: Site) -> None:
    changes = site.run(DeleteTask(scope_id=site.project_id, task_id=new_id(), seen={}))
    assert not changes


def test_a_task_is_not_restored_over_itself_nor_below_nothing(site: Site) -> None:
    task_id = site.add("土方")
    there = image(only(site))
    with pytest.raises(Refused) as error:
        site.run(RestoreTasks(scope_id=site.project_id, tasks=(there,), links=()))
    assert refusal(error) == "schedule.task_exists"
    orphan = TaskImage(id=new_id(), parent_id=new_id(), position=1, fields=whole_fields("孤儿"))
    with pytest.raises(Refused) as error:
        site.run(RestoreTasks(scope_id=site.project_id, tasks=(orphan,), links=()))
    assert refusal(error) == "schedule.task_gone"
    assert only(site).id == task_id


def test_an_image_must_be_whole(site: Site) -> None:
    partial = TaskImage(
        id=new_id(), parent_id=None, position=1, fields=TaskFields(name="土方", code="")
    )
    with pytest.raises(Refused) as error:
        site.run(RestoreTasks(scope_id=site.project_id, tasks=(partial,), links=()))
    assert refusal(error) == "sync.payload_malformed"
