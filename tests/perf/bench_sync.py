"""Figures of the desk side on a loopback server. `python -m tests.perf.bench_sync` prints them."""

import sys
import tempfile
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import quantiles
from uuid import UUID, uuid4

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from app.core.people import Job
from app.core.schedule.network import ActivityKind
from app.models.schedule import Task
from app.services.projects import show_project
from app.sync.desk import Desk
from app.sync.pull import pull
from app.sync.status import DeskStatus
from tests.servers import fresh_server, stamp
from tests.sync.desks import Office, edit, founded_project, office, turn_until_idle

EDITS = 400
TRAVELS = 60
PENDING = 1_000
ROWS = 100_000


def bench() -> dict[str, float]:
    """Milliseconds (`_ms`) and seconds (`_s`) of what a person waits for."""
    with fresh_server() as server, tempfile.TemporaryDirectory() as folder:
        for login in ("anna", "boris"):
            server.add_person(login, login, Job.ADMINISTRATOR)
        with office(server, Path(folder)) as site:
            anna, boris = site.filled("anna"), site.filled("boris")
            project = founded_project(site, anna, boris)
            return {
                **_local_save(site, anna, project),
                **_travel(site, anna, boris, project),
                **_rebase(site, anna, boris, project),
                **(_bootstrap(site, project) if "quick" not in sys.argv else {}),
            }


def _local_save(site: Office, desk: Desk, project: UUID) -> dict[str, float]:
    took = _edits(desk, project, range(EDITS))
    site.sync(desk)
    return {f"local_save_{name}": value for name, value in _spread(took).items()}


def _edits(desk: Desk, project: UUID, numbers: Iterable[int]) -> list[float]:
    took = []
    for number in numbers:
        command = edit(desk, project, note=f"第 {number} 次")
        began = time.perf_counter()
        desk.execute(command)
        took.append(time.perf_counter() - began)
    return took


def _travel(site: Office, anna: Desk, boris: Desk, project: UUID) -> dict[str, float]:
    """From the click on one desk to the row on another, with the worker between."""
    stop, seen = threading.Event(), threading.Event()
    serving = threading.Thread(target=site.worker.run, args=(stop,))
    serving.start()
    boris.subscribe(lambda news: None if isinstance(news, DeskStatus) else seen.set())
    took = []
    anna.start()
    boris.start()
    try:
        for number in range(TRAVELS):
            time.sleep(0.25)
            command = edit(anna, project, note=f"旅行 {number}")
            seen.clear()
            began = time.perf_counter()
            anna.execute(command)
            while _note(boris, project) != f"旅行 {number}":
                seen.wait(5)
                seen.clear()
            took.append(time.perf_counter() - began)
    finally:
        anna.stop()
        boris.stop()
        stop.set()
        serving.join()
    return {f"to_second_desk_{name}": value for name, value in _spread(took).items()}


def _note(desk: Desk, project: UUID) -> str:
    with desk.read() as session:
        view = show_project(session, project)
    return "" if view is None else view.note


def _rebase(site: Office, anna: Desk, boris: Desk, project: UUID) -> dict[str, float]:
    site.sync(anna, boris)
    boris.execute(edit(boris, project, region="别处"))
    turn_until_idle(boris)
    _edits(anna, project, range(PENDING))
    site.worker.apply_waiting()
    store = anna._store
    port = store.link._connector()
    with port.view() as view:
        pulled = pull(view, store.cache, {})
    began = time.perf_counter()
    store.rebase.apply(pulled)
    alone = time.perf_counter() - began
    boris.execute(edit(boris, project, region="再改"))
    turn_until_idle(boris)
    site.worker.apply_waiting()
    with port.view() as view:
        pulled = pull(view, store.cache, {})
    rebasing = threading.Thread(target=store.rebase.apply, args=(pulled,))
    rebasing.start()
    took: list[float] = []
    while rebasing.is_alive() or not took:
        took += _edits(anna, project, [len(took)])
        time.sleep(0.05)
    rebasing.join()
    port.close()
    began = time.perf_counter()
    site.sync(anna)
    return {
        "rebase_1000_pending_s": alone,
        "save_while_rebasing_worst_ms": max(took) * 1000,
        "drain_1000_s": time.perf_counter() - began,
    }


def _bootstrap(site: Office, project: UUID) -> dict[str, float]:
    with Session(site.server.admin) as session, session.begin():
        rows = [_task(project, number) for number in range(ROWS)]
        for start in range(0, ROWS, 5_000):
            session.execute(insert(Task), rows[start : start + 5_000])
        session.execute(text("analyze task"))
    clara = site.desk("boris", "third")
    link = clara._store.link
    began = time.perf_counter()
    link.turn()
    took = time.perf_counter() - began
    began = time.perf_counter()
    while clara._store._index(2_000):
        pass
    indexed = time.perf_counter() - began
    began = time.perf_counter()
    found = clara.search("zhu 99")
    searched = time.perf_counter() - began
    assert isinstance(found, list)
    return {
        "bootstrap_100000_rows_s": took,
        "index_100000_names_s": indexed,
        "search_ms": searched * 1000,
    }


def _task(project: UUID, number: int) -> dict[str, object]:
    return {
        "scope_id": project,
        "id": uuid4(),
        "parent_id": None,
        "position": number,
        "kind": ActivityKind.TASK,
        "code": f"A{number:06}",
        "name": f"{number % 40} 层柱钢筋绑扎 第 {number} 段",
        "duration_minutes": 960,
        **stamp(),
    }


def _spread(took: list[float]) -> dict[str, float]:
    cuts = quantiles(took, n=100)
    return {"p50_ms": cuts[49] * 1000, "p99_ms": cuts[98] * 1000}


if __name__ == "__main__":
    for name, value in bench().items():
        sys.stdout.write(f"{name:34} {value:10.2f}\n")
