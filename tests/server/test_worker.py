"""The worker decides every command once, in order, whatever happens around it."""

import contextlib
import threading
import time
from uuid import UUID, uuid4

import pytest
from psycopg2.extensions import make_dsn
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.server import audit
from app.server.connect import Patience
from app.server.journal import Journal
from app.server.lease import LeaseHeld
from app.server.worker import Worker
from app.services.commands import encode
from tests.server.inbox import BareDesk, edit, found_project
from tests.server.oops import Oops, oops_worker
from tests.server.swallowing import SwallowingProxy
from tests.servers import Server


def test_applies_in_order_and_answers(server: Server, desk: BareDesk, project: UUID) -> None:
    op_ids = desk.send(*(edit(project, f"r{n}" if n else "", f"r{n + 1}") for n in range(250)))
    assert server.worker().apply_waiting() == 250
    assert desk.answers(op_ids) == ["applied"] * 250
    assert desk.rows("select region, row_version, updated_by from project") == [
        ("r250", 251, "zhao.gang")
    ]
    with server.admin.connect() as connection:
        devices = connection.execute(text("select last_seq from device")).scalars().all()
        assert devices == [251]
        assert audit.broken_link(connection) is None
        assert connection.scalar(text("select count(*) from audit_log")) == 251
        assert connection.scalar(text("select count(*) from command_inbox where not done")) == 0


def test_a_command_that_kills_its_connection_is_given_up(
    server: Server, desk: BareDesk, project: UUID
) -> None:
    op_ids = desk.send(
        edit(project, "", "a"), Oops(scope_id=project, how="crash"), edit(project, "a", "b")
    )
    worker = oops_worker(server)
    for _ in range(20):
        try:
            worker.apply_waiting()
            break
        except DBAPIError:
            assert desk.answer(op_ids[1]) is None
    assert desk.answers(op_ids) == ["applied", "refused", "applied"]
    worker.close()


def test_the_same_command_twice_is_applied_once(
    server: Server, desk: BareDesk, project: UUID
) -> None:
    row = desk.row("projects.edit", encode(edit(project, "", "a")), project)
    assert desk.insert([row]) == [row["op_id"]]
    assert desk.insert([row]) == []
    server.worker().apply_waiting()
    assert desk.insert([row]) == []
    assert server.worker().apply_waiting() == 0
    assert desk.rows("select row_version from project") == [(2,)]


def test_desks_are_woken(server: Server, desk: BareDesk) -> None:
    with desk.opened.cursor() as cursor:
        cursor.execute("listen gantry_feed")
    desk.send(found_project(uuid4()))
    server.worker().apply_waiting()
    desk.rows("select 1")
    assert [note.channel for note in desk.opened.notifies] == ["gantry_feed"]


def test_a_running_worker_keeps_the_lease(server: Server, desk: BareDesk) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=server.worker().run, args=(stop,))
    thread.start()
    try:
        (first,) = desk.send(found_project(uuid4()))
        desk.await_answer(first)
        (second,) = desk.send(found_project(uuid4(), "P-2"))
        with contextlib.suppress(LeaseHeld):
            assert server.worker().apply_waiting() == 0
        desk.await_answer(second)
    finally:
        stop.set()
        thread.join()
    ((epoch, count),) = desk.rows("select epoch, count(*) from command_result group by epoch")
    assert count == 2
    (third,) = desk.send(found_project(uuid4(), "P-3"))
    assert server.worker().apply_waiting() == 1
    assert desk.rows("select epoch from command_result where op_id = %s", third) == [(epoch + 1,)]


def test_a_server_that_says_nothing_is_given_up_and_found_again(
    server: Server, desk: BareDesk, project: UUID, caplog: pytest.LogCaptureFixture
) -> None:
    proxy = SwallowingProxy(server.running.host, server.running.port)
    worker = Worker(
        make_dsn(server.worker_dsn, port=proxy.port),
        patience=Patience(silent=0.6, answer=0.5),
        journal=Journal("en"),
    )
    stop = threading.Event()
    running = threading.Thread(target=worker.run, args=(stop,))
    running.start()
    try:
        (first,) = desk.send(edit(project, "", "a"))
        desk.await_answer(first)
        proxy.swallow.set()
        (second,) = desk.send(edit(project, "a", "b"))
        await_words(caplog, "cannot be reached")
        proxy.swallow.clear()
        desk.await_answer(second)
    finally:
        stop.set()
        running.join()
        worker.close()
        proxy.close()
    assert desk.answers([first, second]) == ["applied", "applied"]


def await_words(caplog: pytest.LogCaptureFixture, words: str) -> None:
    deadline = time.monotonic() + 60
    while words not in caplog.text:
        assert time.monotonic() < deadline
        time.sleep(0.01)
