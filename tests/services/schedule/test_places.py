"""Places in the outline, found in a transaction."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.core.errors import Refused
from app.core.schedule.network import ActivityKind
from app.models.schedule import Task
from app.services.schedule.places import GAP, names, place_among, siblings, subtree
from app.services.tx import Tx
from tests.services.schedule.site import PLANNER, Site, new_id


@pytest.fixture
def tx(site: Site) -> Iterator[Tx]:
    """A transaction of the project that is never committed."""
    with site.read() as session:
        # As sessions that commands run in.
        session.autoflush = True
        yield Tx(
            session,
            scope_id=site.project_id,
            op_id=new_id(),
            actor=PLANNER,
            issued_at=datetime(2026, 3, 2, tzinfo=UTC),
        )


def put(tx: Tx, mover: UUID, parent_id: UUID | None, after_id: UUID | None) -> None:
    """Moves a task as the commands do."""
    row = tx.find(Task, mover)
    assert row is not None
    position = place_among(tx, parent_id, after_id, mover)
    tx.change(row, {"position": position, "parent_id": parent_id})
    tx.session.flush()


def order(tx: Tx, parent_id: UUID | None = None) -> list[UUID]:
    return [row.id for row in siblings(tx, parent_id)]


def test_first_after_and_last(site: Site, tx: Tx) -> None:
    first = site.add("土方")
    second = site.add("垫层", after=first)
    third = site.add("筏板", after=second)
    assert order(tx) == [first, second, third]
    put(tx, third, None, None)
    assert order(tx) == [third, first, second]
    put(tx, third, None, first)
    assert order(tx) == [first, third, second]
    put(tx, first, None, new_id())
    assert order(tx) == [third, second, first]


def test_room_at_one_place_never_ends(site: Site, tx: Tx) -> None:
    first = site.add("土方")
    second = site.add("垫层", after=first)
    third = site.add("筏板", after=second)
    # Each move halves the room right after the first row: it is used up after twenty.
    for number in range(50):
        mover = (third, second)[number % 2]
        put(tx, mover, None, first)
        assert order(tx)[:2] == [first, mover]
    positions = [row.position for row in siblings(tx, None)]
    assert len(set(positions)) == 3


def test_work_with_something_below_becomes_a_summary(site: Site, tx: Tx) -> None:
    above, below = site.add("主体"), site.add("模板")
    assert place_among(tx, above, None, below) == GAP
    row = tx.find(Task, above)
    assert row is not None
    assert row.kind is ActivityKind.SUMMARY
    with pytest.raises(Refused) as refused:
        place_among(tx, new_id(), None)
    assert refused.value.reason.text_id == "schedule.parent_gone"


def test_a_subtree_has_parents_first(site: Site, tx: Tx) -> None:
    top = site.add("主体")
    inner = site.add("一层", parent=top)
    deep = site.add("模板", parent=inner)
    other = site.add("装修", after=top)
    found = [task.id for task in subtree(tx, top)]
    assert sorted(found) == sorted([top, inner, deep])
    assert found.index(top) < found.index(inner) < found.index(deep)
    assert [task.id for task in subtree(tx, other)] == [other]
    assert subtree(tx, new_id()) == []


def test_names_come_in_the_order_asked(site: Site, tx: Tx) -> None:
    coded, bare = site.add("土方", code="A1"), site.add("垫层")
    assert names(tx, [bare, new_id(), coded]) == ["垫层", "?", "A1 土方"]
