"""Where rows go when they are indented and outdented."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from app.services.schedule.views import TaskView
from app.ui.pages.schedule.moves import (
    Move,
    Place,
    indented,
    outdented,
    place_of,
    place_to_append,
    place_to_insert,
    topmost,
)
from app.ui.pages.schedule.picture import Picture
from tests.ui.pages.schedule.plans import picture, summary, task


def sample() -> tuple[Picture, list[TaskView]]:
    """1 (1.1, 1.2 (1.2.1), 1.3), 2, 3."""
    top, inner = summary("1"), summary("1.2")
    inner = TaskView(inner.id, top.id, 0, 1, 0, "", inner.values, None)
    rows = [
        top,
        task("1.1", parent=top.id),
        inner,
        task("1.2.1", parent=inner.id),
        task("1.3", parent=top.id),
        task("2"),
        task("3"),
    ]
    return picture(rows), rows


Tree = dict[UUID | None, list[UUID]]


def tree_of(shown: Picture) -> Tree:
    found: Tree = {None: []}
    for row in shown.plan.tasks:
        found.setdefault(row.parent_id, []).append(row.id)
    return found


def apply(tree: Tree, moves: list[Move], *, back: bool = False) -> Tree:
    """What the service does with such moves, one after another."""
    now = {parent: list(rows) for parent, rows in tree.items()}
    for move in reversed(moves) if back else moves:
        source, target = (move.taken, move.left) if back else (move.left, move.taken)
        now[source.parent_id].remove(move.task_id)
        rows = now.setdefault(target.parent_id, [])
        at = 0 if target.after_id is None else rows.index(target.after_id) + 1
        rows.insert(at, move.task_id)
    return {parent: rows for parent, rows in now.items() if rows}


def test_a_row_goes_below_the_one_before_it() -> None:
    shown, rows = sample()
    (move,) = indented(shown, [rows[4].id])
    assert move.taken == Place(rows[2].id, rows[3].id)
    assert not indented(shown, [rows[1].id])


def test_neighbours_go_below_the_same_row() -> None:
    shown, rows = sample()
    now = apply(tree_of(shown), indented(shown, [rows[5].id, rows[6].id]))
    assert now[rows[0].id][-2:] == [rows[5].id, rows[6].id]


def test_outdented_rows_stand_behind_their_parent_in_order() -> None:
    shown, rows = sample()
    now = apply(tree_of(shown), outdented(shown, [rows[1].id, rows[4].id]))
    assert now[None] == [rows[0].id, rows[1].id, rows[4].id, rows[5].id, rows[6].id]
    assert not outdented(shown, [rows[5].id])


def test_what_is_below_a_chosen_row_goes_with_it() -> None:
    shown, rows = sample()
    assert topmost(shown, [rows[3].id, rows[2].id, rows[5].id]) == [rows[2].id, rows[5].id]


def test_new_rows_stand_above_the_current_one_or_last() -> None:
    shown, rows = sample()
    assert place_to_insert(shown, rows[4].id) == Place(rows[0].id, rows[2].id)
    assert place_to_insert(shown, None) == Place(None, rows[6].id)
    assert place_to_append(shown, rows[3].id) == Place(rows[2].id, rows[3].id)
    assert place_to_append(shown, None) == Place(None, rows[6].id)
    assert place_of(shown, rows[1].id) == Place(rows[0].id, None)


@given(st.sets(st.integers(0, 6)), st.booleans())
def test_moving_back_restores_the_tree(chosen: set[int], inward: bool) -> None:
    shown, rows = sample()
    ids = [rows[number].id for number in chosen]
    before = apply(tree_of(shown), [])
    moves = indented(shown, ids) if inward else outdented(shown, ids)
    after = apply(before, moves)
    assert sorted(row for below in after.values() for row in below) == sorted(
        row.id for row in rows
    )
    assert apply(after, moves, back=True) == before
