"""What a desk compares of what the server says."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.sync.wire import Hello, ServerIdentity

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)


def hello(jobs: frozenset[str], readable: frozenset[str]) -> Hello:
    return Hello(
        me="du.fu",
        identity=ServerIdentity("1", 1, "a"),
        standby=False,
        schema_oldest=1,
        schema_newest=1,
        prune_floor=0,
        now=datetime(2026, 3, 2, tzinfo=UTC),
        scopes={HERE: jobs},
        readable=readable,
    )


def test_rights_are_the_same_text_whatever_the_order() -> None:
    one = hello(frozenset(["planner", "clerk", "manager"]), frozenset(["task", "project"]))
    other = hello(frozenset(["manager", "clerk", "planner"]), frozenset(["project", "task"]))
    assert one.rights(HERE) == other.rights(HERE) == "clerk,manager,planner|project,task"


@pytest.mark.parametrize(
    ("jobs", "readable"),
    [([], ["task"]), (["planner"], []), (["planner", "task"], ["task"]), (["task"], ["planner"])],
)
def test_other_rights_are_another_text(jobs: list[str], readable: list[str]) -> None:
    known = hello(frozenset(["planner"]), frozenset(["task"])).rights(HERE)
    assert hello(frozenset(jobs), frozenset(readable)).rights(HERE) != known
    assert hello(frozenset(["planner"]), frozenset(["task"])).rights(ELSEWHERE) != known


@pytest.mark.parametrize(
    "other",
    [ServerIdentity("2", 1, "a"), ServerIdentity("1", 2, "a"), ServerIdentity("1", 1, "b")],
)
def test_any_difference_is_another_server(other: ServerIdentity) -> None:
    assert other.text() != ServerIdentity("1", 1, "a").text()
