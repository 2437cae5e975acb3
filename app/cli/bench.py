"""`gantry bench`: runs the benchmarks of tests/perf and prints their figures."""

import argparse
import importlib
import importlib.util
from collections.abc import Mapping

from app.cli.words import say, say_json, words
from app.core.errors import EnvironmentFault

AREAS = ("schedule", "gantt", "server", "sync", "window")
RATE = "_per_s"
"""How the name of a figure ends that must be at least its budget; all others at most."""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `bench [AREA ...] [--json]`."""
    parser = subparsers.add_parser("bench", help=words("cli.bench.help"))
    parser.add_argument("areas", nargs="*", type=_area, metavar="AREA", help=", ".join(AREAS))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    parser.set_defaults(run=run)


def _area(word: str) -> str:
    # Not `choices`: before Python 3.12 they refuse to be given none.
    if word not in AREAS:
        raise argparse.ArgumentTypeError(", ".join(AREAS))
    return word


def run(arguments: argparse.Namespace) -> int:
    """Prints every figure by name, with what it may be. The benchmarks come with the source tree
    only."""
    if not _has_benchmarks():
        raise EnvironmentFault("cli.bench.needs_source")
    found: dict[str, dict[str, float]] = {}
    budgets: dict[str, Mapping[str, float]] = {}
    for area in arguments.areas or AREAS:
        module = importlib.import_module(f"tests.perf.bench_{area}")
        found[area] = module.bench()
        budgets[area] = getattr(module, "BUDGETS", {})
        if not arguments.json:
            for name, figure in found[area].items():
                _say(area, name, figure, budgets[area].get(name))
    if arguments.json:
        say_json({**found, "budgets": {area: kept for area, kept in budgets.items() if kept}})
    return 0


def _say(area: str, name: str, figure: float, budget: float | None) -> None:
    shown = f"{figure:,.2f}"
    if budget is None:
        say("cli.bench.figure", area=area, name=name, figure=shown)
        return
    kind = "at_least" if name.endswith(RATE) else "at_most"
    limit = f"{budget:,.2f}"
    say(f"cli.bench.figure_{kind}", area=area, name=name, figure=shown, budget=limit)


def _has_benchmarks() -> bool:
    try:
        return importlib.util.find_spec("tests.perf") is not None
    except ModuleNotFoundError:
        return False
