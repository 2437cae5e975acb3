"""A desk comes back after days: its queue goes out and what others changed comes in."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from psycopg2.extensions import parse_dsn
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.core.people import Job
from app.models.schedule import Task
from app.services.schedule.tasks import EditTask, TaskFields
from app.sync.desk import Desk
from tests.perf.figures import Sizes
from tests.perf.line import long_line
from tests.perf.rows import make_tasks
from tests.servers import Server, fresh_server
from tests.sync.desks import assert_same_rows, founded_project, office

_ROOT = Path(__file__).parents[2]
_PATIENCE_S = 300.0
CHANGE = """
update task set name = name || ' (变更)', row_version = row_version + 1, updated_at = now()
"""


def measure(folder: Path, sizes: Sizes) -> dict[str, float]:
    """Over a line of 50 ms round trip, and over one of 300 ms of which 5 % stalls."""
    return {
        **_over_a_line(folder / "near", sizes, "50_ms", 0.05, 0.0),
        **_over_a_line(folder / "far", sizes, "300_ms", 0.3, 0.05),
    }


def _over_a_line(
    folder: Path, sizes: Sizes, name: str, round_trip_s: float, stalls: float
) -> dict[str, float]:
    with fresh_server() as server, office(server, folder) as site:
        server.add_person("anna", job=Job.ADMINISTRATOR)
        desk = site.filled("anna")
        project = founded_project(site, desk)
        make_tasks(server.admin, project, sizes.changed)
        desk._store.link.retry_now()
        desk._store.turn()
        queue(desk, project, sizes.pending)
        desk.close()
        with server.admin.begin() as connection:
            connection.execute(text(CHANGE))
        near = parse_dsn(server.dsn_for("anna"))
        far_end = (near["host"], int(near["port"]))
        if not sizes.waits:
            round_trip_s = stalls = 0.0
        with (
            worker_process(server),
            long_line(*far_end, round_trip_s=round_trip_s, stalls=stalls) as port,
        ):
            desk = site.desk("anna", port=port)
            took, cpu = _until_reconciled(desk)
        desk.stop()
        assert_same_rows(desk, server)
    return {f"reconcile_{name}_line_s": took, f"reconcile_{name}_line_cpu_s": cpu}


def queue(desk: Desk, project: UUID, count: int) -> None:
    """Saves edits of `count` tasks while there is no link."""
    with desk.read() as session:
        tasks = session.scalars(select(Task.id).where(Task.scope_id == project).limit(count)).all()
    for number in range(count):
        task = tasks[number % len(tasks)]
        desk.execute(
            EditTask(
                scope_id=project,
                task_id=task,
                base=TaskFields(note="" if number < len(tasks) else "带回"),
                values=TaskFields(note="带回"),
            )
        )


def _until_reconciled(desk: Desk) -> tuple[float, float]:
    """Seconds, and seconds of this process's CPU, until all is answered and shown."""
    done = threading.Event()

    def look(_: object) -> None:
        if not desk._store.outbox.open_ids():
            done.set()

    desk.subscribe(look)
    began, began_cpu = time.perf_counter(), time.process_time()
    desk.start()
    assert done.wait(_PATIENCE_S)
    with desk.read() as session:
        assert not _old_names(session)
    return time.perf_counter() - began, time.process_time() - began_cpu


def _old_names(session: Session) -> int:
    return len(session.scalars(select(Task.id).where(~Task.name.endswith("(变更)"))).all())


@contextmanager
def worker_process(server: Server) -> Iterator[None]:
    """The server process, beside this one."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.server.worker_process"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=_ROOT,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(server.worker_dsn + "\n")
        child.stdin.flush()
        child.stdout.readline()
        try:
            yield
        finally:
            child.stdin.close()
            child.wait()
