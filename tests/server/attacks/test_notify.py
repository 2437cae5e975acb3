"""Notifications that nobody asked for: floods of them, and a queue that nobody reads."""

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from psycopg2.errors import ProgramLimitExceeded
from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class

from app.core.people import Job
from app.server import worker as worker_module
from app.server.connect import worker_engine
from app.server.embedded.configuration import VOLATILE
from app.server.embedded.controller import EmbeddedPostgres
from app.server.inbox_ear import InboxEar
from app.server.worker import Surroundings, Worker
from app.sync.desk import Desk
from tests.models.asking import connect, rows
from tests.postgres import new_server_folder
from tests.server.attacks.conftest import Company
from tests.server.inbox import BareDesk, edit, found_project
from tests.servers import Server
from tests.sync.desks import HandClock, founded_project, name_of, office, turn_until_idle
from tests.sync.desks import edit as desk_edit

NOTIFICATIONS = 100_000
FLOOD = (
    "do $$ begin for n in 1..1000 loop perform pg_notify('{channel}', n::text); end loop; end $$"
)


def flood(opened: Connection, channel: str) -> None:
    for _ in range(NOTIFICATIONS // 1000):
        with opened.cursor() as cursor:
            cursor.execute(FLOOD.format(channel=channel))


class CountingEar(InboxEar):
    """Counts how often the worker comes back to listen: so often it has looked."""

    looks = 0

    def wait(self, seconds: float, stop: threading.Event) -> bool:
        CountingEar.looks += 1
        return super().wait(seconds, stop)


def test_a_flood_does_not_make_the_worker_look_more_often(company: Company, lin: BareDesk) -> None:
    dsn = company.server.worker_dsn
    around = Surroundings(worker_engine(dsn), lambda: CountingEar(dsn))
    worker, stop = Worker(dsn, surroundings=around), threading.Event()
    running = threading.Thread(target=worker.run, args=(stop,))
    began = time.monotonic()
    running.start()
    try:
        flood(lin.opened, "gantry_inbox")
        (op_id,) = lin.send(edit(company.lin_project, "", ""))
        lin.await_answer(op_id)
    finally:
        stop.set()
        running.join()
        worker.close()
    most = (time.monotonic() - began) / worker_module._BUSY_SECONDS
    assert 0 < CountingEar.looks <= most + 2


def test_a_flood_does_not_make_a_desk_pull_more_often(tmp_path: Path, company: Company) -> None:
    company.server.add_person("wu.min", job=Job.ADMINISTRATOR)
    with office(company.server, tmp_path) as opened, BareDesk(company.server, "ma.chao") as ma:
        clock = HandClock()
        profile = opened.profile("wu.min")
        desk = Desk.open(profile, opened.keys(profile), clock=clock)
        turn_until_idle(desk)
        before = desk._store.link.report.pulls
        for _ in range(200):
            ma.rows("select pg_notify('gantry_feed', gen_random_uuid()::text)")
            clock.pass_time(0.02)
            desk._store.turn()
        # Four seconds: a few at once, and then after 0.2, 0.4, 0.8 and 1.6 seconds.
        assert 0 < desk._store.link.report.pulls - before <= 9
        flood(ma.opened, "gantry_feed")
        turn_until_idle(desk)
        # A desk that asked for something hears of its answer as before.
        project = founded_project(opened, desk)
        desk.execute(desk_edit(desk, project, name="江湾一号"))
        opened.sync(desk)
        assert name_of(desk, project) == "江湾一号"
        desk.close()


def fill_queue(opened: Connection) -> None:
    for _ in range(10_000):
        try:
            rows(opened, "select pg_notify('x', repeat('a', 7900) || gen_random_uuid())")
        except ProgramLimitExceeded:
            return
    raise AssertionError("there is no end to it")


@pytest.fixture
def small() -> Iterator[Server]:
    """A server whose queue of notifications is quickly full."""
    settings = {**VOLATILE, "max_notify_queue_pages": "64"}
    embedded = EmbeddedPostgres(new_server_folder(), settings=settings)
    with embedded as running:
        server = Server(running)
        yield server
        server.close()
    embedded.remove()


def test_a_queue_that_nobody_reads_stops_nobody(small: Server) -> None:
    for login in ("zhao.gang", "ma.chao"):
        small.add_person(login, job=Job.ADMINISTRATOR)
    with (
        closing(connect(small.dsn_for("ma.chao"))) as deaf,
        closing(connect(small.dsn_for("ma.chao"))) as loud,
        BareDesk(small, "zhao.gang") as desk,
    ):
        with deaf.cursor() as cursor:
            cursor.execute("set idle_in_transaction_session_timeout = 0; listen x")
            cursor.execute("begin; select 1")
        fill_queue(loud)
        worker = small.worker()
        project = uuid4()
        (op_id,) = desk.send(found_project(project))
        assert worker.apply_waiting() == 1
        assert desk.answer(op_id) == ("applied", None)
        assert not desk.rows("select 1 where pg_notification_queue_usage() < 0.5")
