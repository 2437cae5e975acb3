"""CPU time of the schedule engine on large networks: `python -m tests.perf.bench_schedule`."""

import random
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from app.core.schedule.clock import datetime_of
from app.core.schedule.cpm import compute
from app.core.schedule.graph import find_cycle
from app.core.schedule.network import Activity, Link, LinkType, Network, Rules, ScheduleOptions
from app.core.schedule.work_calendar import standard_calendar
from app.ports.schedule_files.reader import read_schedule
from tests.ports.schedule_files.samples import write_large_xer

_ROUNDS = 5
_MONDAY = 29_459_520  # 2026-01-05 00:00


def large_network(activities: int, links: int, rules: Rules) -> Network:
    """Activities of one to fifteen days, each link leading up to 60 rows ahead."""
    dice = random.Random(7)
    calendar = standard_calendar("c", "Standard")
    rows = tuple(
        Activity(f"A{i}", f"Activity {i}", duration=480 * dice.randint(1, 15), calendar_id="c")
        for i in range(activities)
    )
    ties = []
    for _ in range(links):
        before = dice.randrange(activities - 1)
        after = min(activities - 1, before + dice.randint(1, 60))
        kind = dice.choice([LinkType.FS] * 7 + [LinkType.SS, LinkType.FF, LinkType.SF])
        ties.append(Link(f"A{before}", f"A{after}", kind, dice.choice([0, 0, 0, 480, -480])))
    options = ScheduleOptions(rules=rules)
    return Network(rows, tuple(ties), {"c": calendar}, datetime_of(_MONDAY), options=options)


def least_cpu(task: Callable[[], object]) -> float:
    """The least CPU time in seconds of some rounds."""
    best = float("inf")
    for _ in range(_ROUNDS):
        begin = time.process_time()
        task()
        best = min(best, time.process_time() - begin)
    return best


def bench() -> dict[str, float]:
    """Milliseconds and seconds of CPU time, and megabytes."""
    figures: dict[str, float] = {}
    for rules in Rules:
        network = large_network(10_000, 20_000, rules)
        figures[f"compute_10k_{rules.value}_ms"] = least_cpu(partial(compute, network)) * 1000
    links = network.links
    figures["find_cycle_20k_ms"] = least_cpu(partial(find_cycle, links)) * 1000
    with TemporaryDirectory() as folder:
        path = Path(folder) / "large.xer"
        write_large_xer(path, megabytes=100)
        begin = time.process_time()
        read_schedule(path)
        figures["read_xer_100mb_s"] = time.process_time() - begin
        tracemalloc.start()
        read_schedule(path)
        figures["read_xer_100mb_peak_mb"] = tracemalloc.get_traced_memory()[1] / (1 << 20)
        tracemalloc.stop()
    return figures


def main() -> None:
    """Prints the figures."""
    for name, figure in bench().items():
        sys.stdout.write(f"{name}: {figure:,.2f}\n")


if __name__ == "__main__":
    main()
