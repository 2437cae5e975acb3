"""The outline under any row of moves: a tree it stays, and order is kept."""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.errors import Refused
from app.core.schedule.network import ActivityKind
from app.services.schedule.outline import MoveTask
from app.services.schedule.places import GAP
from app.services.schedule.tasks import RestoreTasks, TaskImage
from app.services.schedule.views import TaskView
from app.services.tx import Clash
from tests.services.schedule.site import COLLEAGUE, Site, new_id, whole_fields


def move(site: Site, task_id: UUID, parent_id: UUID | None, after_id: UUID | None) -> MoveTask:
    task = site.plan().task(task_id)
    return MoveTask(
        scope_id=site.project_id,
        task_id=task_id,
        base_parent_id=None if task is None else task.parent_id,
        parent_id=parent_id,
        after_id=after_id,
    )


def order(rows: tuple[TaskView, ...]) -> dict[UUID | None, list[UUID]]:
    found: defaultdict[UUID | None, list[UUID]] = defaultdict(list)
    for row in rows:
        found[row.parent_id].append(row.id)
    return dict(found)


def test_a_task_goes_below_another_and_back(site: Site) -> None:
    first = site.add("基础", 3)
    second = site.add("垫层", after=first)
    site.run(move(site, second, first, None))
    assert site.shape() == [("1", "基础"), ("1.1", "垫层")]
    assert site.plan().tasks[0].values.kind is ActivityKind.SUMMARY
    site.run(move(site, second, None, first))
    assert site.shape() == [("1", "基础"), ("2", "垫层")]
    assert site.plan().tasks[0].values.kind is ActivityKind.TASK


def test_a_task_does_not_go_below_itself(site: Site) -> None:
    above = site.add("基础")
    inside = site.add("垫层", parent=above)
    for target in (above, inside):
        with pytest.raises(Refused) as error:
            site.run(move(site, above, target, None))
        assert error.value.reason.text_id == "schedule.below_itself"
    with pytest.raises(Refused) as error:
        site.run(move(site, above, new_id(), None))
    assert error.value.reason.text_id == "schedule.parent_gone"


def test_a_task_moved_elsewhere_meanwhile_is_a_clash(site: Site) -> None:
    first = site.add("甲")
    second = site.add("乙", after=first)
    third = site.add("丙", after=second)
    late = move(site, third, second, None)
    site.run(move(site, third, first, None), COLLEAGUE)
    with pytest.raises(Clash) as error:
        site.run(late)
    assert error.value.clashes[0].group == "place"
    site.run(move(site, third, first, None))


def test_a_moved_task_that_is_gone_is_a_clash(site: Site) -> None:
    with pytest.raises(Clash):
        site.run(move(site, new_id(), None, None))


def test_rows_are_numbered_anew_once_the_gap_between_two_is_used_up(site: Site) -> None:
    first = site.add("首")
    last = site.add("尾", after=first)
    names = ["首"]
    for number in range(24):
        site.add(f"{number}", after=first)
        names.insert(1, f"{number}")
    assert [name for _, name in site.shape()] == [*names, "尾"]
    positions = [task.position for task in site.plan().tasks]
    assert positions == sorted(set(positions))
    assert site.plan().tasks[-1].id == last


def test_a_sibling_that_is_gone_puts_the_row_last(site: Site) -> None:
    site.add("甲")
    site.add("乙", after=new_id())
    assert [name for _, name in site.shape()] == ["甲", "乙"]


ROWS = 9
Moves = list[tuple[int, int, int]]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, ROWS - 1), st.integers(-1, ROWS - 1), st.integers(-1, ROWS - 1)),
        max_size=12,
    )
)
def test_the_outline_stays_a_tree_and_keeps_its_order(moves: Moves) -> None:
    with TemporaryDirectory() as folder:
        site = Site(Path(folder) / "cache.db")
        try:
            site.set_up()
            ids = [new_id() for _ in range(ROWS)]
            images = tuple(
                TaskImage(
                    id=row,
                    parent_id=None,
                    # Two rows stand without room between them, so that renumbering is met.
                    position=number * GAP if number != 4 else 3 * GAP + 1,
                    fields=whole_fields(f"{number}"),
                )
                for number, row in enumerate(ids, 1)
            )
            site.run(RestoreTasks(scope_id=site.project_id, tasks=images, links=()))
            for who, below, behind in moves:
                _move_and_compare(site, ids, who, below, behind)
        finally:
            site.close()


def _move_and_compare(site: Site, ids: list[UUID], who: int, below: int, behind: int) -> None:
    mover = ids[who]
    parent = None if below < 0 else ids[below]
    before = order(site.plan().tasks)
    siblings = [row for row in before.get(parent, []) if row != mover]
    after = None if behind < 0 else ids[behind]
    if parent in {row.id for row in site.plan().below(mover)}:
        with pytest.raises(Refused):
            site.run(move(site, mover, parent, after))
        assert order(site.plan().tasks) == before
        return
    site.run(move(site, mover, parent, after))
    now = order(site.plan().tasks)
    assert sorted(row for rows in now.values() for row in rows) == sorted(ids)
    at = 0 if after is None else siblings.index(after) + 1 if after in siblings else len(siblings)
    assert now[parent] == [*siblings[:at], mover, *siblings[at:]]
    for above, rows in before.items():
        if above != parent:
            assert now.get(above, []) == [row for row in rows if row != mover]
