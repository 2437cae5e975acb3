"""The server process does its daily backup beside its work."""

import threading
import time
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.errors import EnvironmentFault
from app.server.backups import SUFFIX, check_backup
from app.server.journal import Journal
from app.server.serving import Source, embedded_source, external_source, serve
from tests.server.inbox import BareDesk, edit
from tests.servers import Server


def test_the_daily_backup_is_made(
    server: Server, desk: BareDesk, project: UUID, tmp_path: Path
) -> None:
    source = Source(server.worker_dsn, "127.0.0.1", 0, server.database, server.superuser_dsn)
    stop = threading.Event()
    sound: list[bool] = []
    serving = threading.Thread(
        target=lambda: sound.append(serve(source, Journal(), stop, backups=tmp_path))
    )
    serving.start()
    try:
        hurry_jobs(server)
        (op_id,) = desk.send(edit(project, "", "meanwhile"))
        desk.await_answer(op_id)
        await_done_job(server)
    finally:
        stop.set()
        serving.join()
    assert sound == [True]
    (file,) = tmp_path.glob(f"*{SUFFIX}")
    check_backup(file)


def hurry_jobs(server: Server) -> None:
    """Makes what is planned for later due now."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with server.admin.begin() as connection:
            if connection.execute(text("update job set due_at = now()")).rowcount:
                return
        time.sleep(0.05)
    raise AssertionError("nothing is planned")


def await_done_job(server: Server) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with server.admin.connect() as connection:
            if connection.scalar(text("select bool_and(done_at is not null) from job")):
                return
        time.sleep(0.05)
    raise AssertionError("the job does not end")


def test_a_worker_login_is_enough_for_a_database_elsewhere(server: Server) -> None:
    source = external_source(server.worker_dsn)
    assert source.superuser_dsn is None
    assert source.database == server.database
    assert server.running.password not in repr(source)


def test_only_this_computer(tmp_path: Path) -> None:
    with (
        pytest.raises(EnvironmentFault) as caught,
        embedded_source(tmp_path, Journal(), listen="::"),
    ):
        raise AssertionError
    assert caught.value.reason.text_id == "server.admin.loopback_only"
