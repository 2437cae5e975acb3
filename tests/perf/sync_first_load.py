"""The first load of a desk, and finding something in it."""

import time
from functools import partial
from uuid import UUID

from tests.perf.figures import Sizes, median_ms
from tests.perf.rows import make_tasks
from tests.sync.desks import Office

_SOUGHT = ("钢筋 9", "gjbz", "a0000012")
"""In the name, by initials, and by code; some fit all rows and some fit one."""


def measure(site: Office, project: UUID, sizes: Sizes) -> dict[str, float]:
    """Loads the rows of a project into an empty desk, on loopback."""
    make_tasks(site.server.admin, project, sizes.first_load)
    desk = site.desk("boris", "third")
    began, began_cpu = time.perf_counter(), time.process_time()
    desk._store.link.turn()
    took, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    began = time.perf_counter()
    while desk._store._index(2_000):
        pass
    indexed = time.perf_counter() - began
    assert all(desk.search(words) for words in _SOUGHT)
    return {
        "bootstrap_s": took,
        "bootstrap_cpu_s": cpu,
        "index_names_s": indexed,
        "search_ms": max(median_ms(15, partial(desk.search, words)) for words in _SOUGHT),
    }
