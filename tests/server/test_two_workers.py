"""Two server processes: one writes, the other takes over, and never do both write."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from app.server import audit
from app.services.commands import encode
from tests.server.inbox import BareDesk, edit, found_project
from tests.server.worker_process import Nap
from tests.server.workers import WorkerProcess
from tests.servers import Server


class Stream:
    """Edits of one project, each on top of the one before."""

    def __init__(self, desk: BareDesk) -> None:
        self.desk = desk
        self.project = uuid4()
        self.op_ids = desk.send(found_project(self.project))
        self._value = ""

    def send(self, count: int = 20) -> None:
        """Puts edits into the inbox."""
        for _ in range(count):
            value = f"r{len(self.op_ids)}"
            self.op_ids += self.desk.send(edit(self.project, self._value, value))
            self._value = value

    def settle(self) -> None:
        """Waits for the last answer."""
        self.desk.await_answer(self.op_ids[-1])


@pytest.fixture
def stream(desk: BareDesk) -> Stream:
    return Stream(desk)


def holder(server: Server) -> UUID | None:
    with server.admin.connect() as connection:
        found: UUID | None = connection.scalar(text("select holder from worker_lease"))
        return found


def check(server: Server, stream: Stream) -> int:
    """Everything applied once, in an unbroken chain, no writer after its term; how many terms."""
    assert stream.desk.answers(stream.op_ids) == ["applied"] * len(stream.op_ids)
    with server.admin.connect() as connection:
        assert audit.broken_link(connection) is None
        terms = (
            connection.execute(
                text("select epoch from audit_log join command_result using (op_id) order by n")
            )
            .scalars()
            .all()
        )
    assert len(terms) == len(stream.op_ids)
    assert terms == sorted(terms)
    return len(set(terms))


def in_charge(server: Server, *workers: WorkerProcess) -> WorkerProcess:
    """The worker that holds the lease."""
    found = holder(server)
    return next(worker for worker in workers if worker.holder == found)


def test_another_takes_over_from_a_killed_worker(server: Server, stream: Stream) -> None:
    with WorkerProcess(server.worker_dsn) as first, WorkerProcess(server.worker_dsn) as second:
        stream.send()
        stream.settle()
        leader = in_charge(server, first, second)
        stream.send()
        leader.kill()
        stream.send()
        stream.settle()
        assert in_charge(server, first, second) is not leader
    assert check(server, stream) == 2
    assert holder(server) is None


def test_another_takes_over_from_a_frozen_worker(server: Server, stream: Stream) -> None:
    with WorkerProcess(server.worker_dsn) as first, WorkerProcess(server.worker_dsn) as second:
        stream.send()
        stream.settle()
        leader = in_charge(server, first, second)
        leader.freeze()
        stream.send()
        stream.settle()
        successor = in_charge(server, first, second)
        assert successor is not leader
        leader.thaw()
        stream.send()
        stream.settle()
        assert in_charge(server, first, second) is successor
    assert check(server, stream) == 2


def test_a_worker_frozen_in_a_transaction_cannot_finish_it(server: Server, stream: Stream) -> None:
    with WorkerProcess(server.worker_dsn) as first:
        stream.send()
        stream.settle()
        nap = stream.desk.send_raw("test.nap", encode(Nap(scope_id=stream.project)), stream.project)
        assert first.line() == "napping"
        first.freeze()
        stream.op_ids.append(nap)
        with WorkerProcess(server.worker_dsn) as second:
            assert second.line() == "napping"
            stream.settle()
            assert in_charge(server, first, second) is second
            first.thaw()
            stream.send()
            stream.settle()
            assert in_charge(server, first, second) is second
    assert check(server, stream) == 2
