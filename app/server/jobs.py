"""Work that waits in the table `job`: done one at a time, tried again if need be."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from app.core.errors import GantryError
from app.core.ids import COMPANY_SCOPE
from app.server.journal import Journal

JobWork = Callable[[Mapping[str, Any]], None]

_PLAN = (
    "insert into job (scope_id, kind, dedupe_key, payload, due_at) values (%s, %s, %s, '{}', %s)"
    " on conflict (dedupe_key) do nothing"
)
_NEXT = (
    "select id, kind, payload from job where done_at is null and due_at <= %s and kind = any(%s)"
    " order by due_at limit 1 for update"
)
_TRY = "update job set attempts = attempts + 1, due_at = %s where id = %s"
_DONE = "update job set done_at = %s, last_error = null where id = %s"
_FAILED = (
    "update job set last_error = %s,"
    " due_at = %s + least(interval '1 minute' * power(2, least(attempts, 12)), interval '6 hours')"
    " where id = %s"
)
# Longer than any job takes: one whose worker died is tried again by the next worker.
_TAKEN_FOR = timedelta(hours=2)
_SOON = timedelta(minutes=5)
_ERROR_LENGTH = 1_000


@dataclass(frozen=True, slots=True)
class _AtWork:
    job_id: UUID
    kind: str
    future: Future[None]


class JobBoard:
    """The kinds of jobs that this process can do; those in `daily` are planned by itself.

    `see_to` is called by the worker under its lease; the work runs in a thread of its own, so that
    commands do not wait for it.
    """

    def __init__(
        self, works: Mapping[str, JobWork], *, daily: tuple[str, ...] = (), journal: Journal
    ) -> None:
        self._works = dict(works)
        self._daily = daily
        self._journal = journal
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="gantry-job")
        self._at_work: _AtWork | None = None
        self._planned_for: str | None = None

    def see_to(self, connection: Connection, now: datetime) -> None:
        """Writes down what was done, plans the day, starts what is due."""
        self._write_down(connection, now)
        self._plan(connection, now)
        if self._at_work is None:
            self._start_next(connection, now)

    def close(self) -> None:
        """Waits for the job at work."""
        self._executor.shutdown()

    def _plan(self, connection: Connection, now: datetime) -> None:
        day = now.date().isoformat()
        if self._planned_for == day:
            return
        for kind in self._daily:
            connection.exec_driver_sql(_PLAN, (COMPANY_SCOPE, kind, f"{kind}:{day}", now + _SOON))
        self._planned_for = day

    def _start_next(self, connection: Connection, now: datetime) -> None:
        found = connection.exec_driver_sql(_NEXT, (now, list(self._works))).one_or_none()
        if found is None:
            return
        job_id, kind, payload = found
        connection.exec_driver_sql(_TRY, (now + _TAKEN_FOR, job_id))
        future = self._executor.submit(self._works[kind], payload)
        self._at_work = _AtWork(job_id, kind, future)

    def _write_down(self, connection: Connection, now: datetime) -> None:
        at_work = self._at_work
        if at_work is None or not at_work.future.done():
            return
        error = at_work.future.exception()
        if error is None:
            connection.exec_driver_sql(_DONE, (now, at_work.job_id))
        else:
            self._say(at_work, error)
            connection.exec_driver_sql(_FAILED, (repr(error)[:_ERROR_LENGTH], now, at_work.job_id))
        self._at_work = None

    def _say(self, at_work: _AtWork, error: BaseException) -> None:
        self._journal.warn("server.worker.job_failed", kind=at_work.kind, why=repr(error)[:300])
        if isinstance(error, GantryError):
            self._journal.warn_reason(error.reason)
