"""A clash is stored whole, with everything that was typed."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from app.core.reconcile import ConflictState
from app.models.reconcile import Conflict
from tests.models.databases import KINDS, empty_database
from tests.models.stored import NOW, read_again, stamp


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with empty_database(request.param, tmp_path) as made:
        yield made


def test_a_clash_comes_back(engine: Engine) -> None:
    values = {
        "actor": "zhou.mingyuan",
        "device_id": UUID(int=9),
        "kind": "schedule.edit_task",
        "command": '{"note": "第一行\\n引号\\""}' * 1000,
        "row_table": "task",
        "row_id": UUID(int=5),
        "their_actor": "chen.li",
        "their_at": NOW,
        "issued_at": NOW,
        "reason_id": "reconcile.changed_meanwhile",
        "reason_parameters": {"name": "挖土"},
        "groups": [{"group": "note", "base": {"note": ""}, "mine": {"note": "a"}, "theirs": None}],
        "state": ConflictState.RETURNED,
        "resolved_by": "",
        "remark": "请核对",
    }
    (row,) = read_again(engine, Conflict, stamp(1) | values)
    assert row.resolution is None
    with engine.connect() as connection:
        found = connection.execute(text("select resolution is null from conflict")).scalar()
    assert found
