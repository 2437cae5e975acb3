"""How the benchmarks of the desk and the server are sized, spread, and judged."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter
from typing import Final

BUDGETS: Final[dict[str, float]] = {
    "reconcile_50_ms_line_s": 5,
    "reconcile_300_ms_line_s": 20,
    "bootstrap_s": 5,
    "local_save_p99_ms": 15,
    "save_while_rebasing_p99_ms": 15,
    "dead_under_a_call_s": 5,
    "dead_while_idle_s": 10,
    "window_blocks_over_100_ms": 0,
    "feed_single_row_ratio": 1.35,
    "feed_bulk_ratio": 2,
    "rights_page_ratio": 1.5,
    "search_ms": 20,
    "empty_pull_ms": 2,
    "pull_of_changes_ms": 100,
    "apply_commands_per_s": 600,
}
"""What each figure may be at most; a rate (`_per_s`) must be at least so much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much is measured with."""

    edits: int = 400
    travels: int = 60
    pending: int = 1_000
    rebases: int = 6
    changed: int = 10_000
    shown: int = 2_000
    first_load: int = 100_000
    feed_transactions: int = 600
    feed_bulk: int = 10_000
    rows: int = 1_000_000
    pages: int = 200
    pulls: int = 60
    commands: int = 3_000
    waits: bool = True
    """Whether lines are long, and whether a dead link is waited for, which takes 15 seconds."""


FULL: Final = Sizes()
QUICK: Final = Sizes(
    edits=20,
    travels=2,
    pending=30,
    rebases=1,
    changed=100,
    shown=30,
    first_load=200,
    feed_transactions=10,
    feed_bulk=50,
    rows=500,
    pages=5,
    pulls=3,
    commands=50,
    waits=False,
)
"""Only shows that every benchmark runs."""


def spread(took: Sequence[float]) -> dict[str, float]:
    """Median, 99th percentile and worst of seconds, in milliseconds."""
    cuts = quantiles(took, n=100)
    return {
        "p50_ms": cuts[49] * 1000,
        "p99_ms": min(cuts[98], max(took)) * 1000,
        "worst_ms": max(took) * 1000,
    }


def median_ms(times: int, work: Callable[[], object]) -> float:
    """What one run of `work` takes, in milliseconds; the median of `times`."""
    took = []
    for _ in range(times):
        began = perf_counter()
        work()
        took.append(perf_counter() - began)
    return median(took) * 1000
