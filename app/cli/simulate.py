"""`gantry simulate`: the engine in a world of faults, every promise checked after every step."""

import argparse
import importlib
import importlib.util

from app.cli.words import say, say_json, words
from app.core.errors import EnvironmentFault

SEEDS = 300


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds `simulate [--seeds N] [--first N] [--seed N] [--jobs N] [--no-mutants] [--json]`."""
    parser = subparsers.add_parser("simulate", help=words("cli.simulate.help"))
    parser.add_argument("--seeds", type=int, default=SEEDS, help=words("cli.simulate.seeds"))
    parser.add_argument("--first", type=int, default=1, help=words("cli.simulate.first"))
    parser.add_argument("--seed", type=int, help=words("cli.simulate.seed"))
    parser.add_argument("--jobs", type=int, default=0, help=words("cli.simulate.jobs"))
    parser.add_argument("--no-mutants", action="store_true", help=words("cli.simulate.no_mutants"))
    parser.add_argument("--json", action="store_true", help=words("cli.json"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 if an invariant broke or a planted bug was not caught. Comes with the source
    tree only."""
    if not _has_simulation():
        raise EnvironmentFault("cli.simulate.needs_source")
    simulation = importlib.import_module("tests.simulation.run")
    if arguments.seed is not None:
        return int(simulation.replay(arguments.seed))
    mutants = importlib.import_module("tests.simulation.mutants").MUTANTS
    seeds = range(arguments.first, arguments.first + arguments.seeds)
    summary = simulation.simulate(
        seeds, [] if arguments.no_mutants else list(mutants), arguments.jobs
    )
    if arguments.json:
        say_json(
            {
                "seeds": summary.seeds,
                "steps": summary.steps,
                "failures": summary.failures,
                "seconds": summary.seconds,
                "mutants": summary.mutants,
            }
        )
    else:
        _tell(summary.seeds, summary.steps, summary.failures, summary.mutants, summary.seconds)
    return 0 if summary.is_good else 1


def _tell(
    seeds: int, steps: int, failures: dict[int, str], mutants: dict[str, int], seconds: float
) -> None:
    say("cli.simulate.played", seeds=seeds, steps=steps, seconds=seconds)
    for seed, failure in failures.items():
        say("cli.simulate.failed", seed=seed, failure=failure)
    for name, caught in mutants.items():
        say("cli.simulate.mutant", name=name, count=caught)


def _has_simulation() -> bool:
    try:
        return importlib.util.find_spec("tests.simulation") is not None
    except ModuleNotFoundError:
        return False
