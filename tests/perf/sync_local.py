"""What a person waits for at the own desk: saving, and saving while the link is at work."""

import threading
import time
from collections.abc import Iterable
from uuid import UUID

from app.services.projects import show_project
from app.sync.desk import Desk
from app.sync.pull import Pulled, pull
from app.sync.status import DeskStatus
from tests.perf.figures import Sizes, spread
from tests.sync.desks import Office, edit


def measure(site: Office, anna: Desk, boris: Desk, project: UUID, sizes: Sizes) -> dict[str, float]:
    """Saves alone, to the second desk, and during rebases of many pending edits."""
    return {
        **_local_save(site, anna, project, sizes),
        **_travel(site, anna, boris, project, sizes),
        **_rebase(site, anna, boris, project, sizes),
    }


def _local_save(site: Office, desk: Desk, project: UUID, sizes: Sizes) -> dict[str, float]:
    took = _edits(desk, project, range(sizes.edits))
    site.sync(desk)
    return {f"local_save_{name}": value for name, value in spread(took).items()}


def _edits(desk: Desk, project: UUID, numbers: Iterable[int]) -> list[float]:
    took = []
    for number in numbers:
        command = edit(desk, project, note=f"第 {number} 次")
        began = time.perf_counter()
        desk.execute(command)
        took.append(time.perf_counter() - began)
    return took


def _travel(site: Office, anna: Desk, boris: Desk, project: UUID, sizes: Sizes) -> dict[str, float]:
    """From the click on one desk to the row on another, with the worker between."""
    stop, seen = threading.Event(), threading.Event()
    serving = threading.Thread(target=site.worker.run, args=(stop,))
    serving.start()
    boris.subscribe(lambda news: None if isinstance(news, DeskStatus) else seen.set())
    took = []
    anna.start()
    boris.start()
    try:
        for number in range(sizes.travels):
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
    return {f"to_second_desk_{name}": value for name, value in spread(took).items()}


def _note(desk: Desk, project: UUID) -> str:
    with desk.read() as session:
        view = show_project(session, project)
    return "" if view is None else view.note


def _rebase(site: Office, anna: Desk, boris: Desk, project: UUID, sizes: Sizes) -> dict[str, float]:
    site.sync(anna, boris)
    _edits(anna, project, range(sizes.pending))
    alone = _pulled(site, anna, boris, project, "别处")
    began, began_cpu = time.perf_counter(), time.process_time()
    anna._store.rebase.apply(alone)
    figures = {
        "rebase_pending_s": time.perf_counter() - began,
        "rebase_pending_cpu_s": time.process_time() - began_cpu,
    }
    took: list[float] = []
    for number in range(sizes.rebases):
        took += _saves_during(anna, project, _pulled(site, anna, boris, project, f"区 {number}"))
    began = time.perf_counter()
    site.sync(anna)
    figures["drain_pending_s"] = time.perf_counter() - began
    return figures | {f"save_while_rebasing_{name}": ms for name, ms in spread(took).items()}


def _pulled(site: Office, anna: Desk, boris: Desk, project: UUID, region: str) -> Pulled:
    """What a colleague changed in the project, fetched but not applied yet."""
    boris.execute(edit(boris, project, region=region))
    site.sync(boris)
    port = anna._store.link._connector()
    try:
        with port.view() as view:
            return pull(view, anna._store.cache, {})
    finally:
        port.close()


def _saves_during(anna: Desk, project: UUID, pulled: Pulled) -> list[float]:
    rebasing = threading.Thread(target=anna._store.rebase.apply, args=(pulled,))
    rebasing.start()
    took: list[float] = []
    while rebasing.is_alive() or len(took) < 2:
        took += _edits(anna, project, [len(took)])
        time.sleep(0.05)
    rebasing.join()
    return took
