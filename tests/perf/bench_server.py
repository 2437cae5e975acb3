"""How fast the worker is: commands a second in groups, and one command from inbox to answer."""

import json
import statistics
import threading
import time
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from psycopg2.extensions import connection as Connection  # noqa: N812 - it is a class
from psycopg2.extras import execute_values

from app.core.people import Job
from app.core.projects import ProjectKind
from app.server.connect import administrator_connection
from app.services.commands import Command, encode
from app.services.projects import CreateProject, EditProject, ProjectFields
from tests.servers import Server, fresh_server

_LOGIN = "bench.planner"
_PROJECTS = 100
_INSERT = (
    "insert into command_inbox (op_id, scope_id, actor, device_id, device_seq, kind, kind_version,"
    " payload, issued_at) values %s"
)


def bench(commands: int = 3_000, singles: int = 200) -> dict[str, float]:
    """`commands_per_second`, `latency_median_ms` and `latency_p95_ms` (insert to stored answer)."""
    with fresh_server() as server:
        server.add_person(_LOGIN, job=Job.ADMINISTRATOR)
        opened = administrator_connection(server.dsn_for(_LOGIN))
        try:
            desk = _Desk(opened)
            desk.send([_create(project, code) for code, project in enumerate(desk.projects)])
            server.worker().apply_waiting()
            rate = _rate(server, desk, commands)
            latencies = _latencies(server, desk, singles)
        finally:
            opened.close()
    return {
        "commands_per_second": rate,
        "latency_median_ms": statistics.median(latencies),
        "latency_p95_ms": statistics.quantiles(latencies, n=20)[-1],
    }


class _Desk:
    def __init__(self, opened: Connection) -> None:
        self.opened = opened
        self.projects = [uuid4() for _ in range(_PROJECTS)]
        self._device = uuid4()
        self._seq = 0
        self._regions = dict.fromkeys(self.projects, "")

    def edits(self, count: int) -> list[Command]:
        made: list[Command] = []
        for number in range(count):
            project = self.projects[number % _PROJECTS]
            region = f"r{self._seq}.{number}"
            made.append(
                EditProject(
                    scope_id=project,
                    base=ProjectFields(region=self._regions[project]),
                    values=ProjectFields(region=region),
                )
            )
            self._regions[project] = region
        return made

    def send(self, commands: list[Command]) -> UUID:
        rows = []
        for command in commands:
            self._seq += 1
            rows.append(
                (
                    str(uuid4()),
                    str(command.scope_id),
                    _LOGIN,
                    str(self._device),
                    self._seq,
                    command.KIND,
                    command.VERSION,
                    encode(command),
                    datetime.now(UTC),
                )
            )
        with self.opened.cursor() as cursor:
            for start in range(0, len(rows), 200):
                execute_values(cursor, _INSERT, rows[start : start + 200], page_size=200)
        return UUID(rows[-1][0])


def _create(project: UUID, code: int) -> Command:
    return CreateProject(
        scope_id=project,
        member_id=uuid4(),
        code=f"B-{code}",
        name="Bench",
        kind=ProjectKind.PUBLIC,
        planned_start=date(2026, 3, 1),
    )


def _rate(server: Server, desk: _Desk, commands: int) -> float:
    desk.send(desk.edits(commands))
    started = time.perf_counter()
    decided = server.worker().apply_waiting()
    assert decided == commands
    return commands / (time.perf_counter() - started)


def _latencies(server: Server, desk: _Desk, singles: int) -> list[float]:
    stop = threading.Event()
    worker = server.worker()
    running = threading.Thread(target=worker.run, args=(stop,))
    running.start()
    try:
        return [_one_latency(desk) for _ in range(singles)]
    finally:
        stop.set()
        running.join()


def _one_latency(desk: _Desk) -> float:
    started = time.perf_counter()
    op_id = desk.send(desk.edits(1))
    with desk.opened.cursor() as cursor:
        while True:
            cursor.execute("select state from command_result where op_id = %s", (str(op_id),))
            if (found := cursor.fetchone()) is not None:
                assert found == ("applied",)
                return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    print(json.dumps(bench(), indent=1))  # noqa: T201
