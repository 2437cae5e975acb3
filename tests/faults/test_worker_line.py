"""Every fault of the line between a server process and PostgreSQL, at each of its requests."""

import threading
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from psycopg2.extensions import make_dsn, parse_dsn
from sqlalchemy.exc import DBAPIError

from app.core.people import Job
from app.models.engines import DeadlineMissed
from app.server.connect import Patience
from app.server.lease import LeaseHeld
from app.server.worker import Worker
from tests.faults import invariants
from tests.faults.reading import server_state
from tests.server.inbox import BareDesk, edit, found_project
from tests.servers import Server, fresh_server
from tests.sync.proxy import Fault, Proxy

PATIENCE = Patience(silent=0.2, stalled=0.3, answer=0.15)
MOST_REQUESTS = 60
MOST_TRIES = 100
# The lease may still be another's in a round: it asks less then.
ROUNDS_SPARED = 3
MARKS = {
    b"begin",
    b"for update nowait",
    b"savepoint command",
    b"insert into audit_log",
    b"audit_head set",
    b"commit",
}


@pytest.fixture
def server() -> Iterator[Server]:
    with fresh_server() as made:
        made.add_person("anna", "安娜", Job.ADMINISTRATOR)
        yield made


@pytest.fixture
def line(server: Server) -> Iterator[Proxy]:
    opened = Proxy(int(parse_dsn(server.worker_dsn)["port"]))
    yield opened
    opened.close()


class Stream:
    """Edits of one project, each on top of the one before."""

    def __init__(self, server: Server, desk: BareDesk) -> None:
        self._server = server
        self._desk = desk
        self.project = uuid4()
        self.op_ids: list[UUID] = desk.send(found_project(self.project))
        self._region = ""

    def send(self) -> None:
        """Three more edits."""
        for _ in range(3):
            region = f"r{len(self.op_ids)}"
            self.op_ids += self._desk.send(edit(self.project, self._region, region))
            self._region = region

    def findings(self) -> list[str]:
        """What is not as it must be, with everything decided."""
        assert self._desk.answers(self.op_ids) == ["applied"] * len(self.op_ids)
        # One version for each edit: applied twice, it would be one more.
        assert self._desk.rows("select row_version, region from project") == [
            (len(self.op_ids), self._region)
        ]
        return invariants.of_server(server_state(self._server.admin))


def try_to_apply(worker: Worker) -> bool:
    """One attempt; whether the line let it through."""
    try:
        worker.apply_waiting()
    except (DBAPIError, DeadlineMissed, LeaseHeld):
        threading.Event().wait(PATIENCE.silent / 10)
        return False
    return True


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.name.lower())
def test_a_worker_finishes_whatever_happens_to_any_request(
    server: Server, line: Proxy, fault: Fault
) -> None:
    met, spared = b"", 0
    with BareDesk(server, "anna") as desk:
        stream = Stream(server, desk)
        for number in range(1, MOST_REQUESTS):
            worker = Worker(make_dsn(server.worker_dsn, port=line.port), patience=PATIENCE)
            stream.send()
            line.strike(number, fault)
            assert any(try_to_apply(worker) for _ in range(MOST_TRIES))
            fell_on = line.calm()
            worker.close()
            assert stream.findings() == []
            met += (fell_on or b"").lower()
            spared += fell_on is None
            if spared == ROUNDS_SPARED:
                break
    assert [mark for mark in MARKS if mark not in met] == []


@pytest.mark.parametrize("fault", [Fault.CUT_ANSWER, Fault.DEAF, Fault.MUTE])
def test_another_takes_over_when_the_answer_to_commit_is_lost(
    server: Server, line: Proxy, fault: Fault
) -> None:
    commits = spared = 0
    with BareDesk(server, "anna") as desk:
        stream = Stream(server, desk)
        second = Worker(server.worker_dsn, patience=PATIENCE)
        for number in range(1, MOST_REQUESTS):
            first = Worker(make_dsn(server.worker_dsn, port=line.port), patience=PATIENCE)
            stream.send()
            line.strike(number, fault)
            try_to_apply(first)
            fell_on = line.calm()
            # The other waits for the lease; what the first one was at is done or undone, once.
            assert any(try_to_apply(second) for _ in range(MOST_TRIES))
            first.close()
            assert stream.findings() == []
            commits += (fell_on or b"")[5:11].lower() == b"commit"
            spared += fell_on is None
            if spared == ROUNDS_SPARED:
                break
        second.close()
    assert commits >= 1
