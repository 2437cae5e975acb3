"""Old entries of the feed go, and whoever still needs one of them is told to begin anew."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, text

from app.core.people import Job
from app.server import pruning
from app.server.pruning import KEPT, prune
from app.sync.cache_state import read_state
from app.sync.desk import Desk
from app.sync.pull import plan_pull
from tests.servers import Server
from tests.sync.desks import assert_same_rows, edit, founded_project, name_of, office


def age(connection: Connection, table: str, column: str) -> None:
    """Makes everything in a table older than it is kept."""
    connection.execute(text(f"update {table} set {column} = now() - :kept"), {"kept": 2 * KEPT})


def test_a_desk_behind_the_floor_bootstraps_and_one_ahead_of_it_does_not(
    server: Server, tmp_path: Path
) -> None:
    for login in ("anna", "boris"):
        server.add_person(login, login, Job.ADMINISTRATOR)
    with office(server, tmp_path) as site:
        anna, boris = site.filled("anna"), site.filled("boris")
        project = founded_project(site, anna, boris)
        anna.execute(edit(anna, project, name="旧名"))
        site.sync(anna)
        with server.admin.begin() as connection:
            age(connection, "change_feed", "at")
        anna.execute(edit(anna, project, name="新名"))
        site.sync(anna)
        entries, chunks = prune(server.worker_dsn)
        assert (entries > 0, chunks) == (True, 0)
        assert prune(server.worker_dsn) == (0, 0)
        assert whole(boris) == set(held(boris))
        assert whole(anna) == set()
        site.sync(boris)
        assert name_of(boris, project) == "新名"
        for desk in (anna, boris):
            assert_same_rows(desk, server)
            assert whole(desk) == set()


def held(desk: Desk) -> list[UUID]:
    with desk.read() as session:
        return list(read_state(session.connection()).cursors)


def whole(desk: Desk) -> set[UUID]:
    """The scopes that the desk's next pull would fetch whole."""
    port = desk._store.link._connector()
    try:
        with port.view() as view, desk.read() as session:
            return set(plan_pull(view.hello, view.snapshot, read_state(session.connection())).whole)
    finally:
        port.close()


def test_batches_go_on_until_nothing_old_is_left(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.add_person("anna", "安娜", Job.ADMINISTRATOR)
    with server.admin.begin() as connection:
        age(connection, "change_feed", "at")
        connection.execute(text("update person set display_name = '新' where login = 'anna'"))
        count = connection.execute(text("select count(*) from change_feed")).scalar_one()
    monkeypatch.setattr(pruning, "BATCH", 1)
    assert prune(server.worker_dsn) == (count - 1, 0)
    assert prune(server.worker_dsn, timedelta(0)) == (0, 0), "the last day stays"
    with server.admin.connect() as connection:
        floor, left = connection.execute(
            text(
                "select prune_floor::text::int, (select xid::text::int from change_feed)"
                " from server_meta"
            )
        ).one()
    assert floor <= left


def test_old_chunks_go_unless_a_waiting_command_names_them(server: Server) -> None:
    scope = uuid4()
    with server.admin.begin() as connection:
        named, unnamed, fresh = (put(connection, scope, word) for word in ("甲", "乙", "丙"))
        connection.execute(
            text("update payload_chunk set received_at = now() - :kept where sha256 <> :fresh"),
            {"kept": 2 * KEPT, "fresh": fresh},
        )
        connection.execute(
            text(
                "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind,"
                " kind_version, payload, issued_at) values (gen_random_uuid(), :scope, 'anna',"
                " gen_random_uuid(), 1, 'x', 1, :payload, now())"
            ),
            {"scope": scope, "payload": f'{{"chunked": ["{named.hex()}"]}}'},
        )
    assert prune(server.worker_dsn) == (0, 1)
    with server.admin.begin() as connection:
        found = connection.execute(text("select sha256 from payload_chunk")).scalars()
        left = {bytes(name) for name in found}
        assert left == {named, fresh}
        connection.execute(text("update command_inbox set done = true"))
    assert unnamed not in left
    assert prune(server.worker_dsn) == (0, 1)


def test_chunks_go_a_few_at_a_time_with_the_writer_free_between(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server.admin.begin() as connection:
        for word in "甲乙丙丁戊":
            put(connection, uuid4(), word)
        age(connection, "payload_chunk", "received_at")
    monkeypatch.setattr(pruning, "CHUNKS_A_BATCH", 2)
    counts: list[int] = []
    once = pruning._once

    def counted(opened: Any, statement: str, values: Mapping[str, Any]) -> int:
        gone = once(opened, statement, values)
        with server.admin.begin() as connection:
            # The lease is free: another writer could lock it now.
            connection.execute(text("select from worker_lease for update nowait"))
        counts.append(gone)
        return gone

    monkeypatch.setattr(pruning, "_once", counted)
    assert prune(server.worker_dsn) == (0, 5)
    assert counts == [0, 2, 2, 1, 0]


def put(connection: Connection, scope: UUID, word: str) -> bytes:
    body = word.encode()
    name = hashlib.sha256(body).digest()
    connection.execute(
        text(
            "insert into payload_chunk (scope_id, sha256, actor, body) values (:s, :n, 'anna', :b)"
        ),
        {"s": scope, "n": name, "b": body},
    )
    return name
