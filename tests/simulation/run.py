"""Plays seeds, in processes of their own, and says what came of them.

`python -m tests.simulation.run` reads jobs as JSON lines and answers each with a line.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MUTANT_SEEDS = 90
"""So many seeds may a planted bug survive."""

ENOUGH = 3
"""A planted bug is caught; more seeds would say nothing new."""

HELD = "every invariant held"

_CHUNK = 10
_ROOT = Path(__file__).parents[2]
_MEMORY = Path("/dev/shm")


@dataclass(frozen=True, slots=True)
class Played:
    """What came of a seed; `failure` is empty when all invariants held."""

    seed: int
    steps: int
    failure: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What came of many seeds. `failures` are by seed, `mutants` say how many seeds caught each."""

    seeds: int
    steps: int
    failures: dict[int, str]
    seconds: float
    mutants: dict[str, int]

    @property
    def is_good(self) -> bool:
        """Whether every seed held and every planted bug was caught."""
        return not self.failures and all(self.mutants.values())


def simulate(seeds: Sequence[int], mutants: Sequence[str], jobs: int = 0) -> Summary:
    """Plays the seeds on the program as it is, then looks for a catch of each planted bug."""
    began = time.monotonic()
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        chunks = [list(seeds[start : start + _CHUNK]) for start in range(0, len(seeds), _CHUNK)]
        played = [one for chunk in pool.map(lambda chunk: play(chunk), chunks) for one in chunk]
        caught = dict(zip(mutants, pool.map(catches, mutants), strict=True))
    return Summary(
        seeds=len(played),
        steps=sum(one.steps for one in played),
        failures={one.seed: one.failure for one in played if one.failure},
        seconds=round(time.monotonic() - began, 1),
        mutants=caught,
    )


def catches(mutant: str) -> int:
    """How many seeds caught a planted bug, up to `ENOUGH` of them."""
    caught = 0
    for start in range(1, MUTANT_SEEDS + 1, _CHUNK):
        caught += sum(bool(one.failure) for one in play(range(start, start + _CHUNK), mutant))
        if caught >= ENOUGH:
            break
    return caught


def play(seeds: Sequence[int], mutant: str = "") -> list[Played]:
    """Plays seeds in a process of its own: texts hash alike in every one, or no seed could be
    played again."""
    answered = subprocess.run(
        [sys.executable, "-m", "tests.simulation.run"],
        input=json.dumps({"seeds": list(seeds), "mutant": mutant}),
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONHASHSEED": "0"},
        encoding="utf-8",
        cwd=_ROOT,
        check=True,
    )
    return [Played(**json.loads(line)) for line in answered.stdout.splitlines()]


def replay(seed: int) -> int:
    """Tells what happens in a seed, on standard output; 0 if every invariant held."""
    return subprocess.run(
        [sys.executable, "-m", "tests.simulation.replay", str(seed)],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        cwd=_ROOT,
        check=False,
    ).returncode


def log_of(seed: int) -> Iterator[str]:
    """What happened in a seed, line by line. Only in a process of its own (`PYTHONHASHSEED=0`)."""
    with _folder() as folder:
        world, violation = _played(seed, folder, folder / "template")
        yield from world.log
        yield str(violation or HELD)


class _folder:  # noqa: N801 - used like a function
    def __enter__(self) -> Path:
        from tests.simulation.template import make_template

        memory = _MEMORY if _MEMORY.is_dir() else None
        self._made = Path(tempfile.mkdtemp(prefix="gantry-simulation-", dir=memory))
        made = make_template(self._made / "making")
        made.rename(self._made / "template")
        return self._made

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._made, ignore_errors=True)


def _played(seed: int, folder: Path, template: Path) -> tuple[Any, Any]:
    from tests.simulation.world import played

    place = folder / f"seed{seed}"
    try:
        return played(seed, place, template)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main() -> None:
    """Plays what is asked for on standard input."""
    from tests.simulation.mutants import MUTANTS

    # What fails is told by the invariants; the program's own log would say it a thousand times.
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    asked = json.loads(sys.stdin.read())
    mutant = MUTANTS[asked["mutant"]] if asked["mutant"] else nullcontext
    with _folder() as folder:
        for seed in asked["seeds"]:
            played = _play_one(seed, folder, mutant)
            sys.stdout.write(json.dumps(asdict(played)) + "\n")


def _play_one(seed: int, folder: Path, mutant: Any) -> Played:
    try:
        with mutant():
            world, violation = _played(seed, folder, folder / "template")
    except Exception:  # noqa: BLE001 - whatever it is, the seed has found it
        return Played(seed, 0, traceback.format_exc()[-1500:])
    return Played(seed, world.steps, "" if violation is None else str(violation)[:1500])


if __name__ == "__main__":
    main()
