"""The benchmark of desks, server and line runs; how fast is for `gantry bench` to say."""

from tests.perf.bench_sync import bench
from tests.perf.figures import BUDGETS, QUICK

_WAITED_FOR = {"dead_under_a_call_s", "dead_while_idle_s"}


def test_every_figure_with_a_budget_is_measured() -> None:
    figures = bench(QUICK)
    assert figures.keys() >= BUDGETS.keys() - _WAITED_FOR
    assert all(value >= 0 for value in figures.values())
