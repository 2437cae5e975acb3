"""The primary falls, its standby is promoted, and the desks write again."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from app.core.people import Job
from app.server.worker import Worker
from app.sync.desk import Desk
from tests.faults import invariants
from tests.faults.reading import desk_state, rows_for, server_state
from tests.faults.standby import PRIMARY, STANDBY, ReplicatedServer
from tests.sync.desks import Office, edit, new_project

PATIENCE_S = 60.0


@pytest.fixture(params=[True, False], ids=["synchronous", "asynchronous"])
def server(request: pytest.FixtureRequest) -> Iterator[ReplicatedServer]:
    made = ReplicatedServer(synchronous=request.param)
    try:
        made.add_person("anna", "安娜", Job.ADMINISTRATOR)
        yield made
    finally:
        made.close()


@contextmanager
def at_work(server: ReplicatedServer) -> Iterator[None]:
    """A server process that knows both."""
    worker, stop = Worker(server.worker_dsn_of_both()), threading.Event()
    working = threading.Thread(target=worker.run, args=(stop,))
    working.start()
    try:
        yield
    finally:
        stop.set()
        working.join()
        worker.close()


def desk_on_both(office: Office) -> Desk:
    profile = replace(office.profile("anna"), hosts=(PRIMARY, STANDBY))
    return Desk.open(profile, office.keys(profile))


def acknowledged(desk: Desk) -> set[UUID]:
    """What the server said it has applied."""
    return {one.op_id for one in desk_state(desk).commands if one.state == "applied"}


def test_desks_write_again_after_a_failover(server: ReplicatedServer, tmp_path: Path) -> None:
    office = Office(server, tmp_path)
    anna = desk_on_both(office)
    with at_work(server):
        anna.sync_until_quiet(PATIENCE_S)
        anna.start()
        project = _founded(anna)
        saved = {anna.execute(edit(anna, project, note=f"{n}")).op_id for n in range(20)}
        anna.sync_until_quiet(PATIENCE_S)
        promised = acknowledged(anna)
        assert saved <= promised
        server.fall()
        saved |= {anna.execute(edit(anna, project, region=f"{n}")).op_id for n in range(20)}
        server.promote()
        kept = server_state(server.admin).state_of.keys()
        assert promised <= kept
        status = anna.sync_until_quiet(PATIENCE_S)
        assert (status.pending, status.conflicts, status.refused) == (0, 0, 0)
    assert_all_well(server, anna, saved)
    anna.close()


def test_what_the_standby_never_received_is_sent_again(tmp_path: Path) -> None:
    server = ReplicatedServer(synchronous=False)
    server.add_person("anna", "安娜", Job.ADMINISTRATOR)
    office = Office(server, tmp_path)
    anna = desk_on_both(office)
    with at_work(server):
        anna.sync_until_quiet(PATIENCE_S)
        anna.start()
        project = _founded(anna)
        server.lag()
        saved = {anna.execute(edit(anna, project, note=f"{n}")).op_id for n in range(20)}
        anna.sync_until_quiet(PATIENCE_S)
        promised = acknowledged(anna)
        assert saved <= promised
        server.fall()
        server.promote()
        assert promised - server_state(server.admin).state_of.keys()
        anna.sync_until_quiet(PATIENCE_S)
        assert anna.status().pending == 0
    assert_all_well(server, anna, saved)
    anna.close()
    server.close()


def _founded(desk: Desk) -> UUID:
    command = new_project(desk)
    desk.execute(command)
    desk.sync_until_quiet(PATIENCE_S)
    return command.scope_id


def assert_all_well(server: ReplicatedServer, desk: Desk, saved: set[UUID]) -> None:
    state = server_state(server.admin)
    assert invariants.of_server(state) == []
    assert invariants.saved_ends(saved, state) == []
    seen = desk_state(desk)
    assert invariants.after_healing(seen, rows_for(server.engine_as("anna"))) == []
