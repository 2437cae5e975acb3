"""Pending commands run again on the rows as they are now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Connection

from app.core.ids import COMPANY_SCOPE
from app.core.people import Job
from app.core.projects import ProjectKind
from app.models.engines import CipherKey
from app.services.bus import part_of
from app.services.projects import CreateProject
from app.sync.cache import Cache
from app.sync.cache_state import shown
from app.sync.clock import SystemChance, SystemClock, new_id
from app.sync.journal import journal_off, undo_everything
from app.sync.outbox import Outbox, OutboxCommand
from app.sync.replay import replay

KEY = CipherKey("34" * 32)
NOW = datetime(2026, 3, 2, tzinfo=UTC)
ACTOR = "du.fu"


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """A cache in which the actor is an administrator."""
    cache = Cache(tmp_path, KEY)
    with cache.edit() as made:
        made.exec_driver_sql(
            "insert into scope_member (scope_id, id, person, job, row_version, created_at, "
            "created_by, updated_at, updated_by) values (?, ?, ?, ?, 1, '2026', 'x', '2026', 'x')",
            (COMPANY_SCOPE.hex, UUID(int=5).hex, ACTOR, Job.ADMINISTRATOR.value),
        )
        yield made
    cache.close()


@pytest.fixture
def outbox(tmp_path: Path) -> Iterator[Outbox]:
    opened = Outbox(tmp_path / "outbox.db", KEY, UUID(int=7))
    yield opened
    opened.close()


def founding(outbox: Outbox, *codes: str) -> list[OutboxCommand]:
    """Pending commands that found a project each."""
    for code in codes:
        scope_id = new_id(SystemClock(), SystemChance())
        command = CreateProject(
            scope_id=scope_id,
            member_id=new_id(SystemClock(), SystemChance()),
            code=code,
            name=code,
            kind=ProjectKind.PUBLIC,
            planned_start=date(2026, 3, 1),
        )
        outbox.save(part_of(command.KIND), command, op_id=scope_id, issued_at=NOW)
    return outbox.open_commands()


def codes(connection: Connection) -> list[str]:
    return list(connection.exec_driver_sql("select code from project order by code").scalars())


def test_commands_take_effect_and_can_be_undone(connection: Connection, outbox: Outbox) -> None:
    pending = founding(outbox, "A", "B")
    changes = replay(connection, pending, ACTOR)
    assert codes(connection) == ["A", "B"]
    assert changes.tables["project"] == {command.scope_id for command in pending}
    assert shown(connection) == dict.fromkeys(command.op_id for command in pending)
    stamps = connection.exec_driver_sql("select distinct created_by from project").scalars().all()
    assert stamps == [ACTOR]
    journal_off(connection)
    undo_everything(connection)
    assert codes(connection) == []


def test_what_is_refused_is_in_doubt_and_stops_nobody(
    connection: Connection, outbox: Outbox
) -> None:
    first, twin, last = founding(outbox, "A", "again", "B")
    twin = replace(twin, scope_id=first.scope_id, payload=first.payload)
    replay(connection, [first, twin, last], ACTOR)
    assert codes(connection) == ["A", "B"]
    doubts = shown(connection)
    assert (doubts[first.op_id], doubts[last.op_id]) == (None, None)
    doubt = doubts[twin.op_id]
    assert doubt is not None
    assert doubt.text_id == "projects.exists"


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"payload": "{"}, "sync.payload_malformed"),
        ({"kind": "projects.unheard_of"}, "sync.kind_unknown"),
        ({"version": 99}, "sync.version_unknown"),
        ({"scope_id": UUID(int=1)}, "sync.scope_differs"),
    ],
)
def test_what_this_program_does_not_understand_waits(
    connection: Connection, outbox: Outbox, spoilt: dict[str, object], reason: str
) -> None:
    wrong, right = founding(outbox, "A", "B")
    wrong = replace(wrong, **spoilt)  # type: ignore[arg-type]
    replay(connection, [wrong, right], ACTOR)
    assert codes(connection) == ["B"]
    doubt = shown(connection)[wrong.op_id]
    assert doubt is not None
    assert doubt.text_id == reason


def test_another_person_may_not_do_it(connection: Connection, outbox: Outbox) -> None:
    (pending,) = founding(outbox, "A")
    replay(connection, [pending], "li.bai")
    assert codes(connection) == []
    doubt = shown(connection)[pending.op_id]
    assert doubt is not None
    assert doubt.text_id == "people.not_permitted"


def test_what_only_the_server_may_do_is_left_out(connection: Connection, outbox: Outbox) -> None:
    (pending,) = founding(outbox, "A")
    assert not replay(connection, [replace(pending, online=True)], ACTOR)
    assert codes(connection) == []
    assert shown(connection) == {}


def test_it_gives_way_between_two_commands(connection: Connection, outbox: Outbox) -> None:
    calls = []

    def give_way() -> None:
        calls.append(len(codes(connection)))
        if len(calls) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        replay(connection, founding(outbox, "A", "B", "C"), ACTOR, give_way)
    assert calls == [0, 1]
