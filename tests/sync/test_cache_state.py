"""What the cache remembers of itself comes back as it was."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, create_engine

from app.core.errors import Reason
from app.sync import cache_state
from app.sync.cache_schema import create_own
from app.sync.cache_state import Cursor
from app.sync.wire import Answer

A, B, C = (UUID(int=number) for number in range(1, 4))
REASON = Reason("projects.code_taken", {"code": "甲-1", "count": 2, "share": 0.5})


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as made:
        create_own(made)
        yield made
    engine.dispose()


def test_cursors_move_together_and_are_forgotten_one_by_one(connection: Connection) -> None:
    assert not cache_state.is_filled(connection)
    assert cache_state.read_state(connection) == cache_state.CacheState(None, {})
    cache_state.move_cursors(connection, "5:9:", {A: "planner|task", B: "|"})
    connection.exec_driver_sql("update scope_cursor set stale = 1")
    cache_state.move_cursors(connection, "7:9:", {B: "clerk|"})
    cache_state.move_cursors(connection, "8:9:", {})
    cache_state.write_fact(connection, "identity", "one")
    cache_state.write_fact(connection, "identity", "two")
    state = cache_state.read_state(connection)
    assert state.identity == cache_state.fact(connection, "identity") == "two"
    assert state.cursors == {
        A: Cursor("5:9:", "planner|task", stale=True),
        # What was fetched anew is not stale any more.
        B: Cursor("7:9:", "clerk|", stale=False),
    }
    cache_state.forget_scopes(connection, [A, C])
    assert set(cache_state.read_state(connection).cursors) == {B}
    assert cache_state.is_filled(connection)
    assert cache_state.fact(connection, "nothing") is None


def test_shown_commands_keep_their_doubt(connection: Connection) -> None:
    cache_state.show(connection, A, C)
    cache_state.show(connection, B, C, REASON)
    assert cache_state.shown(connection) == {A: None, B: REASON}
    cache_state.show(connection, B, C)
    assert cache_state.shown(connection) == {A: None, B: None}


def test_settled_answers_come_back_until_they_are_forgotten(connection: Connection) -> None:
    answers = [Answer(A, "applied"), Answer(B, "refused", REASON), Answer(C, "conflict")]
    cache_state.settle(connection, [])
    cache_state.settle(connection, answers)
    assert cache_state.settled(connection) == {answer.op_id: answer for answer in answers}
    cache_state.forget_settled(connection, [])
    cache_state.forget_settled(connection, [A])
    assert cache_state.settled_ids(connection) == {B, C}
    assert cache_state.settled_among(connection, {A.hex, B.hex}) == {B}
    cache_state.forget_settled(connection)
    assert cache_state.settled(connection) == {}
