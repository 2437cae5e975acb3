"""Jobs are done once, beside the commands, and tried again when they fail."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, text

from app.core.errors import EnvironmentFault
from app.server.jobs import JobBoard
from app.server.journal import Journal
from tests.servers import Server

MORNING = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
LATER = MORNING + timedelta(minutes=10)


class Recorded:
    """A job that waits for the test before it ends."""

    def __init__(self, fails: int = 0) -> None:
        self.runs = 0
        self._fails = fails
        self.may_end = threading.Event()

    def __call__(self, payload: Mapping[str, Any]) -> None:
        self.runs += 1
        self.may_end.wait(30)
        if self.runs <= self._fails:
            raise EnvironmentFault("server.backup.failed", reason="disk full")


def jobs(connection: Connection) -> list[Any]:
    found = connection.execute(
        text("select kind, attempts, done_at is not null, last_error from job order by due_at")
    )
    return [tuple(row) for row in found]


def test_a_daily_job_runs_once_a_day(server: Server) -> None:
    work = Recorded()
    board = JobBoard({"sweep": work}, daily=("sweep",), journal=Journal())
    with server.admin.begin() as connection:
        board.see_to(connection, MORNING)
        assert jobs(connection) == [("sweep", 0, False, None)]
        board.see_to(connection, LATER)
        # A restarted process plans the same day again.
        JobBoard({"sweep": work}, daily=("sweep",), journal=Journal()).see_to(connection, LATER)
        assert jobs(connection) == [("sweep", 1, False, None)]
        work.may_end.set()
        board.close()
        board.see_to(connection, LATER)
        assert jobs(connection) == [("sweep", 1, True, None)]
    assert work.runs == 1


def test_a_failed_job_is_tried_again_and_told(server: Server, caplog: Any) -> None:
    work = Recorded(fails=1)
    work.may_end.set()
    board = JobBoard({"sweep": work}, daily=("sweep",), journal=Journal("en"))
    with server.admin.begin() as connection:
        board.see_to(connection, MORNING)
        board.see_to(connection, LATER)
        _settle(board)
        board.see_to(connection, LATER)
        (kind, attempts, done, error) = jobs(connection)[0]
        assert (kind, attempts, done) == ("sweep", 1, False)
        assert "disk full" in error
        board.see_to(connection, LATER + timedelta(minutes=1))
        assert work.runs == 1
        board.see_to(connection, LATER + timedelta(minutes=3))
        board.close()
        board.see_to(connection, LATER + timedelta(minutes=4))
        assert jobs(connection) == [("sweep", 2, True, None)]
    assert "was not completed" in caplog.text


def test_unknown_kinds_are_left_to_who_knows_them(server: Server) -> None:
    board = JobBoard({}, journal=Journal())
    with server.admin.begin() as connection:
        connection.execute(
            text(
                "insert into job (scope_id, kind, dedupe_key, payload) values"
                " (gen_random_uuid(), 'of.a.later.release', 'x', '{}')"
            )
        )
        board.see_to(connection, LATER)
        assert jobs(connection) == [("of.a.later.release", 0, False, None)]
    board.close()


def _settle(board: JobBoard) -> None:
    at_work = board._at_work
    assert at_work is not None
    at_work.future.exception()
